import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { busyWaitMs, fullJitterMs, probeDelayMs } from '../../../nodes/TokenIm/engine/pacing/backOff';

const ALMOST_1 = 1 - 2 ** -53;

describe('full jitter', () => {
	const table: ReadonlyArray<readonly [retry: number, ceilingMs: number]> = [
		[1, 500],
		[2, 1_000],
		[3, 2_000],
		[4, 4_000],
		[5, 8_000],
		[6, 16_000],
		[7, 30_000],
		[8, 30_000],
		[1_000_000, 30_000],
		[0, 500],
		[-3, 500],
	];
	it.each(table)('before retry %i draws from 0 to %i ms', (retry, ceilingMs) => {
		expect(fullJitterMs(retry, 0)).toBe(0);
		expect(fullJitterMs(retry, 0.5)).toBe(ceilingMs / 2);
		expect(fullJitterMs(retry, ALMOST_1)).toBe(ceilingMs);
	});
});

describe('the wait before a probe', () => {
	it.each([
		[1, 250, 500],
		[2, 500, 1_000],
		[5, 4_000, 8_000],
		[7, 15_000, 30_000],
		[99, 15_000, 30_000],
	])('number %i is half to all of the back-off: %i to %i ms', (probe, leastMs, mostMs) => {
		expect(probeDelayMs(probe, 0)).toBe(leastMs);
		expect(probeDelayMs(probe, 0.5)).toBe((leastMs + mostMs) / 2);
		expect(probeDelayMs(probe, ALMOST_1)).toBe(mostMs);
	});

	it('is a whole number of milliseconds, whatever is drawn, and so is every back-off', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 100 }),
				fc.double({ min: 0, max: ALMOST_1, noNaN: true }),
				(retry, random) => {
					for (const delayMs of [probeDelayMs(retry, random), fullJitterMs(retry, random)]) {
						expect(Number.isInteger(delayMs)).toBe(true);
						expect(delayMs).toBeGreaterThanOrEqual(0);
						expect(delayMs).toBeLessThanOrEqual(30_000);
					}
				},
			),
		);
	});
});

describe('our own wait on 409', () => {
	it.each([
		[1, 1_000],
		[2, 2_000],
		[4, 8_000],
		[5, 15_000],
		[1_000_000, 15_000],
	])('before repetition %i is %i ms', (repeat, waitMs) => {
		expect(busyWaitMs(repeat)).toBe(waitMs);
	});
});
