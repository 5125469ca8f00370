// Encodings that write other scripts in bytes of ASCII: read as plain text, names would be letters and signs.

import type { Guess } from './encoding';
import { encodingUnsupported, type FileUnreadable } from './unreadable';

/** Starts each change of script in the family of ISO-2022. */
export const ESCAPE = 0x1b;

const JAPANESE = ['\x1B$@', '\x1B$B', '\x1B(J'];
const OTHERS: ReadonlyArray<readonly [marks: readonly string[], name: string]> = [
	[['\x1B$)C'], 'ISO-2022-KR (Korean)'],
	[['\x1B$)A', '\x1B$)E', '\x1B$)G'], 'ISO-2022-CN (Chinese)'],
];
const HZ = /~\{(?:[\x21-\x77][\x21-\x7E]){1,64}~\}/;
const UTF_7 = /^\+\/v[89+/]/;

/** What escapes to Japanese is a question like others; `undefined` where no script is changed. */
export function sevenBitOf(bytes: Uint8Array): Guess | undefined {
	const text = latin1(bytes);
	return JAPANESE.some((mark) => text.includes(mark)) ? { kind: 'unclear', likely: ['iso-2022-jp'] } : undefined;
}

/** What to tell of a file in one of those that cannot be read. */
export function unsupportedIn(head: Uint8Array): FileUnreadable | undefined {
	const utf32 = UTF_32.some((mark) => mark.every((byte, at) => head[at] === byte));
	if (utf32) return encodingUnsupported('UTF-32');
	const text = latin1(head);
	const found = OTHERS.find(([marks]) => marks.some((mark) => text.includes(mark)));
	if (found !== undefined) return encodingUnsupported(found[1]);
	if (HZ.test(text)) return encodingUnsupported('HZ (Simplified Chinese)');
	return UTF_7.test(text) ? encodingUnsupported('UTF-7') : undefined;
}

const UTF_32 = [
	[0xff, 0xfe, 0, 0],
	[0, 0, 0xfe, 0xff],
];

function latin1(bytes: Uint8Array): string {
	return new TextDecoder('latin1').decode(bytes);
}
