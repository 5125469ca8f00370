// How a profile says which endpoint does what, with which body, and what the plan allows.

import { z } from 'zod';

import { lookupAnswer, resultsAnswer } from './answers';
import { pathTemplate, pointer, shape, wireName } from './text';

const COUNTED_LIMITS = ['usersPerRequest', 'groupsPerRequest', 'idsPerQuery', 'membersPerRequest'] as const;

const limit = z.number().int().min(1);
const method = z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);
const limits = shape({ entries: z.enum(COUNTED_LIMITS), members: z.enum(COUNTED_LIMITS).optional() });
const constants = z.record(wireName, z.union([z.string(), z.number(), z.boolean()])).default({});

/** Entries as objects in a list under a key. */
const objects = shape({ container: z.literal('objects'), key: wireName, constants });
/** Ids in a list under a key. */
const ids = shape({ container: z.literal('ids'), key: wireName, constants });

/** What a body says about entries whose id is taken. */
const conflict = shape({ key: wireName, keep: z.string(), fail: z.string(), update: z.string() });

const write = { method, keyed: z.boolean().default(false), limits, answer: resultsAnswer };
const top = pathTemplate([]);
const inGroup = pathTemplate(['groupId']);

export const operations = shape({
	createUsers: shape({ ...write, path: top, body: objects, conflict }),
	queryUsers: shape({ method, path: top, limits, body: ids, answer: lookupAnswer }),
	deleteUsers: shape({ ...write, path: top, body: ids }),
	createGroups: shape({ ...write, path: top, body: objects, conflict }),
	addMembers: shape({ ...write, path: inGroup, body: ids }),
	queryGroups: shape({ method, path: top, limits, body: ids, answer: lookupAnswer }),
	queryMembers: shape({ method, path: inGroup, limits, body: ids, answer: lookupAnswer }),
});

/** The plan's limits: what holds where the service names none, and where it names them. */
export const planLimits = shape({
	defaults: shape({
		usersPerRequest: limit,
		groupsPerRequest: limit,
		idsPerQuery: limit,
		membersPerRequest: limit,
		maxBodyBytes: limit,
		requestsPerSecond: limit.optional(),
		concurrentRequests: limit,
	}),
	/** Where the defaults were read, and when. */
	source: z.string(),
	asOf: z.string().date(),
	discovery: shape({
		method: z.literal('GET'),
		path: top,
		/** An answer without this object is not the service's. */
		present: pointer,
		values: shape({
			usersPerRequest: pointer.optional(),
			groupsPerRequest: pointer.optional(),
			idsPerQuery: pointer.optional(),
			membersPerRequest: pointer.optional(),
			maxBodyBytes: pointer.optional(),
			requestsPerSecond: pointer.optional(),
			concurrentRequests: pointer.optional(),
		}),
		/** Values by which the service says that it sets no rate. */
		unlimitedRates: z.array(z.union([z.number(), z.null()])).default([]),
		plan: pointer.optional(),
		userQuota: shape({ limit: pointer, used: pointer }).optional(),
		permissions: shape({ at: pointer, toCreateUsers: z.string() }).optional(),
		/** Statuses which say that the service names no limits. */
		absentStatuses: z.array(z.number().int()).default([]),
	}),
});

export type Operations = z.output<typeof operations>;
export type PlanLimits = z.output<typeof planLimits>;
