// Verify asks again for what is missing or differs: the query endpoints may lag a write (law 9).

import { pick, type Chunk } from '../engine/delivery/chunk';
import type { RunContext } from '../engine/context';
import { deliver } from '../engine/delivery/deliver';
import type { Means } from '../engine/delivery/errand';
import type { Entry, Judgement, Outcome, Task } from '../engine/types';
import type { Call } from '../engine/call';

/**
 * Asks, and after the read lag once more for the entries whose verdict would be `missing` or `mismatch`. That wait keeps
 * no others waiting, so many chunks wait it at once.
 */
export async function askTwice(
	ctx: RunContext,
	call: Call,
	chunk: Chunk,
	means: Means,
	judge: (entry: Entry, outcome: Outcome) => Judgement,
): Promise<void> {
	await deliver(ctx, call, chunk, means);
	const doubtful = pick(chunk, (task) => isDoubtful(task, judge));
	if (doubtful.tasks.length === 0 || !(await ctx.outwaitReadLag(means.onWait))) return;
	const first = new Map(doubtful.tasks.map((task) => [task, task.outcome]));
	for (const task of doubtful.tasks) task.outcome = undefined;
	await deliver(ctx, call, doubtful, means);
	// An answer that was there once is better than none.
	for (const [task, outcome] of first) if (isUnanswered(task.outcome)) task.outcome = outcome;
}

function isDoubtful(task: Task, judge: (entry: Entry, outcome: Outcome) => Judgement): boolean {
	if (task.outcome === undefined) return false;
	const { status } = judge(task.entry, task.outcome);
	return status === 'missing' || status === 'mismatch';
}

function isUnanswered(outcome: Outcome | undefined): boolean {
	return outcome === undefined || outcome.kind === 'unknown' || outcome.kind === 'notAttempted';
}
