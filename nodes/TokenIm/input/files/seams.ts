// A line break within a cell that has no quotes cuts its row in two. Where the file's other rows end in another kind of
// line end, and the pieces have together just the cells of one row, that is seen; else each line is a row of its own.

import type { CsvRecord, LineEnd } from './csvRecord';

/** A cell without quotes has no more lines than this; what is held back must not grow. */
const MOST_PIECES = 100;

export interface Piece {
	readonly record: CsvRecord;
	/** The first and the last row of the sheet over which a row seems to be spread. */
	readonly spread: readonly [number, number] | undefined;
}

export class Seams {
	private held: CsvRecord[] = [];
	private cells = 0;

	/**
	 * @param width how many cells a row has
	 * @param usualEnd what ends most rows
	 */
	constructor(
		private readonly width: number,
		private readonly usualEnd: LineEnd,
	) {}

	/** @returns the records that are settled now, in their order */
	take(record: CsvRecord): readonly Piece[] {
		const isPlain = record.lineEnd === this.usualEnd || record.lineEnd === 'none' || this.width < 2;
		if (isPlain && this.held.length === 0) return [{ record, spread: undefined }];
		this.cells += record.cells.length - (this.held.length > 0 ? 1 : 0);
		this.held.push(record);
		const isOver = this.cells > this.width || this.held.length > MOST_PIECES || record.kind !== 'whole';
		if (!isPlain && !isOver) return [];
		if (isOver && !isPlain && this.held.length > 1) {
			// Not a piece of what came before it; it may be the first piece of what comes next.
			this.held.pop();
			return [...this.rest(), ...this.take(record)];
		}
		const [first, last] = [this.held[0]?.number ?? 0, record.number];
		const isSpread = this.held.length > 1 && this.cells === this.width && !isOver;
		return this.rest(isSpread ? [first, last] : undefined);
	}

	/** Settles what is held back, such as before an empty row and at the end. */
	rest(spread?: Piece['spread']): readonly Piece[] {
		const settled = this.held.map((record) => ({ record, spread }));
		this.held = [];
		this.cells = 0;
		return settled;
	}
}
