// The names of a file's columns, from its header row or made up.

import { MOST_CODE_CHARACTERS, MOST_COLUMNS } from '../cells/bounds';
import type { KnownColumns } from './layout';
import { columnsTooMany, headerMissing, type DataKind, type FileUnreadable } from './unreadable';

/** What people keep in sheets but never name a column. */
const DATA: ReadonlyArray<readonly [kind: DataKind, pattern: RegExp]> = [
	['an e-mail address', /^[^\s@]+@[^\s@.]+\.[^\s@]+$/],
	['a phone or another long number', /^\+?\d[\d\s().-]{6,}$/],
];
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
	if (cells.length > MOST_COLUMNS) return columnsTooMany(MOST_COLUMNS);
	for (const [index, cell] of cells.entries()) {
		const kind = dataIn(cell.trim());
		if (kind === undefined) continue;
		if (known(cells) < SURE_NAMES) return headerMissing(number, index + 1, kind);
		break;
	}
	return toldApart(cells.map((cell, index) => cell.trim() || madeUpName(index)));
}

function dataIn(cell: string): DataKind | undefined {
	if (cell.length > MOST_CODE_CHARACTERS || DAY.test(cell)) return undefined;
	return DATA.find(([, pattern]) => pattern.test(cell))?.[0];
}

/** Twins become `Comment` and `Comment [2]`; where one of them is used, matching names both and asks. */
function toldApart(names: readonly string[]): readonly string[] {
	const taken = new Set(names);
	const seen = new Set<string>();
	/** By name, the number of its next twin: counted anew for each, many twins would take for ever. */
	const next = new Map<string, number>();
	return names.map((name) => {
		let own = name;
		let twin = next.get(name) ?? 2;
		while (seen.has(own) || (own !== name && taken.has(own))) own = `${name} [${twin++}]`;
		next.set(name, twin);
		seen.add(own);
		return own;
	});
}

/** Of a file without a header. */
export function madeUpNames(count: number): readonly string[] | FileUnreadable {
	return count > MOST_COLUMNS
		? columnsTooMany(MOST_COLUMNS)
		: Array.from({ length: count }, (_, index) => madeUpName(index));
}

export function madeUpName(index: number): string {
	return `column${index + 1}`;
}
