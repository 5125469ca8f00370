// Files that are no text at all, told by their first bytes, before anything tries to read them.

import { notASheet, type FileUnreadable } from './unreadable';

const EXTRACT = "Use n8n's Extract From File node first, or save the sheet as CSV.";

const ARCHIVE = [0x50, 0x4b, 0x03, 0x04];
const CONTAINER = [0xd0, 0xcf, 0x11, 0xe0];

const SIGNATURES: ReadonlyArray<{ readonly bytes: readonly number[]; readonly kind: string; readonly mend: string }> = [
	{ bytes: [0x50, 0x4b, 0x05, 0x06], kind: 'an empty ZIP archive', mend: 'Save the sheet as CSV.' },
	{ bytes: [0x25, 0x50, 0x44, 0x46], kind: 'a PDF', mend: EXTRACT },
	{ bytes: [0x1f, 0x8b], kind: 'compressed with gzip', mend: "Use n8n's Compression node first to decompress it." },
	{ bytes: [0x89, 0x50, 0x4e, 0x47], kind: 'a picture', mend: 'Choose the Input Data Field that holds the sheet.' },
	{ bytes: [0xff, 0xd8, 0xff], kind: 'a picture', mend: 'Choose the Input Data Field that holds the sheet.' },
];

/** What to tell of a file that starts with these bytes; `undefined` where they may be text. */
export function foreignFile(head: Uint8Array): FileUnreadable | undefined {
	const found = SIGNATURES.find(({ bytes }) => startsWith(head, bytes));
	return found === undefined ? undefined : notASheet(found.kind, found.mend);
}

/** Whether these may be a workbook: a ZIP archive, or the container of Excel before 2007 and of passwords. */
export function workbookKind(head: Uint8Array): 'archive' | 'container' | undefined {
	if (startsWith(head, ARCHIVE)) return 'archive';
	return startsWith(head, CONTAINER) ? 'container' : undefined;
}

function startsWith(head: Uint8Array, bytes: readonly number[]): boolean {
	return bytes.every((byte, index) => head[index] === byte);
}
