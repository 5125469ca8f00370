// The names of a file's columns, from its header row or made up.

import { MOST_COLUMNS } from '../cells/bounds';
import { dataKind } from '../cells/dataKind';
import type { KnownColumns } from './layout';
import { columnsTooMany, headerMissing, type FileUnreadable } from './unreadable';

const SURE_NAMES = 2;

/** @param number the header's row, for messages */
export function headerNames(
	cells: readonly string[],
	number: number,
	known: KnownColumns = () => 0,
): readonly string[] | FileUnreadable {
	if (cells.length > MOST_COLUMNS) return columnsTooMany(MOST_COLUMNS);
	for (const [index, cell] of cells.entries()) {
		const kind = dataKind(cell);
		if (kind === undefined) continue;
		if (known(cells) < SURE_NAMES) return headerMissing(number, index + 1, kind);
		break;
	}
	return toldApart(cells.map((cell, index) => cell.trim() || madeUpName(index)));
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
