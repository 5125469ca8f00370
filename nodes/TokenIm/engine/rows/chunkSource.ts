// Tasks in, chunks out: fills requests, and keeps an id that comes again for a later one.

import type { RunContext } from '../context';
import { ChunkBuilder, type Chunk } from '../delivery/chunk';
import type { Operation } from '../operation';
import type { ChunkLimit, Row } from '../types';
import { Intake, type ReadyTask } from './intake';
import type { Order } from './order';
import type { SharedTask } from './sharedTask';

/** Rows whose verdicts may wait behind a slow chunk before reading stops: some megabytes. */
const MOST_AHEAD = 10_000;

/** Tasks that may go in one request, once those of the same ids before them are settled. */
export interface ReadyChunk {
	readonly chunk: Chunk;
	/** Its tasks with their rows, to be settled when every task has its outcome. */
	readonly sharedTasks: readonly SharedTask[];
	/** What must be settled before this chunk may go: earlier rows with the same id. */
	readonly after: ReadonlyArray<Promise<void>>;
	/** Call after that. */
	readonly settled: () => void;
}

export class ChunkSource {
	private readonly intake: Intake;
	private readonly builder = new ChunkBuilder();
	private readonly underWay = new Map<string, Promise<void>>();
	private readonly idsInChunk = new Set<string>();
	private inChunk: SharedTask[] = [];
	private after: Array<Promise<void>> = [];
	/** Did not fit in the last chunk. */
	private leftOver: ReadyTask | undefined;
	private turn: Promise<unknown> = Promise.resolve();

	constructor(
		private readonly ctx: RunContext,
		private readonly operation: Operation,
		rows: AsyncIterator<Row> | Iterator<Row>,
		private readonly order: Order,
	) {
		this.intake = new Intake(ctx, operation, rows, order);
	}

	/** The next chunk, one caller at a time; `undefined` when the rows are through or the run ends. */
	async next(mayRunAhead = false): Promise<ReadyChunk | undefined> {
		if (!mayRunAhead && !this.intake.readsAllFirst) await this.order.room(MOST_AHEAD, this.ctx.end.draining);
		const ready = this.turn.then(async () => await this.fill());
		this.turn = ready.catch(() => undefined);
		return await ready;
	}

	/** Gives every row that was never chunked its verdict. */
	async turnAway(): Promise<void> {
		this.builder.take();
		for (const shared of this.inChunk.splice(0)) this.intake.refuse(shared);
		if (this.leftOver !== undefined) this.intake.refuse(this.leftOver.shared);
		this.leftOver = undefined;
		await this.intake.turnAway();
	}

	private async fill(): Promise<ReadyChunk | undefined> {
		const { limits } = this.ctx;
		let limit = limits.of(this.operation.call);
		if (this.leftOver !== undefined) {
			this.add(this.leftOver, limit);
			this.leftOver = undefined;
		}
		while (!this.builder.isFull(limit) && !this.ctx.end.isDraining) {
			const ready = await this.intake.next();
			if (ready === undefined) break;
			limit = limits.of(this.operation.call);
			if (!this.builder.fits(ready, limit) || this.idsInChunk.has(ready.id)) {
				this.leftOver = ready;
				break;
			}
			this.add(ready, limit);
		}
		if (this.builder.isEmpty || this.ctx.end.isDraining) return undefined;
		return this.close();
	}

	private add(ready: ReadyTask, limit: ChunkLimit): void {
		const { shared, id } = ready;
		const earlier = this.underWay.get(id);
		if (earlier !== undefined) this.after.push(earlier);
		if (this.operation.repeats === 'after') this.idsInChunk.add(id);
		this.inChunk.push(shared);
		this.builder.add(ready, limit);
	}

	private close(): ReadyChunk {
		const chunk = this.builder.take();
		const sharedTasks = this.inChunk;
		this.inChunk = [];
		const after = this.after;
		this.after = [];
		const ids = [...this.idsInChunk];
		this.idsInChunk.clear();
		let settled: () => void = () => undefined;
		const promise = new Promise<void>((resolve) => {
			settled = resolve;
		});
		for (const id of ids) this.underWay.set(id, promise);
		return {
			chunk,
			sharedTasks,
			after,
			settled: () => {
				for (const id of ids) if (this.underWay.get(id) === promise) this.underWay.delete(id);
				settled();
			},
		};
	}
}
