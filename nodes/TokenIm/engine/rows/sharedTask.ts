// A task and the rows that share its fate.

import type { Operation } from '../operation';
import type { Order } from './order';
import type { Entry, Row, Task, Verdict } from '../types';

/** A row on its way. */
export interface Passenger {
	readonly row: Row;
	readonly entry: Entry;
	readonly place: number;
}

export class Party {
	private isSettled = false;

	constructor(
		readonly task: Task,
		private passengers: Passenger[],
	) {}

	/** One more row; where the task has its outcome already, its verdict leaves at once. */
	join(passenger: Passenger, operation: Operation, order: Order): void {
		if (this.isSettled) this.put(passenger, operation, order);
		else this.passengers.push(passenger);
	}

	/** The task has its outcome: each of the rows gets its verdict and is forgotten here. */
	settle(operation: Operation, order: Order): void {
		for (const passenger of this.passengers) this.put(passenger, operation, order);
		this.passengers = [];
		this.isSettled = true;
	}

	private put({ entry, row, place }: Passenger, operation: Operation, order: Order): void {
		order.put(place, verdictOf(operation, this.task, entry, row), row);
	}
}

function verdictOf(operation: Operation, task: Task, entry: Entry, row: Row): Verdict {
	const outcome = task.outcome ?? { kind: 'unknown' as const, reason: 'No outcome was recorded for this row.' };
	const { attempts, requestId, batch } = task;
	return { row: row.number, ...operation.judge(entry, outcome), attempts, requestId, batch };
}
