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

	constructor(
		readonly task: Task,
		private readonly rows: WaitingRow[],
	) {}

	/** One more row; where the task has its outcome already, its verdict leaves at once. */
	join(waiting: WaitingRow, operation: Operation, order: Order): void {
		if (this.isSettled) this.put(waiting, operation, order);
		else this.rows.push(waiting);
	}

	/** The task has its outcome: each of the rows gets its verdict and is forgotten here. */
	settle(operation: Operation, order: Order): void {
		for (const waiting of this.rows) this.put(waiting, operation, order);
		this.rows.length = 0;
		this.isSettled = true;
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
