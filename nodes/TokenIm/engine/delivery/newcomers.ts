// Services that overwrite what exists, or that refuse a whole request for what exists without naming it: what a look-up
// finds is not sent. And services that make what does not exist where it is to be changed: only what it finds is sent.

import type { Call } from '../call';
import { pick, type Chunk } from './chunk';
import type { Errand } from './errand';
import { applyEnd, outcomeOf } from './outcome';
import { send, type Allowance, type Step } from './step';
import { isOpen } from './task';
import type { Outcome, Task } from '../types';

/** Looks a chunk up and sends what is not there. What cannot be looked up is not sent. */
export async function sendNew(errand: Errand, chunk: Chunk, left: Allowance): Promise<Step[]> {
	const { ctx, call, lookUp } = errand;
	for (const [task, { outcome, attempts }] of (await lookUp?.(chunk.tasks)) ?? []) {
		task.attempts += attempts;
		task.outcome = call.onlyIfFound ? missed(outcome) : foundOut(call, task, outcome);
	}
	if (call.onlyIfFound && lookUp === undefined) for (const task of chunk.tasks) task.outcome = NOT_LOOKED_UP;
	const unseen = pick(chunk, (task) => task.outcome === undefined);
	if (ctx.end.isDraining) {
		applyEnd(ctx, unseen);
		return [];
	}
	return send(errand, unseen, { ...left, lookUps: 0 });
}

const NOT_LOOKED_UP: Outcome = {
	kind: 'notAttempted',
	reason: 'Whether it exists could not be looked up, so it was not sent: the service might have made it.',
};

/** What a look-up makes of a task that is about what exists; nothing where it is there and so may be sent. */
function missed(seen: Outcome): Outcome | undefined {
	switch (seen.kind) {
		case 'found':
			return undefined;
		case 'missing':
			return { kind: 'done', status: 'absent' };
		case 'failed':
		case 'notAttempted':
			return seen;
		default:
			return NOT_LOOKED_UP;
	}
}

/** What a look-up makes of a task; nothing where it is not there and so may be sent. */
function foundOut(call: Call, task: Task, seen: Outcome): Outcome | undefined {
	switch (seen.kind) {
		case 'missing':
			return undefined;
		case 'found': {
			const { imId } = seen;
			const answer = call.ifTaken ?? { status: 'exists' };
			return outcomeOf(answer.status === 'exists' ? { ...answer, imId } : answer, task.doubt !== 'none');
		}
		case 'failed':
		case 'notAttempted':
			return seen;
		default:
			return isOpen(task)
				? { kind: 'unknown', reason: 'Sent, but no answer told what became of it, and the look-up was not answered.' }
				: {
						kind: 'notAttempted',
						reason:
							'Whether it exists could not be looked up, so it was not sent: the service might have overwritten it.',
					};
	}
}
