// One chunk of one call, to its end: afterwards each of its tasks has an outcome (laws 1 to 4).

import { isOutgrown, pick, recut, type Chunk } from './chunk';
import type { RunContext } from '../context';
import type { Delivered } from './delivered';
import { exchange } from './exchange';
import { isolate } from './isolate';
import { deliverNew } from './newcomers';
import { fullJitterMs } from '../pacing/backOff';
import { applyAnswer, applyEnd, applyLost, applyRefusal } from './outcome';
import { lookUpSent, settleOpen } from './settle';
import type { Call } from '../call';
import type { Refusal } from '../wire';

export interface Plan {
	/** The query by which open rows are looked up (`settlement: 'lookUp'`). */
	readonly lookUp?: Call;
	/** The last time: what stays open is unknown. */
	readonly last?: boolean;
	readonly maxAttempts?: number;
	/** Told once what came of the first request of an untried chunk. */
	readonly onFirst?: (delivered: Delivered) => void;
	/** Whether refusals count towards the suspicion that the service refuses everything. */
	readonly isMain?: boolean;
	/** What exists was looked up and is not in the chunk any more. */
	readonly isLookedUp?: boolean;
	/** The caller bisects already. */
	readonly isIsolating?: boolean;
}

/** Delivers a chunk, cut anew where the limits have shrunk since it was cut. */
export async function deliver(ctx: RunContext, call: Call, chunk: Chunk, plan: Plan): Promise<void> {
	if (call.looksUpFirst && !plan.isLookedUp) return await deliverNew(ctx, call, chunk, plan);
	for (const part of recut(call, chunk, ctx.limits)) {
		await act(ctx, call, part, await exchange(ctx, call, part, plan.maxAttempts), plan);
	}
}

/** Acts on what came of a chunk. */
export async function act(ctx: RunContext, call: Call, chunk: Chunk, delivered: Delivered, plan: Plan): Promise<void> {
	if (delivered.kind === 'outgrown') return await deliver(ctx, call, chunk, plan);
	plan.onFirst?.(delivered);
	const next: Plan = { ...plan, onFirst: undefined };
	switch (delivered.kind) {
		case 'complete':
			return await settleAnswer(ctx, call, chunk, delivered, next);
		case 'refused':
			return await actOnRefusal(ctx, call, chunk, delivered.refusal, next);
		case 'open':
			return await settleOpen(ctx, call, chunk, delivered.reason, next);
		case 'jobLost':
			return await settleOpen(ctx, call, chunk, delivered.reason, { ...next, mayNotResend: true });
		case 'ended':
			return applyEnd(ctx, chunk);
	}
}

async function actOnRefusal(ctx: RunContext, call: Call, chunk: Chunk, refusal: Refusal, plan: Plan): Promise<void> {
	switch (refusal.class) {
		case 'entry':
			return await isolate(ctx, call, chunk, refusal, plan);
		case 'taken':
			// Once; what is refused like this after a look-up is found by halves.
			if (plan.isLookedUp || plan.lookUp === undefined) return await isolate(ctx, call, chunk, refusal, plan);
			return await deliverNew(ctx, call, chunk, plan);
		case 'tooLarge':
			return await split(ctx, call, chunk, refusal, plan);
		case 'absent':
			return applyRefusal(call, chunk, refusal);
		default:
			ctx.end.drain({ reason: refusal.message, code: refusal.code });
			return applyEnd(ctx, chunk);
	}
}

/** 413: by the limit that the answer names, else in halves; the lower limit holds for the rest of the run. */
async function split(ctx: RunContext, call: Call, chunk: Chunk, refusal: Refusal, plan: Plan): Promise<void> {
	const isSmaller = (): boolean => isOutgrown(call, chunk, ctx.limits);
	const size = chunk.tasks.length;
	if (!isSmaller()) {
		const { members: most = Number.POSITIVE_INFINITY } = ctx.limits.of(call);
		const members = Math.min(chunk.tasks[0]?.entry.memberIds?.length ?? 0, most);
		if (size > 1) ctx.lowerLimit(call, 'entries', Math.ceil(size / 2));
		else if (refusal.limitOf === 'members' && members > 1) ctx.lowerLimit(call, 'members', Math.ceil(members / 2));
	}
	if (isSmaller()) {
		const sent = pick(chunk, (task) => task.unsettled);
		if (sent.tasks.length === 0) return await deliver(ctx, call, chunk, plan);
		// Smaller requests have keys of their own: no answer to them tells what the larger one did, if it arrived before.
		applyLost(sent);
		return await deliver(ctx, call, await lookUpSent(ctx, call, chunk, refusal.message, plan), plan);
	}
	// Alone and still too large: failed, unless an earlier attempt may have been carried out all the same.
	applyRefusal(
		call,
		pick(chunk, (task) => !task.unsettled),
		refusal,
	);
	const open = pick(chunk, (task) => task.unsettled);
	if (open.tasks.length > 0) await settleOpen(ctx, call, open, refusal.message, { ...plan, mayNotResend: true });
}

/** A complete answer: what it settles is settled; what it asks for again, or leaves out, goes on. */
async function settleAnswer(
	ctx: RunContext,
	call: Call,
	chunk: Chunk,
	delivered: Extract<Delivered, { kind: 'complete' }>,
	plan: Plan,
): Promise<void> {
	let { again, left } = applyAnswer(ctx, call, chunk, delivered, plan.isMain === true);
	for (let resend = 1; again.size > 0; resend++) {
		const retried = pick(chunk, (task) => again.has(task));
		for (const task of retried.tasks) task.resends++;
		await ctx.pause(fullJitterMs(resend, ctx.ports.random()));
		const answer = await exchange(ctx, call, retried);
		if (answer.kind === 'ended') {
			applyEnd(ctx, retried);
			// What was said of them still holds where nothing of them is under way.
			for (const [task, outcome] of again) if (!task.unsettled) task.outcome = outcome;
			break;
		}
		if (answer.kind !== 'complete') {
			await act(ctx, call, retried, answer, plan);
			break;
		}
		const applied = applyAnswer(ctx, call, retried, answer, plan.isMain === true);
		again = applied.again;
		left = new Set([...left, ...applied.left]);
	}
	if (left.size === 0) return;
	const open = pick(chunk, (task) => left.has(task));
	applyLost(open);
	await settleOpen(ctx, call, open, 'the answer of the service left this row out', plan);
}
