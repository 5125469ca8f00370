// Which encoding bytes are in. UTF-8 proves itself, and Chinese by its headers and by names of frequent characters;
// whatever is not certain is a question to the user: a wrong guess makes other people of them.

import { GROUP_ALIASES, USER_ALIASES } from '../columns/aliases';
import { isOfWords } from '../cells/words';
import { likelyOf, readings, type Reading } from './likely';

export type Guess =
	| { readonly kind: 'certain'; readonly encoding: string }
	/** @param likely labels, the likeliest first; may be empty */
	| { readonly kind: 'unclear'; readonly likely: readonly string[] };

/** So much evidence that bytes are UTF-8 is beyond chance, whatever else they might be: about four Chinese characters. */
const CERTAIN_UTF8 = 12;
/** Chinese: so many characters, so many of them different, and half of them frequent in names. */
const LEAST_CHINESE = 20;
const LEAST_DISTINCT = 8;
const LEAST_FREQUENT = 0.5;
/** Chinese is never so much in what other standards keep for everyday characters, such as the block of Korean syllables. */
const MOST_OF_OTHERS = 0.9;
/** So much of the lines that hold more than ASCII is read in every encoding: some milliseconds of work. */
const SAMPLE_BYTES = 4 * 1024;
/** Less is enough to see whether what is valid UTF-8 could be names in another encoding as well. */
const SAMPLE_BYTES_OF_UTF8 = 1024;

/**
 * @param bytes from the line on that has the first one that is not ASCII; may end within a character
 * @param breathe gives the event loop a turn
 */
export async function guessEncoding(bytes: Uint8Array, breathe: () => Promise<void>): Promise<Guess> {
	const utf8 = countUtf8(bytes);
	if (utf8.bad === 0 && utf8.evidence >= CERTAIN_UTF8) return certain('utf-8');
	if (utf8.bad > 0 && utf8.good > 9 * utf8.bad && utf8.evidence >= CERTAIN_UTF8) return certain('utf-8');
	const most = utf8.bad === 0 ? SAMPLE_BYTES_OF_UTF8 : SAMPLE_BYTES;
	const all = await readings(foreignLines(bytes, most), breathe);
	const likely = likelyOf(all);
	if (utf8.bad === 0) {
		const text = new TextDecoder().decode(bytes.subarray(0, SAMPLE_BYTES));
		const isOnlyChoice =
			!BEYOND_SIGNS.test(text) ||
			(isOfWords(text) && all.every((other) => other.everyday < 1 || MIXED.test(other.text)));
		return isOnlyChoice ? certain('utf-8') : { kind: 'unclear', likely: ['utf-8', ...likely] };
	}
	const chinese = all.filter(({ encoding }) => encoding.label === 'gb18030' || encoding.label === 'big5');
	const [found, ...others] = chinese.filter(
		(reading) => hasKnownHeader(reading) || (isChinese(reading) && isAlone(reading, all)),
	);
	if (found !== undefined && others.length === 0) return certain(found.encoding.label);
	return { kind: 'unclear', likely: utf8.good > utf8.bad ? ['utf-8', ...likely] : likely };
}

/** 一, the one frequent character whose low byte is zero, would speak for the other order; so would "N", which others outweigh. */
const HIGH_BYTE_OF_ONE = 0x4e;

/** By its mark at the start; without one, by the zero bytes that UTF-16 has beside each Latin letter, comma and line end. */
export function unicodeOf(head: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | 'binary' | undefined {
	if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
	if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
	if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
	const zeros = [0, 0];
	for (const [at, byte] of head.entries()) {
		const isOne = byte === 0 && head[at % 2 === 0 ? at + 1 : at - 1] === HIGH_BYTE_OF_ONE;
		if (byte === 0 && !isOne) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
	}
	const [even = 0, odd = 0] = zeros;
	if (even + odd === 0) return undefined;
	if (odd > 9 * even && odd * 50 > head.length) return 'utf-16le';
	if (even > 9 * odd && even * 50 > head.length) return 'utf-16be';
	return 'binary';
}

function certain(encoding: string): Guess {
	return { kind: 'certain', encoding };
}

function isChinese({ foreign, distinct, frequent }: Reading): boolean {
	return foreign >= LEAST_CHINESE && distinct >= LEAST_DISTINCT && frequent >= LEAST_FREQUENT;
}

/** No other encoding makes names of it. */
function isAlone(reading: Reading, all: readonly Reading[]): boolean {
	return all.every(
		(other) => other === reading || (other.frequent < reading.frequent && other.everyday < MOST_OF_OTHERS),
	);
}

const CHINESE_WORDS: ReadonlySet<string> = new Set(
	[USER_ALIASES, GROUP_ALIASES]
		.flatMap((aliases) => Object.values(aliases).flat(2))
		.filter((name) => /^\p{Script=Han}{2,}/u.test(name)),
);

/** The first line holds the name of a column that this node knows. */
function hasKnownHeader({ everyday, text }: Reading): boolean {
	const [line = ''] = text.trimStart().split(/[\r\n]/, 1);
	return everyday > 0 && line.split(/[,;\t|"':{}[\]\s]/).some((cell) => CHINESE_WORDS.has(cell));
}

/** Anything but signs that follow a letter or a digit, such as 37° or Nº: nobody writes letters of another script there. */
const BEYOND_SIGNS = /(?<![0-9A-Za-z])[\u00A0-\u00BF]|[^\0-\x7F\u00A0-\u00BF]/;

/**
 * What nobody writes, where UTF-8 makes a name of it: letters of another script, or signs, beside Latin letters ("ﾅ「cja" is
 * Łucja); a small letter with an accent behind a capital with one ("Ĺžahin" is Şahin); a letter of Romanian beside one of
 * Czech, Slovak or Polish ("MARĂŤA" is MARÍA).
 */
const MIXED =
	/[A-Za-z][^\0-\x7F\p{Script=Latin}\p{M}]|[^\0-\x7F\p{Script=Latin}\p{M}][A-Za-z]|(?=[^\0-\x7F])\p{Lu}(?=[^\0-\x7F])\p{Ll}|[Ăă][ŠŚŤŽŹšśťžźŁĄŻłąĽľż]/u;

/** A line end is no part of a character in any of the encodings, so lines can be picked before they are read. */
function foreignLines(bytes: Uint8Array, most: number): Uint8Array {
	const sample = new Uint8Array(most);
	let length = 0;
	for (let from = 0; from < bytes.length && length < most; ) {
		const lineEnd = bytes.indexOf(0x0a, from);
		const end = lineEnd === -1 ? bytes.length : lineEnd + 1;
		const line = bytes.subarray(from, Math.min(end, from + most - length));
		if (line.some((byte) => byte > 0x7f)) {
			sample.set(line, length);
			length += line.length;
		}
		from = end;
	}
	return sample.subarray(0, length);
}

interface Utf8Count {
	good: number;
	bad: number;
	/** Of different characters: those of two bytes count 1, of three 3, of four 5, and an emoji is enough. */
	evidence: number;
}

function countUtf8(bytes: Uint8Array): Utf8Count {
	const seen = new Set<number>();
	let good = 0;
	let bad = 0;
	let evidence = 0;
	for (let at = 0; at < bytes.length; ) {
		const lead = bytes[at] ?? 0;
		const length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
		let right = 1;
		let code = lead;
		while (right < length && isIn(bytes[at + right], 0x80, 0xbf)) code = code * 256 + (bytes[at + right++] ?? 0);
		if (length > 0 && right === length) {
			if (length > 1) {
				good++;
				if (!seen.has(code)) evidence += isEmoji(bytes, at) ? CERTAIN_UTF8 : 2 * length - 3;
				seen.add(code);
			}
			at += length;
		} else if (length > 0 && at + right === bytes.length) {
			break;
		} else {
			bad++;
			at += right;
		}
	}
	return { good, bad, evidence };
}

function isEmoji(bytes: Uint8Array, at: number): boolean {
	return bytes[at] === 0xf0 && bytes[at + 1] === 0x9f;
}

function isIn(byte: number | undefined, from: number, to: number): boolean {
	return byte !== undefined && byte >= from && byte <= to;
}
