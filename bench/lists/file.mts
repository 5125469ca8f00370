// The sheet of the lists' bench: a CSV file with everybody who stays.

import { createRequire } from 'node:module';

const { rowAt }: { rowAt(index: number): Readonly<Record<string, string>> } = createRequire(import.meta.url)(
	'../inside/rows.cjs',
);

/** One row in so many has another class than the service: 1 %. */
export const CHANGED_EVERY = 100;
const ROWS_A_PIECE = 10_000;

/** @returns a file with so many rows */
export function sheetOf(rows: number): Buffer {
	const pieces = [Buffer.from(`${Object.keys(rowAt(0)).join(',')},attributes.class\n`)];
	for (let from = 0; from < rows; from += ROWS_A_PIECE) {
		let text = '';
		for (let index = from; index < Math.min(rows, from + ROWS_A_PIECE); index++)
			text += `${Object.values(rowAt(index)).join(',')},Class ${index % CHANGED_EVERY === 0 ? 1 : 0}\n`;
		pieces.push(Buffer.from(text));
	}
	return Buffer.concat(pieces);
}
