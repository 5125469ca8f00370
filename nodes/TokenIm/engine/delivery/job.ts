// A request that the service turned into a job: asked after until it is done (law 6).

import type { RunContext } from '../context';
import type { Delivered } from './delivered';
import { pulseOf } from '../pacing/decide';
import type { Call } from '../call';
import type { Reading } from '../wire';

const FIRST_ASK_MS = 1_000;
const ASK_CAP_MS = 15_000;
/** A job that is not through by then is lost from sight. */
const JOB_PATIENCE_MS = 30 * 60_000;

const NOT_DONE = 'the service took the rows as a job that was not done after 30 minutes';

/**
 * Asks after a job: after 1 s, then doubling to 15 s, or later where the service says so, for at most 30 minutes.
 *
 * @param firstWaitMs the wait that the answer named which made the job
 */
export async function awaitJob(
	ctx: RunContext,
	call: Call,
	jobId: string,
	firstWaitMs: number | undefined,
): Promise<Delivered> {
	const request = call.jobRequest(jobId);
	const endsAt = ctx.ports.now() + JOB_PATIENCE_MS;
	let namedMs = firstWaitMs;
	let stepMs = FIRST_ASK_MS;
	for (;;) {
		if (namedMs !== undefined) ctx.endIfTooLong(namedMs);
		const leftMs = endsAt - ctx.ports.now();
		if (leftMs <= 0 || (namedMs ?? 0) > leftMs) return { kind: 'jobLost', reason: NOT_DONE };
		await ctx.pauseAtLeast(Math.min(stepMs, leftMs), namedMs);
		const pass = await ctx.gate.enter();
		if (pass === undefined) return { kind: 'ended' };
		const reading = call.readJob(await ctx.transmit(request), ctx.ports.now());
		ctx.heed(call, reading, false);
		ctx.gate.leave(pass, pulseOf(reading), reading.kind === 'refused' ? reading.refusal.waitMs : undefined);
		if (reading.kind === 'complete') return reading;
		if (reading.kind === 'refused' && reading.refusal.class === 'stop')
			return { kind: 'refused', refusal: reading.refusal };
		// Whatever else is wrong with the question, the job may go on: its rows must not be sent again.
		if (reading.kind === 'refused' && !isPassing(reading.refusal.class))
			return { kind: 'jobLost', reason: reading.refusal.message };
		stepMs = Math.min(stepMs * 2, ASK_CAP_MS);
		namedMs = waitOf(reading);
	}
}

/** 429 and 503 close the gate instead. */
function waitOf(reading: Reading): number | undefined {
	if (reading.kind === 'job') return reading.waitMs;
	return reading.kind === 'refused' && reading.refusal.class === 'busy' ? reading.refusal.waitMs : undefined;
}

function isPassing(refusal: string): boolean {
	return ['transient', 'throttled', 'busy', 'nonce'].includes(refusal);
}
