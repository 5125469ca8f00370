// Several requests of one chunk, as many under way at once as the plan allows.

import type { RunContext } from '../context';

/** Works on each; no more are begun than may be under way, and one that waits for its pass. Rejects as the first does. */
export async function atOnce<T>(ctx: RunContext, all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
	const left = all.values();
	const worker = async (): Promise<void> => {
		for (const one of left) await work(one);
	};
	await Promise.all(Array.from({ length: ctx.limits.concurrentRequests + 1 }, worker));
}
