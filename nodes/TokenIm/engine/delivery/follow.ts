// What follows from what came of a request: outcomes for its tasks, and steps for those that go on.

import { isOutgrown, pick, type Chunk } from './chunk';
import type { Complete, Delivered } from './delivered';
import type { Errand } from './errand';
import { sendWithRetries } from './sendWithRetries';
import { fullJitterMs } from '../pacing/backOff';
import { applyAnswer, applyEnd, applyRefusal } from './outcome';
import { send, type Allowance, type AskedAgain, type Step } from './step';
import { isOpen, loseSight } from './task';
import type { Task } from '../types';
import type { Refusal } from '../wire';

/** Acts on what came of a chunk. Returns what is left to be done with it. */
export function follow(errand: Errand, chunk: Chunk, delivered: Delivered, left: Allowance): Step[] {
	switch (delivered.kind) {
		case 'outgrown':
			return send(errand, chunk, left);
		case 'complete':
			return followAnswer(errand, chunk, delivered, left);
		case 'refused':
			return followRefusal(errand, chunk, delivered.refusal, left);
		case 'open':
			return [{ chunk, how: { kind: 'settle', reason: delivered.reason, then: 'onceMore' }, left }];
		case 'jobLost':
			return [{ chunk, how: { kind: 'settle', reason: delivered.reason, then: 'nothing' }, left }];
		case 'ended':
			applyEnd(errand.ctx, chunk);
			return [];
	}
}

/** A complete answer: what it settles is settled; what it asks for again, or leaves out, goes on. */
function followAnswer(
	errand: Errand,
	chunk: Chunk,
	answer: Complete,
	left: Allowance,
	before: Pick<AskedAgain, 'time' | 'of' | 'leftOut'> = { time: 0, of: chunk, leftOut: new Set() },
): Step[] {
	const { again, open } = applyAnswer(errand, chunk, answer);
	const leftOut = new Set([...before.leftOut, ...open]);
	if (again.size === 0) return settleLeftOut(before.of, leftOut, left);
	const asked = pick(chunk, (task) => again.has(task));
	return [
		{ chunk: asked, how: { kind: 'sendAgain', time: before.time + 1, said: again, of: before.of, leftOut }, left },
	];
}

/** Sends what a complete answer asked for again, after a back-off; what answers left out waits until that is done. */
export async function sendAgain(errand: Errand, chunk: Chunk, how: AskedAgain, left: Allowance): Promise<Step[]> {
	const { ctx, call } = errand;
	for (const task of chunk.tasks) task.resends++;
	await ctx.pause(fullJitterMs(how.time, ctx.ports.random()));
	const delivered = await sendWithRetries(ctx, call, chunk);
	if (delivered.kind === 'complete') return followAnswer(errand, chunk, delivered, left, how);
	const steps = follow(errand, chunk, delivered, left);
	// What was said of them still holds where nothing of them is under way.
	if (delivered.kind === 'ended') for (const [task, outcome] of how.said) if (!isOpen(task)) task.outcome = outcome;
	return [...steps, ...settleLeftOut(how.of, how.leftOut, left)];
}

function settleLeftOut(of: Chunk, leftOut: ReadonlySet<Task>, left: Allowance): Step[] {
	if (leftOut.size === 0) return [];
	const chunk = pick(of, (task) => leftOut.has(task));
	loseSight(chunk.tasks);
	const reason = 'the answer of the service left this row out';
	return [{ chunk, how: { kind: 'settle', reason, then: 'onceMore' }, left }];
}

function followRefusal(errand: Errand, chunk: Chunk, refusal: Refusal, left: Allowance): Step[] {
	const { ctx, call } = errand;
	switch (refusal.class) {
		case 'entry':
			return [{ chunk, how: { kind: 'isolate', refusal }, left }];
		case 'taken':
			// Once; what is refused like this after a look-up is found by halves.
			return [
				{
					chunk,
					how: left.lookUps > 0 && call.isAboutExisting !== true ? { kind: 'sendNew' } : { kind: 'isolate', refusal },
					left,
				},
			];
		case 'tooLarge':
			return split(errand, chunk, refusal, left);
		case 'quota':
			return [{ chunk, how: { kind: 'useUp', refusal }, left }];
		case 'absent':
			applyRefusal(call, chunk, refusal);
			return [];
		default:
			ctx.end.drain({ reason: refusal.message, code: refusal.code });
			applyEnd(ctx, chunk);
			return [];
	}
}

/** 413: by the limit that the answer names, else in halves; the lower limit holds for the rest of the run. */
function split(errand: Errand, chunk: Chunk, refusal: Refusal, left: Allowance): Step[] {
	const { ctx, call } = errand;
	const reason = refusal.message;
	const sent = pick(chunk, isOpen);
	lowerUnnamed(errand, chunk, refusal);
	if (isOutgrown(call, chunk, ctx.limits)) {
		if (sent.tasks.length === 0) return send(errand, chunk, left);
		// Smaller requests have keys of their own: no answer to them tells what the larger one did, if it arrived before.
		loseSight(sent.tasks);
		return [{ chunk, how: { kind: 'settle', reason, then: 'smaller' }, left }];
	}
	// Alone and still too large: failed, unless an earlier attempt may have been carried out all the same.
	applyRefusal(
		call,
		pick(chunk, (task) => !isOpen(task)),
		refusal,
	);
	return sent.tasks.length === 0 ? [] : [{ chunk: sent, how: { kind: 'settle', reason, then: 'nothing' }, left }];
}

/** Where the refusal names no limit that the chunk is over, half of what it holds is one. */
function lowerUnnamed({ ctx, call }: Errand, chunk: Chunk, { limitOf }: Refusal): void {
	if (isOutgrown(call, chunk, ctx.limits)) return;
	const size = chunk.tasks.length;
	const { members: most = Number.POSITIVE_INFINITY } = ctx.limits.of(call);
	const members = Math.min(chunk.tasks[0]?.entry.memberIds?.length ?? 0, most);
	if (size > 1) ctx.lowerLimit(call, 'entries', Math.ceil(size / 2));
	else if (limitOf === 'members' && members > 1) ctx.lowerLimit(call, 'members', Math.ceil(members / 2));
}
