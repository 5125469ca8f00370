// The plan: its limits, what is left of its quota, what the key may do.

import type { Limits, PlanReading } from '../engine/types';
import { compileOptional, compilePointer, isRecord, listOf, textOf, wholeOf } from './pointer';
import type { Profile } from './profile';

type LimitName = keyof Profile['limits']['defaults'];

/** Reads the plan; `undefined` where the answer is not one that this service gives. */
export type PlanReader = (value: unknown) => PlanReading | undefined;

/** Compiles a reader. A limit that is no positive whole number is left out, one by one. */
export function compilePlan(profile: Pick<Profile, 'limits'>): PlanReader {
	const { discovery } = profile.limits;
	const presentOf = compilePointer(discovery.present);
	const planOf = compileOptional(discovery.plan);
	const permissionsOf = compileOptional(discovery.permissions?.at);
	const limitOf = compileOptional(discovery.userQuota?.limit);
	const usedOf = compileOptional(discovery.userQuota?.used);
	const limitsOf = compileLimits(discovery.values);
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

/** The limits that hold where the service names none; a fresh copy. */
export function defaultLimitsOf(profile: Pick<Profile, 'limits'>): Limits {
	const { requestsPerSecond, ...counts } = profile.limits.defaults;
	return { ...counts, requestsPerSecond };
}

function compileLimits(values: Profile['limits']['discovery']['values']): (value: unknown) => Partial<Limits> {
	const names: readonly LimitName[] = [
		'usersPerRequest',
		'groupsPerRequest',
		'idsPerQuery',
		'membersPerRequest',
		'maxBodyBytes',
		'requestsPerSecond',
		'concurrentRequests',
	];
	const readers = names.map((name) => ({ name, read: compileOptional(values[name]) }));
	return (value) => {
		const limits: Partial<Limits> = {};
		for (const { name, read } of readers) {
			const limit = wholeOf(read(value), 1);
			if (limit !== undefined) limits[name] = limit;
		}
		return limits;
	};
}
