// Finding the bad rows of a request that was refused as a whole (law 4).
//
// Binary search for one bad row, then the rest as one request again: at most ⌈log2(n)⌉ steps, the row alone for its own
// reason, and the rest, for each bad row. The untried rest is held until the search ends.

import { join, pick, slice, type Chunk } from './chunk';
import type { RunContext } from '../context';
import { act, type Plan } from './deliver';
import { exchange } from './exchange';
import { applyEnd, applyRefusal, unlessDone } from './outcome';
import type { Call } from '../call';
import type { NamedEntry, Refusal } from '../wire';

/** Settles every task of a chunk that was refused as a whole for the fault of one or more of its entries. */
export async function isolate(ctx: RunContext, call: Call, chunk: Chunk, refusal: Refusal, plan: Plan): Promise<void> {
	const release = plan.isMain && !plan.isIsolating ? await ctx.suspicion.takeTurn() : () => undefined;
	try {
		const search = new Search(ctx, call, { ...plan, isIsolating: true });
		let rest: Chunk | undefined = await search.dropNamed(chunk, refusal);
		while (rest !== undefined && rest.tasks.length > 0) rest = await search.findOne(rest, refusal);
	} finally {
		release();
	}
}

class Search {
	constructor(
		private readonly ctx: RunContext,
		private readonly call: Call,
		private readonly plan: Plan,
	) {}

	/**
	 * Finds one bad row in a chunk that was refused whole, and sends the rest.
	 * @returns the rest, if that was refused too
	 */
	async findOne(chunk: Chunk, refusal: Refusal): Promise<Chunk | undefined> {
		let suspects = chunk;
		let held = slice(chunk, 0, 0);
		let reason: Refusal | undefined = refusal;
		while (suspects.tasks.length > 1) {
			const half = Math.ceil(suspects.tasks.length / 2);
			const [first, second] = [slice(suspects, 0, half), slice(suspects, half)];
			const refused = await this.attempt(first);
			if (this.ctx.end.isDraining) return this.stop(first, second, held);
			if (refused === undefined) {
				suspects = second;
				reason = undefined;
			} else {
				suspects = first;
				held = join(second, held);
				reason = refused;
			}
		}
		reason ??= await this.attempt(suspects);
		if (reason !== undefined) await this.standsAlone(suspects, reason);
		return await this.goOn(held);
	}

	/** An answer that names the bad rows saves the search for them. Returns what it did not name, if refused again. */
	async dropNamed(chunk: Chunk, refusal: Refusal): Promise<Chunk | undefined> {
		const named = namedIn(chunk, refusal);
		if (named.size === 0) return chunk;
		for (const [index, { code, message, field }] of named) {
			const task = chunk.tasks[index];
			if (task !== undefined)
				task.outcome = unlessDone(this.call, task, { kind: 'failed', code, message, field, retryable: false });
		}
		return await this.goOn(pick(chunk, (_, index) => !named.has(index)));
	}

	/** Sends what is left of a search: whole, or row by row while nothing at all was accepted in this run. */
	private async goOn(rest: Chunk): Promise<Chunk | undefined> {
		let left = rest;
		while (this.plan.isMain && !this.ctx.suspicion.hasAccepted && left.tasks.length > 1) {
			if (this.ctx.end.isDraining) return this.stop(left);
			const single = slice(left, 0, 1);
			const reason = await this.attempt(single);
			if (reason !== undefined) await this.standsAlone(single, reason);
			left = slice(left, 1);
		}
		if (left.tasks.length === 0) return undefined;
		if (this.ctx.end.isDraining) return this.stop(left);
		const refused = await this.attempt(left);
		if (refused === undefined) return undefined;
		if (left.tasks.length > 1) return await this.dropNamed(left, refused);
		await this.standsAlone(left, refused);
		return undefined;
	}

	/** Sends a part. Returns the refusal if that, again, is the fault of one of its entries; acts on anything else. */
	private async attempt(part: Chunk): Promise<Refusal | undefined> {
		const delivered = await exchange(this.ctx, this.call, part, this.plan.maxAttempts);
		if (delivered.kind === 'refused' && ['entry', 'taken'].includes(delivered.refusal.class)) return delivered.refusal;
		await act(this.ctx, this.call, part, delivered, this.plan);
		return undefined;
	}

	private async standsAlone(chunk: Chunk, refusal: Refusal): Promise<void> {
		const named = namedIn(chunk, refusal).get(0);
		applyRefusal(this.call, chunk, { ...refusal, ...named });
		const task = chunk.tasks[0];
		if (task?.outcome?.kind === 'failed' && named?.field !== undefined)
			task.outcome = { ...task.outcome, field: named.field };
		if (!this.plan.isMain) return;
		const why = await this.ctx.suspicion.standsAlone(refusal);
		if (why !== undefined) this.ctx.end.drain(why);
	}

	private stop(...chunks: Chunk[]): undefined {
		for (const chunk of chunks)
			applyEnd(
				this.ctx,
				pick(chunk, (task) => task.outcome === undefined),
			);
	}
}

/** The entries of a chunk that a refusal blames, by their place. */
function namedIn(chunk: Chunk, refusal: Refusal): Map<number, NamedEntry> {
	const named = new Map<number, NamedEntry>();
	for (const entry of refusal.named ?? []) {
		if (Number.isInteger(entry.index) && entry.index >= 0 && entry.index < chunk.tasks.length)
			named.set(entry.index, entry);
	}
	return named;
}
