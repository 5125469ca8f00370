// How soon one request may follow another (law 6): the plan's rate, and those of single endpoints.

import type { Rate } from '../call';
import type { RunLimits } from './limits';

/** 429 after 429 slows requests down to this share of what the plan allows. */
const MOST_SLOWNESS = 20;

export class Rates {
	/** How many times slower than allowed requests go. */
	private slowness = 1;
	private nextAt = 0;
	/** When the last request was due to go. */
	private lastAt = Number.NEGATIVE_INFINITY;
	/** When the next request of a bucket may go. */
	private readonly nextOfBucket = new Map<string, number>();

	constructor(private readonly limits: RunLimits) {}

	/** When a request with these rates may go; in the past where nothing holds it. */
	opensAt(rates: readonly Rate[]): number {
		return rates.reduce((at, { bucket }) => Math.max(at, this.nextOfBucket.get(bucket) ?? 0), this.nextAt);
	}

	/** A request with these rates goes. */
	take(now: number, rates: readonly Rate[]): void {
		this.lastAt = Math.max(now, this.nextAt);
		this.nextAt = this.lastAt + this.plannedSpacingMs() * this.slowness;
		for (const { bucket, spacingMs } of rates) this.nextOfBucket.set(bucket, now + spacingMs * this.slowness);
	}

	lower(): void {
		this.slowness = Math.min(MOST_SLOWNESS, this.slowness * 1.5);
	}

	raise(): void {
		this.slowness = Math.max(1, this.slowness * 0.9);
	}

	/** Limits were just read: all that they allow, from the request on that read them. */
	adopt(): void {
		this.slowness = 1;
		this.nextAt = this.lastAt + this.plannedSpacingMs();
	}

	/** Milliseconds between two requests; 0 where the plan names no rate. */
	private plannedSpacingMs(): number {
		const rate = this.limits.requestsPerSecond;
		return rate === undefined || rate <= 0 ? 0 : 1000 / rate;
	}
}
