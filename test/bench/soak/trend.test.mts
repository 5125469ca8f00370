// Whether memory grows: a line through samples, and when it is called a leak.

import { describe, expect, test } from 'vitest';
import { isLeak, trendOf, type Sample } from '../../../bench/soak/trend.mts';
import { createRandom } from '../../../sandbox/faults/random.mts';

/** A sample each two seconds for an hour: a level, a slope in KB a minute, noise of so many KB. */
function hour(slopeKb: number, noiseKb: number, seed = 1): Sample[] {
	const random = createRandom(seed);
	return Array.from({ length: 1_800 }, (_, index) => {
		const atMin = index / 30;
		return { atMin, kb: 40_000 + slopeKb * atMin + (random() - 0.5) * 2 * noiseKb };
	});
}

describe('the trend of samples', () => {
	test('of a straight line is its slope, without error', () => {
		const { slopeKbPerMin, standardError, meanKb } = trendOf(hour(12, 0), 10);
		expect(slopeKbPerMin).toBeCloseTo(12, 6);
		expect(standardError).toBeCloseTo(0, 6);
		expect(meanKb).toBeCloseTo(40_000 + 12 * 35, -1);
	});

	test('leaves the warm-up out', () => {
		const samples = hour(0, 0).map(({ atMin, kb }) => ({ atMin, kb: atMin < 10 ? kb / 2 : kb }));
		expect(trendOf(samples, 10).slopeKbPerMin).toBeCloseTo(0, 6);
		expect(trendOf(samples, 0).slopeKbPerMin).toBeGreaterThan(100);
	});

	test('of noise lies within three standard errors of its slope', () => {
		for (let seed = 1; seed <= 50; seed++) {
			const { slopeKbPerMin, standardError } = trendOf(hour(20, 2_000, seed), 10);
			expect(Math.abs(slopeKbPerMin - 20)).toBeLessThan(4 * standardError);
			expect(standardError).toBeGreaterThan(0);
		}
	});

	test('has an error as large as noise that stays for minutes makes it', () => {
		// The same noise, but each draw lasts for ninety samples: an error that takes samples as independent would be far too small.
		const draws = hour(0, 2_000).map(({ kb }) => kb);
		const slow = hour(0, 0).map(({ atMin }, index) => ({ atMin, kb: draws[Math.floor(index / 90)] ?? 0 }));
		expect(trendOf(slow, 10).standardError).toBeGreaterThan(2 * trendOf(hour(0, 2_000), 10).standardError);
	});

	test('of too few samples is refused', () => {
		expect(() => trendOf(hour(0, 0).slice(0, 10), 0)).toThrow('10 samples after the warm-up');
	});
});

describe('a leak', () => {
	const limit = 10;
	test.each([
		['a slope that is surely there and over the limit', { slopeKbPerMin: 30, standardError: 5 }, true],
		['a slope over the limit that may be noise', { slopeKbPerMin: 30, standardError: 11 }, false],
		['a slope that is surely there and under the limit', { slopeKbPerMin: 9, standardError: 1 }, false],
		['memory that shrinks', { slopeKbPerMin: -50, standardError: 1 }, false],
	])('%s: %o is %s', (_what, trend, expected) => {
		expect(isLeak({ ...trend, meanKb: 0, samples: 100 }, limit)).toBe(expected);
	});
});
