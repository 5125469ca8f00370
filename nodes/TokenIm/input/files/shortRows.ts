// A line break within a cell that has no quotes cuts its row in two, and where all lines end alike nothing but the cells
// tells: the pieces are short, and have together just the cells of one row. Rows that are short at their end look the
// same. They are told from pieces by what stands in their columns; where that does not tell, nothing is guessed.

import type { CsvRecord } from './csvRecord';
import { fits, TELLING } from './fits';
import type { Piece } from './seams';

/** A cell without quotes has no more lines than this; what is held back must not grow. */
const MOST_PIECES = 100;
/** So many whole rows tell what the columns hold. */
const SAMPLED = 20;

/**
 * Excel writes a sheet in blocks of 16 rows, its header in the first, and leaves out the columns at the end that are
 * empty throughout a block (Microsoft, KB 77295).
 */
const BLOCK = 16;

export class ShortRows {
	private held: CsvRecord[] = [];
	private cells = 0;
	/** The short rows at hand are more than the pieces of one. */
	private areMore = false;
	private readonly samples: Array<readonly string[]> = [];

	/** @param width how many cells a row has */
	constructor(private readonly width: number) {}

	/** Some whole rows. */
	get known(): ReadonlyArray<readonly string[]> {
		return this.samples;
	}

	/** Whether the piece is settled as it is, and nothing is held back: so it is with nearly all rows. */
	passes({ record, spread }: Piece): boolean {
		if (this.held.length > 0 || this.isShort(record, spread)) return false;
		this.areMore = false;
		if (this.samples.length < SAMPLED && record.kind === 'whole' && spread === undefined)
			this.samples.push(record.cells);
		return true;
	}

	/** @returns what is settled now, in its order */
	take(piece: Piece): readonly Piece[] {
		const { record, spread } = piece;
		if (!this.isShort(record, spread)) {
			const settled = this.rest(false);
			return this.passes(piece) ? [...settled, piece] : settled;
		}
		if (this.areMore) return [piece];
		this.cells += record.cells.length - (this.held.length > 0 ? 1 : 0);
		this.held.push(record);
		if (this.cells <= this.width && this.held.length <= MOST_PIECES) return [];
		const settled = this.asTheyAre();
		this.areMore = true;
		return settled;
	}

	/** Settles what is held back. */
	rest(isEnd: boolean): readonly Piece[] {
		const first = this.held[0]?.number ?? 0;
		const last = this.held.at(-1)?.number ?? 0;
		const isSpread =
			this.held.length > 1 && this.cells === this.width && !this.isBlock(first, last, isEnd) && !this.areRows();
		return this.asTheyAre(isSpread ? [first, last] : undefined);
	}

	private asTheyAre(spread?: Piece['spread']): readonly Piece[] {
		const settled = this.held.map((record) => ({ record, spread }));
		this.held = [];
		this.cells = 0;
		this.areMore = false;
		return settled;
	}

	private isShort({ kind, cells }: CsvRecord, spread: Piece['spread']): boolean {
		return spread === undefined && kind === 'whole' && cells.length < this.width;
	}

	private isBlock(first: number, last: number, isEnd: boolean): boolean {
		return this.areAlike() && first % BLOCK === 1 && (last % BLOCK === 0 || isEnd);
	}

	/** Whether each of them holds in its columns what rows hold there. */
	private areRows(): boolean {
		const [first, ...others] = this.held;
		const known = [...this.samples, first?.cells ?? []];
		// A program leaves out as many cells in each; numbers stand in the middle of texts, too.
		const telling = this.areAlike() ? TELLING : TELLING.filter((kind) => kind !== 'number');
		return others.every(({ cells }) => fits(cells, known, telling));
	}

	private areAlike(): boolean {
		return this.held.every(({ cells }) => cells.length === this.held[0]?.cells.length);
	}
}
