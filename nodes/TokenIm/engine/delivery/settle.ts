// Rows that stay open after their attempts, or that a complete answer left out (law 3).

import { mustLookUpFirst } from '../call';
import { pick, type Chunk } from './chunk';
import type { Errand } from './errand';
import { applyEnd } from './outcome';
import { onceMore, send, type Allowance, type Settle, type Step } from './step';
import { isOpen } from './task';

/** Settles open tasks the way their call asks for; what stays open is `unknown`, never failed. */
export async function settle(errand: Errand, chunk: Chunk, how: Settle, left: Allowance): Promise<Step[]> {
	const { ctx, call } = errand;
	if (ctx.end.isDraining) return end(errand, chunk);
	if (how.then !== 'smaller' && left.onceMore === 0) return giveUp(chunk, how.reason);
	await lookUpOpen(errand, chunk, how.reason);
	let open = pick(chunk, (task) => task.outcome === undefined);
	if (how.then === 'smaller') return send(errand, open, left);
	if (mustLookUpFirst(call) && errand.lookUp === undefined) {
		// Nobody can tell whether it was done, so what was sent never goes again.
		giveUp(pick(open, isOpen), how.reason);
		open = pick(open, (task) => task.outcome === undefined);
	}
	if (open.tasks.length === 0) return [];
	if (ctx.end.isDraining) return end(errand, open);
	if (how.then === 'nothing') return giveUp(open, how.reason);
	return send(errand, open, onceMore(errand, left));
}

/**
 * Looks up what is open of a chunk, where its call is settled like that. Found is `exists`, made by this run or not; what
 * the look-up itself leaves open is unknown; what is not found keeps no outcome.
 */
async function lookUpOpen({ ctx, call, lookUp }: Errand, chunk: Chunk, reason: string): Promise<void> {
	if (call.settlement !== 'lookUp' || lookUp === undefined) return;
	if (!(await ctx.outwaitReadLag())) return;
	for (const [task, { outcome, attempts }] of await lookUp(chunk.tasks.filter(isOpen))) {
		task.attempts += attempts;
		if (outcome.kind === 'found')
			task.outcome = { kind: 'done', status: 'exists', imId: outcome.imId, createdBy: 'unknown' };
		else if (outcome.kind !== 'missing')
			task.outcome = { kind: 'unknown', reason: `${sentence(reason)} The look-up was not answered either.` };
	}
}

function giveUp(chunk: Chunk, reason: string): Step[] {
	for (const task of chunk.tasks)
		task.outcome = { kind: isOpen(task) ? 'unknown' : 'notAttempted', reason: sentence(reason) };
	return [];
}

function end({ ctx }: Errand, chunk: Chunk): Step[] {
	applyEnd(ctx, chunk);
	return [];
}

function sentence(text: string): string {
	return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
