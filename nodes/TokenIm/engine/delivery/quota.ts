// A quota that ends in the middle of a run is used up (law 7): of a request that would have made more than the plan has
// room for, the first rows that fit go, then what is left of it, and so on with the numbers that each refusal names. One
// request at a time does so, and new ones wait; where no room is left, or none was named, the run ends. Numbers may not
// hold: each further refusal at least halves what goes at once, so there are few, and what went holds for the run.

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
		const most = ctx.limits.of(call).entries;
		const size = new RequestSize(chunk.tasks.length, refusal);
		const steps: Step[] = [];
		for (let rest = chunk; rest.tasks.length > 0; ) {
			if (size.isNone || ctx.end.isDraining) {
				ctx.end.drain({ reason: size.refused.message, code: size.refused.code });
				applyEnd(ctx, rest);
				return steps;
			}
			const first = slice(rest, 0, Math.min(most, size.next(rest.tasks.length)));
			const { length } = first.tasks;
			const delivered = await sendWithRetries(ctx, call, first, left.attempts, 'usesUpQuota');
			if (delivered.kind === 'refused' && delivered.refusal.class === 'quota') {
				size.refuse(length, delivered.refusal);
				continue;
			}
			if (delivered.kind === 'complete') size.take(length);
			for (const step of follow(errand, first, delivered, left)) steps.push(step);
			rest = slice(rest, length);
		}
		// Refused whole and taken in parts: not the numbers of the service hold, but this size does.
		ctx.lowerLimit(call, 'entries', size.taken);
		return steps;
	} finally {
		handOver();
	}
}

/** How many of the rows of a refused request go at once. */
class RequestSize {
	private size: number;
	/** All that is left is tried once: rows that need no room may follow. */
	private mayGrow = false;
	private isRefusedAgain = false;
	/** The most that were taken at once since the last refusal. */
	taken = 0;

	/** @param length rows that were just refused together */
	constructor(
		length: number,
		public refused: Refusal,
	) {
		const room = roomNamed(refused);
		// Room for all of them is no room that holds.
		this.size = room < length ? room : Math.floor(length / 2);
	}

	get isNone(): boolean {
		return this.size === 0;
	}

	/** @param rest how many are left */
	next(rest: number): number {
		return this.mayGrow ? rest : Math.min(rest, this.size);
	}

	take(length: number): void {
		this.taken = Math.max(this.taken, length);
		this.mayGrow = !this.isRefusedAgain;
	}

	/** What went before may go again, as far as there is room; half of what was refused is tried at most. */
	refuse(length: number, refused: Refusal): void {
		const { size, taken } = this;
		this.size = Math.min(roomNamed(refused), Math.floor(length / 2), taken > 0 ? size : length);
		this.refused = refused;
		this.taken = 0;
		this.mayGrow = false;
		this.isRefusedAgain = true;
	}
}
