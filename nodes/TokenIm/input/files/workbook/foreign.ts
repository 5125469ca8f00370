// Files that look like a workbook and are none that this node reads: what they are, and the way out.

import { notASheet, type FileUnreadable } from '../unreadable';

const SAVE = 'Open it and save it as "Excel Workbook (.xlsx)" or "CSV UTF-8".';

/** @param names the parts of a ZIP archive, in lower case; @param book its workbook, where it has one */
export function foreignArchive(names: readonly string[], book: string | undefined): FileUnreadable | undefined {
	const has = (name: string) => names.includes(name);
	const hasIn = (folder: string) => names.some((name) => name.startsWith(folder));
	if (book?.endsWith('.bin') === true || has('xl/workbook.bin'))
		return notASheet('a binary Excel workbook (.xlsb)', SAVE);
	if (book !== undefined && !hasIn('word/') && !hasIn('ppt/')) return undefined;
	if (has('content.xml')) return notASheet('an OpenDocument file, such as .ods of LibreOffice', SAVE);
	if (has('index.zip') || hasIn('index/') || names.some((name) => name.endsWith('.iwa')))
		return notASheet('a document of Apple, such as .numbers', 'In Numbers choose File → Export To → Excel or CSV.');
	if (hasIn('word/')) return notASheet('a Word document', 'Copy its table into a sheet and save that.');
	if (hasIn('ppt/')) return notASheet('a presentation', 'Choose the Input Data Field that holds the sheet.');
	return notASheet('a ZIP archive without a workbook', "Unpack it first, with n8n's Compression node.");
}

/** Of Excel before 2007, and of workbooks with a password: both are in the same container. */
export async function foreignContainer(pieces: AsyncIterable<Uint8Array>): Promise<FileUnreadable> {
	let tail = '';
	for await (const piece of pieces) {
		const text = tail + new TextDecoder('latin1').decode(piece);
		if (text.includes(ENCRYPTED))
			return notASheet(
				'a workbook with a password',
				'Open it in Excel, take the password away under File → Info → Protect Workbook → Encrypt with Password, and save it.',
			);
		tail = text.slice(-ENCRYPTED.length);
	}
	return notASheet('an Office file of before 2007, such as an .xls workbook', SAVE);
}

/** The name of the stream that holds an encrypted workbook (MS-OFFCRYPTO, 2.3.4.4), in UTF-16. */
const ENCRYPTED = [...'EncryptedPackage'].join('\0') + '\0';
