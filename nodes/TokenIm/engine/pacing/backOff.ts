// How long to wait before trying again where the service named no wait.

/** Full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ */
const BACKOFF_BASE_MS = 500;
const BACKOFF_CAP_MS = 30_000;
/** 409: the first request is still running, which takes a service seconds rather than minutes. */
const BUSY_WAIT_MS = 1_000;
const BUSY_WAIT_CAP_MS = 15_000;

/**
 * A wait drawn from 0 to base × 2^(retry − 1), capped. `retry` counts from 1; `random` is in [0, 1).
 */
export function fullJitterMs(retry: number, random: number): number {
	return Math.round(random * ceilingMs(retry));
}

/**
 * The wait before a probe of a service that is out: half to all of the back-off, so that probes never come in a burst.
 */
export function probeDelayMs(probe: number, random: number): number {
	return Math.round(ceilingMs(probe) * (0.5 + random / 2));
}

/** Our own wait before the `repeat`-th repetition on 409, counted from 1: 1 s, doubling to 15 s. */
export function busyWaitMs(repeat: number): number {
	return Math.min(BUSY_WAIT_CAP_MS, BUSY_WAIT_MS * 2 ** Math.min(repeat - 1, 16));
}

function ceilingMs(retry: number): number {
	return Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** Math.min(Math.max(retry, 1) - 1, 16));
}
