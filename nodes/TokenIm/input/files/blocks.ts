// Rows of a file come in blocks: to wait for each alone would cost more than to cut it out of the text.

import type { Row } from '../../engine/types';

/** Few enough to be made in a few milliseconds, and to be held without counting. */
export const ROWS_IN_A_BLOCK = 500;

/** A header of a hundred kilobytes makes sixteen thousand cells of a row of two: of such rows a block holds four. */
const CELLS_IN_A_BLOCK = 64_000;

/** How many rows of so many columns a block holds. */
export function rowsInABlock(columns: number): number {
	return Math.min(ROWS_IN_A_BLOCK, Math.max(1, Math.floor(CELLS_IN_A_BLOCK / columns)));
}

/** Rows in blocks; where they break off, those that came before do so first. None is empty. @throws what they throw */
export function* inBlocks(rows: Iterable<Row>): Generator<readonly Row[], void, undefined> {
	let block: Row[] = [];
	try {
		for (const row of rows) {
			block.push(row);
			if (block.length < ROWS_IN_A_BLOCK) continue;
			const full = block;
			block = [];
			yield full;
		}
	} finally {
		if (block.length > 0) yield block;
	}
}
