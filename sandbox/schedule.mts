/** Work that falls due later. Nothing ticks: it is caught up with whenever somebody looks. */

export interface Schedule {
	at(dueMs: number, work: (nowMs: number) => void): void;
	/** Does all that is due by now, in the order of its time, each at its own time. */
	catchUp(): void;
	forget(): void;
}

export function createSchedule(now: () => number): Schedule {
	let due: Array<{ dueMs: number; work: (nowMs: number) => void }> = [];

	return {
		at(dueMs, work) {
			due = [...due, { dueMs, work }].sort((a, b) => a.dueMs - b.dueMs);
		},
		catchUp() {
			for (let next = due[0]; next !== undefined && next.dueMs <= now(); next = due[0]) {
				due.shift();
				next.work(next.dueMs);
			}
		},
		forget() {
			due = [];
		},
	};
}
