// What to do after one attempt: the only place that decides whether a request goes again.

import type { Reading, Refusal } from '../wire';

/** Attempts that a chunk has; waits that the service asked for and probes after an outage don't count. */
export const MAX_ATTEMPTS = 5;
/**
 * Probes that one create makes before its rows are looked up instead: over a minute of back-off, longer than a restart
 * takes. A create that itself brings the service down would otherwise be the only probe for as long as the run lasts.
 */
export const MAX_PROBES = 8;

/** What the service's health looks like from this answer; pacing reads it. */
export type Pulse = 'success' | 'answered' | 'throttled' | 'busy' | 'transient';

export type Next =
	/** The answer is complete: read it. */
	| { readonly do: 'settle' }
	/** The request became a job. */
	| { readonly do: 'poll' }
	/** The same request again; `counted` retries cost an attempt and the budget. */
	| { readonly do: 'retry'; readonly wait: 'gate' | 'backOff' | 'busy' | 'none'; readonly counted: boolean }
	/** Out of attempts: its rows are open. */
	| { readonly do: 'giveUp' }
	/** Refused as a whole: act on the refusal. */
	| { readonly do: 'refused'; readonly refusal: Refusal };

/** How an answer counts for pacing (law 6). */
export function pulseOf(reading: Reading): Pulse {
	if (reading.kind !== 'refused') return 'success';
	switch (reading.refusal.class) {
		case 'throttled':
			return 'throttled';
		case 'transient':
			return 'transient';
		case 'busy':
		case 'nonce':
			return 'busy';
		default:
			return 'answered';
	}
}

/** Whether an attempt counts: not what the service asked to wait for, and not a probe of a service that is out. */
export function isCounted(reading: Reading, probe: boolean): boolean {
	if (probe) return false;
	return reading.kind !== 'refused' || (reading.refusal.class !== 'throttled' && reading.refusal.class !== 'busy');
}

/**
 * Decides what follows an attempt.
 *
 * @param counted attempts of this request so far that count, this one included
 * @param probes how many of its attempts were probes of a service that is out, if this one was; else 0
 */
export function decide(
	reading: Reading,
	counted: number,
	probes: number,
	most: { readonly attempts: number; readonly probes: number },
): Next {
	if (reading.kind === 'complete') return { do: 'settle' };
	if (reading.kind === 'job') return { do: 'poll' };
	const { refusal } = reading;
	switch (refusal.class) {
		case 'throttled':
			// The gate is closed for everyone; this request waits before it like all others.
			return { do: 'retry', wait: 'gate', counted: false };
		case 'busy':
			// Only this request has a twin that is still running.
			return { do: 'retry', wait: 'busy', counted: false };
		case 'nonce':
			return counted < most.attempts ? { do: 'retry', wait: 'none', counted: true } : { do: 'giveUp' };
		case 'transient':
			if (probes >= most.probes) return { do: 'giveUp' };
			if (probes > 0) return { do: 'retry', wait: 'gate', counted: false };
			if (counted >= most.attempts) return { do: 'giveUp' };
			return { do: 'retry', wait: refusal.waitMs === undefined ? 'backOff' : 'gate', counted: true };
		default:
			return { do: 'refused', refusal };
	}
}
