// Where a sheet begins: which of its first rows is the header, and how many of its columns are in use.

import { headerNarrow, type FileUnreadable } from './unreadable';

/** What a column of that name holds. */
export interface NamedField {
	/** The field of users, and that of groups, for which it is the best name; at least one. */
	readonly fields: readonly string[];
	readonly isId: boolean;
	/** Where no column is an id in its own right, such as an e-mail address. */
	readonly mayBeId: boolean;
	readonly isName: boolean;
	readonly isContact: boolean;
}

/** How many of these names are those of columns that some operation knows. */
export interface KnownColumns {
	(names: readonly string[]): number;
	/** `undefined` where the name is not known. */
	readonly named?: (name: string) => NamedField | undefined;
}

/** One of the first rows of a file; empty rows and comments are none. */
export interface LookedAt {
	/** Its row of the sheet, from 1. */
	readonly number: number;
	readonly cells: readonly string[];
}

export interface Layout {
	/** The header's row of the sheet. */
	readonly headerAt: number;
	readonly header: readonly string[];
	/** Columns without a name and without a cell, at the end, are left out of it. */
	readonly width: number;
	/** Why no reading of these rows helps. */
	readonly unreadable: FileUnreadable | undefined;
}

/** Notes above the header are short; more rows of one cell are a sheet of their own. */
const MOST_NOTES = 10;

/** @param known default: nothing is known of names, and only the shape of the rows decides */
export function layoutOf(rows: readonly LookedAt[], known?: KnownColumns): Layout | undefined {
	const at = headerAmong(rows, known ?? (() => 0));
	const header = rows[at];
	if (header === undefined) return undefined;
	const below = rows.slice(at + 1);
	const used = below.reduce((most, { cells }) => Math.max(most, Math.min(lastFilled(cells), header.cells.length)), 0);
	const isNarrow =
		header.cells.length > 0 &&
		known?.(header.cells) === 0 &&
		below.length > 0 &&
		below.every(({ cells }) => lastFilled(cells) > header.cells.length);
	return {
		headerAt: header.number,
		header: header.cells,
		width: Math.max(lastFilled(header.cells), used),
		unreadable: isNarrow ? headerNarrow(header.number, header.cells.length) : undefined,
	};
}

/** The header is the first row, unless what stands above another one is plainly a note. */
function headerAmong(rows: readonly LookedAt[], known: KnownColumns): number {
	const looked = rows.map(({ cells }) => ({ filled: filledIn(cells), known: known(cells) }));
	const [first] = looked;
	if (first === undefined) return 0;
	let most = first;
	let areTitles = first.filled === 1;
	for (const [at, row] of looked.slice(0, MOST_NOTES + 1).entries()) {
		if (at === 0) continue;
		const isClear = row.known > 1 || (row.known === 1 && areTitles);
		if (isClear && row.filled > most.filled && row.known > most.known) return at;
		areTitles &&= row.filled === 1;
		most = { filled: Math.max(most.filled, row.filled), known: Math.max(most.known, row.known) };
	}
	if (first.known > 0 || first.filled !== 1) return 0;
	// No name is known. Titles of one cell above rows of several: such a sheet has no column of that name.
	const wide = looked.findIndex(({ filled }) => filled > 1);
	const isTable = looked.slice(wide, wide + 3).every(({ filled }) => filled > 1);
	return wide > 0 && wide <= MOST_NOTES && isTable ? wide : 0;
}

function filledIn(cells: readonly string[]): number {
	let count = 0;
	for (const cell of cells) if (isFilled(cell)) count++;
	return count;
}

/** How many cells there are up to the last one with something in it. */
export function lastFilled(cells: readonly string[]): number {
	let length = cells.length;
	while (length > 0 && !isFilled(cells[length - 1] ?? '')) length--;
	return length;
}

export function isFilled(cell: string): boolean {
	return cell !== '' && cell.trim() !== '';
}
