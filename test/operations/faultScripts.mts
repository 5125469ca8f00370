// Random fault scripts and settings, in the sandbox's own language, so that a case that fails reads like a story.

import fc from 'fast-check';

import type { Fault, FaultAction, FaultCondition, Tamper, Written } from '../../sandbox/faults/script.mts';
import type { EndpointName } from '../../sandbox/types.mts';

const written: fc.Arbitrary<Written> = fc.oneof(
	fc.boolean(),
	fc.boolean(),
	fc.record({ lateMs: fc.constantFrom(500, 5_000, 40_000) }),
);
const retryAfter = fc.constantFrom(undefined, undefined, 0, 1, 5, 'soon', { dateInMs: 3_000 });
const one = <const Action extends FaultAction>(action: Action): fc.Arbitrary<FaultAction> => fc.constant(action);

/** Ids that no roster holds, of which a service may speak all the same. */
const STRANGERS = ['stranger', 'toString'];

const tamper: fc.Arbitrary<Tamper> = fc.oneof(
	fc.record({ kind: fc.constant('short' as const), count: fc.integer({ min: 1, max: 3 }) }),
	fc.constantFrom<Tamper>(
		{ kind: 'long', ids: STRANGERS },
		{ kind: 'reordered' },
		{ kind: 'repeated', count: 2 },
		{ kind: 'contradicting', count: 1 },
		{ kind: 'foreign', count: 2 },
		{ kind: 'withoutIds' },
		{ kind: 'withoutIndex' },
		{ kind: 'wrongTypes', count: 3 },
		{ kind: 'wrongTypes', list: true },
	),
);

/** Faults that pass: the run goes on, whatever they cost. */
const passing: fc.Arbitrary<FaultAction> = fc.oneof(
	fc.record({ kind: fc.constant('rateLimited' as const), retryAfter }),
	fc.record({
		kind: fc.constant('serverError' as const),
		status: fc.constantFrom(500, 502, 503, 504),
		retryAfter,
		written,
	}),
	fc.record({ kind: fc.constant('html' as const), status: fc.constantFrom(200, 502, 503), written }),
	fc.record({ kind: fc.constant('emptyBody' as const), written: fc.boolean() }),
	fc.record({ kind: fc.constant('cutJson' as const), keep: fc.constantFrom(0, 0.5, 0.9) }),
	fc.record({ kind: fc.constant('reset' as const), written }),
	fc.record({ kind: fc.constant('reset' as const), written }),
	fc.record({ kind: fc.constant('hang' as const), written }),
	fc.record({ kind: fc.constant('slow' as const), delayMs: fc.constantFrom(2_000, 30_000, 70_000) }),
	fc.record({
		kind: fc.constant('tooLarge' as const),
		code: fc.constantFrom('too_many_items', 'too_many_members'),
		limit: fc.constantFrom(undefined, 1, 2, 3, 200),
	}),
	fc.record({
		kind: fc.constant('tooLarge' as const),
		code: fc.constant('body_too_large' as const),
		limit: fc.constantFrom(undefined, 90, 150, 300),
	}),
	fc.record({
		kind: fc.constant('setLimits' as const),
		limits: fc.record({
			usersPerRequest: fc.integer({ min: 1, max: 3 }),
			membersPerRequest: fc.integer({ min: 1, max: 3 }),
		}),
	}),
	fc.record({
		kind: fc.constant('job' as const),
		polls: fc.constantFrom(undefined, 0, 2, 5),
		failsAfterEntries: fc.constantFrom(undefined, undefined, 0, 2),
		vanishesAtPoll: fc.constantFrom(undefined, undefined, 1, 3),
	}),
	fc.record({
		kind: fc.constant('job' as const),
		endsAfterMs: fc.constantFrom(100, 5_000, 60_000),
		retryAfter: fc.constantFrom(undefined, 0, 3),
	}),
	fc.record({ kind: fc.constant('tamper' as const), how: tamper }),
	fc.record({ kind: fc.constant('tamper' as const), how: tamper }),
	one({ kind: 'keyInUse' }),
	fc.record({
		kind: fc.constant('unauthorized' as const),
		code: fc.constant('nonce_reused' as const),
		written: fc.boolean(),
	}),
);

/** Faults that end the run. */
const final: fc.Arbitrary<FaultAction> = fc.oneof(
	fc.record({ kind: fc.constant('unauthorized' as const), code: fc.constantFrom('invalid_key', 'clock_skew') }),
	one({ kind: 'forbidden' }),
	one({ kind: 'quotaExhausted' }),
	one({ kind: 'keyMismatch' }),
	one({ kind: 'redirect', location: 'https://elsewhere.example/' }),
	one({ kind: 'rateLimited', retryAfter: 30 * 86_400 }),
);

function conditions(endpoints: readonly EndpointName[]): fc.Arbitrary<FaultCondition> {
	const endpoint = fc.constantFrom<EndpointName | undefined>(...endpoints, ...endpoints, undefined);
	return fc.oneof(
		fc.record({ endpoint, request: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 }) }),
		fc.record({ endpoint, chance: fc.constantFrom(0.1, 0.3, 0.6), times: fc.integer({ min: 1, max: 8 }) }),
		fc.record({ endpoint, from: fc.integer({ min: 1, max: 6 }) }),
	);
}

export interface Refusing {
	/** Ids that the service refuses as entries, inside its answers. */
	readonly entries: readonly string[];
	readonly retryable: boolean;
	readonly timesEach: number | undefined;
	/** Ids for which a strict service refuses whole requests; `named`: and says which they are. */
	readonly batches: readonly string[];
	readonly named: boolean;
}

/**
 * What the service always does to some ids comes first: it is the service's mind, not a fault that passes.
 *
 * @param ids entries that may be refused inside answers
 * @param strictIds entries that may be refused with their whole request
 */
export function faultScripts(
	endpoints: readonly EndpointName[],
	ids: readonly string[],
	strictIds = ids,
): fc.Arbitrary<Fault[]> {
	const refusing: fc.Arbitrary<Refusing> = fc.record({
		entries: fc.subarray([...ids], { maxLength: 3 }),
		retryable: fc.boolean(),
		timesEach: fc.constantFrom(undefined, 1, 3),
		batches: fc.oneof(
			{ arbitrary: fc.constant([]), weight: 3 },
			{ arbitrary: fc.subarray([...strictIds], { maxLength: 3 }), weight: 1 },
		),
		named: fc.boolean(),
	});
	const passingFaults = fc.array(fc.record({ when: conditions(endpoints), do: passing }), { maxLength: 5 });
	const finalFaults = fc.array(
		fc.record({ when: fc.record({ request: fc.integer({ min: 1, max: 15 }) }), do: final }),
		{ maxLength: 1 },
	);
	return fc
		.tuple(
			refusing,
			passingFaults,
			fc.oneof({ arbitrary: fc.constant([]), weight: 4 }, { arbitrary: finalFaults, weight: 1 }),
		)
		.map(([who, often, ends]) => honest([...mindOf(who, endpoints), ...often, ...ends]));
}

/**
 * Without lies that nobody can see through: a job that failed holds its error against every entry that its list does
 * not name (contract), so that list stays as it is; and of two answers that contradict each other both arrive.
 */
function honest(faults: readonly Fault[]): Fault[] {
	const breaksOff = faults.some(({ do: action }) => action.kind === 'job' && action.failsAfterEntries !== undefined);
	const losesAnswers = faults.some(({ do: action }) => tampersOf(action).some(({ kind }) => LOSING.has(kind)));
	return faults.filter(({ when, do: action }) => {
		if (action.kind !== 'tamper') return true;
		if (losesAnswers && tampersOf(action).some(({ kind }) => kind === 'contradicting')) return false;
		return !breaksOff || when?.endpoint !== undefined;
	});
}

function tampersOf(action: FaultAction): readonly Tamper[] {
	return action.kind === 'tamper' ? [action.how].flat() : [];
}

/** After these an answer may lack what it said of an entry. */
const LOSING: ReadonlySet<Tamper['kind']> = new Set(['short', 'foreign', 'wrongTypes', 'withoutIds', 'withoutIndex']);

function mindOf(
	{ entries, retryable, timesEach, batches, named }: Refusing,
	endpoints: readonly EndpointName[],
): Fault[] {
	const writing = endpoints.filter((name) => !name.endsWith('query'));
	const faults: Fault[] = [];
	if (writing.length === 0) return faults;
	if (batches.length > 0)
		faults.push({ when: { endpoint: writing, containsId: batches }, do: { kind: 'invalidRequest', named } });
	if (entries.length > 0)
		faults.push({
			when: { endpoint: writing },
			do: { kind: 'failEntries', ids: entries, retryable, timesEach: retryable ? timesEach : undefined },
		});
	return faults;
}
