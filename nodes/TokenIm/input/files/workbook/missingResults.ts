// Formulas that were never worked out: how their cells tell, and what of those that one formula fills together.

import type { CellFact } from '../../../engine/types';
import { columnOf } from './places';

/** What such a cell has: the rules for cells refuse a spreadsheet's error wherever it is used. */
export const NO_RESULT = '#N/A';
export const WITHOUT_RESULT: CellFact = { kind: 'noResult' };

/**
 * Whether a formula was never worked out. A number that is not there is no result; nor is 0 where all formulas are to be
 * worked out, for the tools that leave this to others (XlsxWriter, PhpSpreadsheet) write 0 for each. Other results stay:
 * some tools (Apache POI) write true ones all the same.
 *
 * @param type of the cell, as the sheet names it
 * @param written its value, as the sheet has it
 */
export function lacksResult(type: string, written: string, asksForResults: boolean): boolean {
	if (type !== 'n' && type !== 'str') return false;
	if (written.trim() === '') return type === 'n';
	return asksForResults && isZero(written);
}

/** An empty cell counts as 0, as its formula would have filled it. */
export function isZero(written: string): boolean {
	return Number(written) === 0;
}

interface Range {
	readonly rows: readonly [first: number, last: number];
	readonly columns: readonly [first: number, last: number];
}

/** People have a few, and each cell of a sheet with one is held against all. */
const MOST_OPEN = 20;
/** Cells that are made up in one row: a few names may stand for a million of them. */
const MOST_MADE_UP = 20;

export class OpenArrays {
	private ranges: readonly Range[] = [];

	/**
	 * @param range `B2:B100`
	 * @param row under way: ranges that end above it are done with
	 */
	open(range: string, row: number): void {
		const [first = '', last = first] = range.split(':');
		const rows = [rowOf(first), rowOf(last)] as const;
		const columns = [columnOf(first), columnOf(last)] as const;
		// A formula of one cell has no others.
		if (first === last) return;
		const open = this.ranges.filter(({ rows: [, lastRow] }) => lastRow >= row);
		this.ranges = open.length < MOST_OPEN ? [...open, { rows, columns }] : open;
	}

	holds(row: number, column: number): boolean {
		return this.ranges.some(({ rows, columns }) => isIn(row, rows) && isIn(column, columns));
	}

	/** Columns of this row in which such a formula has a cell; of many the first. */
	columnsIn(row: number): readonly number[] {
		if (this.ranges.length === 0) return [];
		const found = new Set<number>();
		for (const { rows, columns } of this.ranges) {
			if (!isIn(row, rows)) continue;
			const [first, last] = columns;
			for (let column = first; column <= last && found.size < MOST_MADE_UP; column++) found.add(column);
		}
		return [...found];
	}
}

function rowOf(place: string): number {
	return Number(/\d+$/.exec(place)?.[0] ?? 0);
}

function isIn(number: number, [first, last]: readonly [number, number]): boolean {
	return number >= first && number <= last;
}
