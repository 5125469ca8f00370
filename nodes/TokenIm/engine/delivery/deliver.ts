// One chunk of one call, to its end: afterwards each of its tasks has an outcome (laws 1 to 4). Whatever goes again,
// goes from here.

import { atOnce } from './atOnce';
import type { Call } from '../call';
import type { Chunk } from './chunk';
import type { RunContext } from '../context';
import type { Errand, Means } from './errand';
import { sendWithRetries } from './sendWithRetries';
import { follow, sendAgain } from './follow';
import { search, sendRest, tellApart } from './isolate';
import { sendNew } from './newcomers';
import { settle } from './settle';
import { useUp } from './quota';
import { begin, type Step } from './step';

/** Delivers a chunk. */
export async function deliver(ctx: RunContext, call: Call, chunk: Chunk, means: Means = {}): Promise<void> {
	const errand = { ...means, ctx, call };
	const steps = begin(errand, chunk);
	if (steps[0]?.how.kind !== 'sendNew') return await workOff(errand, steps);
	// What was looked up together may take several requests: each is an errand of its own, as if it were a chunk.
	const parts = await take(errand, steps[0]);
	await atOnce(ctx, parts, async (part) => await workOff({ ...errand }, [part]));
}

/** Takes one step after the other; what a step leads to comes before what waits. */
async function workOff(errand: Errand, first: readonly Step[]): Promise<void> {
	let steps = [...first];
	for (let step = steps.shift(); step !== undefined; step = steps.shift()) {
		const next = await take(errand, step);
		if (next.length > 0) steps = [...next, ...steps];
	}
}

/** Takes a step. Returns those that it leads to. */
async function take(errand: Errand, { chunk, how, left }: Step): Promise<Step[]> {
	switch (how.kind) {
		case 'send': {
			const delivered = await sendWithRetries(errand.ctx, errand.call, chunk, left.attempts);
			if (delivered.kind !== 'outgrown') errand.onDelivered?.(delivered);
			return follow(errand, chunk, delivered, left);
		}
		case 'sendNew':
			return await sendNew(errand, chunk, left);
		case 'sendAgain':
			return await sendAgain(errand, chunk, how, left);
		case 'settle':
			return await settle(errand, chunk, how, left);
		case 'isolate': {
			const handOver = await errand.refusedOutright?.takeTurn(errand);
			try {
				await workOff(errand, tellApart(errand, chunk, how.refusal, left));
			} finally {
				handOver?.();
			}
			return [];
		}
		case 'useUp':
			return await useUp(errand, chunk, how.refusal, left);
		case 'search':
			return await search(errand, chunk, how, left);
		case 'sendRest':
			return await sendRest(errand, chunk, left);
	}
}
