// Where a text stops being JSON: JSON.parse says it in a way of its own in each version of Node, or not at all.

export interface JsonBreak {
	/** From 1. */
	readonly line: number;
	/** Characters from 1, a tab being one. */
	readonly column: number;
	/** What was expected there, for people. */
	readonly expected: string;
}

class Broken extends Error {
	constructor(
		readonly at: number,
		readonly expected: string,
	) {
		super(expected);
	}
}

/** Deeper nesting is none that a profile has. */
const MOST_DEEP = 100;
const TOKENS = {
	space: /[ \t\n\r]*/y,
	text: /"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy,
	other: /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y,
};

/** The first place where `text` is no JSON (RFC 8259); `undefined` where all of it is. */
export function jsonBreak(text: string): JsonBreak | undefined {
	let at = 0;
	try {
		value(0);
		passSpace();
		if (at < text.length) throw new Broken(at, 'nothing more');
		return undefined;
	} catch (error) {
		if (!(error instanceof Broken)) return undefined;
		const before = text.slice(0, error.at).split('\n');
		return { line: before.length, column: (before.at(-1) ?? '').length + 1, expected: error.expected };
	}

	function value(depth: number): void {
		if (depth > MOST_DEEP) throw new Broken(at, `at most ${MOST_DEEP} brackets around a value`);
		passSpace();
		if (text[at] === '{') return list('}', depth, member);
		if (text[at] === '[') return list(']', depth, value);
		if (text[at] === '"') return textToken();
		if (!take(TOKENS.other))
			throw new Broken(at, 'a value: a text in double quotes, a number, true, false, null, { or [');
	}

	function list(end: '}' | ']', depth: number, element: (depth: number) => void): void {
		at++;
		passSpace();
		if (text[at] === end) return void at++;
		for (;;) {
			element(depth + 1);
			passSpace();
			if (text[at] === end) return void at++;
			if (text[at] !== ',') throw new Broken(at, `a comma or ${end}`);
			at++;
		}
	}

	function member(depth: number): void {
		passSpace();
		if (text[at] !== '"') throw new Broken(at, 'a key in double quotes; no comma stands behind the last one');
		textToken();
		passSpace();
		if (text[at] !== ':') throw new Broken(at, 'a colon behind the key');
		at++;
		value(depth);
	}

	function textToken(): void {
		if (!take(TOKENS.text))
			throw new Broken(
				at,
				'a text that ends with double quotes in its line; \\ and quotes within it are written \\\\ and \\"',
			);
	}

	function passSpace(): void {
		take(TOKENS.space);
	}

	function take(token: RegExp): boolean {
		token.lastIndex = at;
		const found = token.exec(text);
		if (found === null) return false;
		at = token.lastIndex;
		return true;
	}
}
