// When the next request may go (law 6). Arithmetic only: every method takes `now`, nothing here sleeps or sends.

import { fullJitterMs, probeDelayMs } from './backOff';
import type { Pulse } from './decide';
import type { EndReason } from '../end';
import type { RunLimits } from './limits';
import type { Rate } from '../call';

/** Transient failures in a row after which the service counts as out and one probe at a time travels. */
export const OUTAGE_AFTER = 4;
/** A run without a success ends after this, … */
export const SILENCE_MS = 5 * 60_000;
/** … or after this where the time passed in waits that the service named. */
export const NAMED_SILENCE_MS = 15 * 60_000;
/** Successes in a row after which concurrency and rate go up one step. */
const RAISE_AFTER = 20;
/** 429 after 429 slows requests down to this share of what the plan allows. */
const MOST_SLOWNESS = 20;

export interface Pass {
	readonly probe: boolean;
	readonly sentAt: number;
}

export type Permission = { readonly at: number } | { readonly blocked: true } | { readonly end: EndReason };

export class Pace {
	private inFlight = 0;
	private concurrency: number;
	/** How many times slower than the plan allows requests go; 429 raises it. */
	private slowness = 1;
	private nextSlotAt = 0;
	/** When the next request of a bucket may go. */
	private readonly slots = new Map<string, number>();
	private gateOpensAt = 0;
	private gateNamed = false;
	private failuresInRow = 0;
	private throttlesInRow = 0;
	private successesInRow = 0;
	private loweredAt = Number.NEGATIVE_INFINITY;
	private silentSince: number;
	/** Time since the last success that passed in waits which the service named, up to this time. */
	private namedMs = 0;
	private namedUntil = 0;
	private isAmiss = false;
	/** Probes that have failed in a row; a burst of failures that were under way together is none. */
	private failedProbes = 0;

	constructor(
		private readonly limits: RunLimits,
		private readonly random: () => number,
		now: number,
		/** When *Maximum Run Time* is up; infinite where there is none. */
		private readonly runEndsAt: number,
	) {
		this.concurrency = limits.concurrentRequests;
		this.silentSince = now;
	}

	/** Takes over limits that were just read. */
	adopt(): void {
		this.concurrency = this.limits.concurrentRequests;
		this.slowness = 1;
	}

	/** When a request with these rates may go, whether it must wait for one in flight, or why the run is over. */
	permission(now: number, rates: readonly Rate[] = []): Permission {
		if (this.isQuiet()) this.silentSince = now;
		const deadline = this.silenceEndsAt();
		if (now >= deadline) return { end: this.silenceReason() };
		if (this.inFlight >= (this.isOut ? 1 : this.concurrency)) return { blocked: true };
		const slots = rates.map(({ bucket }) => this.slots.get(bucket) ?? 0);
		const at = Math.max(now, this.nextSlotAt, this.gateOpensAt, ...slots);
		if (
			this.gateNamed &&
			this.gateOpensAt > now &&
			this.gateOpensAt > Math.min(this.runEndsAt, this.silentSince + NAMED_SILENCE_MS)
		)
			return { end: askedToWaitUntil(this.gateOpensAt) };
		return { at: Math.min(at, deadline) };
	}

	/** A request goes out. */
	enter(now: number, rates: readonly Rate[] = []): Pass {
		this.inFlight++;
		this.nextSlotAt = Math.max(now, this.nextSlotAt) + this.plannedSpacingMs() * this.slowness;
		for (const { bucket, spacingMs } of rates) this.slots.set(bucket, now + spacingMs * this.slowness);
		return { probe: this.isOut, sentAt: now };
	}

	/** An answer came in, or none did. `waitMs` is the wait that the service named. */
	leave(pass: Pass, pulse: Pulse, waitMs: number | undefined, now: number): void {
		this.inFlight--;
		switch (pulse) {
			case 'success':
			case 'answered':
				this.signOfLife(now);
				break;
			case 'throttled':
				this.isAmiss = true;
				this.failuresInRow = 0;
				this.failedProbes = 0;
				this.slowDown(pass, now);
				this.closeGate(now, waitMs, this.throttleBackOffMs(waitMs));
				break;
			case 'transient':
				this.isAmiss = true;
				this.failuresInRow++;
				this.successesInRow = 0;
				if (pass.probe) this.failedProbes++;
				this.closeGate(now, waitMs, this.isOut ? probeDelayMs(this.failedProbes + 1, this.random()) : 0);
				break;
			case 'busy':
				this.isAmiss = true;
				break;
		}
	}

	/** A request that was let in does not go after all. */
	withdraw(): void {
		this.inFlight--;
	}

	/** Time that passes in a wait which the service named is not silence; waits at the same time count once. */
	waitNamed(waitMs: number, now: number): void {
		const until = now + waitMs;
		this.namedMs += Math.max(0, until - Math.max(now, this.namedUntil));
		this.namedUntil = Math.max(this.namedUntil, until);
	}

	/** Whether a wait that the service named is longer than the run has left. */
	isTooLong(waitMs: number, now: number): boolean {
		return waitMs > NAMED_SILENCE_MS || now + waitMs > Math.min(this.runEndsAt, this.silentSince + NAMED_SILENCE_MS);
	}

	private get isOut(): boolean {
		return this.failuresInRow >= OUTAGE_AFTER;
	}

	/** Nothing under way and nothing amiss: waiting for rows is not silence of the service. */
	private isQuiet(): boolean {
		return this.inFlight === 0 && !this.isAmiss && this.namedMs === 0;
	}

	private silenceEndsAt(): number {
		return this.silentSince + Math.min(NAMED_SILENCE_MS, SILENCE_MS + this.namedMs);
	}

	private silenceReason(): EndReason {
		const minutes = Math.round((this.silenceEndsAt() - this.silentSince) / 60_000);
		return {
			code: 'service_unavailable',
			reason: `The service has not carried out a request for ${minutes} minutes. Check that it is up and that the base URL is right, then run again.`,
		};
	}

	private signOfLife(now: number): void {
		this.isAmiss = false;
		this.failuresInRow = 0;
		this.failedProbes = 0;
		this.throttlesInRow = 0;
		this.namedMs = 0;
		this.namedUntil = now;
		this.silentSince = now;
		if (++this.successesInRow % RAISE_AFTER === 0) this.speedUp();
	}

	/**
	 * A wait that the service named is taken as it is, without jitter; a longer one of our own wins, so that a service
	 * that names a second for ever is not asked every second.
	 */
	private closeGate(now: number, namedMs: number | undefined, ownMs: number): void {
		const opensAt = now + Math.max(namedMs ?? 0, ownMs);
		if (opensAt <= this.gateOpensAt) return;
		const named = namedMs !== undefined && namedMs >= ownMs;
		if (named) this.waitNamed(namedMs, now);
		this.gateOpensAt = opensAt;
		this.gateNamed = named;
	}

	/** Our own wait on 429: where the service named none, and once it has refused five times in a row. */
	private throttleBackOffMs(namedMs: number | undefined): number {
		if (namedMs !== undefined && namedMs > 0 && this.throttlesInRow <= OUTAGE_AFTER) return 0;
		return fullJitterMs(Math.max(1, this.throttlesInRow), this.random());
	}

	/** Several refusals of one burst are one refusal: only requests sent after the last step down lower again. */
	private slowDown(pass: Pass, now: number): void {
		this.successesInRow = 0;
		if (pass.sentAt <= this.loweredAt) return;
		this.loweredAt = now;
		this.throttlesInRow++;
		this.concurrency = Math.max(1, Math.floor(this.concurrency / 2));
		this.slowness = Math.min(MOST_SLOWNESS, this.slowness * 1.5);
	}

	private speedUp(): void {
		this.concurrency = Math.min(this.limits.concurrentRequests, this.concurrency + 1);
		this.slowness = Math.max(1, this.slowness * 0.9);
	}

	/** Milliseconds between two requests; 0 where the plan names no rate. */
	private plannedSpacingMs(): number {
		const rate = this.limits.requestsPerSecond;
		return rate === undefined || rate <= 0 ? 0 : 1000 / rate;
	}
}

/** The sentence for a wait that is longer than the run can take. */
export function askedToWaitUntil(at: number): EndReason {
	const when = Number.isFinite(at) && Math.abs(at) < 8.64e15 ? new Date(at).toISOString() : 'a time far ahead';
	return { code: 'asked_to_wait', reason: `The service asked to wait until ${when}. Run again after that.` };
}
