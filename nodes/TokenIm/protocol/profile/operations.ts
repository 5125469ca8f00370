// How a profile says which endpoint does what.

import { z } from 'zod';

import { lookupAnswer, writeAnswer } from './answers';
import { body } from './body';
import { list } from './lists';
import { success } from './refusals';
import { pathTemplate, sentence, shape, template, wireName } from './text';

const COUNTED_LIMITS = ['usersPerRequest', 'groupsPerRequest', 'idsPerQuery', 'membersPerRequest'] as const;

const limits = (entries: (typeof COUNTED_LIMITS)[number]) =>
	shape({
		entries: z.enum(COUNTED_LIMITS).default(entries).describe('The limit that counts its entries.'),
		members: z
			.enum(COUNTED_LIMITS)
			.optional()
			.describe(
				'Groups with members: the limit that counts these. Without it a request holds all members of its group.',
			),
	})
		.default({})
		.describe('Which limits of the plan hold for it.');

const most = shape({
	entries: z.number().int().min(1).optional().describe('Entries in one request.'),
	members: z.number().int().min(0).optional().describe('Members in all the groups of one request together.'),
	bytes: z.number().int().min(64).optional().describe('Bytes of the body, or of what the query says.'),
	source: z.string().optional().describe('Where that was read.'),
	asOf: z.string().date().optional().describe('When.'),
})
	.optional()
	.describe('What one request may hold whatever the plan allows.');

/** What happens to ids that exist. */
const conflict = z
	.discriminatedUnion('by', [
		shape({
			by: z.literal('body'),
			key: wireName.describe('The key of the body.'),
			keep: z.string().describe('What stands there to keep what exists.'),
			fail: z.string().describe('What stands there to refuse it.'),
			update: z.string().describe('What stands there to change it.'),
		}).describe('The body says what to do: a key and its value for each choice of the user.'),
		shape({ by: z.literal('refusal') }).describe(
			'The service refuses an id that exists (class `taken`, `takenCodes`, `takenTexts`).',
		),
		shape({ by: z.literal('overwriting') }).describe(
			'The service overwrites what exists, and no look-up proves what is missing: rows are `updated`, and keeping what exists is not possible.',
		),
		shape({ by: z.literal('lookUp') }).describe(
			'The service overwrites what exists: it is looked up first, and only what is missing is sent.',
		),
	])
	.describe('What the service does with an id that exists.');

const endpoint = {
	method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).describe('The method of its requests.'),
	path: pathTemplate.describe(
		'The path after the base URL; `{userId}` and `{groupId}` where one request is about one of them.',
	),
	query: z.record(wireName, template).default({}).describe('Parameters of the query.'),
	most,
	success: success.optional().describe('What a success is, where it is not as the profile says for all.'),
};

const write = {
	...endpoint,
	keyed: z.boolean().default(false).describe('Whether it takes the idempotency key.'),
	body: body.describe('What the body, or the query, is made of.'),
	answer: writeAnswer.describe('What an answer of success says of each entry.'),
};
const read = {
	...endpoint,
	body: body.describe('What the body, or the query, is made of.'),
	answer: lookupAnswer.describe('What an answer of success says of each id.'),
};

/** An operation that the service does not have, or that its documents do not tell enough about. */
const unsupported = shape({ unsupported: sentence.describe('Why; the node says it before anything is sent.') });

function orUnsupported<Shape extends z.ZodTypeAny>(operation: Shape) {
	return z.union([operation, unsupported]);
}

const onlyIfFound = z
	.boolean()
	.default(false)
	.describe('The service would make who does not exist: queryUsers is asked first, and only who is there is sent.');

export const operations = shape({
	createUsers: orUnsupported(shape({ ...write, limits: limits('usersPerRequest'), conflict })).describe(
		'Batch Create; Batch Create or Update too, unless `updateUsers` is there.',
	),
	updateUsers: orUnsupported(shape({ ...write, limits: limits('usersPerRequest') }))
		.optional()
		.describe('What Create or Update calls, where it is not what Create calls.'),
	queryUsers: orUnsupported(shape({ ...read, limits: limits('idsPerQuery') })).describe(
		'Verify, and every look-up of users.',
	),
	deleteUsers: orUnsupported(shape({ ...write, limits: limits('usersPerRequest') })).describe(
		'Batch Delete, and Undo.',
	),
	suspendUsers: orUnsupported(shape({ ...write, limits: limits('usersPerRequest'), onlyIfFound }))
		.optional()
		.describe('Keeps users from signing in, and keeps all that is theirs.'),
	reactivateUsers: orUnsupported(shape({ ...write, limits: limits('usersPerRequest'), onlyIfFound }))
		.optional()
		.describe('Lets suspended users sign in again.'),
	listUsers: orUnsupported(list('usersPerPage')).optional().describe('Lists everybody.'),
	createGroups: orUnsupported(
		shape({
			...write,
			limits: limits('groupsPerRequest'),
			conflict,
			idFromService: z
				.boolean()
				.default(false)
				.describe('The service makes the id of a group: it is reported as `imId`, and members are added by it.'),
		}),
	).describe('Create groups.'),
	updateGroups: orUnsupported(shape({ ...write, limits: limits('groupsPerRequest') }))
		.optional()
		.describe('What Create or Update calls for groups, where it is not what Create calls.'),
	addMembers: orUnsupported(
		shape({
			...write,
			limits: limits('membersPerRequest'),
			lookUpFirst: z
				.boolean()
				.default(false)
				.describe(
					'The service would change the role of a member who is in the group: queryMembers is asked first, and only who is missing is sent.',
				),
		}),
	).describe('Add Members, and members that the request for a new group cannot hold.'),
	queryGroups: orUnsupported(shape({ ...read, limits: limits('idsPerQuery') })).describe(
		'Verify groups, and every look-up of groups.',
	),
	queryMembers: orUnsupported(shape({ ...read, limits: limits('idsPerQuery') })).describe(
		'Members of groups that are verified, and `lookUpFirst`.',
	),
	removeMembers: orUnsupported(shape({ ...write, limits: limits('membersPerRequest') }))
		.optional()
		.describe('Takes members out of a group.'),
	deleteGroups: orUnsupported(shape({ ...write, limits: limits('groupsPerRequest') }))
		.optional()
		.describe('Deletes groups; their members stay users.'),
	listGroups: orUnsupported(list('groupsPerPage')).optional().describe('Lists all groups.'),
	listMembers: orUnsupported(list('idsPerQuery')).optional().describe('Lists all members of a group.'),
});

export type Operations = z.output<typeof operations>;
export type Unsupported = z.output<typeof unsupported>;
