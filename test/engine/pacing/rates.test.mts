// Calls with a rate of their own: it holds beside that of the plan, and for all calls that share it (law 6).

import { setImmediate as turn } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { RunEnd } from '../../../nodes/TokenIm/engine/end';
import { Gate } from '../../../nodes/TokenIm/engine/pacing/gate';
import type { Rate } from '../../../nodes/TokenIm/engine/call';
import { paceOf } from './paces.mts';
import { queryCall, scriptedCall } from '../service.mts';
import { ids, runRows } from '../world.mts';

const SLOW: Rate = { bucket: 'slow', spacingMs: 1_000 };
const QUICK: Rate = { bucket: 'quick', spacingMs: 10 };

describe('the pace of a call with rates', () => {
	it('spaces the requests of one bucket, and no others', () => {
		const { pace, at } = paceOf({ concurrentRequests: 60 });
		pace.enter(0, [SLOW]);
		expect([at(0, [SLOW]), at(0, [QUICK]), at(0)]).toEqual([1_000, 0, 0]);
		pace.enter(1_000, [SLOW]);
		expect(at(1_000, [SLOW])).toBe(2_000);
	});

	it('keeps to the slowest of its buckets and of the plan', () => {
		const { pace, at } = paceOf({ requestsPerSecond: 4, concurrentRequests: 60 });
		pace.enter(0, [SLOW, QUICK]);
		expect([at(0, [SLOW, QUICK]), at(0, [QUICK]), at(0)]).toEqual([1_000, 250, 250]);
	});

	it('gives no credit for idle time', () => {
		const { pace, at } = paceOf({ concurrentRequests: 60 });
		pace.enter(0, [SLOW]);
		pace.enter(10_000, [SLOW]);
		expect(at(10_000, [SLOW])).toBe(11_000);
	});

	it('is slowed down by 429 as the plan is', () => {
		const { pace, at } = paceOf({ concurrentRequests: 60 });
		pace.leave(pace.enter(0, [SLOW]), 'throttled', 0, 1);
		pace.enter(20_000, [SLOW]);
		expect(at(20_000, [SLOW])).toBe(21_500);
	});
});

describe('the gate', () => {
	it('lets nobody by whom no rate of his own holds back, however the clock moves while it looks', async () => {
		const { pace } = paceOf({ requestsPerSecond: 1_000, concurrentRequests: 60 });
		let time = 0;
		const gate = new Gate(pace, new RunEnd(), {
			now: () => (time += 0.06),
			sleep: async (delayMs) => {
				await turn();
				time += delayMs;
			},
		});
		const order: number[] = [];
		await Promise.all(
			Array.from({ length: 20 }, async (_, place) => {
				await gate.enter();
				order.push(place);
			}),
		);
		expect(order).toEqual(Array.from({ length: 20 }, (_, place) => place));
	});
});

describe('a run whose calls have rates', () => {
	const create = scriptedCall('create', { rates: [SLOW] });

	it('sends no two of them closer than they allow', async () => {
		const { sentTo, statuses } = await runRows({ ids: ids(500), call: create, limits: { concurrentRequests: 16 } });
		const times = sentTo('create').map(({ at }) => at);
		expect(statuses()).toEqual({ created: 500 });
		expect(times.slice(1).map((time, index) => time - (times[index] ?? 0))).toEqual([1_000, 1_000, 1_000, 1_000]);
	});

	it('does not make other calls wait for their turn', async () => {
		const lookUp = { ...queryCall(), rates: [QUICK] };
		const { sentTo, statuses } = await runRows({
			ids: ids(1_000),
			call: scriptedCall('create', { rates: [{ bucket: 'slow', spacingMs: 60_000 }], keyHeader: undefined }),
			operation: { lookUp },
			limits: { concurrentRequests: 4 },
			settings: { readLagMs: 0 },
			script: ({ name }, number, { people }) => {
				if (name !== 'create' || number !== 2) return undefined;
				people.create(ids(200).slice(100), undefined);
				return { lost: 'gone' };
			},
		});
		expect(statuses()).toEqual({ created: 900, exists: 100 });
		const lost = sentTo('create')[1]?.at ?? 0;
		const [first] = sentTo('query');
		expect((first?.at ?? 0) - lost).toBeLessThan(10_000);
	});

	it('lets what waits behind a slow call go as soon as the plan allows, not sooner', async () => {
		const { sentTo } = await runRows({
			ids: ids(300),
			call: create,
			limits: { requestsPerSecond: 0.5, concurrentRequests: 16 },
		});
		const times = sentTo('create').map(({ at }) => at);
		expect(times.slice(1).map((time, index) => time - (times[index] ?? 0))).toEqual([2_000, 2_000]);
	});
});
