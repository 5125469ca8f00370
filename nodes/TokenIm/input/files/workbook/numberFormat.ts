// What a number format makes of a number: a date, a time, a length of time, or digits with zeros before them.

export type NumberFormat =
	| { readonly kind: 'plain' }
	/** With its text, where that is the same in every language. */
	| { readonly kind: 'moment'; readonly hasDate: boolean; readonly code?: string }
	| { readonly kind: 'duration' }
	| { readonly kind: 'digits'; readonly places: readonly Place[] };

/** A place for a digit (`0` shows a zero where there is none), or text that stands between them. */
export type Place = { readonly digit: '0' | '#' } | { readonly literal: string };

export const PLAIN: NumberFormat = { kind: 'plain' };

/** Formats that Excel knows by number alone (ECMA-376 part 1, 18.8.30); the dates of East Asia and Thailand among them. */
const DATES: ReadonlyArray<readonly [from: number, to: number]> = [
	[14, 17],
	[22, 22],
	[27, 31],
	[36, 36],
	[50, 54],
	[57, 58],
	[71, 74],
	[77, 77],
	[81, 81],
];
/** Those of them that are the same wherever the workbook is opened. */
const CODES: ReadonlyMap<number, string> = new Map([
	[15, 'd-mmm-yy'],
	[16, 'd-mmm'],
	[17, 'mmm-yy'],
]);
const TIMES: ReadonlyArray<readonly [from: number, to: number]> = [
	[18, 21],
	[32, 35],
	[45, 45],
	[47, 47],
	[55, 56],
	[75, 76],
	[78, 78],
	[80, 80],
];
const DURATIONS: ReadonlyArray<readonly [from: number, to: number]> = [
	[46, 46],
	[79, 79],
];

/** @param code the format's text, where the workbook brings it: it decides, whatever the number usually means */
export function numberFormatOf(id: number, code: string | undefined): NumberFormat {
	if (code !== undefined) return formatOfCode(code);
	const isIn = (ranges: typeof DATES) => ranges.some(([from, to]) => id >= from && id <= to);
	if (isIn(DATES)) return { kind: 'moment', hasDate: true, code: CODES.get(id) };
	if (isIn(TIMES)) return { kind: 'moment', hasDate: false };
	return isIn(DURATIONS) ? { kind: 'duration' } : PLAIN;
}

/** One thing that a format says: quoted or escaped text, something in brackets, `General`, or a single character. */
const TOKEN = /"([^"]*)"?|\\(.)|[_*].|\[([^\][]*)\]|(general|e[+-])|(am\/pm|a\/p)|([\s\S])/giu;
const ELAPSED = /^(?:h+|m+|s+)$/i;
const CURRENCY = /^\$([^-]*)/;
/** What stands for itself without quotes; letters of other scripts do too. */
const OWN_TEXT = /[$+():!^&'~{}<>= -]|\P{ASCII}/u;

function formatOfCode(code: string): NumberFormat {
	const places: Place[] = [];
	let isPlain = false;
	let hasDate = false;
	let hasTime = false;
	let hasMonth = false;
	for (const [, quoted, escaped, bracket, number, half, character] of code.matchAll(TOKEN)) {
		if (character === ';') break;
		if (bracket !== undefined && ELAPSED.test(bracket)) return { kind: 'duration' };
		// A condition chooses between sections: which of them holds is not worked out.
		if (number !== undefined || (bracket !== undefined && /^[<>=]/.test(bracket))) isPlain = true;
		const literal = quoted ?? escaped ?? (bracket === undefined ? undefined : CURRENCY.exec(bracket)?.[1]);
		if (literal !== undefined) places.push({ literal });
		if (half !== undefined) hasTime = true;
		if (character === undefined) continue;
		if (/[ydegab]/i.test(character)) hasDate = true;
		else if (/[hs]/i.test(character)) hasTime = true;
		else if (/m/i.test(character)) hasMonth = true;
		else if (character === '0') places.push({ digit: '0' });
		else if (character === '#' || character === '?') places.push({ digit: '#' });
		else if (OWN_TEXT.test(character)) places.push({ literal: character });
		else isPlain = true;
	}
	// Beside hours or seconds `m` is a minute.
	if (hasDate || hasTime || hasMonth) return { kind: 'moment', hasDate: hasDate || !hasTime, code };
	const zeros = places.filter((place) => 'digit' in place && place.digit === '0').length;
	const hasDigit = places.some((place) => 'digit' in place);
	const hasText = places.some((place) => 'literal' in place && place.literal.trim() !== '');
	return !isPlain && hasDigit && (zeros > 1 || hasText) ? { kind: 'digits', places } : PLAIN;
}
