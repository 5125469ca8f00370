// Character sets as profiles write them: single characters and ranges. Never a regular expression.

export interface CharacterSet {
	/** The first character of `text` that is not in the set. */
	firstOutside(text: string): string | undefined;
	/** The set as people read it: `A-Z a-z 0-9 _ . @ -`. */
	readonly shown: string;
}

/** Reads a class such as `A-Za-z0-9_.@-`; `undefined` where a range runs backwards or nothing is left. */
export function parseCharacterSet(text: string): CharacterSet | undefined {
	const characters = [...text];
	const ranges: Array<readonly [from: number, to: number]> = [];
	const shown: string[] = [];
	for (let at = 0; at < characters.length; at++) {
		const first = characters[at] ?? '';
		const last = characters[at + 1] === '-' ? characters[at + 2] : undefined;
		const from = codePoint(first);
		const to = codePoint(last ?? first);
		if (to < from) return undefined;
		ranges.push([from, to]);
		shown.push(last === undefined ? first : `${first}-${last}`);
		if (last !== undefined) at += 2;
	}
	if (ranges.length === 0) return undefined;
	const ascii = asciiTable(ranges);
	return { firstOutside: (value) => firstOutside(value, ranges, ascii), shown: shown.join(' ') };
}

function firstOutside(
	text: string,
	ranges: ReadonlyArray<readonly [from: number, to: number]>,
	ascii: readonly boolean[],
): string | undefined {
	for (let at = 0; at < text.length; at++) {
		const point = text.codePointAt(at) ?? 0;
		const inside = point < 128 ? ascii[point] : ranges.some(([from, to]) => from <= point && point <= to);
		if (inside !== true) return String.fromCodePoint(point);
		if (point > 0xffff) at++;
	}
	return undefined;
}

function asciiTable(ranges: ReadonlyArray<readonly [from: number, to: number]>): readonly boolean[] {
	return Array.from({ length: 128 }, (_, point) => ranges.some(([from, to]) => from <= point && point <= to));
}

function codePoint(character: string): number {
	return character.codePointAt(0) ?? 0;
}
