// How long a run goes on without a success (law 6).

import type { EndReason } from '../end';

/** A run without a success ends after this, … */
const SILENCE_MS = 5 * 60_000;
/** … after this where no connection was ever made in it: then it is a setting, not an outage, … */
const NEVER_CONNECTED_MS = 60_000;
/** … or after this where the time passed in waits that the service named. */
const NAMED_SILENCE_MS = 15 * 60_000;

export class Silence {
	/** Time since the last success that passed in waits which the service named, up to this time. */
	private namedMs = 0;
	private namedUntil = 0;
	private isAmiss = false;
	private hasConnected = false;

	constructor(
		private since: number,
		/** When *Maximum Run Time* is up; infinite where there is none. */
		private readonly runEndsAt: number,
	) {}

	/** When the run is over, if nothing succeeds before. */
	get endsAt(): number {
		if (!this.hasConnected && this.isAmiss) return this.since + NEVER_CONNECTED_MS;
		return this.since + Math.min(NAMED_SILENCE_MS, SILENCE_MS + this.namedMs);
	}

	get reason(): EndReason {
		if (!this.hasConnected && this.isAmiss) return NEVER_CONNECTED;
		const minutes = Math.round((this.endsAt - this.since) / 60_000);
		return {
			code: 'service_unavailable',
			reason: `The service has not carried out a request for ${minutes} minutes. Check that it is up and that the base URL is right, then run again.`,
		};
	}

	/** A request reached the service, whatever came of it. */
	connect(): void {
		this.hasConnected = true;
	}

	/** Something succeeded. */
	end(now: number): void {
		this.isAmiss = false;
		this.namedMs = 0;
		this.namedUntil = now;
		this.since = now;
	}

	/** A request came back that was not carried out. */
	goOn(): void {
		this.isAmiss = true;
	}

	/** Nothing is under way: unless something is amiss, waiting for rows is not silence of the service. */
	rest(now: number): void {
		if (!this.isAmiss && this.namedMs === 0) this.since = now;
	}

	/** Time that passes in a wait which the service named is not silence; waits at the same time count once. */
	waitNamed(waitMs: number, now: number): void {
		const until = now + waitMs;
		this.namedMs += Math.max(0, until - Math.max(now, this.namedUntil));
		this.namedUntil = Math.max(this.namedUntil, until);
	}

	/** Whether a wait that the service named is longer than any, or than the run has left. */
	isTooLong(waitMs: number, now: number): boolean {
		return waitMs > NAMED_SILENCE_MS || this.outlasts(now + waitMs);
	}

	/** Whether the run cannot wait until then, though the service asks for it. */
	outlasts(until: number): boolean {
		return until > Math.min(this.runEndsAt, this.since + NAMED_SILENCE_MS);
	}
}

const NEVER_CONNECTED: EndReason = {
	code: 'never_connected',
	reason:
		'No connection to the service came about for a minute, and none did before in this run. Check the base URL of the credential, and that the service is up and can be reached from where n8n runs, then run again.',
};

/** The sentence for a wait that is longer than the run can take. */
export function askedToWaitUntil(at: number): EndReason {
	const when = Number.isFinite(at) && Math.abs(at) < 8.64e15 ? new Date(at).toISOString() : 'a time far ahead';
	return { code: 'asked_to_wait', reason: `The service asked to wait until ${when}. Run again after that.` };
}
