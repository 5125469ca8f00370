// A stray quote opens a cell, and a later one closes it: by the grammar all between is one cell, and the rows in it are
// rows no more. Where the lines within a cell have together just the cells of rows, and hold in their columns what rows
// hold there, that is more likely than a cell of several lines.

import { fits, TELLING } from './fits';

/**
 * @param cells of one row
 * @param known other rows of the sheet, by which columns are told apart
 * @param width how many cells a row has
 * @returns how many rows stand in one of the cells, as far as that can be told; 0 for a cell that may be one
 */
export function swallowedRows(
	cells: readonly string[],
	known: ReadonlyArray<readonly string[]>,
	{ width, delimiter }: { readonly width: number; readonly delimiter: string },
): number {
	for (const [at, cell] of cells.entries()) {
		if (!cell.includes('\n') && !cell.includes('\r')) continue;
		const lines = cell.split(/\r\n?|\n/).map((line) => line.split(delimiter));
		const [first = [], ...others] = lines;
		const last = others.at(-1) ?? [];
		const behind = cells.length - at - 1;
		const areRows =
			at + first.length === width &&
			last.length + behind === width &&
			others.slice(0, -1).every((line) => line.length === width);
		if (!areRows) continue;
		const rows = [...others.slice(0, -1), [...last, ...cells.slice(at + 1)]];
		const all = [...known, [...cells.slice(0, at), ...first]];
		// Text goes on with a space behind a comma.
		const isSpaced = rows.some((row) => row.slice(1).some((one) => one.startsWith(' ')));
		if (!isSpaced && rows.every((row) => fits(row, all, TELLING))) return rows.length;
	}
	return 0;
}
