// What stands in the bench's large files: its people, as a CSV file and as a workbook.

import { createRequire } from 'node:module';
import { workbook } from '../test/input/files/workbooks.mts';

const ROWS_A_PART = 1_000;

type Cells = Readonly<Record<string, string>>;

const { rowAt }: { rowAt(index: number): Cells } = createRequire(import.meta.url)('./inside/rows.cjs');

export interface Some {
	/** One row in so many has no name; default: none. */
	readonly badEvery?: number;
	/** One row in so many has another name than in a file without; default: none. */
	readonly changedEvery?: number;
}

/** A CSV file, in parts. */
export function* csv(rows: number, some: Some): Generator<string> {
	yield `${Object.keys(rowAt(0)).join(',')}\n`;
	for (let from = 0; from < rows; from += ROWS_A_PART) {
		let text = '';
		for (let index = from; index < Math.min(rows, from + ROWS_A_PART); index++)
			text += `${Object.values(cellsAt(index, some)).join(',')}\n`;
		yield text;
	}
}

/** A workbook, its texts in the table that Excel keeps them in, each once. */
export function sheet(rows: number, some: Some): Uint8Array {
	const places = new Map<string, number>();
	const placeOf = (text: string): number => {
		const place = places.get(text) ?? places.size;
		places.set(text, place);
		return place;
	};
	const line = (number: number, cells: readonly string[]): string =>
		`<row r="${number}">${cells.map((cell, at) => `<c r="${'ABCDEFGH'.charAt(at)}${number}" t="s"><v>${placeOf(cell)}</v></c>`).join('')}</row>`;
	const lines = [line(1, Object.keys(rowAt(0)))];
	for (let index = 0; index < rows; index++) lines.push(line(index + 2, Object.values(cellsAt(index, some))));
	return workbook({ sheets: [{ rows: lines.join('') }], texts: [...places.keys()].map((text) => `<t>${text}</t>`) });
}

function cellsAt(index: number, { badEvery, changedEvery }: Some): Cells {
	const row = rowAt(index);
	if (isNth(index, badEvery)) return { ...row, username: '' };
	return isNth(index, changedEvery) ? { ...row, username: `${row.username}2` } : row;
}

function isNth(index: number, every: number | undefined): boolean {
	return every !== undefined && (index + 1) % every === 0;
}
