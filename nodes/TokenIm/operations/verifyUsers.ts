// User → Verify: found, missing, or found with other values than the row gives.

import { pick, type Chunk } from '../engine/delivery/chunk';
import type { RunContext } from '../engine/context';
import { deliver } from '../engine/delivery/deliver';
import type { Means } from '../engine/delivery/errand';
import type { Operation } from '../engine/operation';
import type { Entry, Judgement, Outcome, Task } from '../engine/types';
import type { Call } from '../engine/call';
import type { Protocol } from '../protocol/calls';
import { differencesOf } from './compare';
import { judge } from './judge';
import type { Reader } from './reader';

const ID_ONLY = new Set(['userId']);

export function verifyUsers(protocol: Protocol, reader: Reader): Operation {
	const call = protocol.queryUsers();
	return {
		...reader,
		call,
		repeats: 'share',
		carryOut: async (ctx, chunk, means) => await askTwice(ctx, call, chunk, means, judgeUser),
		judge: judgeUser,
	};
}

/**
 * Asks, and asks again for what is missing or differs: the query may lag a write (law 9).
 */
export async function askTwice(
	ctx: RunContext,
	call: Call,
	chunk: Chunk,
	means: Means,
	verdictOf: (entry: Entry, outcome: Outcome) => Judgement,
): Promise<void> {
	await deliver(ctx, call, chunk, means);
	const doubtful = pick(chunk, (task) => isDoubtful(task, verdictOf));
	if (doubtful.tasks.length === 0 || ctx.end.isDraining) return;
	await ctx.pause(ctx.settings.readLagMs);
	if (ctx.end.isDraining) return;
	const first = new Map(doubtful.tasks.map((task) => [task, task.outcome]));
	for (const task of doubtful.tasks) task.outcome = undefined;
	await deliver(ctx, call, doubtful, means);
	// An answer that was there once is better than none.
	for (const [task, outcome] of first) if (isUnanswered(task.outcome)) task.outcome = outcome;
}

function judgeUser(entry: Entry, outcome: Outcome): Judgement {
	if (outcome.kind !== 'found') return judge('userId', entry, outcome);
	const differences = differencesOf(entry.fields, outcome.record, ID_ONLY);
	if (differences.length === 0) return judge('userId', entry, outcome);
	return { status: 'mismatch', userId: entry.id, imId: outcome.imId, differences };
}

function isDoubtful(task: Task, verdictOf: (entry: Entry, outcome: Outcome) => Judgement): boolean {
	if (task.outcome === undefined) return false;
	const { status } = verdictOf(task.entry, task.outcome);
	return status === 'missing' || status === 'mismatch';
}

function isUnanswered(outcome: Outcome | undefined): boolean {
	return outcome === undefined || outcome.kind === 'unknown' || outcome.kind === 'notAttempted';
}
