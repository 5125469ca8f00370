// How many cases the properties try, and what all of them vary.

import fc from 'fast-check';

import type { Limits } from '../../sandbox/types.mts';
import type { RunSettings } from './lab.mts';

/** Cases of all properties together: `TOKENIM_PROPERTY_RUNS`, or enough for every day. */
const ALL = Number(process.env.TOKENIM_PROPERTY_RUNS ?? 5_200);

/** The share of one property. */
export const numRuns = (share: number): number => Math.max(1, Math.round(ALL * share));

/** Small plans, so that a few rows make several requests. */
export const planOf = (): fc.Arbitrary<Limits> =>
	fc.record({
		usersPerRequest: fc.integer({ min: 1, max: 6 }),
		groupsPerRequest: fc.integer({ min: 1, max: 3 }),
		idsPerQuery: fc.integer({ min: 1, max: 8 }),
		membersPerRequest: fc.integer({ min: 1, max: 5 }),
		usersPerPage: fc.integer({ min: 1, max: 6 }),
		groupsPerPage: fc.integer({ min: 1, max: 3 }),
		maxBodyBytes: fc.constantFrom(1_048_576, 400),
		requestsPerSecond: fc.constantFrom(null, null, 20, 2),
		concurrentRequests: fc.integer({ min: 1, max: 4 }),
	});

const often = <T,>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
	fc.option(arbitrary, { nil: undefined, freq: 1 });
const seldom = <T,>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
	fc.oneof({ weight: 7, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

export const runSettings: fc.Arbitrary<RunSettings> = fc.record({
	seed: fc.integer({ min: 1, max: 1_000_000 }),
	maxRunTimeMs: seldom(fc.constantFrom(1_000, 10_000, 100_000)),
	stopAfterMs: seldom(fc.constantFrom(0, 5, 12, 300, 20_000)),
	caps: often(
		fc.record(
			{ entriesPerRequest: fc.integer({ min: 1, max: 4 }), concurrentRequests: fc.integer({ min: 1, max: 3 }) },
			{ requiredKeys: [] },
		),
	),
	unreachedMs: seldom(fc.constantFrom<readonly [number, number]>([0, 2_000], [20, 30_000], [50, 400_000])),
});
