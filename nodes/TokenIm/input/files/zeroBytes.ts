// Zero bytes in a file: databases with cells of a fixed width pad with them, UTF-32 is full of them, and so is what is no
// text at all.

import { notASheet, notText, type FileUnreadable } from './unreadable';

/** Where a TAR archive says what it is: apart from its zeros it may be all text. */
const TAR = { at: 257, magic: [0x75, 0x73, 0x74, 0x61, 0x72] };
/** In UTF-32, three of four bytes of Latin text are zero, always the same three. */
const LEAST_SHARE = 0.9;

/**
 * What the zeros of the first bytes say of the file.
 *
 * @param guess by the places of the zeros
 */
export function checkZeros<Guess extends string>(
	head: Uint8Array,
	guess: Guess | 'binary' | undefined,
): Guess | FileUnreadable | undefined {
	if (guess === undefined || !head.includes(0)) return guess === 'binary' ? undefined : guess;
	if (isUtf32(head)) return notASheet('text in UTF-32', 'Save it as "CSV UTF-8".');
	return guess !== 'binary' && isUtf16(head, guess) ? guess : foreignZeros(head);
}

/** The alphabets of Unicode, from Latin to those of India and South-East Asia, lie below U+2000; letters of ASCII do not. */
const FIRST_OF_NO_ALPHABET = 0x20;

function foreignZeros(head: Uint8Array): FileUnreadable | undefined {
	const isTar = TAR.magic.every((byte, index) => head[TAR.at + index] === byte);
	return isTar || !head.some((byte) => byte !== 0) || head.some(isControl) ? notText() : undefined;
}

function isUtf32(head: Uint8Array): boolean {
	const zeros = [0, 0, 0, 0];
	for (const [at, byte] of head.entries()) if (byte === 0) zeros[at % 4] = (zeros[at % 4] ?? 0) + 1;
	const all = Math.ceil(head.length / 4);
	return head.length >= 8 && zeros.filter((count) => count >= LEAST_SHARE * (all - 1)).length === 3;
}

/**
 * A zero or two at odd places look like UTF-16. But there half of Latin text is zeros, other text is no UTF-8, or the
 * high bytes are those of an alphabet, or each line end has a zero of its own.
 */
function isUtf16(head: Uint8Array, encoding: string): boolean {
	const zeros = head.reduce((count, byte) => count + Number(byte === 0), 0);
	if (zeros > 0.4 * head.length || !isUtf8(head)) return true;
	const isHigh = (at: number) => at % 2 === (encoding === 'utf-16be' ? 0 : 1);
	const low = head.reduce((count, byte, at) => count + Number(isHigh(at) && byte < FIRST_OF_NO_ALPHABET), 0);
	if (low >= 0.9 * Math.floor(head.length / 2)) return true;
	const lineEnds = head.reduce((count, byte) => count + Number(byte === 0x0a || byte === 0x0d), 0);
	const decoded = new TextDecoder(encoding).decode(head).match(/[\r\n]/g) ?? [];
	return decoded.length === lineEnds;
}

function isUtf8(head: Uint8Array): boolean {
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
		return true;
	} catch {
		return false;
	}
}

/** Of those that no text has: not tab, line ends, form feed, escape, nor the mark with which DOS ends a file. */
function isControl(byte: number): boolean {
	return byte < 0x20 && byte !== 0 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1a && byte !== 0x1b;
}
