// A quota that ends in the middle of a run is used up (law 7): of a request that would have made more than the plan has
// room for, the first rows that fit go, then what is left of it, and so on with the numbers that each refusal names. One
// request at a time does so, and new ones wait; where no room is left, or none was named, the run ends.

import { pick, slice, type Chunk } from './chunk';
import type { Errand } from './errand';
import { follow } from './follow';
import { applyEnd } from './outcome';
import { roomNamed } from '../pacing/quotaTurns';
import { sendWithRetries } from './sendWithRetries';
import type { Allowance, Step } from './step';
import { isOpen, loseSight } from './task';
import type { Refusal } from '../wire';

/** Sends of a chunk what there is room for. Returns what is left to be done with it. */
export async function useUp(errand: Errand, chunk: Chunk, refusal: Refusal, left: Allowance): Promise<Step[]> {
	const { ctx, call } = errand;
	const handOver = await ctx.quota.takeTurn();
	try {
		// Smaller requests have keys of their own: no answer to them tells what an earlier, lost one did.
		loseSight(pick(chunk, isOpen).tasks);
		const steps: Step[] = [];
		let rest = chunk;
		let refused = refusal;
		let size = chunk.tasks.length;
		for (;;) {
			const fits = ctx.end.isDraining ? 0 : roomFor(size, refused);
			if (fits === 0) {
				ctx.end.drain({ reason: refused.message, code: refused.code });
				applyEnd(ctx, rest);
				return steps;
			}
			const first = slice(rest, 0, fits);
			const delivered = await sendWithRetries(ctx, call, first, left.attempts, 'usesUpQuota');
			if (delivered.kind === 'refused' && delivered.refusal.class === 'quota') {
				[refused, size] = [delivered.refusal, fits];
				continue;
			}
			for (const step of follow(errand, first, delivered, left)) steps.push(step);
			rest = slice(rest, fits);
			size = rest.tasks.length;
			if (size === 0) return steps;
			const others = await sendWithRetries(ctx, call, rest, left.attempts, 'usesUpQuota');
			if (others.kind !== 'refused' || others.refusal.class !== 'quota')
				return [...steps, ...follow(errand, rest, others, left)];
			refused = others.refusal;
		}
	} finally {
		handOver();
	}
}

/**
 * How many of so many rows, which were just refused together, may go. Room for all of them is no room that holds: half of
 * them is tried, so that this comes to an end whatever the service says.
 */
function roomFor(size: number, refusal: Refusal): number {
	const room = roomNamed(refusal);
	return room < size ? room : Math.floor(size / 2);
}
