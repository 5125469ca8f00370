// Rows that are looked up before they are sent (law 15): several look-ups at once, ahead of the requests that they may
// spare. What has to be sent comes out one by one; all else gets its outcome here.

import type { RunContext } from '../context';
import { ChunkBuilder, encodeTask, type Chunk, type EncodedTask } from '../delivery/chunk';
import type { Seen } from '../delivery/errand';
import { lookUpChunk } from '../delivery/lookUp';
import { newTask } from '../delivery/task';
import type { Decision, LookFirst, Operation } from '../operation';
import type { Entry, Outcome, Task } from '../types';
import { ReadyTask, type Intake } from './intake';
import type { Order } from './order';
import { RequestCount } from './requestCount';
import { OwnWrites } from './ownWrites';

/** Rows whose id is being looked up: the first with it, and all that came since. */
type RowsById = Map<string, ReadyTask[]>;

interface LookUpUnderWay {
	readonly rows: RowsById;
	readonly decided: Promise<void>;
}

export class LookAhead {
	/** To be sent, in the order in which that was decided. */
	private readonly pool: ReadyTask[] = [];
	/**
	 * A few. Each has a `Map` of its own, and the list is made anew: one that rows come to and leave again moves from
	 * table to table, each of which leads to the next, so that the oldest holds the rows of all until the collector has
	 * gone through the whole heap.
	 */
	private underWay: readonly LookUpUnderWay[] = [];
	private readonly sent: OwnWrites;
	private readonly all = new RequestCount();
	/** Did not fit in the last look-up. */
	private leftOver: ReadyTask | undefined;
	private isThrough = false;

	constructor(
		private readonly ctx: RunContext,
		private readonly operation: Operation,
		private readonly lookFirst: LookFirst,
		private readonly intake: Intake,
		private readonly order: Order,
		/** Rows whose verdicts may wait before reading stops. */
		private readonly mostAhead: number,
	) {
		this.sent = new OwnWrites(mostAhead);
	}

	/** Requests that all rows so far would take if each were sent. */
	get requestsOfAll(): number {
		return this.all.requests;
	}

	/**
	 * The next task to be sent; `undefined` when the rows are through or the run ends.
	 *
	 * @returns `stuck` where none can come before verdicts of earlier rows have left
	 */
	async next(): Promise<ReadyTask | 'stuck' | undefined> {
		for (;;) {
			const ready = this.take();
			if (ready !== 'wait') return ready;
			// One look-up waits for its pass, so that none is missing when one comes back.
			const mayAsk = this.underWay.length <= this.ctx.limits.concurrentRequests;
			if (!this.isThrough && mayAsk && this.order.waiting < this.mostAhead) await this.begin();
			else if (this.underWay.length > 0) await Promise.race(this.underWay.map(({ decided }) => decided));
			else return this.isThrough ? undefined : 'stuck';
		}
	}

	/** The same without waiting: `wait` where only `next` can tell. */
	take(): ReadyTask | 'wait' | undefined {
		return this.ctx.end.isDraining ? undefined : (this.pool.shift() ?? 'wait');
	}

	/** Gives every row that was read and not sent its outcome. */
	async turnAway(): Promise<void> {
		await Promise.all(this.underWay.map(({ decided }) => decided));
		for (const { shared } of this.pool.splice(0)) this.intake.refuse(shared);
		if (this.leftOver !== undefined) this.intake.refuse(this.leftOver.shared);
		this.leftOver = undefined;
	}

	/**
	 * Rows whose id an earlier row has written are compared with what that one wrote, now that it is settled.
	 *
	 * @returns the part of the chunk that has to be sent
	 */
	compareAgain(chunk: Chunk): Chunk {
		const changed = new Set<Task>();
		const left = this.sent.compareAgain(chunk, (task, now) => {
			const decision = this.lookFirst.decide(task.entry, now);
			if (decision.kind === 'send' && decision.as !== undefined) {
				task.entry = decision.as;
				changed.add(task);
			}
			return decision;
		});
		if (changed.size === 0) return left;
		const parts = left.parts.map((part, at) => {
			const task = left.tasks[at];
			return task !== undefined && changed.has(task) ? this.encode(task).part : part;
		});
		return { ...left, parts };
	}

	/** Reads rows for one look-up and sends it off. */
	private async begin(): Promise<void> {
		const { query } = this.lookFirst;
		const limit = this.ctx.limits.of(query);
		const builder = new ChunkBuilder();
		const rows = new Map<string, ReadyTask[]>();
		try {
			// Some rows are not asked after: what they pile up has a limit, too.
			const most = this.mostAhead + limit.entries;
			while (!builder.isFull(limit) && this.pool.length < limit.entries && this.order.waiting < most) {
				let ready = this.readAtHand();
				if (ready === 'wait') ready = this.noted(await this.intake.next());
				if (ready === undefined) break;
				if (this.needsNoLookUp(ready, rows)) continue;
				const { entry, position } = ready.shared.task;
				const encoded = encodeTask(query, newTask(entry, position), limit, this.ctx.limits.revision);
				if (!builder.fits(encoded, limit)) {
					this.leftOver = ready;
					break;
				}
				builder.add(encoded, limit);
				rows.set(ready.id, [ready]);
			}
		} finally {
			// Also where the rows break off: those that were read must not be lost.
			if (rows.size > 0) this.launch(rows, builder.take());
		}
	}

	private readAtHand(): ReadyTask | 'wait' | undefined {
		const before = this.leftOver;
		this.leftOver = undefined;
		return before ?? this.noted(this.intake.take());
	}

	private noted<Read extends ReadyTask | 'wait' | undefined>(ready: Read): Read {
		if (ready === undefined) this.isThrough = true;
		else if (ready !== 'wait') this.all.add(ready, this.ctx.limits.of(this.operation.call));
		return ready;
	}

	/** It follows an earlier row with its id, or a look-up cannot spare it its request. */
	private needsNoLookUp(ready: ReadyTask, asked: RowsById): boolean {
		const twins = asked.get(ready.id) ?? this.twinsUnderWay(ready.id);
		if (twins !== undefined) twins.push(ready);
		else if (this.sent.has(ready.id) || !this.lookFirst.asks(ready.shared.task.entry)) this.send(ready);
		else return false;
		return true;
	}

	private twinsUnderWay(id: string): ReadyTask[] | undefined {
		for (const { rows } of this.underWay) {
			const twins = rows.get(id);
			if (twins !== undefined) return twins;
		}
		return undefined;
	}

	private launch(rows: RowsById, chunk: Chunk): void {
		const lookUp: LookUpUnderWay = { rows, decided: this.lookUp(chunk).then((seen) => this.decideAll(lookUp, seen)) };
		this.underWay = [...this.underWay, lookUp];
	}

	/** @param chunk the first row of each id, as the query asks after them. Never rejects. */
	private async lookUp(chunk: Chunk): Promise<readonly Seen[]> {
		try {
			return await lookUpChunk(this.ctx, this.lookFirst.query, chunk);
		} catch (error) {
			this.fail(error);
			return [];
		}
	}

	/** In one go: a later row of these ids must not join what is decided already. */
	private decideAll(lookUp: LookUpUnderWay, seen: readonly Seen[]): void {
		this.underWay = this.underWay.filter((other) => other !== lookUp);
		let at = 0;
		for (const [id, rows] of lookUp.rows) {
			this.decide(id, rows, seen[at++] ?? UNANSWERED);
			rows.length = 0;
		}
	}

	/** What becomes of the rows of an id that was looked up, in their order. */
	private decide(id: string, rows: readonly ReadyTask[], { outcome: seen, attempts }: Seen): void {
		for (const ready of rows) {
			const { shared } = ready;
			shared.task.attempts += attempts;
			if (this.sent.has(id)) {
				this.send(ready);
				continue;
			}
			const decision = this.decisionOn(shared.task, seen);
			if (decision === undefined) this.intake.refuse(shared);
			else if (decision.kind === 'send') {
				shared.task.foreseen = decision.foreseen;
				this.send(ready, decision.as);
			} else {
				shared.task.outcome = decision.outcome;
				shared.settle(this.operation, this.order);
			}
		}
	}

	/** `undefined` where the run has ended before anything was known. */
	private decisionOn({ entry }: Task, seen: Outcome): Decision | undefined {
		if (this.ctx.end.isDraining && seen.kind !== 'found' && seen.kind !== 'missing') return undefined;
		try {
			return this.lookFirst.decide(entry, seen);
		} catch (error) {
			this.fail(error);
			return undefined;
		}
	}

	/** A fault of this package ends the run, and every row has its verdict all the same. */
	private fail(error: unknown): void {
		this.ctx.end.drain({ code: 'internal', reason: `The node met something it was not built for: ${String(error)}` });
	}

	/** @param as what is sent in place of what was read */
	private send(ready: ReadyTask, as?: Entry): void {
		const { shared, id } = ready;
		this.sent.add(id, shared.task);
		if (as !== undefined) shared.task.entry = as;
		this.pool.push(as === undefined ? ready : new ReadyTask(this.encode(shared.task), shared, id));
	}

	private encode(task: Task): EncodedTask {
		const { call } = this.operation;
		return encodeTask(call, task, this.ctx.limits.of(call), this.ctx.limits.revision);
	}
}

const UNANSWERED: Seen = { outcome: { kind: 'unknown', reason: 'The look-up was not answered.' }, attempts: 0 };
