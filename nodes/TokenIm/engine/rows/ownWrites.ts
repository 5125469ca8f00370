// Ids that this run has sent, and what it wrote: a later row of one of them is compared with that, not with a look-up,
// which may lag behind (law 15).

import { pick, type Chunk } from '../delivery/chunk';
import type { Decision } from '../operation';
import type { Outcome, Task } from '../types';
import { IdMap } from './idTable';

export class OwnWrites {
	/** The last task of each id; forgotten, but for the id, once no row may come that would be compared with it. */
	private readonly lastOf = new IdMap<Task | undefined>();
	private readonly toForget: Array<{ readonly id: string; readonly task: Task }> = [];
	/** How many of these are forgotten already. */
	private forgotten = 0;
	private readonly earlierOf = new Map<Task, Task>();

	/**
	 * @param reach how many rows behind another with its id a row is still compared; further ones are sent. Counted in
	 *   rows, not in what happens to be under way, so that Validate Only foretells the same.
	 */
	constructor(private readonly reach: number) {}

	has(id: string): boolean {
		return this.lastOf.has(id);
	}

	/** One more task with this id is to be sent. */
	add(id: string, task: Task): void {
		const earlier = this.lastOf.get(id);
		if (earlier !== undefined && task.position - earlier.position <= this.reach) this.earlierOf.set(task, earlier);
		this.lastOf.set(id, task);
		this.toForget.push({ id, task });
		this.forget(task.position);
	}

	/**
	 * Decides anew on tasks whose earlier ones are settled by now.
	 *
	 * @returns the part of the chunk that has to be sent
	 */
	compareAgain(chunk: Chunk, decide: (task: Task, now: Outcome) => Decision): Chunk {
		for (const task of chunk.tasks) {
			const earlier = this.earlierOf.get(task);
			if (earlier === undefined) continue;
			this.earlierOf.delete(task);
			const now = heldAfter(earlier);
			if (now === undefined) continue;
			const decision = decide(task, now);
			if (decision.kind === 'send') task.foreseen = decision.foreseen;
			else {
				task.outcome = decision.outcome;
				task.foreseen = { would: 'unchanged', before: now, after: now };
			}
		}
		return chunk.tasks.some(({ outcome }) => outcome !== undefined)
			? pick(chunk, ({ outcome }) => outcome === undefined)
			: chunk;
	}

	/** Rows are decided on a little out of their order: what lies twice as far back is out of everybody's reach. */
	private forget(position: number): void {
		for (let oldest = this.toForget[this.forgotten]; oldest !== undefined; oldest = this.toForget[this.forgotten]) {
			const { id, task } = oldest;
			if (position - task.position <= 2 * this.reach + FORGOTTEN_TOGETHER) break;
			if (this.lastOf.get(id) === task) this.lastOf.set(id, undefined);
			this.forgotten++;
		}
		if (this.forgotten < FORGOTTEN_TOGETHER) return;
		this.toForget.splice(0, this.forgotten);
		this.forgotten = 0;
	}
}

/** Entries are cleared away together, so that each is moved at most a few times. */
const FORGOTTEN_TOGETHER = 1_000;

/** What the service holds of a task's id now; `undefined` where nobody knows. */
function heldAfter({ outcome, foreseen }: Task): Outcome | undefined {
	if (foreseen === undefined || outcome === undefined) return undefined;
	switch (outcome.kind) {
		case 'failed':
			return foreseen.before;
		case 'done':
			return withImId(foreseen.after, outcome.imId);
		case 'valid':
			return foreseen.would === 'failed' ? foreseen.before : foreseen.after;
		default:
			return undefined;
	}
}

/** The service's own id of somebody who was just created stands in the answer to that. */
function withImId(held: Outcome, imId: string | undefined): Outcome {
	return held.kind === 'found' && imId !== undefined ? { ...held, imId } : held;
}
