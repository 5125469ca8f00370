// One request, from its first attempt to an answer that can be acted upon.

import { isOutgrown, type Chunk } from './chunk';
import type { RunContext } from '../context';
import type { Delivered } from './delivered';
import { idempotencyKey } from './idempotency';
import { awaitJob } from './job';
import { Nonces } from './nonces';
import { busyWaitMs, fullJitterMs } from '../pacing/backOff';
import { decide, isCounted, MAX_ATTEMPTS, MAX_PROBES, pulseOf } from '../pacing/decide';
import { mustLookUpFirst, type Call } from '../call';
import { leaveOpen } from './task';
import type { Exchange, Reading, WireRequest } from '../wire';

/**
 * Sends a chunk until an answer comes that settles, refuses or loses it. Marks on each task its attempts, the request
 * id of the answer, and whether an attempt of it is unsettled.
 *
 * @param whose that of a request which uses up what is left of a quota; all other writes wait for it
 */
export async function sendWithRetries(
	ctx: RunContext,
	call: Call,
	chunk: Chunk,
	maxAttempts = MAX_ATTEMPTS,
	whose?: 'usesUpQuota',
): Promise<Delivered> {
	const carried = { entries: chunk.tasks.map((task) => task.entry), parts: chunk.parts };
	const request = withKey(ctx, call, chunk);
	const most = { attempts: maxAttempts, probes: call.settlement === 'lookUp' ? MAX_PROBES : Number.POSITIVE_INFINITY };
	let counted = 0;
	let probes = 0;
	let busy = 0;
	let isOpen = false;
	const nonces = new Nonces();
	for (;;) {
		const pass = await ctx.gate.enter(call.rates);
		if (pass === undefined) return { kind: 'ended' };
		if (call.writes && whose !== 'usesUpQuota' && ctx.quota.isOn) {
			ctx.gate.withdraw();
			await ctx.quota.over();
			continue;
		}
		// What may have arrived under a key goes again as it was.
		if (!(isOpen && call.keyHeader !== undefined) && isOutgrown(call, chunk, ctx.limits)) {
			ctx.gate.withdraw();
			return { kind: 'outgrown' };
		}
		for (const task of chunk.tasks) task.attempts++;
		const answer = await ctx.transmit(request);
		const reading = nonces.judge(call.read(answer, ctx.ports.now(), carried));
		const waitMs = waitOf(reading);
		ctx.heed(call, reading);
		ctx.gate.leave(pass, pulseOf(reading), waitMs);
		ctx.end.lastFailure = failureOf(reading);
		const isUnsettled = note(chunk, reading, answer);
		isOpen ||= isUnsettled;
		if (isCounted(reading, pass.probe)) counted++;
		if (pass.probe) probes++;
		const next = decide(reading, counted, pass.probe ? probes : 0, most);
		switch (next.do) {
			case 'settle':
				ctx.budget.giveBack();
				if (reading.kind === 'complete') return reading;
				break;
			case 'poll':
				ctx.budget.giveBack();
				if (reading.kind === 'job') {
					const done = await awaitJob(ctx, call, reading.jobId, reading.waitMs);
					// Which request the job was made of says the answer that named it.
					return done.kind === 'complete' ? { ...done, replayed: reading.replayed } : done;
				}
				break;
			case 'refused':
				return { kind: 'refused', refusal: next.refusal };
			case 'giveUp':
				return { kind: 'open', reason: reasonOf(reading) };
			case 'retry':
				if (isUnsettled && mustLookUpFirst(call)) return { kind: 'open', reason: reasonOf(reading) };
				if (next.counted && !ctx.budget.take()) return { kind: 'open', reason: reasonOf(reading) };
				if (next.wait === 'busy') await ctx.pauseAtLeast(busyWaitMs(++busy), waitMs);
				if (next.wait === 'backOff') await ctx.pause(fullJitterMs(counted, ctx.ports.random()));
				break;
		}
	}
}

function withKey(ctx: RunContext, call: Call, chunk: Chunk): WireRequest {
	const request = call.request(
		chunk.tasks.map((task) => task.entry),
		chunk.parts,
	);
	if (call.keyHeader === undefined) return request;
	const positions = chunk.tasks.map((task) => task.position);
	const round = chunk.tasks.reduce((most, task) => Math.max(most, task.round), 0);
	return {
		...request,
		headers: { ...request.headers, [call.keyHeader]: idempotencyKey(ctx.identity, request, positions, round) },
	};
}

/** What the attempt leaves on its tasks. Never connected, or told that nothing was done: nothing is unsettled. */
function note(chunk: Chunk, reading: Reading, answer: Exchange): boolean {
	const isUnsettled =
		answer.kind !== 'unreached' &&
		(reading.kind === 'job' ||
			(reading.kind === 'refused' && ['transient', 'busy', 'nonce'].includes(reading.refusal.class)));
	for (const task of chunk.tasks) {
		if (reading.requestId !== undefined) task.requestId = reading.requestId;
	}
	if (isUnsettled) leaveOpen(chunk.tasks);
	return isUnsettled;
}

function waitOf(reading: Reading): number | undefined {
	return reading.kind === 'refused' ? reading.refusal.waitMs : undefined;
}

function reasonOf(reading: Reading): string {
	return reading.kind === 'refused' ? reading.refusal.message : 'no complete answer came';
}

function failureOf(reading: Reading): string | undefined {
	return reading.kind === 'refused' && pulseOf(reading) !== 'answered' ? reading.refusal.message : undefined;
}
