// How a profile says what the plan allows.

import { z } from 'zod';

import { pathTemplate, pointer, shape } from './text';

const limit = z.number().int().min(1);

export const planLimits = shape({
	defaults: shape({
		usersPerRequest: limit,
		groupsPerRequest: limit,
		idsPerQuery: limit,
		membersPerRequest: limit,
		maxBodyBytes: limit.describe('Bytes of one body.'),
		requestsPerSecond: z.number().min(0.01).optional().describe('Requests in a second; 0.5 is one in two seconds.'),
		concurrentRequests: limit.describe('Requests under way at once.'),
	}).describe('What holds where the service names nothing.'),
	source: z.string().describe('Where the defaults were read.'),
	asOf: z.string().date().describe('When.'),
	discovery: shape({
		method: z.literal('GET'),
		path: pathTemplate,
		present: pointer.describe("An answer without an object here is not the service's."),
		values: shape({
			usersPerRequest: pointer.optional(),
			groupsPerRequest: pointer.optional(),
			idsPerQuery: pointer.optional(),
			membersPerRequest: pointer.optional(),
			maxBodyBytes: pointer.optional(),
			requestsPerSecond: pointer.optional(),
			concurrentRequests: pointer.optional(),
		}).describe('Where the answer carries which limit.'),
		unlimitedRates: z
			.array(z.union([z.number(), z.null()]))
			.default([])
			.describe('Values by which the service says that it sets no rate.'),
		plan: pointer.optional().describe('The name of the plan.'),
		userQuota: shape({ limit: pointer, used: pointer }).optional().describe('How many users the plan allows, and has.'),
		permissions: shape({ at: pointer, toCreateUsers: z.string() }).optional().describe('What the key may do.'),
		absentStatuses: z.array(z.number().int()).default([]).describe('Statuses which say that the service names no limits.'),
	})
		.optional()
		.describe('The endpoint that tells the limits of the plan, where there is one.'),
});

export type PlanLimits = z.output<typeof planLimits>;
