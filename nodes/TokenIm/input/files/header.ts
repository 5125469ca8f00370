// The names of a file's columns, from its header row or made up.

import { headerMissing, headerTwice, type FileUnreadable } from './unreadable';

/** What people keep in sheets but never name a column: an e-mail address, a phone or another long number. */
const DATA = /^(?:[^\s@]+@[^\s@]+\.[^\s@]+|\+?\d[\d\s().-]{6,})$/;

/** @param number the header's row, for messages */
export function headerNames(cells: readonly string[], number: number): readonly string[] | FileUnreadable {
	const data = cells.find((cell) => DATA.test(cell.trim()));
	if (data !== undefined) return headerMissing(number, data.trim());
	const names = cells.map((cell, index) => cell.trim() || madeUpName(index));
	const places = new Map<string, number[]>();
	for (const [index, name] of names.entries()) places.set(name, [...(places.get(name) ?? []), index + 1]);
	for (const [name, where] of places) if (where.length > 1) return headerTwice(name, where);
	return names;
}

export function madeUpName(index: number): string {
	return `column${index + 1}`;
}
