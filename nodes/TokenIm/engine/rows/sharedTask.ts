// A task and the rows that share its fate.

import type { Operation } from '../operation';
import type { Order } from './order';
import type { Entry, Outcome, Row, Task, Verdict } from '../types';

/**
 * A row whose verdict comes with its task's outcome. A class, for V8 takes literals of which many wait to be long-lived
 * ones: they are born old, and what they hold is collected late.
 */
export class WaitingRow {
	constructor(
		readonly row: Row,
		readonly entry: Entry,
		readonly place: number,
	) {}
}

export class SharedTask {
	private isSettled = false;

	/** @param others than the first of its rows; most have none, and a list for each would be such a literal */
	constructor(
		readonly task: Task,
		private first: WaitingRow | undefined,
		private others?: WaitingRow[],
	) {}

	/** One more row; where the task has its outcome already, its verdict leaves at once. */
	join(waiting: WaitingRow, operation: Operation, order: Order): void {
		if (this.isSettled) this.put(waiting, operation, order);
		else (this.others ??= []).push(waiting);
	}

	/** The task has its outcome: each of the rows gets its verdict and is forgotten here. */
	settle(operation: Operation, order: Order): void {
		const { first, others = [] } = this;
		this.isSettled = true;
		this.first = undefined;
		this.others = undefined;
		if (first !== undefined) this.put(first, operation, order);
		for (const waiting of others) this.put(waiting, operation, order);
	}

	private put({ entry, row, place }: WaitingRow, operation: Operation, order: Order): void {
		order.put(place, verdictOf(operation, this.task, entry, row), row);
	}
}

function verdictOf(operation: Operation, task: Task, entry: Entry, row: Row): Verdict {
	const outcome = task.outcome ?? { kind: 'unknown' as const, reason: 'No outcome was recorded for this row.' };
	const { attempts, requestId, batch } = task;
	return { row: row.number, ...operation.judge(entry, withChanges(task, outcome)), attempts, requestId, batch };
}

/** An update tells what it changed, as far as a look-up before it knew. */
function withChanges({ foreseen }: Task, outcome: Outcome): Outcome {
	if (foreseen?.would !== 'updated' || outcome.kind !== 'done' || outcome.status !== 'updated') return outcome;
	const { changes, active } = foreseen;
	return { ...outcome, changes, active };
}
