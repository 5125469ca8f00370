// What is left to be done with a chunk: values, which one loop works off (`deliver.ts`).

import { mustLookUpFirst } from '../call';
import { recut, type Chunk } from './chunk';
import type { Errand } from './errand';
import { MAX_ATTEMPTS } from '../pacing/decide';
import type { Outcome, Task } from '../types';
import type { Refusal } from '../wire';

export interface Step {
	readonly chunk: Chunk;
	readonly how: How;
	readonly left: Allowance;
}

export type How =
	/** Send it. */
	| { readonly kind: 'send' }
	/** Look up what is there already; send what is not, or only what is. */
	| { readonly kind: 'sendNew' }
	/** Send it once more: a complete answer asked for that. */
	| AskedAgain
	/** Nobody knows what became of it. */
	| Settle
	/** Refused as a whole for one or more of its entries: tell them from the others. */
	| { readonly kind: 'isolate'; readonly refusal: Refusal }
	/** The plan has no room for all of it: send what fits. */
	| { readonly kind: 'useUp'; readonly refusal: Refusal }
	/** It holds an entry that spoils it: halve it. */
	| Search
	/** What a search left aside: send it, if need be one by one. */
	| { readonly kind: 'sendRest' };

export interface AskedAgain {
	readonly kind: 'sendAgain';
	/** How often it was asked for, this time included. */
	readonly time: number;
	/** What the answer said of each task. */
	readonly said: ReadonlyMap<Task, Outcome>;
	/** The chunk that it is left of, … */
	readonly of: Chunk;
	/** … and those of that chunk's tasks that answers left out. */
	readonly leftOut: ReadonlySet<Task>;
}

export interface Settle {
	readonly kind: 'settle';
	readonly reason: string;
	/**
	 * What a look-up does not find goes once more; or not at all, since it may still be under way; or in smaller requests,
	 * as if it went for the first time.
	 */
	readonly then: 'onceMore' | 'nothing' | 'smaller';
}

export interface Search {
	readonly kind: 'search';
	/** Untried: its turn comes when the search is over. */
	readonly held: Chunk;
	/** Why the chunk was refused, where it was sent as it is. */
	readonly reason: Refusal | undefined;
}

/** What a chunk may still use up. */
export interface Allowance {
	/** Attempts of its next request. */
	readonly attempts: number;
	/** Times that it goes once more where it stays open. */
	readonly onceMore: number;
	/** Look-ups of what is there before it is sent. */
	readonly lookUps: number;
}

/** The first steps of an errand for a chunk. */
export function begin(errand: Errand, chunk: Chunk): Step[] {
	const { call, lookUp } = errand;
	const left: Allowance = {
		attempts: MAX_ATTEMPTS,
		// Where nothing goes again unlooked-up, each attempt is a sending of its own.
		onceMore: mustLookUpFirst(call) ? MAX_ATTEMPTS - 1 : 1,
		lookUps: lookUp === undefined ? 0 : 1,
	};
	if (call.onlyIfFound || (call.looksUpFirst && left.lookUps > 0)) return [{ chunk, how: { kind: 'sendNew' }, left }];
	return send(errand, chunk, left);
}

/** Sends a chunk, cut anew where the limits have shrunk since it was cut. */
export function send({ ctx, call }: Errand, chunk: Chunk, left: Allowance): Step[] {
	if (chunk.tasks.length === 0) return [];
	return recut(call, chunk, ctx.limits).map((part) => ({ chunk: part, how: { kind: 'send' }, left }));
}

/** What is left for a chunk that stays open and goes once more. */
export function onceMore({ ctx, call }: Errand, left: Allowance): Allowance {
	if (!mustLookUpFirst(call)) return { ...left, attempts: 1, onceMore: 0 };
	const times = left.onceMore - 1;
	return { ...left, onceMore: times > 0 && ctx.budget.take() ? times : 0 };
}
