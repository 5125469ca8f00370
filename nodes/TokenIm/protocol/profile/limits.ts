// How a profile says what the plan allows.

import { z } from 'zod';

import { ENDPOINTS } from './refusals';
import { givenName, pathTemplate, pointer, shape } from './text';

/** Requests in a second: one in 100 seconds. A slower rate is no plan but a slip, and would hold a run for days. */
export const SLOWEST_RATE = 0.01;

const limit = z.number().int().min(1);

const defaults = shape({
	usersPerRequest: limit,
	groupsPerRequest: limit,
	idsPerQuery: limit,
	membersPerRequest: limit,
	usersPerPage: limit.optional().describe('Users on one page of a list.'),
	groupsPerPage: limit.optional().describe('Groups on one page of a list.'),
	maxBodyBytes: limit.describe('Bytes of one body.'),
	requestsPerSecond: z
		.number()
		.min(SLOWEST_RATE)
		.optional()
		.describe('Requests in a second; 0.5 is one in two seconds.'),
	concurrentRequests: limit.describe('Requests under way at once.'),
});

const rate = shape({
	operations: z.array(z.enum(ENDPOINTS)).min(1).describe('The operations that share it.'),
	requests: limit.describe('So many requests of theirs together …'),
	seconds: z.number().min(0.001).max(86_400).default(1).describe('… in so many seconds.'),
	each: z
		.literal('group')
		.optional()
		.describe('`group`: it holds for each group by itself, not for all together; operations on members only.'),
	source: z.string().optional().describe('Where that was read.'),
	asOf: z.string().date().optional().describe('When.'),
}).refine(({ requests, seconds }) => seconds / requests <= 1 / SLOWEST_RATE, 'at least one request in 100 seconds');

const rates = z.array(rate).max(50);

const ofPlan = shape({ ...defaults.partial().shape, rates: rates.optional() });

export const planLimits = shape({
	defaults: defaults.describe('What holds where the service names nothing.'),
	rates: rates
		.default([])
		.describe(
			'Rates of single operations, beside `requestsPerSecond`, which holds for all requests together. Requests go evenly spaced.',
		),
	plans: shape({
		value: givenName.describe('The value of the credential that names the plan; declared in `values`.'),
		table: z
			.record(z.string().min(1).max(60), ofPlan)
			.refine((table) => Object.keys(table).length > 0 && !Object.hasOwn(table, '__proto__'), 'name at least one plan')
			.describe('By plan: what differs from `defaults`, and `rates` that hold in place of those for all.'),
	})
		.optional()
		.describe('Where limits depend on the plan and the service does not tell them.'),
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
			usersPerPage: pointer.optional(),
			groupsPerPage: pointer.optional(),
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
		absentStatuses: z
			.array(z.number().int())
			.default([])
			.describe('Statuses which say that the service names no limits.'),
	})
		.optional()
		.describe('The endpoint that tells the limits of the plan, where there is one.'),
});

export type PlanLimits = z.output<typeof planLimits>;
export type DefaultLimits = z.output<typeof defaults>;
export type OperationRate = z.output<typeof rate>;
