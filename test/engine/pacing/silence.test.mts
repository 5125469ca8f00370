// When waiting is given up (law 6).

import { describe, expect, it } from 'vitest';

import { RunLimits } from '../../../nodes/TokenIm/engine/pacing/limits';
import { Pace } from '../../../nodes/TokenIm/engine/pacing/pace';
import { askedToWaitUntil } from '../../../nodes/TokenIm/engine/pacing/silence';
import { LIMITS } from '../world.mts';
import { paceOf } from './paces.mts';

const MINUTE = 60_000;

describe('silence', () => {
	const endOf = (permission: ReturnType<Pace['permission']>): string | undefined =>
		'end' in permission ? permission.end.code : undefined;

	it('of a minute ends the run where no connection was ever made in it', () => {
		const pace = new Pace(new RunLimits({ ...LIMITS }), () => 0.5, 0, Number.POSITIVE_INFINITY);
		pace.leave(pace.enter(0), 'transient', undefined, 1_000);
		expect(endOf(pace.permission(MINUTE - 1))).toBeUndefined();
		expect(endOf(pace.permission(MINUTE))).toBe('never_connected');
		pace.connect();
		expect(endOf(pace.permission(5 * MINUTE - 1))).toBeUndefined();
		expect(endOf(pace.permission(5 * MINUTE))).toBe('service_unavailable');
	});

	it('of 5 minutes ends the run', () => {
		const { pace, fail } = paceOf();
		fail(1, 1_000);
		expect(endOf(pace.permission(5 * MINUTE - 1))).toBeUndefined();
		expect(endOf(pace.permission(5 * MINUTE))).toBe('service_unavailable');
	});

	it.each(['transient', 'throttled', 'busy'] as const)(
		'begins with the last success, whatever comes after it: %s',
		(pulse) => {
			const { pace, succeed } = paceOf();
			succeed(1, MINUTE);
			pace.leave(pace.enter(2 * MINUTE), pulse, undefined, 2 * MINUTE);
			expect(endOf(pace.permission(6 * MINUTE - 1))).toBeUndefined();
			expect(endOf(pace.permission(6 * MINUTE))).toBe('service_unavailable');
		},
	);

	it('is counted while a request is under way that nothing answers', () => {
		const { pace } = paceOf();
		pace.enter(0);
		expect(endOf(pace.permission(5 * MINUTE - 1))).toBeUndefined();
		expect(endOf(pace.permission(5 * MINUTE))).toBe('service_unavailable');
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
