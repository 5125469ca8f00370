// The plan: its limits, what is left of its quota, what the key may do.

import type { Rate } from '../../engine/call';
import type { Limits, PlanReading } from '../../engine/wire';
import { SLOWEST_RATE, type DefaultLimits, type OperationRate } from '../profile/limits';
import type { EndpointName } from '../profile/refusals';
import { compileOptional, compilePointer, isRecord, listOf, textOf, wholeOf } from '../language/pointer';
import type { Profile } from '../profile/profile';

type Discovery = NonNullable<Profile['limits']['discovery']>;

const COUNTS = [
	'usersPerRequest',
	'groupsPerRequest',
	'idsPerQuery',
	'membersPerRequest',
	'usersPerPage',
	'groupsPerPage',
	'maxBodyBytes',
	'concurrentRequests',
] as const;

/** Reads the plan; `undefined` where the answer is not one that this service gives. */
export type PlanReader = (value: unknown) => PlanReading | undefined;

/** Compiles a reader. A count that is no positive whole number, and a rate that is no positive number, are left out one by one. */
export function compilePlan(discovery: Discovery): PlanReader {
	const presentOf = compilePointer(discovery.present);
	const planOf = compileOptional(discovery.plan);
	const permissionsOf = compileOptional(discovery.permissions?.at);
	const limitOf = compileOptional(discovery.userQuota?.limit);
	const usedOf = compileOptional(discovery.userQuota?.used);
	const limitsOf = compileLimits(discovery);
	return (value) => {
		if (!isRecord(presentOf(value))) return undefined;
		const plan = textOf(planOf(value), 80);
		const limit = wholeOf(limitOf(value), 0);
		const used = wholeOf(usedOf(value), 0);
		const permissions = listOf(permissionsOf(value))?.filter((item): item is string => typeof item === 'string');
		return {
			limits: limitsOf(value),
			...(plan === undefined ? {} : { plan }),
			...(limit === undefined || used === undefined ? {} : { userQuota: { limit, used } }),
			...(permissions === undefined ? {} : { permissions }),
		};
	};
}

type Limited = Pick<Profile, 'limits' | 'given'>;

/** The limits that hold where the service names none; a fresh copy. */
export function defaultLimitsOf(profile: Limited): Limits {
	const { requestsPerSecond, ...counts } = standing(profile).limits;
	return { ...counts, requestsPerSecond };
}

/** The rates of an operation, each with the bucket that it shares with others; one for each group where it is so. */
export function ratesOf(profile: Limited, operation: EndpointName, groupId?: string): readonly Rate[] {
	return standing(profile).rates.flatMap(({ operations, requests, seconds, each }, index) => {
		if (!operations.includes(operation)) return [];
		const bucket = each === undefined || groupId === undefined ? `rate ${index}` : `rate ${index} of ${groupId}`;
		return [{ bucket, spacingMs: (seconds * 1000) / requests }];
	});
}

/** What stands in the profile for the plan that the credential names. */
function standing({ limits, given = {} }: Limited): {
	readonly limits: DefaultLimits;
	readonly rates: readonly OperationRate[];
} {
	const { defaults, rates: ofAll, plans } = limits;
	const { rates = ofAll, ...ofPlan } = plans?.table[given[plans.value] ?? ''] ?? {};
	return { limits: { ...defaults, ...ofPlan }, rates };
}

function compileLimits({ values, unlimitedRates }: Discovery): (value: unknown) => Partial<Limits> {
	const readers = COUNTS.map((name) => ({ name, read: compileOptional(values[name]) }));
	const rateOf = compileOptional(values.requestsPerSecond);
	return (value) => {
		const limits: Partial<Limits> = {};
		for (const { name, read } of readers) {
			const limit = wholeOf(read(value), 1);
			if (limit !== undefined) limits[name] = limit;
		}
		const rate = rateOf(value);
		if (unlimitedRates.some((unlimited) => unlimited === rate)) limits.requestsPerSecond = undefined;
		else if (typeof rate === 'number' && rate >= SLOWEST_RATE) limits.requestsPerSecond = rate;
		return limits;
	};
}
