// Text that was read in another encoding than it was written in: what is lost for good, and what only looks wrong.

import { isOfWords } from './words';

/**
 * A replacement character, what becomes of two of them where they are read as GBK, and a text of which a database or an
 * editor kept nothing but question marks.
 */
const LOST = /\uFFFD|锟斤拷|^\?[?\s]*\?$/;
/** UTF-8 read byte by byte is never one such character alone. */
const SUSPECT = /[^\0-\x7F]{2}/;
/** Characters that none of the encodings below has: most names of Asia are decided on here. */
const IN_NONE = /[\u0530-\u1DFF\u2600-\uEFFF]/;
/** Each as n8n and spreadsheets offer them. */
const READ_AS = ['windows-1252', 'windows-1251', 'windows-1250', 'macintosh'];

/** How a sheet is read so that its characters stay. */
export const CURES =
	'Read the sheet with Input: File of this node, or set Encoding in the options of Extract From File to how it was saved; where the sheet itself shows such characters, enter the value again.';

/** Whether the characters of a text are certainly not those that somebody wrote. */
export function isMisread(text: string): boolean {
	if (LOST.test(text)) return true;
	return SUSPECT.test(text) && !IN_NONE.test(text) && READ_AS.some((label) => isText(bytesIn(text, label), label));
}

/** The bytes that read as this text in an encoding of single bytes; none where it cannot be. */
function bytesIn(text: string, label: string): Uint8Array {
	const table = tableOf(label);
	const bytes = new Uint8Array(text.length);
	for (let at = 0; at < text.length; at++) {
		// Programs that know no character for a byte leave the byte.
		const code = text.charCodeAt(at);
		const byte = table.get(text.charAt(at)) ?? (code < 0xa0 ? code : undefined);
		if (byte === undefined) return new Uint8Array(0);
		bytes[at] = byte;
	}
	return bytes;
}

const tables = new Map<string, ReadonlyMap<string, number>>();

function tableOf(label: string): ReadonlyMap<string, number> {
	const known = tables.get(label);
	if (known !== undefined) return known;
	// Node.js 20 takes Windows-1252 for Latin-1 unless more is to come.
	const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
	const table = new Map(
		[...new TextDecoder(label).decode(all, { stream: true })].map((character, byte) => [character, byte]),
	);
	tables.set(label, table);
	return table;
}

/** Capitals such as ÓŁ and ĘŻ, and É before a dash, are bytes of UTF-8 too, but not of letters that anybody writes in a word. */
function isText(bytes: Uint8Array, label: string): boolean {
	if (bytes.length === 0) return false;
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		if (IN_NO_NAME.test(text) || COMBINING.test(text) || SMALL_BEHIND_CAPITALS.test(text)) return false;
		// Ші is a name, and the bytes of one Arabic letter.
		return isOfWords(text) && !(label === 'windows-1251' && ONE_LETTER.test(text));
	} catch {
		return false;
	}
}

/** IPA, modifiers, letters of few languages of Africa, and of Cyrillic before 1708. Ơ, Ư, Ə, Ș, Ț and small ǎ to ǔ are in use. */
const IN_NO_NAME =
	/[\u0180-\u018E\u0190-\u019F\u01A2-\u01AE\u01B1-\u01CD\u01CF\u01D1\u01D3\u01D5-\u0217\u021C-\u0258\u025A-\u02FF\u0460-\u0482]/;
const COMBINING = /\p{Script=Latin}\p{M}|^\p{M}/u;
const SMALL_BEHIND_CAPITALS = /\p{Lu}\p{Lu}(?![a-z])\p{Ll}/u;
const ONE_LETTER = /^\P{L}*[\u0590-\u06FF]\P{L}*$/u;
