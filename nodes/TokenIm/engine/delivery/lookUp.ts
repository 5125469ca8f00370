// The one way to ask after entries: what a query knows of each. The tasks that they are sent by stay as they are.

import type { Call } from '../call';
import { cut, type Chunk } from './chunk';
import type { RunContext } from '../context';
import { deliver } from './deliver';
import type { Asked, LookUp, Seen } from './errand';
import { newTask } from './task';
import type { Task } from '../types';

/** Asks after each, as many in one request as the limits allow. */
export async function lookUp<T extends Asked>(
	ctx: RunContext,
	query: Call,
	asked: readonly T[],
): Promise<ReadonlyMap<T, Seen>> {
	const twins = new Map(asked.map((one) => [newTask(one.entry, one.position), one]));
	await Promise.all(cut(query, [...twins.keys()], ctx.limits).map(async (chunk) => await deliver(ctx, query, chunk)));
	return new Map([...twins].map(([task, one]) => [one, seenOf(task)]));
}

/** The same for a chunk of tasks of its own, cut for the query; in its order. */
export async function lookUpChunk(ctx: RunContext, query: Call, chunk: Chunk): Promise<readonly Seen[]> {
	await deliver(ctx, query, chunk);
	return chunk.tasks.map(seenOf);
}

function seenOf({ outcome, attempts }: Task): Seen {
	return { outcome: outcome ?? { kind: 'unknown', reason: 'The look-up was not answered.' }, attempts };
}

/** The look-up of an errand; none where there is no query. */
export function lookUpBy(ctx: RunContext, query: Call | undefined): LookUp | undefined {
	return query === undefined ? undefined : async (asked) => await lookUp(ctx, query, asked);
}
