// One round of the soak, drawn from a seed: who is to be created, with which settings, and how the service stumbles.

import fc from 'fast-check';
import type { Fault, FaultAction, FaultCondition, Tamper, Written } from '../../sandbox/faults/script.mts';

export interface RosterRow {
	readonly userId: string;
	readonly username: string;
	/** What the node must say of it: `''` is nothing. */
	readonly bad: '' | 'invalid';
}

export interface Round {
	readonly operation: 'batchCreate' | 'batchUpsert';
	readonly rows: readonly RosterRow[];
	/** Who is there before, of the rows. */
	readonly existing: readonly string[];
	readonly input: 'items' | 'file';
	readonly onError: 'continueRegularOutput' | 'continueErrorOutput';
	readonly options: Readonly<Record<string, number | boolean>>;
	readonly limits: {
		readonly usersPerRequest: number;
		readonly idsPerQuery: number;
		readonly concurrentRequests: number;
	};
	readonly faults: readonly Fault[];
	/** When somebody presses Stop; nobody does where it is left out. */
	readonly stopAfterMs?: number;
}

/** The longest that a write of these may come after the run. */
export function latestWriteMs(faults: readonly Fault[]): number {
	const isLate = ({ do: action }: Fault) =>
		action.kind === 'job' || action.kind === 'slow' || ('written' in action && typeof action.written === 'object');
	return faults.some(isLate) ? 1_200 : 0;
}

/** The same round for the same seed. */
export function drawRound(seed: number): Round {
	const [round] = fc.sample(rounds, { seed, numRuns: 1 });
	if (round === undefined) throw new Error('No round was drawn');
	return round;
}

const seldom = <T,>(arbitrary: fc.Arbitrary<T>, oneIn: number): fc.Arbitrary<T | undefined> =>
	fc.oneof({ weight: oneIn - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const written: fc.Arbitrary<Written> = fc.constantFrom<Written>(true, true, false, { lateMs: 300 });
const retryAfter = fc.constantFrom(undefined, 0, 1, 'soon', { dateInMs: 1_000 });

const tamper: fc.Arbitrary<Tamper> = fc.constantFrom<Tamper>(
	{ kind: 'short', count: 2 },
	{ kind: 'long', ids: ['stranger', 'toString'] },
	{ kind: 'reordered' },
	{ kind: 'repeated', count: 2 },
	{ kind: 'contradicting', count: 1 },
	{ kind: 'foreign', count: 2 },
	{ kind: 'withoutIds' },
	{ kind: 'withoutIndex' },
	{ kind: 'wrongTypes', count: 3 },
	{ kind: 'wrongTypes', list: true },
);

const passing: fc.Arbitrary<FaultAction> = fc.oneof(
	fc.record({ kind: fc.constant('rateLimited' as const), retryAfter }),
	fc.record({
		kind: fc.constant('serverError' as const),
		status: fc.constantFrom(500, 502, 503, 504),
		retryAfter: fc.constantFrom(undefined, 1),
		written,
	}),
	fc.record({ kind: fc.constant('html' as const), status: fc.constantFrom(200, 502, 503), written }),
	fc.record({ kind: fc.constant('emptyBody' as const), written: fc.boolean() }),
	fc.record({ kind: fc.constant('cutJson' as const), keep: fc.constantFrom(0, 0.5, 0.9) }),
	fc.record({ kind: fc.constant('hugeBody' as const), bytes: fc.constant(12 * 1024 * 1024), written }),
	fc.record({ kind: fc.constant('reset' as const), written }),
	fc.record({ kind: fc.constant('hang' as const), written }),
	fc.record({ kind: fc.constant('slow' as const), delayMs: fc.constantFrom(50, 400, 1_500) }),
	fc.record({
		kind: fc.constant('tooLarge' as const),
		code: fc.constant('too_many_items' as const),
		limit: fc.constantFrom(undefined, 10, 40),
	}),
	fc.record({
		kind: fc.constant('setLimits' as const),
		limits: fc.record({ usersPerRequest: fc.integer({ min: 10, max: 60 }) }),
	}),
	fc.record({
		kind: fc.constant('job' as const),
		polls: fc.constantFrom(0, 1, 2),
		vanishesAtPoll: fc.constantFrom(undefined, undefined, 1),
	}),
	fc.record({
		kind: fc.constant('job' as const),
		endsAfterMs: fc.constantFrom(100, 1_000),
		failsAfterEntries: fc.constantFrom(undefined, 0, 5),
	}),
	fc.record({ kind: fc.constant('keyInUse' as const), retryAfter: fc.constantFrom(0, 1) }),
	fc.record({
		kind: fc.constant('unauthorized' as const),
		code: fc.constant('nonce_reused' as const),
		written: fc.boolean(),
	}),
);

const final: fc.Arbitrary<FaultAction> = fc.constantFrom<FaultAction>(
	{ kind: 'unauthorized', code: 'invalid_key' },
	{ kind: 'forbidden' },
	{ kind: 'quotaExhausted' },
	{ kind: 'keyMismatch' },
	{ kind: 'redirect', location: 'https://elsewhere.example/' },
	{ kind: 'rateLimited', retryAfter: 30 * 86_400 },
);

const when: fc.Arbitrary<FaultCondition> = fc.oneof(
	fc.record({
		endpoint: fc.constant('users/batch' as const),
		request: fc.uniqueArray(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 3 }),
	}),
	fc.record({
		endpoint: fc.constantFrom('users/batch' as const, 'users/query' as const),
		chance: fc.constantFrom(0.1, 0.4),
		times: fc.integer({ min: 1, max: 4 }),
	}),
);

/** What tampers with an answer does so with that of a write: a failed job's list is believed (contract). */
const stumbles = fc.array(
	fc.oneof(
		{ weight: 4, arbitrary: fc.record({ when, do: passing }) },
		{ weight: 1, arbitrary: fc.record({ when, do: fc.record({ kind: fc.constant('tamper' as const), how: tamper }) }) },
	),
	{ maxLength: 5 },
);

const refusals = fc.record({
	share: fc.constantFrom(0, 0, 0.02),
	retryable: fc.boolean(),
	strict: seldom(fc.integer({ min: 0, max: 99 }), 6),
	named: fc.boolean(),
	ends: seldom(fc.record({ when: fc.record({ request: fc.integer({ min: 2, max: 15 }) }), do: final }), 7),
});

const options = fc.record(
	{
		batchSize: fc.constantFrom(10, 25, 60),
		concurrentRequests: fc.constantFrom(1, 2, 6),
		maximumRunTime: fc.constantFrom(1, 2, 5), // seconds
		includeInputFields: fc.boolean(),
	},
	{ requiredKeys: [] },
);

const rounds: fc.Arbitrary<Round> = fc
	.record({
		operation: fc.constantFrom('batchCreate' as const, 'batchCreate' as const, 'batchUpsert' as const),
		size: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 200, max: 1_500 })),
		name: fc.integer({ min: 1, max: 1_000_000_000 }),
		badEvery: fc.constantFrom(0, 17, 41),
		existEvery: fc.constantFrom(0, 0, 3, 50),
		input: fc.constantFrom('items' as const, 'items' as const, 'file' as const),
		onError: fc.constantFrom('continueRegularOutput' as const, 'continueErrorOutput' as const),
		options,
		limits: fc.record({
			usersPerRequest: fc.integer({ min: 5, max: 60 }),
			idsPerQuery: fc.integer({ min: 50, max: 200 }),
			concurrentRequests: fc.integer({ min: 1, max: 8 }),
		}),
		stumbles,
		refusals,
		stopAfterMs: seldom(fc.integer({ min: 5, max: 1_500 }), 12),
	})
	.map(({ size, name, badEvery, existEvery, stumbles: often, refusals: who, options: some, ...rest }): Round => {
		const rows = rosterOf(size, name, badEvery);
		const good = rows.flatMap(({ userId, bad }) => (bad === '' ? [userId] : []));
		const existing = existEvery === 0 ? [] : good.filter((_, index) => index % existEvery === 0);
		// No round may take longer, whatever was drawn; a request is given up after a second.
		const settings = { maximumRunTime: 20, requestTimeout: 1, ...some };
		return { ...rest, rows, existing, options: settings, faults: [...mindOf(good, who), ...often] };
	});

/** New people for each round. Of the bad rows half have an id that no service takes and half no name. */
function rosterOf(size: number, name: number, badEvery: number): RosterRow[] {
	return Array.from({ length: size }, (_, index): RosterRow => {
		const person = { userId: `r${name}-p${index + 1}`, username: `学生 ${index + 1}` };
		if (badEvery === 0 || index % badEvery !== badEvery - 1) return { ...person, bad: '' };
		return index % 2 === 0
			? { ...person, userId: `r${name} p${index}`, bad: 'invalid' }
			: { ...person, username: 'too long '.repeat(20), bad: 'invalid' };
	});
}

/** Whom the service refuses, in its answers or with the whole request, and when it ends the run. */
function mindOf(
	good: readonly string[],
	{
		share,
		retryable,
		strict,
		named,
		ends,
	}: { share: number; retryable: boolean; strict?: number; named: boolean; ends?: Fault },
): Fault[] {
	const refused = strict === undefined ? undefined : good[strict % Math.max(1, good.length)];
	return [
		...(ends === undefined ? [] : [ends]),
		...(refused === undefined
			? []
			: [
					{
						when: { endpoint: 'users/batch' as const, containsId: refused },
						do: { kind: 'invalidRequest' as const, named },
					},
				]),
		...(share === 0
			? []
			: [
					{
						when: { endpoint: 'users/batch' as const },
						do: { kind: 'failEntries' as const, ids: { share }, retryable, ...(retryable ? { timesEach: 2 } : {}) },
					},
				]),
	];
}
