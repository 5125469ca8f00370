// Finding the bad rows of a request that was refused as a whole (law 4).
//
// Binary search for one bad row, then the rest as one request again: at most ⌈log2(n)⌉ steps, the row alone for its own
// reason, and the rest, for each bad row. The untried rest is held until the search ends.

import { join, pick, slice, type Chunk } from './chunk';
import type { Delivered } from './delivered';
import type { Errand } from './errand';
import { sendWithRetries } from './sendWithRetries';
import { follow } from './follow';
import { applyEnd, applyRefusal, unlessDone } from './outcome';
import type { Allowance, Search, Step } from './step';
import type { NamedEntry, Refusal } from '../wire';

/** Where the answer names the bad rows, they are told apart and the rest goes on; else one of them is searched for. */
export function tellApart({ call }: Errand, chunk: Chunk, refusal: Refusal, left: Allowance): Step[] {
	const named = namedIn(chunk, refusal);
	if (named.size === 0) return [{ chunk, how: { kind: 'search', held: slice(chunk, 0, 0), reason: refusal }, left }];
	for (const [index, { code, message, field }] of named) {
		const task = chunk.tasks[index];
		if (task !== undefined)
			task.outcome = unlessDone(call, task, { kind: 'failed', code, message, field, retryable: false });
	}
	return [{ chunk: pick(chunk, (_, index) => !named.has(index)), how: { kind: 'sendRest' }, left }];
}

/** One step towards a bad row: half of the chunk is sent; it is in the half that is refused, or in the other. */
export async function search(errand: Errand, chunk: Chunk, how: Search, left: Allowance): Promise<Step[]> {
	const { held, reason } = how;
	const size = chunk.tasks.length;
	if (size === 1 && reason !== undefined) {
		await standsAlone(errand, chunk, reason, held.tasks.length === 0);
		return [{ chunk: held, how: { kind: 'sendRest' }, left }];
	}
	const half = Math.ceil(size / 2);
	const [first, second] = [slice(chunk, 0, half), slice(chunk, half)];
	const delivered = await sendWithRetries(errand.ctx, errand.call, first, left.attempts);
	const refusal = entryRefusal(delivered);
	if (refusal !== undefined) {
		if (errand.ctx.end.isDraining && size > 1) return end(errand, first, second, held);
		return [{ chunk: first, how: { kind: 'search', held: join(second, held), reason: refusal }, left }];
	}
	const next = follow(errand, first, delivered, left);
	if (size === 1) return [...next, { chunk: held, how: { kind: 'sendRest' }, left }];
	return [...next, { chunk: second, how: { kind: 'search', held, reason: undefined }, left }];
}

/** Sends what is left of a search: whole, or row by row while nothing at all was accepted in this run. */
export async function sendRest(errand: Errand, rest: Chunk, left: Allowance): Promise<Step[]> {
	if (rest.tasks.length === 0) return [];
	if (errand.ctx.end.isDraining) return end(errand, rest);
	const part = errand.refusedOutright?.hasAccepted === false ? slice(rest, 0, 1) : rest;
	const others: Step = { chunk: slice(rest, part.tasks.length), how: { kind: 'sendRest' }, left };
	const delivered = await sendWithRetries(errand.ctx, errand.call, part, left.attempts);
	const refusal = entryRefusal(delivered);
	if (refusal === undefined) return [...follow(errand, part, delivered, left), others];
	if (part.tasks.length > 1) return tellApart(errand, part, refusal, left);
	await standsAlone(errand, part, refusal);
	return [others];
}

async function standsAlone(errand: Errand, chunk: Chunk, refusal: Refusal, isWhole = false): Promise<void> {
	const { ctx, call, refusedOutright } = errand;
	const named = namedIn(chunk, refusal).get(0);
	applyRefusal(call, chunk, { ...refusal, ...named });
	const task = chunk.tasks[0];
	if (task?.outcome?.kind === 'failed' && named?.field !== undefined)
		task.outcome = { ...task.outcome, field: named.field };
	const suspected = refusedOutright === undefined && refusal.isUnnamed ? ctx.unnamed.refuse(call, refusal) : undefined;
	const why = (await refusedOutright?.standsAlone(refusal, isWhole)) ?? suspected;
	if (why !== undefined) ctx.end.drain(why);
}

function end({ ctx }: Errand, ...chunks: Chunk[]): Step[] {
	for (const chunk of chunks) applyEnd(ctx, chunk);
	return [];
}

/** The refusal, where one of the entries is to blame for it. */
function entryRefusal(delivered: Delivered): Refusal | undefined {
	if (delivered.kind !== 'refused') return undefined;
	const { refusal } = delivered;
	return refusal.class === 'entry' || refusal.class === 'taken' ? refusal : undefined;
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
