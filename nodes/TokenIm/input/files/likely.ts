// How bytes read in each encoding: whether what comes out could be names. What looks like names in one encoding only, and
// is made of its frequent characters, is evidence; anything less is a question.

import { ENCODINGS, type Encoding } from './encodings';
import type { Script } from './scripts';

export interface Reading {
	readonly encoding: Encoding;
	/** Characters that are not ASCII, punctuation aside. */
	readonly foreign: number;
	readonly distinct: number;
	/** Shares of the foreign ones, 0 to 1: those in words of everyday characters of the script, and the frequent ones. */
	readonly everyday: number;
	readonly frequent: number;
	/** Share of the words that show that they were read wrongly, 0 to 1. */
	readonly wrong: number;
	/** The whole text in it. */
	readonly text: string;
}

/** With a character in it that is not ASCII. */
const WORD = /[A-Za-z]*[^\P{L}\0-\x7F][\p{L}\p{M}]*/gu;
/** Hardly anybody writes capitals within a word of small letters, or a letter behind the º of Nº: signs that it was read wrongly. */
const WRONG_CASE = /\p{Ll}\p{Lu}|\p{Lu}{2}\p{Ll}|[ªº]\p{L}/u;
/** Signs that nobody writes beside a letter; 37°C, 5€ and d´Arc aside. */
const SIGN_BESIDE =
	/\p{L}[\u00A0-\u00A9\u00AB\u00AC\u00AE\u00AF\u00B1-\u00B3\u00B6\u00B8\u00B9\u00BB-\u00BF\u00D7\u00F7\u02C6-\u02DD\u2020-\u20AB\u20AD-\u2BFF]\p{L}/gu;
/** What can be read at all has at most this share of bytes that stand for nothing. */
const MOST_BROKEN = 0.02;

/**
 * @param sample whole lines with bytes that are not ASCII
 * @param breathe gives the event loop a turn after each encoding: the first look at one takes milliseconds
 */
export async function readings(sample: Uint8Array, breathe: () => Promise<void>): Promise<readonly Reading[]> {
	const all: Reading[] = [];
	for (const encoding of ENCODINGS) {
		if (encoding.script === undefined) continue;
		all.push(readIn(sample, encoding, encoding.script));
		await breathe();
	}
	return all;
}

function readIn(sample: Uint8Array, encoding: Encoding, script: Script): Reading {
	const text = decoded(sample, encoding.label);
	const { foreign, broken } = countForeign(text);
	const distinct = new Set<string>();
	let everyday = 0;
	let frequent = 0;
	let wrong = text.match(SIGN_BESIDE)?.length ?? 0;
	const words = broken > MOST_BROKEN * foreign ? [] : (text.match(WORD) ?? []);
	for (const word of words) {
		const isWrong = WRONG_CASE.test(word);
		if (isWrong) wrong++;
		if (isWrong || !script.isWord(word)) continue;
		for (const character of word) {
			if (character <= '\x7f' || !script.everyday.has(character)) continue;
			everyday++;
			distinct.add(character);
			if (script.frequent.has(character)) frequent++;
		}
	}
	const all = Math.max(1, foreign);
	return {
		encoding,
		text,
		foreign,
		distinct: distinct.size,
		everyday: everyday / all,
		frequent: frequent / all,
		wrong: wrong / Math.max(1, words.length),
	};
}

function countForeign(text: string): { readonly foreign: number; readonly broken: number } {
	let foreign = 0;
	let broken = 0;
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code > 0x7f && !isNeutral(code, at === 0 ? 0 : text.charCodeAt(at - 1))) foreign++;
		if (code === 0xfffd) broken++;
	}
	return { foreign, broken };
}

/** East Asian punctuation; quotes and dashes, but not behind an accented or other letter, where UTF-8 read wrongly has them. */
function isNeutral(code: number, before: number): boolean {
	if (code >= 0x2010 && code <= 0x2027) return before < 0x80 || before > 0x2fff;
	if (code < 0x3000) return code === 0xb7;
	return code <= 0x303f ? code !== 0x3005 : code >= 0xff00 && code <= 0xff20;
}

/** Making one takes longer than reading with it. */
const decoders = new Map<string, InstanceType<typeof TextDecoder>>();

/** What is cut off at the end is left out. Node.js throws for some bytes that GB18030 does not know, replaced or not. */
function decoded(sample: Uint8Array, label: string): string {
	const decoder = decoders.get(label) ?? new TextDecoder(label);
	decoders.set(label, decoder);
	try {
		// In parts: in one go Node.js 20 takes Windows-1252 for Latin-1.
		return (decoder.decode(sample, { stream: true }) + decoder.decode()).replace(/\uFFFD$/, '');
	} catch {
		decoders.delete(label);
		return '\uFFFD'.repeat(sample.length);
	}
}

/** Shown to the user, the likeliest first: at most so many, and none that is far less likely than the first. */
const MOST_SHOWN = 4;
const LEAST_EVERYDAY = 0.5;
const LEAST_OF_BEST = 0.7;
/** One odd name in a sheet is not an encoding. */
const MOST_WRONG = 0.15;

/** Labels of the encodings in which these bytes could be names. */
export function likelyOf(all: readonly Reading[]): readonly string[] {
	const possible = all.filter(({ everyday, wrong }) => everyday >= LEAST_EVERYDAY && wrong <= MOST_WRONG);
	const score = ({ everyday, frequent }: Reading) => everyday + frequent;
	const best = possible.reduce((most, one) => Math.max(most, score(one)), 0);
	return possible
		.filter((reading) => score(reading) >= LEAST_OF_BEST * best)
		.sort((a, b) => score(b) - score(a))
		.slice(0, MOST_SHOWN)
		.map(({ encoding }) => encoding.label);
}
