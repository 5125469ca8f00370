// What an answer, a refusal or the end of the run makes of each task. The only place that writes outcomes from answers.

import type { Chunk } from './chunk';
import type { RunContext } from '../context';
import type { Complete } from './delivered';
import type { Errand } from './errand';
import { match } from './match';
import { answered, isOpen, mayBeDone } from './task';
import type { Outcome, Task } from '../types';
import type { Call } from '../call';
import type { EntryAnswer, Refusal } from '../wire';

/** Times that an entry which the service marked as retryable is sent again. */
const MAX_RESENDS = 4;

const MAY_BE_DONE = 'An earlier request for it, whose answer was lost or left it out, may have been carried out.';

/**
 * Gives each task that a complete answer settles its outcome, and a new round to all of them.
 *
 * @returns the tasks that the service wants again, with what it said of them, and those that the answer left out
 */
export function applyAnswer(
	{ ctx, call, refusedOutright }: Errand,
	chunk: Chunk,
	complete: Complete,
): { again: Map<Task, Outcome>; open: Set<Task> } {
	const ids = chunk.tasks.map((task) => call.fold(task.entry.id));
	const answers = match(ids, complete.results, (id) => call.fold(id), complete.rest);
	const again = new Map<Task, Outcome>();
	const open = new Set<Task>();
	chunk.tasks.forEach((task, index) => {
		const answer = answers[index];
		task.round++;
		if (answer === undefined) open.add(task);
		else {
			const said = outcomeOf(answer, task.doubt !== 'none' && call.settlement === 'lookUp');
			const outcome = mayBeReplay(call, task, complete) ? notedAsReplay(said) : said;
			answered(call, task);
			if (outcome.kind === 'failed' && outcome.retryable && task.resends < MAX_RESENDS) again.set(task, outcome);
			else task.outcome = unlessDone(call, task, outcome);
		}
	});
	refusedOutright?.accept();
	ctx.unnamed.accept(call);
	return { again, open };
}

/** Where the service does not tell, any answer after an unsettled request with the same key. */
function mayBeReplay(call: Call, { doubt }: Task, { replayed }: Complete): boolean {
	return replayed ?? (call.keyHeader !== undefined && doubt !== 'none');
}

function notedAsReplay(outcome: Outcome): Outcome {
	return outcome.kind === 'done' ? { ...outcome, mayBeReplay: true } : outcome;
}

/** A failure, or `unknown` where an earlier request may have been carried out. */
export function unlessDone(call: Call, task: Task, outcome: Outcome): Outcome {
	return outcome.kind === 'failed' && mayBeDone(call, task)
		? { kind: 'unknown', reason: `${outcome.message} ${MAY_BE_DONE}` }
		: outcome;
}

/** A refusal of the whole request that is the fault of each of its entries. */
export function applyRefusal(call: Call, chunk: Chunk, refusal: Refusal): void {
	for (const task of chunk.tasks) {
		task.outcome =
			refusal.class === 'absent' && call.absentMeans === 'missing'
				? { kind: 'missing' }
				: unlessDone(call, task, { kind: 'failed', code: refusal.code, message: refusal.message, retryable: false });
	}
}

/** The run has ended: what an attempt may have written is unknown, all else was not attempted. */
export function applyEnd(ctx: RunContext, chunk: Chunk): void {
	const { reason, code } = ctx.end.reason ?? { reason: 'The run ended.' };
	for (const task of chunk.tasks) {
		task.outcome = isOpen(task)
			? { kind: 'unknown', reason: `A request was under way, and no answer told what became of it. ${reason}` }
			: { kind: 'notAttempted', reason, code };
	}
}

/**
 * @param wasInDoubt an earlier attempt of this run was unsettled and may have created it: then an id that exists was
 *   created by who knows whom (law 3)
 */
export function outcomeOf(answer: EntryAnswer, wasInDoubt: boolean): Outcome {
	switch (answer.status) {
		case 'found':
			return { kind: 'found', imId: answer.imId, active: answer.active, record: answer.record };
		case 'missing':
			return { kind: 'missing' };
		case 'unproved':
			return { kind: 'unknown', reason: answer.reason };
		case 'failed':
			if (answer.taken && wasInDoubt) return { kind: 'done', status: 'exists', createdBy: 'unknown' };
			return {
				kind: 'failed',
				code: answer.code,
				message: answer.message,
				field: answer.field,
				retryable: answer.retryable,
			};
		default:
			return {
				kind: 'done',
				status: answer.status,
				imId: answer.imId,
				members: answer.members,
				returned: answer.returned,
				createdBy: answer.status === 'exists' && wasInDoubt ? 'unknown' : undefined,
			};
	}
}
