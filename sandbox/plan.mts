/** The plans one can start with, and the token bucket that keeps a plan's pace. */
import type { Limits, Plan } from './types.mts';

const standard: Limits = {
	usersPerRequest: 100,
	groupsPerRequest: 20,
	idsPerQuery: 200,
	membersPerRequest: 200,
	usersPerPage: 500,
	groupsPerPage: 200,
	maxBodyBytes: 1_048_576,
	requestsPerSecond: 20,
	concurrentRequests: 4,
};

/** Plans by name. `standard` is the contract's example; `unpaced` is for measuring. */
export const plans: ReadonlyMap<string, Plan> = new Map<string, Plan>([
	['standard', { name: 'standard', limits: standard, quota: 50_000 }],
	[
		'small',
		{
			name: 'small',
			limits: {
				...standard,
				usersPerRequest: 20,
				groupsPerRequest: 5,
				requestsPerSecond: 5,
				concurrentRequests: 2,
			},
			quota: 1_000,
		},
	],
	[
		'unpaced',
		{
			name: 'unpaced',
			limits: { ...standard, requestsPerSecond: null, concurrentRequests: 16 },
			quota: null,
		},
	],
]);

/** A plan of its own from a named one and what differs. Throws when the name is unknown. */
export function planOf(name: string, limits: Partial<Limits> = {}, quota?: number | null): Plan {
	const plan = plans.get(name);
	if (plan === undefined) throw new Error(`There is no plan "${name}"; there are ${[...plans.keys()].join(', ')}.`);
	return {
		name,
		limits: { ...plan.limits, ...limits },
		quota: quota === undefined ? plan.quota : quota,
	};
}

export interface Pace {
	/** Takes a token at `nowMs`. `waitMs` is 0 when there was one, else how long until there is. */
	take(nowMs: number, perSecond: number): { waitMs: number; remaining: number; resetSeconds: number };
}

/** A bucket that holds one second's worth of requests and fills evenly. */
export function createPace(): Pace {
	let tokens = Number.POSITIVE_INFINITY;
	let filledAtMs = 0;
	return {
		take(nowMs, perSecond) {
			const capacity = Math.max(1, perSecond);
			tokens = Math.min(capacity, tokens + (Math.max(0, nowMs - filledAtMs) * perSecond) / 1000);
			filledAtMs = nowMs;
			// Floating point must not turn "exactly one" into "not quite one".
			const waitMs = tokens > 1 - 1e-9 ? 0 : Math.ceil(((1 - tokens) * 1000) / perSecond);
			if (waitMs === 0) tokens = Math.max(0, tokens - 1);
			return {
				waitMs,
				remaining: Math.floor(tokens),
				resetSeconds: Math.ceil((capacity - tokens) / perSecond),
			};
		},
	};
}
