// How many requests may go, and how soon after each other (law 6).

import { describe, expect, it } from 'vitest';

import { RunLimits } from '../../../nodes/TokenIm/engine/pacing/limits';
import { Pace } from '../../../nodes/TokenIm/engine/pacing/pace';
import { paceOf } from './paces.mts';
import { LIMITS } from '../world.mts';

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

	it('is not halved again by a request that went at the very moment of the last step', () => {
		const { pace, counted } = paceOf({ concurrentRequests: 16 });
		const [first, second] = [pace.enter(0), pace.enter(100)];
		pace.leave(first, 'throttled', 0, 100);
		pace.leave(second, 'throttled', 0, 120);
		expect(counted(5_000)).toBe(8);
	});

	it('never falls below one', () => {
		const { pace, counted } = paceOf({ concurrentRequests: 2 });
		for (let now = 1; now < 10; now++) pace.leave(pace.enter(now * 100), 'throttled', 0, now * 100 + 1);
		expect(counted(60_000)).toBe(1);
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

describe('the request that reads the limits', () => {
	const afterIt = (planned: number | undefined) => {
		const limits = new RunLimits({ ...LIMITS, requestsPerSecond: 20 });
		const pace = new Pace(limits, () => 0.5, 0, Number.POSITIVE_INFINITY);
		pace.connect();
		pace.leave(pace.enter(1_000), 'success', undefined, 1_020);
		limits.adopt({ requestsPerSecond: planned });
		pace.adopt();
		return pace.permission(1_020);
	};

	it.each([
		[undefined, 1_020],
		[40, 1_025],
		[1_000, 1_020],
		[4, 1_250],
	])('is followed as soon as the plan allows: %s a second', (planned, at) => {
		expect(afterIt(planned)).toEqual({ at });
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

	it.each([undefined, 0])('is free where the plan names none: %s', (requestsPerSecond) => {
		const { pace, at } = paceOf({ requestsPerSecond });
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
