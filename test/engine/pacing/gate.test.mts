// The gate: closed for all by what the service names, and by an outage (law 6).

import { describe, expect, it } from 'vitest';

import { paceOf } from './paces.mts';

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

	it('that stays closed longer than the service named is not closed by the service', () => {
		const { pace } = paceOf({}, 0.999, 200_000);
		for (let step = 1; step <= 8; step++) pace.leave(pace.enter(step * 21_000), 'throttled', 1_000, step * 21_000);
		expect('at' in pace.permission(8 * 21_000)).toBe(true);
		for (let step = 9; step <= 9; step++) pace.leave(pace.enter(step * 21_000), 'throttled', 1_000, step * 21_000);
		expect('at' in pace.permission(9 * 21_000)).toBe(true);
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
