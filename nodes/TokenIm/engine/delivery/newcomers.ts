// Services that overwrite what exists, or that refuse a whole request for what exists without naming it: what a look-up
// finds is not sent.

import { cut, pick, type Chunk } from './chunk';
import type { RunContext } from '../context';
import { deliver, type Plan } from './deliver';
import { applyEnd, outcomeOf } from './outcome';
import { newTask } from './task';
import type { Outcome, Task } from '../types';
import type { Call } from '../call';

/** Looks a chunk up and delivers what is not there. What cannot be looked up is not sent. */
export async function deliverNew(ctx: RunContext, call: Call, chunk: Chunk, plan: Plan): Promise<void> {
	if (plan.lookUp !== undefined) {
		const twins = new Map<Task, Task>(chunk.tasks.map((task) => [newTask(task.entry, task.position), task]));
		await Promise.all(
			cut(plan.lookUp, [...twins.keys()], ctx.limits).map(async (part) => {
				if (plan.lookUp !== undefined) await deliver(ctx, plan.lookUp, part, {});
			}),
		);
		for (const [twin, task] of twins) {
			task.attempts += twin.attempts;
			task.outcome = foundOut(call, task, twin.outcome);
		}
	}
	const unseen = pick(chunk, (task) => task.outcome === undefined);
	if (unseen.tasks.length === 0) return;
	if (ctx.end.isDraining) return applyEnd(ctx, unseen);
	await deliver(ctx, call, unseen, { ...plan, isLookedUp: true });
}

/** What a look-up makes of a task; nothing where it is not there and so may be sent. */
function foundOut(call: Call, task: Task, seen: Outcome | undefined): Outcome | undefined {
	switch (seen?.kind) {
		case 'missing':
			return undefined;
		case 'found': {
			const { imId } = seen;
			const answer = call.ifTaken ?? { status: 'exists' };
			return outcomeOf(answer.status === 'exists' ? { ...answer, imId } : answer, task.uncertain);
		}
		case 'failed':
		case 'notAttempted':
			return seen;
		default:
			return task.unsettled
				? { kind: 'unknown', reason: 'Sent, but no answer told what became of it, and the look-up was not answered.' }
				: {
						kind: 'notAttempted',
						reason:
							'Whether it exists could not be looked up, so it was not sent: the service might have overwritten it.',
					};
	}
}
