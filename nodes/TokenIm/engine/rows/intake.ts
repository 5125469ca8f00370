// Rows in, tasks out: reads, validates, sets repeated ids apart. Rows that go no further get their verdict here.

import type { RunContext } from '../context';
import { EncodedTask, encodeTask, isWithin } from '../delivery/chunk';
import { newTask } from '../delivery/task';
import { ROWS_BROKE_OFF } from '../end';
import type { Obstacle, Operation } from '../operation';
import type { Entry, Issue, Judgement, Outcome, Prepared, Row, Task, Verdict } from '../types';
import { Brake, hasBrake } from './brake';
import { Grouping, type GroupedRows } from './grouping';
import { IdMap } from './idTable';
import type { Order } from './order';
import { RowReader, type Rows } from './rowReader';
import { SharedTask, WaitingRow } from './sharedTask';

/** A task that may join a chunk. */
export class ReadyTask extends EncodedTask {
	constructor(
		{ task, part, revision }: EncodedTask,
		readonly shared: SharedTask,
		/** Its entry's id, folded. */
		readonly id: string,
	) {
		super(task, part, revision);
	}
}

export class Intake {
	private readonly earlierRows = new IdMap<number>();
	private readonly shared = new IdMap<SharedTask>();
	private groups: Iterator<GroupedRows> | undefined;
	/** Read and counted, the last first; their turn comes once all rows were. */
	private readonly held: ReadyTask[] = [];
	private hasCounted = false;
	private readonly brake: Brake;
	private readonly rows: RowReader;

	constructor(
		private readonly ctx: RunContext,
		private readonly operation: Operation,
		rows: Rows,
		private readonly order: Order,
	) {
		this.brake = new Brake(operation);
		// Rows that break off end the run before anybody asks again: what is held must not be sent.
		this.rows = new RowReader(rows, ctx.ports, () => ctx.end.drain(ROWS_BROKE_OFF));
	}

	/** Whether nothing may be sent before all rows were read. */
	get readsAllFirst(): boolean {
		return this.operation.repeats === 'gather' || hasBrake(this.operation);
	}

	/** The next task that wants a request. */
	async next(): Promise<ReadyTask | undefined> {
		if (!this.hasCounted && this.operation.repeats === 'gather') await this.groupAll();
		else if (!this.hasCounted && hasBrake(this.operation)) await this.countAll();
		for (;;) {
			const ready = this.take();
			if (ready !== 'wait') return ready;
			await this.rows.wait();
		}
	}

	/** The same without waiting: `wait` where only `next` can tell. */
	take(): ReadyTask | 'wait' | undefined {
		if (!this.readsAllFirst) return this.takeRow();
		if (!this.hasCounted) return 'wait';
		if (this.ctx.end.isDraining) return undefined;
		return this.operation.repeats === 'gather' ? this.nextGroup() : this.held.pop();
	}

	/** Holds all rows until it is known how many they are. */
	private async countAll(): Promise<void> {
		for (let ready = this.takeRow(); ready !== undefined; ready = this.takeRow()) {
			if (ready === 'wait') {
				await this.rows.wait();
				continue;
			}
			this.brake.count(ready.shared.task.entry);
			this.held.push(ready);
		}
		this.held.reverse();
		this.hasCounted = true;
		this.endOver();
	}

	private endOver(): void {
		const { reason } = this.brake;
		if (reason !== undefined) this.ctx.end.drain(reason);
	}

	private takeRow(): ReadyTask | 'wait' | undefined {
		while (!this.ctx.end.isDraining) {
			const row = this.rows.take();
			if (row === undefined || row === 'wait') return row;
			this.brake.note(row);
			const ready = this.prepare(row);
			if (ready !== undefined) return ready;
		}
		return undefined;
	}

	/** Group By knows a group only when all rows were read. */
	private async groupAll(): Promise<void> {
		const grouping = new Grouping(this.operation.rowsOfOne);
		// Rows that break off leave groups too.
		this.groups = grouping.grouped();
		for (let row = await this.rows.next(); row !== undefined; row = await this.rows.next()) {
			this.brake.note(row);
			const place = this.order.take();
			const prepared = ofRow(() => this.operation.prepare(row));
			if (!prepared.ok) {
				this.putInvalid(place, row, prepared.issues, prepared.id);
				continue;
			}
			const { entry } = prepared;
			const contradiction = grouping.add(this.operation.call.fold(entry.id), { row, entry, place });
			if (contradiction !== undefined)
				this.invalid(place, row, entry, { differsIn: contradiction.field, fromRow: contradiction.row });
		}
		for (const { entry } of grouping.grouped()) this.brake.count(entry);
		this.hasCounted = true;
		this.endOver();
	}

	private nextGroup(): ReadyTask | undefined {
		for (let next = this.groups?.next(); next !== undefined && next.done !== true; next = this.groups?.next()) {
			const { entry, rows } = next.value;
			const [first, ...others] = rows;
			const shared = new SharedTask(newTask(entry, first?.place ?? 0), first, others);
			const encoded = ofRow(() => this.encode(shared.task));
			if (!('ok' in encoded)) return new ReadyTask(encoded, shared, this.operation.call.fold(entry.id));
			for (const { row, place } of rows) this.putInvalid(place, row, encoded.issues, entry.id);
		}
		return undefined;
	}

	private encode(task: Task): EncodedTask {
		const { call } = this.operation;
		return encodeTask(call, task, this.ctx.limits.of(call), this.ctx.limits.revision);
	}

	/** A task for the row, unless its verdict is clear or it shares that of an earlier row. */
	private prepare(row: Row): ReadyTask | undefined {
		const place = this.order.take();
		const prepared = ofRow(() => this.operation.prepare(row));
		if (!prepared.ok) {
			this.putInvalid(place, row, prepared.issues, prepared.id);
			return undefined;
		}
		const { entry } = prepared;
		if (prepared.kept !== undefined) {
			const outcome: Outcome = { kind: 'kept', reason: prepared.kept };
			this.order.put(place, unsent(row, this.operation.judge(entry, outcome)), row);
			return undefined;
		}
		const id = this.operation.call.fold(entry.id);
		const earlier = this.earlierRows.get(id);
		if (earlier !== undefined && this.operation.repeats === 'refuse')
			return this.invalid(place, row, entry, { sameAsRow: earlier });
		const encoded = ofRow(() => this.encode(newTask(entry, place)));
		if ('ok' in encoded) {
			this.putInvalid(place, row, encoded.issues, entry.id);
			return undefined;
		}
		const { bytes } = this.ctx.limits.of(this.operation.call);
		if (!isWithin(encoded.part, bytes)) return this.invalid(place, row, entry, { overBytes: bytes });
		const twin = this.shared.get(id);
		if (twin !== undefined) {
			twin.join(new WaitingRow(row, entry, place), this.operation, this.order);
			return undefined;
		}
		const shared = new SharedTask(encoded.task, new WaitingRow(row, entry, place));
		if (this.operation.repeats === 'refuse') this.earlierRows.set(id, row.number);
		if (this.operation.repeats === 'share') this.shared.set(id, shared);
		return new ReadyTask(encoded, shared, id);
	}

	private invalid(place: number, row: Row, entry: Entry, what: Obstacle): undefined {
		this.putInvalid(place, row, [this.operation.describe(row, entry, what)], entry.id);
	}

	private putInvalid(place: number, row: Row, issues: readonly Issue[], id: string | undefined): void {
		const { idField } = this.operation;
		const named = id === undefined || idField === undefined ? {} : { [idField]: id };
		this.order.put(place, unsent(row, { status: 'invalid', ...named, issues }), row);
	}

	/** Gives every row that has not become a task its verdict. */
	async turnAway(): Promise<void> {
		for (let ready = this.nextGroup() ?? this.held.pop(); ready !== undefined; ) {
			this.refuse(ready.shared);
			await this.rows.breathe();
			ready = this.nextGroup() ?? this.held.pop();
		}
		for (let row = await this.rows.next(); row !== undefined; row = await this.rows.next()) {
			this.order.put(this.order.take(), unsent(row, { status: 'notAttempted', ...this.whyEnded() }), row);
		}
	}

	/** Its rows get no turn any more. */
	refuse(shared: SharedTask): void {
		shared.task.outcome = { kind: 'notAttempted', ...this.whyEnded() };
		shared.settle(this.operation, this.order);
	}

	private whyEnded(): { reason: string; code?: string } {
		return this.ctx.end.reason ?? { reason: 'The run ended.' };
	}
}

type Invalid = Extract<Prepared, { readonly ok: false }>;

/** What is made of a row; where that throws, the row alone is invalid: one row never ends the run (law 4). */
function ofRow<Made>(make: () => Made): Made | Invalid {
	try {
		return make();
	} catch (error) {
		const found = String(error).slice(0, MOST_OF_ERROR);
		const issue = { column: null, field: 'row', code: 'row_unreadable', found };
		return { ok: false, issues: [{ ...issue, expected: 'a row that this node can work through', fix: UNREADABLE }] };
	}
}

const MOST_OF_ERROR = 200;
const UNREADABLE = 'Look for a cell of this row that is far longer or deeper than those of other rows, and shorten it.';

/** The verdict of a row that no request carried. */
function unsent(row: Row, judgement: Judgement): Verdict {
	return { row: row.number, ...judgement, attempts: 0, requestId: undefined, batch: undefined };
}
