// How a profile says what the plan allows.

import { z } from 'zod';

import { ENDPOINTS } from './refusals';
import { givenName, pathTemplate, pointer, shape } from './text';

/** Requests in a second: one in 100 seconds. A slower rate is no plan but a slip, and would hold a run for days. */
export const SLOWEST_RATE = 0.01;

const limit = z.number().int().min(1);

const defaults = shape({
	usersPerRequest: limit.describe('Users in one request.'),
	groupsPerRequest: limit.describe('Groups in one request.'),
	idsPerQuery: limit.describe('Ids that one look-up asks for; members on one page of a list.'),
	membersPerRequest: limit.describe('Members that one request adds, or takes out.'),
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

const ofPlan = shape({
	...defaults.partial().shape,
	rates: rates.optional().describe('Rates of the plan, in place of those for all.'),
});

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
		method: z.literal('GET').describe('The method of the request: GET.'),
		path: pathTemplate.describe('Its path after the base URL.'),
		present: pointer.describe("An answer without an object here is not the service's."),
		values: shape({
			usersPerRequest: pointer.optional().describe('Where it stands: users in one request.'),
			groupsPerRequest: pointer.optional().describe('Where it stands: groups in one request.'),
			idsPerQuery: pointer.optional().describe('Where it stands: ids that one look-up asks for.'),
			membersPerRequest: pointer.optional().describe('Where it stands: members that one request adds.'),
			usersPerPage: pointer.optional().describe('Where it stands: users on one page of a list.'),
			groupsPerPage: pointer.optional().describe('Where it stands: groups on one page of a list.'),
			maxBodyBytes: pointer.optional().describe('Where it stands: bytes of one body.'),
			requestsPerSecond: pointer.optional().describe('Where it stands: requests in a second.'),
			concurrentRequests: pointer.optional().describe('Where it stands: requests under way at once.'),
		}).describe('Where the answer carries which limit.'),
		unlimitedRates: z
			.array(z.union([z.number(), z.null()]))
			.default([])
			.describe('Values by which the service says that it sets no rate.'),
		plan: pointer.optional().describe('The name of the plan.'),
		userQuota: shape({
			limit: pointer.describe('Where it stands how many there may be.'),
			used: pointer.describe('Where it stands how many there are.'),
		})
			.optional()
			.describe('How many users the plan allows, and has.'),
		permissions: shape({
			at: pointer.describe('The list of permissions.'),
			toCreateUsers: z.string().describe('The one without which no users can be created.'),
		})
			.optional()
			.describe('What the key may do.'),
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
