// The start of an entry's way, and what is in doubt on it.

import type { Call } from '../call';
import type { Doubt, Entry, Foreseen, Outcome, Task } from '../types';

/** A class, for V8 takes literals of which many are in use to be long-lived: what those hold is collected late. */
class NewTask implements Task {
	attempts = 0;
	round = 0;
	resends = 0;
	requestId: string | undefined = undefined;
	batch: number | undefined = undefined;
	outcome: Outcome | undefined = undefined;
	foreseen: Foreseen | undefined = undefined;

	constructor(
		public entry: Entry,
		readonly position: number,
		public doubt: Doubt,
	) {}
}

/** A task that nothing has happened to yet, unless an earlier request of another call carried it. */
export function newTask(entry: Entry, position: number, doubt: Doubt = 'none'): Task {
	return new NewTask(entry, position, doubt);
}

/** Whether a request for it may have been carried out, and no complete answer was read since. */
export function isOpen({ doubt }: Task): boolean {
	return doubt === 'open' || doubt === 'lost';
}

/** A request with these tasks got no complete answer. */
export function leaveOpen(tasks: readonly Task[]): void {
	for (const task of tasks) if (task.doubt !== 'lost') task.doubt = 'open';
}

/** No answer to come tells what was sent of these tasks. */
export function loseSight(tasks: readonly Task[]): void {
	for (const task of tasks) task.doubt = 'lost';
}

/** A complete answer tells what became of the task; its doubts are past, unless the answer cannot speak of them. */
export function answered(call: Call, task: Task): void {
	if (task.doubt !== 'none' && !mayBeDone(call, task)) task.doubt = 'past';
}

/**
 * Whether an earlier request may have done what a later one is refused: its answer says nothing of the earlier, unless
 * one key makes both the same; and nothing was looked up in between.
 */
export function mayBeDone(call: Call, { doubt }: Task): boolean {
	if (!call.writes || call.settlement !== 'again') return false;
	return doubt === 'lost' || (doubt !== 'none' && call.keyHeader === undefined);
}
