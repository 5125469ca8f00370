// When the next request may go (law 6): arithmetic on a clock that only the test moves.

import { describe, expect, it } from 'vitest';

import { RunLimits } from '../../nodes/TokenIm/engine/limits';
import { askedToWaitUntil, Pace } from '../../nodes/TokenIm/engine/pace';
import type { Limits } from '../../nodes/TokenIm/engine/types';
import { LIMITS } from './world.mts';

const MINUTE = 60_000;

/** A pace whose every draw is `random`, starting at time 0. */
function paceOf(limits: Partial<Limits> = {}, random = 0.5, endsAt = Number.POSITIVE_INFINITY) {
	const pace = new Pace(new RunLimits({ ...LIMITS, ...limits }), () => random, 0, endsAt);
	return {
		pace,
		/** When a request may go; throws where it may not. */
		at(now: number): number {
			const permission = pace.permission(now);
			if (!('at' in permission)) throw new Error(JSON.stringify(permission));
			return permission.at;
		},
		/** How many requests may be under way at once. */
		counted(now: number): number {
			let count = 0;
			while ('at' in pace.permission(now)) {
				pace.enter(now);
				count++;
			}
			for (let left = count; left > 0; left--) pace.withdraw();
			return count;
		},
		succeed(times: number, now: number): void {
			for (let time = 0; time < times; time++) pace.leave(pace.enter(now), 'success', undefined, now);
		},
		fail(times: number, now: number, waitMs?: number): void {
			for (let time = 0; time < times; time++) pace.leave(pace.enter(now), 'transient', waitMs, now);
		},
	};
}

describe('concurrency', () => {
	it('is what the plan allows', () => {
		expect(paceOf({ concurrentRequests: 7 }).counted(0)).toBe(7);
	});

	it('is halved by 429, once for each burst', () => {
		const { pace, counted } = paceOf({ concurrentRequests: 16 });
		const burst = Array.from({ length: 8 }, () => pace.enter(0));
		for (const pass of burst) pace.leave(pass, 'throttled', 1_000, 100);
		expect(counted(1_100)).toBe(8);
		pace.leave(pace.enter(1_100), 'throttled', 1_000, 1_200);
		expect(counted(2_200)).toBe(4);
	});

	it('never falls below one', () => {
		const { pace, counted } = paceOf({ concurrentRequests: 2 });
		for (let now = 1; now < 10; now++) pace.leave(pace.enter(now * 100), 'throttled', 0, now * 100 + 1);
		expect(counted(MINUTE)).toBe(1);
	});

	it('rises one step for each 20 successes in a row, up to what the plan allows', () => {
		const { pace, counted, succeed } = paceOf({ concurrentRequests: 4 });
		pace.leave(pace.enter(0), 'throttled', 0, 1);
		pace.leave(pace.enter(2_000), 'throttled', 0, 2_001);
		expect(counted(10_000)).toBe(1);
		succeed(19, 10_000);
		expect(counted(10_000)).toBe(1);
		succeed(1, 10_000);
		expect(counted(10_000)).toBe(2);
		succeed(40, 10_000);
		expect(counted(10_000)).toBe(4);
		succeed(100, 10_000);
		expect(counted(10_000)).toBe(4);
	});

	it('does not rise where a failure comes between', () => {
		const { pace, counted, succeed, fail } = paceOf({ concurrentRequests: 4 });
		pace.leave(pace.enter(0), 'throttled', 0, 1);
		succeed(19, 10_000);
		fail(1, 10_000);
		succeed(19, 10_000);
		expect(counted(10_000)).toBe(2);
	});

	it('follows limits that were read', () => {
		const limits = new RunLimits({ ...LIMITS, concurrentRequests: 1 });
		const pace = new Pace(limits, () => 0.5, 0, Number.POSITIVE_INFINITY);
		limits.adopt({ concurrentRequests: 3, requestsPerSecond: 10 });
		pace.adopt();
		pace.enter(0);
		expect(pace.permission(0)).toEqual({ at: 100 });
		pace.enter(100);
		pace.enter(200);
		expect(pace.permission(300)).toEqual({ blocked: true });
	});
});

describe('rate', () => {
	it('spaces requests evenly, and idle time is no credit', () => {
		const { pace, at } = paceOf({ requestsPerSecond: 20, concurrentRequests: 60 });
		expect(at(0)).toBe(0);
		pace.enter(0);
		expect(at(0)).toBe(50);
		pace.enter(50);
		expect(at(60)).toBe(100);
		pace.enter(1_000);
		expect(at(1_000)).toBe(1_050);
	});

	it('is free where the plan names none', () => {
		const { pace, at } = paceOf({ requestsPerSecond: undefined });
		pace.enter(0);
		expect(at(0)).toBe(0);
	});

	it('is lowered by 429 and raised again slowly', () => {
		const { pace, at, succeed } = paceOf({ requestsPerSecond: 10, concurrentRequests: 60 });
		const spacing = (now: number): number => {
			pace.enter(now);
			pace.withdraw();
			return at(now) - now;
		};
		pace.leave(pace.enter(0), 'throttled', 0, 1);
		expect(spacing(10_000)).toBe(150);
		pace.leave(pace.enter(20_000), 'throttled', 0, 20_001);
		expect(spacing(30_000)).toBeCloseTo(225);
		succeed(20, 30_000);
		expect(spacing(90_000)).toBeCloseTo(202.5);
		succeed(1_000, 90_000);
		expect(spacing(900_000)).toBeCloseTo(100);
	});

	it('is never lowered to less than a twentieth', () => {
		const { pace, at } = paceOf({ requestsPerSecond: 10 });
		for (let step = 1; step <= 20; step++) pace.leave(pace.enter(step), 'throttled', 0, step + 0.5);
		pace.leave(pace.enter(200_000), 'busy', undefined, 200_000);
		expect(at(200_000) - 200_000).toBeCloseTo(2_000);
	});
});

describe('the gate', () => {
	it('closes for as long as the service named, whatever is drawn', () => {
		for (const random of [0, 0.5, 0.999]) {
			const { pace, at } = paceOf({}, random);
			pace.leave(pace.enter(0), 'throttled', 3_000, 100);
			expect(at(100)).toBe(3_100);
		}
	});

	it('stays closed for the longest of several waits', () => {
		const { pace, at } = paceOf();
		const [one, other] = [pace.enter(0), pace.enter(0)];
		pace.leave(one, 'throttled', 5_000, 100);
		pace.leave(other, 'transient', 1_000, 200);
		expect(at(200)).toBe(5_100);
	});

	it('closes with full jitter on 429 without a wait, and on one of 0', () => {
		for (const waitMs of [undefined, 0]) {
			const { pace, at } = paceOf({}, 0.5);
			pace.leave(pace.enter(0), 'throttled', waitMs, 0);
			expect(at(0)).toBe(250);
			pace.leave(pace.enter(1_000), 'throttled', waitMs, 1_000);
			expect(at(1_000)).toBe(1_500);
		}
	});

	it('waits longer of its own accord where the service names a second for ever', () => {
		const { pace, at } = paceOf({}, 0.5);
		const waits = Array.from({ length: 8 }, (_, step) => {
			const now = (step + 1) * 30_000;
			pace.leave(pace.enter(now), 'throttled', 1_000, now);
			return at(now) - now;
		});
		expect(waits).toEqual([1_000, 1_000, 1_000, 1_000, 4_000, 8_000, 15_000, 15_000]);
	});

	it('stays open after three transient failures and closes after four: one probe at a time', () => {
		const { pace, at, fail, counted } = paceOf({ concurrentRequests: 4 }, 0.5);
		fail(3, 0);
		expect(at(0)).toBe(0);
		expect(counted(0)).toBe(4);
		fail(1, 0);
		expect(at(0)).toBe(375);
		expect(counted(375)).toBe(1);
		expect(pace.enter(375).probe).toBe(true);
	});

	it('lets probes go after half to all of the back-off, which doubles to 30 s', () => {
		for (const [random, share] of [
			[0, 0.5],
			[0.5, 0.75],
		] as const) {
			const { pace, at, fail } = paceOf({}, random);
			fail(4, 0);
			let now = 0;
			const waits = Array.from({ length: 8 }, () => {
				const opens = at(now);
				const waitMs = opens - now;
				now = opens;
				pace.leave(pace.enter(now), 'transient', undefined, now);
				return waitMs;
			});
			expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000].map((ms) => ms * share));
		}
	});

	it('takes a burst that was under way together for one failure of a probe', () => {
		const { pace, at } = paceOf({ concurrentRequests: 16 }, 0);
		const burst = Array.from({ length: 16 }, () => pace.enter(0));
		for (const pass of burst) pace.leave(pass, 'transient', undefined, 100);
		expect(at(100)).toBe(350);
	});

	it.each(['success', 'answered'] as const)('is open for all again after a probe that was %s', (pulse) => {
		const { pace, fail, counted } = paceOf({ concurrentRequests: 4 });
		fail(4, 0);
		pace.leave(pace.enter(500), pulse, undefined, 520);
		expect(counted(520)).toBe(4);
		expect(pace.enter(520).probe).toBe(false);
	});

	it('takes 429 for a sign of life after an outage', () => {
		const { pace, fail } = paceOf();
		fail(4, 0);
		pace.leave(pace.enter(500), 'throttled', 100, 520);
		expect(pace.enter(700).probe).toBe(false);
	});
});

describe('silence', () => {
	const endOf = (permission: ReturnType<Pace['permission']>): string | undefined => ('end' in permission ? permission.end.code : undefined);

	it('of 5 minutes ends the run', () => {
		const { pace, fail } = paceOf();
		fail(1, 1_000);
		expect(endOf(pace.permission(5 * MINUTE - 1))).toBeUndefined();
		expect(endOf(pace.permission(5 * MINUTE))).toBe('service_unavailable');
	});

	it.each(['transient', 'throttled', 'busy'] as const)('begins with the last success, whatever comes after it: %s', (pulse) => {
		const { pace, succeed } = paceOf();
		succeed(1, MINUTE);
		pace.leave(pace.enter(2 * MINUTE), pulse, undefined, 2 * MINUTE);
		expect(endOf(pace.permission(6 * MINUTE - 1))).toBeUndefined();
		expect(endOf(pace.permission(6 * MINUTE))).toBe('service_unavailable');
	});

	it('is none while nothing is amiss and nothing under way', () => {
		const { pace } = paceOf();
		expect(endOf(pace.permission(60 * MINUTE))).toBeUndefined();
	});

	it('is not counted while it passes in waits that the service named, up to 15 minutes', () => {
		const { pace } = paceOf();
		for (let now = 0; now < 30 * MINUTE; now += 2 * MINUTE) {
			if (endOf(pace.permission(now)) !== undefined) {
				expect(now).toBe(16 * MINUTE);
				return;
			}
			pace.leave(pace.enter(now), 'throttled', 2 * MINUTE, now);
		}
		throw new Error('The run did not end');
	});

	it('says how long it was', () => {
		const { pace, fail } = paceOf();
		fail(1, 0, 4 * MINUTE);
		const permission = pace.permission(9 * MINUTE);
		expect('end' in permission && permission.end.reason).toContain('for 9 minutes');
	});
});

describe('a wait that is too long', () => {
	it.each([
		[15 * MINUTE, false],
		[15 * MINUTE + 1, true],
	])('for a request alone: %i ms', (waitMs, isTooLong) => {
		expect(paceOf().pace.isTooLong(waitMs, 0)).toBe(isTooLong);
	});

	it('for a request alone is one that ends after the run does', () => {
		const { pace } = paceOf({}, 0.5, 10_000);
		expect(pace.isTooLong(6_000, 4_000)).toBe(false);
		expect(pace.isTooLong(6_001, 4_000)).toBe(true);
	});

	it('for all ends the run at once, with the time that was named', () => {
		const { pace } = paceOf();
		pace.leave(pace.enter(0), 'throttled', 15 * MINUTE + 1, 0);
		expect(pace.permission(0)).toEqual({ end: askedToWaitUntil(15 * MINUTE + 1) });
	});

	it('for all is one that ends after the run does', () => {
		const { pace } = paceOf({}, 0.5, 10_000);
		pace.leave(pace.enter(0), 'transient', 10_001, 0);
		expect(pace.permission(0)).toEqual({ end: askedToWaitUntil(10_001) });
	});

	it('of our own making ends nothing', () => {
		const { pace, fail } = paceOf({}, 0.999, 100);
		fail(4, 0);
		expect('at' in pace.permission(0)).toBe(true);
	});
});
