/** Which faults of a script take part in a request. Counts and seed aside, a pure decision. */
import type { EntryError } from '../rules.mts';
import type { EndpointName } from '../types.mts';
import { chanceOf, createRandom, type Random } from './random.mts';
import type { Fault, FaultAction, FaultCondition } from './script.mts';

/** What a condition can ask about. Numbers begin at 1. */
export interface Asked {
	readonly endpoint: EndpointName | undefined;
	readonly number: number;
	/** Counted among the requests of each endpoint. */
	readonly numberOf: (endpoint: EndpointName) => number;
	readonly ids: () => ReadonlyArray<string | undefined>;
	readonly pathId: string | undefined;
}

export interface Hit {
	readonly action: FaultAction;
	/** The ids that `containsId` names. */
	readonly namedIds: readonly string[];
}

export interface FaultRun {
	hits(asked: Asked): Hit[];
	/** The error with which an entry is refused under these hits, and counts it. */
	entryError(hits: readonly Hit[], id: string): EntryError | undefined;
	readonly random: Random;
}

/** A script at its beginning: nothing has happened yet, and the seed's first number comes next. */
export function startFaults(faults: readonly Fault[], seed: number): FaultRun {
	const random = createRandom(seed);
	const happened = faults.map(() => 0);
	const refusedSoFar = new Map<FaultAction, Map<string, number>>();

	return {
		random,
		hits(asked) {
			return faults.flatMap((fault, at) => {
				const when = fault.when ?? {};
				if ((happened[at] ?? 0) >= (when.times ?? Number.POSITIVE_INFINITY)) return [];
				if (!holds(when, asked)) return [];
				if (when.chance !== undefined && random() >= when.chance) return [];
				happened[at] = (happened[at] ?? 0) + 1;
				return [{ action: fault.do, namedIds: list(when.containsId) }];
			});
		},
		entryError(hits, id) {
			for (const { action } of hits) {
				if (action.kind !== 'failEntries' || !isChosen(action.ids, id, seed)) continue;
				const counts = refusedSoFar.get(action) ?? new Map<string, number>();
				refusedSoFar.set(action, counts);
				const count = counts.get(id) ?? 0;
				if (count >= (action.timesEach ?? Number.POSITIVE_INFINITY)) continue;
				counts.set(id, count + 1);
				const { field, retryable = false } = action;
				const code = action.code ?? (retryable ? 'temporarily_unavailable' : 'refused');
				const message = action.message ?? (retryable ? 'Try again.' : 'The service refuses this entry.');
				return { code, message, retryable, ...(field === undefined ? {} : { field }) };
			}
			return undefined;
		},
	};
}

function holds(when: FaultCondition, asked: Asked): boolean {
	const { endpoint } = asked;
	const number = when.endpoint === undefined || endpoint === undefined ? asked.number : asked.numberOf(endpoint);
	if (when.endpoint !== undefined && (endpoint === undefined || !list(when.endpoint).includes(endpoint))) return false;
	if (when.request !== undefined && !list(when.request).includes(number)) return false;
	if (when.from !== undefined && number < when.from) return false;
	if (when.to !== undefined && number > when.to) return false;
	if (when.every !== undefined && number % when.every !== 0) return false;
	if (when.containsId === undefined) return true;
	const ids = new Set([...asked.ids(), asked.pathId]);
	return list(when.containsId).some((id) => ids.has(id));
}

function isChosen(ids: readonly string[] | { readonly share: number }, id: string, seed: number): boolean {
	return 'share' in ids ? chanceOf(seed, id) < ids.share : ids.includes(id);
}

function list<T extends string | number>(value: T | readonly T[] | undefined): readonly T[] {
	if (value === undefined) return [];
	return typeof value === 'object' ? value : [value];
}
