// The names of a file's columns, from its header row or made up.

import type { KnownColumns } from './layout';
import { headerMissing, type FileUnreadable } from './unreadable';

/** What people keep in sheets but never name a column: an e-mail address, a phone or another long number. */
const DATA = /^(?:[^\s@]+@[^\s@]+\.[^\s@]+|\+?\d[\d\s().-]{6,})$/;
/** Sheets of attendance have a column for each day or term: 2024-09-02, 02.09.2024, 20240902, 2024-2025. */
const DAY =
	/^(?:(?:19|20)\d\d([-./ ]?)(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])([-./ ])(?:0?[1-9]|[12]\d|3[01])\2(?:19|20)?\d\d|(?:19|20)\d\d *- *(?:19|20)\d\d)(?:[ T]\d.*)?$/;
const SURE_NAMES = 2;

/** @param number the header's row, for messages */
export function headerNames(
	cells: readonly string[],
	number: number,
	known: KnownColumns = () => 0,
): readonly string[] | FileUnreadable {
	const data = cells.find((cell) => DATA.test(cell.trim()) && !DAY.test(cell.trim()));
	if (data !== undefined && known(cells) < SURE_NAMES) return headerMissing(number, data.trim());
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
