// The rows of a sheet as the text of a CSV file, a line for each row of the sheet, so that its lines have the numbers
// that the sheet shows.

import type { Text } from '../decode';
import type { SheetRow } from './sheetRows';

/** Some of the first rows tell how wide the sheet is. */
const ROWS_LOOKED_AT = 20;
/** A cell far to the right, out of the table, must not make every row as wide. */
const MOST_COLUMNS_FILLED = 256;
/** From here on a text is passed on: rows of few cells far to the right are long. */
const MOST_TEXT = 64 * 1024;
/** Empty rows in one go: the reader of lines takes some milliseconds for them. */
const EMPTY_LINES = 10_000;
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

export interface SheetTextSettings {
	/** A row that starts with it is left out and counts. */
	readonly comment: string | undefined;
	onHidden(number: number): void;
	breathe(): Promise<void>;
}

export async function* csvTexts(
	batches: AsyncIterable<readonly SheetRow[]>,
	{ comment, onHidden, breathe }: SheetTextSettings,
): AsyncGenerator<Text, void, undefined> {
	let number = 1;
	let width: number | undefined;
	for await (const batch of lookedAhead(batches)) {
		width ??= batch.reduce((most, { columns }) => Math.min(columns.reduce(larger, most), MOST_COLUMNS_FILLED), 0);
		let text = '';
		let rows = 0;
		for (const row of batch) {
			for (; row.number - number > EMPTY_LINES; number += EMPTY_LINES) {
				yield textOf(text + '\n'.repeat(EMPTY_LINES));
				text = '';
				await breathe();
			}
			text += `${'\n'.repeat(row.number - number)}${isComment(row, comment) ? '' : line(row, width)}\n`;
			number = row.number + 1;
			if (row.isHidden) onHidden(row.number);
			if (++rows < ROWS_LOOKED_AT || text.length < MOST_TEXT) continue;
			yield textOf(text);
			text = '';
		}
		yield textOf(text);
	}
}

/** The first batch has the rows to look at, or all that there are. */
async function* lookedAhead(
	batches: AsyncIterable<readonly SheetRow[]>,
): AsyncGenerator<readonly SheetRow[], void, undefined> {
	let held: SheetRow[] | undefined = [];
	for await (const batch of batches) {
		if (held === undefined) {
			yield batch;
			continue;
		}
		for (const row of batch) held.push(row);
		if (held.length >= ROWS_LOOKED_AT) {
			yield held;
			held = undefined;
		}
	}
	if (held !== undefined && held.length > 0) yield held;
}

function isComment({ cells, columns }: SheetRow, comment: string | undefined): boolean {
	return comment !== undefined && cells[columns.lastIndexOf(1)]?.startsWith(comment) === true;
}

function line(row: SheetRow, width: number): string {
	const { cells, columns } = fromLeftToRight(row);
	let text = '';
	let at = 1;
	for (const [index, column] of columns.entries()) {
		text += ','.repeat(column - at) + quoted(cells[index] ?? '');
		at = column;
	}
	return text + ','.repeat(Math.max(0, width - at));
}

function fromLeftToRight(row: SheetRow): Pick<SheetRow, 'cells' | 'columns'> {
	if (row.columns.every((column, index) => index === 0 || column > (row.columns[index - 1] ?? 0))) return row;
	const placed = [...new Map(row.columns.map((column, index) => [column, row.cells[index] ?? '']))];
	placed.sort(([one], [other]) => one - other);
	return { columns: placed.map(([column]) => column), cells: placed.map(([, cell]) => cell) };
}

function larger(one: number, other: number): number {
	return Math.max(one, other);
}

function quoted(cell: string): string {
	return NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function textOf(text: string): Text {
	return { text, isDamaged: false };
}
