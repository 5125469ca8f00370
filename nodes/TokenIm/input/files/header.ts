// The names of a file's columns, from its header row or made up.

import { headerMissing, type FileUnreadable } from './unreadable';

/** What people keep in sheets but never name a column: an e-mail address, a phone or another long number. */
const DATA = /^(?:[^\s@]+@[^\s@]+\.[^\s@]+|\+?\d[\d\s().-]{6,})$/;

/** @param number the header's row, for messages */
export function headerNames(cells: readonly string[], number: number): readonly string[] | FileUnreadable {
	const data = cells.find((cell) => DATA.test(cell.trim()));
	if (data !== undefined) return headerMissing(number, data.trim());
	return toldApart(cells.map((cell, index) => cell.trim() || madeUpName(index)));
}

/** Twins become `Comment` and `Comment [2]`; where one of them is used, matching names both and asks. */
function toldApart(names: readonly string[]): readonly string[] {
	const taken = new Set(names);
	const seen = new Set<string>();
	return names.map((name) => {
		let own = name;
		for (let twin = 2; seen.has(own) || (own !== name && taken.has(own)); twin++) own = `${name} [${twin}]`;
		seen.add(own);
		return own;
	});
}

export function madeUpName(index: number): string {
	return `column${index + 1}`;
}
