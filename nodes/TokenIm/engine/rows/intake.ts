// Rows in, chunks out: reads, validates, sets repeated ids apart, fills requests. Rows that go no further get their
// verdict here.

import { boarding, ChunkBuilder, type Boarding, type Chunk } from '../delivery/chunk';
import type { RunContext } from '../context';
import { Gatherer, type Gathered } from './grouping';
import type { Obstacle, Operation } from '../operation';
import type { Order } from './order';
import { Party } from './sharedTask';
import { newTask } from '../delivery/task';
import type { ChunkLimit, Entry, Issue, Judgement, Row, Verdict } from '../types';

/** Rows whose verdicts may wait behind a slow chunk before reading stops: some megabytes. */
const MOST_AHEAD = 10_000;
/** The event loop gets a turn after this much local work; n8n-core's own limit for a healthy loop is far above. */
const BREATHE_AFTER_MS = 15;

/** A party whose task may board a chunk. */
interface Ready extends Boarding {
	readonly party: Party;
	readonly id: string;
}

export interface Load {
	readonly chunk: Chunk;
	/** Those of the chunk's tasks, to be settled when every task has its outcome. */
	readonly parties: readonly Party[];
	/** What must be settled before this chunk may go: earlier rows with the same id. */
	readonly after: ReadonlyArray<Promise<void>>;
	/** Call after that. */
	readonly settled: () => void;
}

export class Intake {
	private readonly builder = new ChunkBuilder();
	private readonly earlierRows = new Map<string, number>();
	private readonly shared = new Map<string, Party>();
	private readonly underWay = new Map<string, Promise<void>>();
	private readonly inBuilder = new Set<string>();
	private boarded: Party[] = [];
	private after: Array<Promise<void>> = [];
	private carried: Ready | undefined;
	private gathered: Iterator<Gathered> | undefined;
	private isThrough = false;
	private breathedAt: number;
	private turn: Promise<unknown> = Promise.resolve();

	constructor(
		private readonly ctx: RunContext,
		private readonly operation: Operation,
		private readonly rows: AsyncIterator<Row> | Iterator<Row>,
		private readonly order: Order,
	) {
		this.breathedAt = ctx.ports.now();
	}

	/** The next chunk, one caller at a time; `undefined` when the rows are through or the run ends. */
	async next(mayRunAhead = false): Promise<Load | undefined> {
		if (!mayRunAhead && this.operation.repeats !== 'gather') await this.order.room(MOST_AHEAD);
		const load = this.turn.then(async () => await this.fill());
		this.turn = load.catch(() => undefined);
		return await load;
	}

	/** Gives every row that was never chunked its verdict. */
	async turnAway(): Promise<void> {
		this.builder.take();
		for (const party of [...this.boarded.splice(0), ...(this.carried ? [this.carried.party] : [])]) this.refuse(party);
		this.carried = undefined;
		for (let ready = this.nextGathered(); ready !== undefined; ready = this.nextGathered()) this.refuse(ready.party);
		for (let row = await this.read(); row !== undefined; row = await this.read()) {
			this.order.put(this.order.take(), unsent(row, { status: 'notAttempted', ...this.whyEnded() }), row);
		}
	}

	private async fill(): Promise<Load | undefined> {
		const { limits } = this.ctx;
		let limit = limits.of(this.operation.call);
		if (this.carried !== undefined) {
			this.board(this.carried, limit);
			this.carried = undefined;
		}
		while (!this.builder.isFull(limit) && !this.ctx.end.isDraining) {
			const ready = await this.nextReady();
			if (ready === undefined) break;
			limit = limits.of(this.operation.call);
			if (!this.builder.fits(ready, limit) || this.inBuilder.has(ready.id)) {
				this.carried = ready;
				break;
			}
			this.board(ready, limit);
		}
		if (this.builder.isEmpty || this.ctx.end.isDraining) return undefined;
		return this.depart();
	}

	/** The next task that wants a request. */
	private async nextReady(): Promise<Ready | undefined> {
		if (this.operation.repeats === 'gather') {
			this.gathered ??= (await this.gatherAll()).gathered();
			return this.nextGathered();
		}
		while (!this.ctx.end.isDraining) {
			const row = await this.read();
			if (row === undefined) return undefined;
			const ready = this.prepare(row);
			if (ready !== undefined) return ready;
		}
		return undefined;
	}

	/** Group By knows a group only when all rows were read. */
	private async gatherAll(): Promise<Gatherer> {
		const gatherer = new Gatherer();
		for (let row = await this.read(); row !== undefined; row = await this.read()) {
			const place = this.order.take();
			const prepared = this.operation.prepare(row);
			if (!prepared.ok) {
				this.putInvalid(place, row, prepared.issues, prepared.id);
				continue;
			}
			const { entry } = prepared;
			const contradiction = gatherer.add(this.operation.call.fold(entry.id), { row, entry, place });
			if (contradiction !== undefined)
				this.invalid(place, row, entry, { differsIn: contradiction.field, fromRow: contradiction.row });
		}
		return gatherer;
	}

	private nextGathered(): Ready | undefined {
		const next = this.gathered?.next();
		if (next === undefined || next.done === true) return undefined;
		const { entry, passengers } = next.value;
		const party = new Party(newTask(entry, passengers[0]?.place ?? 0), [...passengers]);
		const { call } = this.operation;
		return {
			...boarding(call, party.task, this.ctx.limits.of(call), this.ctx.limits.revision),
			party,
			id: call.fold(entry.id),
		};
	}

	/** Reads one row, and gives the event loop a turn now and then. */
	private async read(): Promise<Row | undefined> {
		if (this.isThrough) return undefined;
		const now = this.ctx.ports.now();
		if (now - this.breathedAt > BREATHE_AFTER_MS) {
			await this.ctx.ports.breathe();
			this.breathedAt = this.ctx.ports.now();
		}
		// Rows that break off are through, too.
		this.isThrough = true;
		const next = await this.rows.next();
		if (next.done === true) return undefined;
		this.isThrough = false;
		return next.value;
	}

	/** A task for the row, unless its verdict is clear or it shares that of an earlier row. */
	private prepare(row: Row): Ready | undefined {
		const place = this.order.take();
		const prepared = this.operation.prepare(row);
		if (!prepared.ok) {
			this.putInvalid(place, row, prepared.issues, prepared.id);
			return undefined;
		}
		const { entry } = prepared;
		if (prepared.isKept) {
			this.order.put(place, unsent(row, this.operation.judge(entry, { kind: 'kept' })), row);
			return undefined;
		}
		const id = this.operation.call.fold(entry.id);
		const earlier = this.earlierRows.get(id);
		if (earlier !== undefined && this.operation.repeats === 'refuse')
			return this.invalid(place, row, entry, { sameAsRow: earlier });
		const limit = this.ctx.limits.of(this.operation.call);
		const next = boarding(this.operation.call, newTask(entry, place), limit, this.ctx.limits.revision);
		if (next.bytes > limit.bytes) return this.invalid(place, row, entry, { overBytes: limit.bytes });
		const twin = this.shared.get(id);
		if (twin !== undefined) {
			twin.join({ row, entry, place }, this.operation, this.order);
			return undefined;
		}
		const party = new Party(next.task, [{ row, entry, place }]);
		if (this.operation.repeats === 'refuse') this.earlierRows.set(id, row.number);
		if (this.operation.repeats === 'share') this.shared.set(id, party);
		return { ...next, party, id };
	}

	private invalid(place: number, row: Row, entry: Entry, what: Obstacle): undefined {
		this.putInvalid(place, row, [this.operation.describe(row, entry, what)], entry.id);
	}

	private putInvalid(place: number, row: Row, issues: readonly Issue[], id: string | undefined): void {
		const { idField } = this.operation;
		const named = id === undefined || idField === undefined ? {} : { [idField]: id };
		this.order.put(place, unsent(row, { status: 'invalid', ...named, issues }), row);
	}

	private board(ready: Ready, limit: ChunkLimit): void {
		const { party, id } = ready;
		const earlier = this.underWay.get(id);
		if (earlier !== undefined) this.after.push(earlier);
		if (this.operation.repeats === 'after') this.inBuilder.add(id);
		this.boarded.push(party);
		this.builder.add(ready, limit);
	}

	private depart(): Load {
		const chunk = this.builder.take();
		const parties = this.boarded;
		this.boarded = [];
		const after = this.after;
		this.after = [];
		const ids = [...this.inBuilder];
		this.inBuilder.clear();
		let settled: () => void = () => undefined;
		const promise = new Promise<void>((resolve) => {
			settled = resolve;
		});
		for (const id of ids) this.underWay.set(id, promise);
		return {
			chunk,
			parties,
			after,
			settled: () => {
				for (const id of ids) if (this.underWay.get(id) === promise) this.underWay.delete(id);
				settled();
			},
		};
	}

	private refuse(party: Party): void {
		party.task.outcome = { kind: 'notAttempted', ...this.whyEnded() };
		party.settle(this.operation, this.order);
	}

	private whyEnded(): { reason: string; code?: string } {
		return this.ctx.end.reason ?? { reason: 'The run ended.' };
	}
}

/** The verdict of a row that no request carried. */
function unsent(row: Row, judgement: Judgement): Verdict {
	return { row: row.number, ...judgement, attempts: 0, requestId: undefined, batch: undefined };
}
