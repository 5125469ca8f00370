// When the next request may go (law 6): what answers mean for rates, concurrency, outage and silence. Arithmetic only:
// every method takes `now`, nothing here sleeps or sends.

import { fullJitterMs } from './backOff';
import type { Rate } from '../call';
import { Concurrency } from './concurrency';
import type { Pulse } from './decide';
import type { EndReason } from '../end';
import type { RunLimits } from './limits';
import { Outage, OUTAGE_AFTER } from './outage';
import { Rates } from './rates';
import { askedToWaitUntil, Silence } from './silence';

/** Successes in a row after which concurrency and rate go up one step. */
const RAISE_AFTER = 20;

export interface Pass {
	readonly probe: boolean;
	readonly sentAt: number;
}

export type Permission = { readonly at: number } | { readonly blocked: true } | { readonly end: EndReason };

export class Pace {
	private readonly rates: Rates;
	private readonly concurrency: Concurrency;
	private readonly outage = new Outage();
	private readonly silence: Silence;
	private gateOpensAt = 0;
	private gateNamed = false;
	private throttlesInRow = 0;
	private successesInRow = 0;
	private loweredAt = Number.NEGATIVE_INFINITY;

	constructor(
		limits: RunLimits,
		private readonly random: () => number,
		now: number,
		/** When *Maximum Run Time* is up; infinite where there is none. */
		runEndsAt: number,
	) {
		this.rates = new Rates(limits);
		this.concurrency = new Concurrency(limits);
		this.silence = new Silence(now, runEndsAt);
	}

	/** Takes over limits that were just read. */
	adopt(): void {
		this.rates.adopt();
		this.concurrency.adopt();
	}

	/** When a request with these rates may go, whether it must wait for one in flight, or why the run is over. */
	permission(now: number, rates: readonly Rate[] = []): Permission {
		if (this.concurrency.isIdle) this.silence.rest(now);
		if (now >= this.silence.endsAt) return { end: this.silence.reason };
		if (!this.concurrency.hasRoom(this.outage.isOn ? 1 : undefined)) return { blocked: true };
		if (this.gateNamed && this.gateOpensAt > now && this.silence.outlasts(this.gateOpensAt))
			return { end: askedToWaitUntil(this.gateOpensAt) };
		const at = Math.max(now, this.gateOpensAt, this.rates.opensAt(rates));
		return { at: Math.min(at, this.silence.endsAt) };
	}

	/** A request goes out. */
	enter(now: number, rates: readonly Rate[] = []): Pass {
		this.concurrency.enter();
		this.rates.take(now, rates);
		return { probe: this.outage.isOn, sentAt: now };
	}

	/** An answer came in, or none did. `waitMs` is the wait that the service named. */
	leave(pass: Pass, pulse: Pulse, waitMs: number | undefined, now: number): void {
		this.concurrency.leave();
		switch (pulse) {
			case 'success':
			case 'answered':
				this.silence.end(now);
				this.outage.end();
				this.throttlesInRow = 0;
				if (++this.successesInRow % RAISE_AFTER === 0) this.raise();
				break;
			case 'throttled':
				this.silence.goOn();
				this.outage.end();
				this.successesInRow = 0;
				this.lower(pass, now);
				this.closeGate(now, waitMs, this.throttleBackOffMs(waitMs));
				break;
			case 'transient':
				this.silence.goOn();
				this.outage.fail(pass.probe);
				this.successesInRow = 0;
				this.closeGate(now, waitMs, this.outage.probeDelayMs(this.random));
				break;
			case 'busy':
				this.silence.goOn();
				break;
		}
	}

	/** A request that was let in does not go after all. */
	withdraw(): void {
		this.concurrency.leave();
	}

	/** A request reached the service, whatever came of it. */
	connect(): void {
		this.silence.connect();
	}

	/** Time that passes in a wait which the service named for one request is not silence. */
	waitNamed(waitMs: number, now: number): void {
		this.silence.waitNamed(waitMs, now);
	}

	/** Whether a wait that the service named is longer than the run has left. */
	isTooLong(waitMs: number, now: number): boolean {
		return this.silence.isTooLong(waitMs, now);
	}

	/**
	 * A wait that the service named is taken as it is, without jitter; a longer one of our own wins, so that a service
	 * that names a second for ever is not asked every second.
	 */
	private closeGate(now: number, namedMs: number | undefined, ownMs: number): void {
		const opensAt = now + Math.max(namedMs ?? 0, ownMs);
		if (opensAt <= this.gateOpensAt) return;
		const named = namedMs !== undefined && namedMs >= ownMs;
		if (named) this.silence.waitNamed(namedMs, now);
		this.gateOpensAt = opensAt;
		this.gateNamed = named;
	}

	/** Our own wait on 429: where the service named none, and once it has refused five times in a row. */
	private throttleBackOffMs(namedMs: number | undefined): number {
		if (namedMs !== undefined && namedMs > 0 && this.throttlesInRow <= OUTAGE_AFTER) return 0;
		return fullJitterMs(Math.max(1, this.throttlesInRow), this.random());
	}

	/** Several refusals of one burst are one refusal: only requests sent after the last step down lower again. */
	private lower(pass: Pass, now: number): void {
		if (pass.sentAt <= this.loweredAt) return;
		this.loweredAt = now;
		this.throttlesInRow++;
		this.concurrency.lower();
		this.rates.lower();
	}

	private raise(): void {
		this.concurrency.raise();
		this.rates.raise();
	}
}
