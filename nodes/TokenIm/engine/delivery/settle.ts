// Rows that stay open after their attempts, or that a complete answer left out (law 3).

import { cut, pick, type Chunk } from './chunk';
import type { RunContext } from '../context';
import { deliver, type Plan } from './deliver';
import { mustLookUpFirst } from './exchange';
import { applyEnd } from './outcome';
import { MAX_ATTEMPTS } from '../pacing/decide';
import { newTask } from './task';
import type { Task } from '../types';
import type { Call } from '../call';

export interface OpenPlan extends Plan {
	/** A job may still be writing: nothing of it is sent again. */
	readonly mayNotResend?: boolean;
	/** Times that the tasks were sent again after a look-up. */
	readonly resends?: number;
}

/** Settles open tasks the way their call asks for; what stays open is `unknown`, never failed. */
export async function settleOpen(
	ctx: RunContext,
	call: Call,
	chunk: Chunk,
	reason: string,
	plan: OpenPlan,
): Promise<void> {
	if (ctx.end.isDraining) return applyEnd(ctx, chunk);
	if (plan.last) return giveUp(chunk, reason);
	let open = await lookUpSent(ctx, call, chunk, reason, plan);
	if (mustLookUpFirst(call) && plan.lookUp === undefined) {
		// Nobody can tell whether it was done, so what was sent never goes again.
		giveUp(
			pick(open, (task) => task.unsettled),
			reason,
		);
		open = pick(open, (task) => task.outcome === undefined);
	}
	if (open.tasks.length === 0) return;
	if (ctx.end.isDraining) return applyEnd(ctx, open);
	if (plan.mayNotResend) return giveUp(open, reason);
	await deliver(ctx, call, open, nextPlan(ctx, call, plan));
}

/**
 * Looks up what was sent of a chunk, where its call is settled like that.
 *
 * @returns the part of the chunk that stays open
 */
export async function lookUpSent(
	ctx: RunContext,
	call: Call,
	chunk: Chunk,
	reason: string,
	plan: Plan,
): Promise<Chunk> {
	if (call.settlement !== 'lookUp' || plan.lookUp === undefined) return chunk;
	await lookUp(
		ctx,
		plan.lookUp,
		pick(chunk, (task) => task.unsettled),
		reason,
	);
	return pick(chunk, (task) => task.outcome === undefined);
}

/** Once more, and then no more; where every attempt needs a look-up first, as often as attempts and budget allow. */
function nextPlan(ctx: RunContext, call: Call, plan: OpenPlan): OpenPlan {
	if (!mustLookUpFirst(call)) return { ...plan, last: true, maxAttempts: 1 };
	const resends = (plan.resends ?? 0) + 1;
	return { ...plan, resends, last: resends >= MAX_ATTEMPTS - 1 || !ctx.budget.take() };
}

/**
 * Looks up what became of tasks whose answer was lost. Found is `exists`, made by this run or not; what the look-up
 * itself leaves open is unknown; what is not found keeps no outcome.
 */
async function lookUp(ctx: RunContext, query: Call, chunk: Chunk, reason: string): Promise<void> {
	await ctx.pause(ctx.settings.readLagMs);
	if (ctx.end.isDraining) return;
	const twins = new Map<Task, Task>(chunk.tasks.map((task) => [newTask(task.entry, task.position), task]));
	for (const part of cut(query, [...twins.keys()], ctx.limits))
		await deliver(ctx, query, part, { maxAttempts: MAX_ATTEMPTS });
	for (const [twin, task] of twins) {
		if (twin.outcome?.kind === 'found')
			task.outcome = { kind: 'done', status: 'exists', imId: twin.outcome.imId, createdBy: 'unknown' };
		else if (twin.outcome?.kind !== 'missing')
			task.outcome = { kind: 'unknown', reason: `${sentence(reason)} The look-up was not answered either.` };
		task.attempts += twin.attempts;
	}
}

function giveUp(chunk: Chunk, reason: string): void {
	for (const task of chunk.tasks) {
		task.outcome = task.unsettled
			? { kind: 'unknown', reason: sentence(reason) }
			: { kind: 'notAttempted', reason: sentence(reason) };
	}
}

function sentence(text: string): string {
	return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
