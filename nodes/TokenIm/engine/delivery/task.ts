// The start of an entry's way.

import type { Entry, Task } from '../types';

/** A task that nothing has happened to yet. */
export function newTask(entry: Entry, position: number): Task {
	return {
		entry,
		position,
		attempts: 0,
		round: 0,
		unsettled: false,
		uncertain: false,
		leftOut: false,
		resends: 0,
		requestId: undefined,
		batch: undefined,
		outcome: undefined,
	};
}
