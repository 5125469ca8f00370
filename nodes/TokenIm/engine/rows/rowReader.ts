// Rows for the engine: one at a time without waiting, as far as they are at hand. To wait for each row alone would cost
// more than to read it, so rows that have to be waited for come in blocks.

import type { Ports, Row } from '../types';

/** Rows at hand, one after the other; or blocks of rows, such as those of a file, of which none is ever held whole. */
export type Rows = Iterable<Row> | AsyncIterable<readonly Row[]>;

/** The event loop gets a turn after this much local work; n8n-core's own limit for a healthy loop is far above. */
const BREATHE_AFTER_MS = 15;

/** For one caller at a time. */
export class RowReader {
	private readonly blocks: AsyncIterator<readonly Row[]> | undefined;
	private readonly rows: Iterator<Row> | undefined;
	private block: readonly Row[] = [];
	private at = 0;
	private isThrough = false;
	private breathedAt: number;

	/** @param onBreak told that reading threw, before anybody else is */
	constructor(
		rows: Rows,
		private readonly ports: Pick<Ports, 'now' | 'breathe'>,
		private readonly onBreak: () => void = () => undefined,
	) {
		if (Symbol.asyncIterator in rows) this.blocks = rows[Symbol.asyncIterator]();
		else this.rows = rows[Symbol.iterator]();
		this.breathedAt = ports.now();
	}

	/**
	 * The next row; `undefined` when they are through; `wait` where `wait()` has to be awaited first: none is at hand, or
	 * the event loop is due a turn.
	 *
	 * @throws what the rows throw; they are through then
	 */
	take(): Row | 'wait' | undefined {
		if (this.isThrough) return undefined;
		if (this.isDue) return 'wait';
		if (this.rows !== undefined) return this.nextOf(this.rows);
		return this.block[this.at++] ?? 'wait';
	}

	/** Gives the event loop its turn and has the next block brought, where these are needed. @throws what the rows throw */
	async wait(): Promise<void> {
		await this.breathe();
		if (this.isThrough || this.blocks === undefined || this.at < this.block.length) return;
		await this.fetch(this.blocks);
	}

	/** The next row, waited for. @throws what the rows throw */
	async next(): Promise<Row | undefined> {
		for (;;) {
			const row = this.take();
			if (row !== 'wait') return row;
			await this.wait();
		}
	}

	/** Gives the event loop a turn where it is due one. */
	async breathe(): Promise<void> {
		if (!this.isDue) return;
		await this.ports.breathe();
		this.breathedAt = this.ports.now();
	}

	/** Nothing more will be read: whoever holds a file lets go of it. */
	async end(): Promise<void> {
		this.isThrough = true;
		this.block = [];
		await this.blocks?.return?.();
	}

	private get isDue(): boolean {
		return this.ports.now() - this.breathedAt > BREATHE_AFTER_MS;
	}

	private nextOf(rows: Iterator<Row>): Row | undefined {
		let next: IteratorResult<Row> | undefined;
		try {
			next = rows.next();
		} finally {
			if (next === undefined) this.breakOff();
		}
		if (next.done !== true) return next.value;
		this.isThrough = true;
		return undefined;
	}

	private async fetch(blocks: AsyncIterator<readonly Row[]>): Promise<void> {
		let next: IteratorResult<readonly Row[]> | undefined;
		this.block = [];
		this.at = 0;
		try {
			next = await blocks.next();
		} finally {
			if (next === undefined) this.breakOff();
		}
		if (next.done === true) this.isThrough = true;
		else this.block = next.value;
	}

	private breakOff(): void {
		this.isThrough = true;
		this.onBreak();
	}
}

/** The rows one by one, for those who read few. */
export async function* eachRow(rows: Rows): AsyncGenerator<Row, void, undefined> {
	if (!(Symbol.asyncIterator in rows)) {
		yield* rows;
		return;
	}
	for await (const block of rows) yield* block;
}
