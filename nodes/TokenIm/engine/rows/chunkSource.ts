// Tasks in, chunks out: fills requests, and keeps an id that comes again for a later one.

import type { RunContext } from '../context';
import { ChunkBuilder, type Chunk } from '../delivery/chunk';
import type { Operation } from '../operation';
import type { ChunkLimit } from '../types';
import { Intake, type ReadyTask } from './intake';
import { LookAhead } from './lookAhead';
import type { Order } from './order';
import type { Rows } from './rowReader';
import type { SharedTask } from './sharedTask';

/** Rows whose verdicts may wait behind others before reading stops: some megabytes. */
export const MOST_AHEAD = 10_000;

/** Tasks that may go in one request, once those of the same ids before them are settled. */
export interface ReadyChunk {
	readonly chunk: Chunk;
	/** Its tasks with their rows, to be settled when every task has its outcome. */
	readonly sharedTasks: readonly SharedTask[];
	/** What must be settled before this chunk may go: earlier rows with the same id. */
	readonly after: ReadonlyArray<Promise<void>>;
	/** Call once these are: the part of the chunk that has to be sent after all. */
	readonly toSend: () => Chunk;
	/** Call after that. */
	readonly settled: () => void;
}

export class ChunkSource {
	private readonly intake: Intake;
	/** Where rows are looked up before they are sent. */
	private readonly ahead: LookAhead | undefined;
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
		rows: Rows,
		private readonly order: Order,
		private readonly mostAhead = MOST_AHEAD,
	) {
		this.intake = new Intake(ctx, operation, rows, order);
		const { lookFirst } = operation;
		if (lookFirst !== undefined) this.ahead = new LookAhead(ctx, operation, lookFirst, this.intake, order, mostAhead);
	}

	/** Requests that all rows would take if none were looked up first; `undefined` where none is. */
	get requestsOfAll(): number | undefined {
		return this.ahead?.requestsOfAll;
	}

	/** The next chunk, one caller at a time; `undefined` when the rows are through or the run ends. */
	async next(mayRunAhead = false): Promise<ReadyChunk | undefined> {
		const isLookedUp = this.ahead !== undefined;
		const { draining } = this.ctx.end;
		if (!mayRunAhead && !isLookedUp && !this.intake.readsAllFirst) await this.order.room(this.mostAhead, draining);
		for (;;) {
			const filling = this.turn.then(async () => await this.fill(mayRunAhead));
			this.turn = filling.catch(() => undefined);
			const ready = await filling;
			if (ready !== 'stuck') return ready;
			// Nobody has the turn meanwhile: a chunk under way may ask for the next one before it is settled.
			await this.order.room(this.mostAhead, draining);
		}
	}

	/** Gives every row that was never chunked its verdict. */
	async turnAway(): Promise<void> {
		this.builder.take();
		for (const shared of this.inChunk.splice(0)) this.intake.refuse(shared);
		if (this.leftOver !== undefined) this.intake.refuse(this.leftOver.shared);
		this.leftOver = undefined;
		await this.ahead?.turnAway();
		await this.intake.turnAway();
	}

	/** What a chunk may hold: what one request takes, or one look-up where that is more. */
	private get limit(): ChunkLimit {
		const { limits } = this.ctx;
		const { call, lookUp, asks = call.looksUpFirst || call.onlyIfFound ? lookUp : undefined } = this.operation;
		const limit = limits.of(call);
		return asks === undefined ? limit : { ...limit, entries: Math.max(limit.entries, limits.of(asks).entries) };
	}

	/** @param isUrgent takes what is at hand, rather than to wait for more */
	private async fill(isUrgent: boolean): Promise<ReadyChunk | 'stuck' | undefined> {
		const source = this.ahead ?? this.intake;
		let limit = this.limit;
		if (this.leftOver !== undefined) {
			this.add(this.leftOver, limit);
			this.leftOver = undefined;
		}
		while (!this.builder.isFull(limit) && !this.ctx.end.isDraining) {
			let ready: ReadyTask | 'wait' | 'stuck' | undefined = source.take();
			if (ready === 'wait') ready = await source.next();
			if (ready === undefined) break;
			if (ready === 'stuck') {
				if (this.isDue || isUrgent) break;
				return 'stuck';
			}
			limit = this.limit;
			if (!this.builder.fits(ready, limit) || this.idsInChunk.has(ready.id)) {
				this.leftOver = ready;
				break;
			}
			this.add(ready, limit);
		}
		if (this.builder.isEmpty || this.ctx.end.isDraining) return undefined;
		return this.close();
	}

	/**
	 * Whether as many rows as may wait do so behind the chunk that is being filled. Where nothing is under way, the row
	 * whose turn it is stands in it, so that a run which can read no further always finds it due.
	 */
	private get isDue(): boolean {
		const first = this.inChunk.reduce((least, { task }) => Math.min(least, task.position), Infinity);
		return this.order.since(first) >= this.mostAhead;
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
			toSend: () => this.ahead?.compareAgain(chunk) ?? chunk,
			settled: () => {
				for (const id of ids) if (this.underWay.get(id) === promise) this.underWay.delete(id);
				settled();
			},
		};
	}
}
