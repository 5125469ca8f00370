// Where the tables of a sheet have their total rows: Excel says so, whatever their labels (ECMA-376 part 1, 18.5.1.2).

import { isFilled } from '../layout';
import type { Archive } from './archive';
import { partsOf } from './book';
import { columnOf } from './places';
import { attribute, readXml } from './xml';

/** Rows and columns of a sheet, from 1. */
interface TotalRows {
	readonly firstRow: number;
	readonly lastRow: number;
	readonly firstColumn: number;
	readonly lastColumn: number;
}

/** A sheet of people is one table, or a few. */
const MOST_TABLES = 1_000;
const RANGE = /^\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$/i;

/** Tells whether a row is the total row of a table. Cells beside that table are somebody's, so such a row is none. */
export async function totalRowsOf(
	archive: Archive,
	sheet: string,
	breathe: () => Promise<void>,
): Promise<(number: number, cells: readonly string[]) => boolean> {
	const found: TotalRows[] = [];
	for (const path of (await partsOf(archive, sheet, 'table', breathe)).slice(0, MOST_TABLES)) {
		const open = (name: string, attributes: Readonly<Record<string, string>>) => {
			const rows = name === 'table' ? rowsIn(attributes) : undefined;
			if (rows !== undefined) found.push(rows);
		};
		await readXml(archive.open(path), path, { open }, breathe);
	}
	return (number, cells) =>
		found.some(
			({ firstRow, lastRow, firstColumn, lastColumn }) =>
				number >= firstRow &&
				number <= lastRow &&
				cells.every((cell, at) => !isFilled(cell) || (at + 1 >= firstColumn && at + 1 <= lastColumn)),
		);
}

/** `totalsRowShown` only says that the table once had such a row; `totalsRowCount`, that it has one now. */
function rowsIn(attributes: Readonly<Record<string, string>>): TotalRows | undefined {
	const count = Number(attribute(attributes, 'totalsRowCount') ?? 0);
	const [, first = '', top, last = '', bottom] = RANGE.exec(attribute(attributes, 'ref') ?? '') ?? [];
	if (!Number.isInteger(count) || count < 1 || top === undefined || bottom === undefined) return undefined;
	const lastRow = Number(bottom);
	// Its header and one row of somebody at least stand above.
	if (count > lastRow - Number(top)) return undefined;
	return { firstRow: lastRow - count + 1, lastRow, firstColumn: columnOf(first), lastColumn: columnOf(last) };
}
