// How a profile says which fields a user and a group have, what they are called on the wire and what they may hold.

import { z } from 'zod';

import { characterSet } from './characterSet';
import { givenName, pointer, scalar, shape, template, wireName, wirePath } from './text';

const span = shape({
	min: z.number().int().min(0).optional().describe('The least.'),
	max: z.number().int().min(1).optional().describe('The most.'),
});

/** What may be said of any field. */
const common = {
	wire: wirePath.describe('Its key in bodies and answers; keys joined by dots lead into nested objects.'),
	required: z.enum(['always', 'unlessUpdating', 'never']).default('never').describe('Whether a row must give it.'),
	bytes: span.optional().describe('Length in bytes of UTF-8.'),
	characters: span.optional().describe('Length in characters (code points).'),
	characterSet: characterSet.optional().describe('The characters that it may hold, such as `A-Za-z0-9_.@-`.'),
	not: z.array(z.string()).default([]).describe('Values that are refused although the other rules allow them.'),
	notStartingWith: z
		.array(z.string().min(1).max(60))
		.max(50)
		.default([])
		.describe('Beginnings that the service keeps for itself.'),
	cast: z
		.enum(['number', 'epochSeconds', 'epochMilliseconds', 'json'])
		.optional()
		.describe('What its value is turned into for the wire: a number, a moment as a number, or its JSON as a text.'),
	default: scalar
		.optional()
		.describe(
			'What is sent where a row gives nothing and somebody is created. No request that may change who exists carries it, unless a look-up found nobody.',
		),
	unsent: z
		.boolean()
		.default(false)
		.describe('It is not written with the other fields: a path, `json` or `includesOwner` uses it.'),
	writeOnly: z.boolean().default(false).describe('No look-up gives it back, so Verify does not compare it.'),
	read: pointer.optional().describe('Where a found record carries it, if not at `wire`.'),
};

export const field = shape({
	...common,
	type: z
		.enum(['id', 'userId', 'userIds', 'text', 'url', 'dateTime', 'email', 'phone', 'attributes'])
		.describe('`userId` and `userIds` refer to users, by the rules of the id of a user.'),
	caseSensitive: z.boolean().default(true).describe('`id` only: whether `A` and `a` are two ids.'),
	template: template
		.refine((text) => text.split('{id}').length === 2, 'write {id} once')
		.optional()
		.describe('`id` only: how the service writes it, such as `@{id}:{domain}`; rows give what stands for `{id}`.'),
	wrap: wireName.optional().describe('`userIds` only: each id is sent as an object with this key.'),
	includesOwner: z.boolean().default(false).describe('`userIds` only: the owner of the group is sent as the first.'),
	attributes: shape({
		maxNames: z.number().int().min(1).optional().describe('How many.'),
		maxValueCharacters: z.number().int().min(1).optional().describe('How long the value of each, in characters.'),
	})
		.optional()
		.describe('`attributes` only: how many there may be, and how long.'),
});

/** A field that other services do not have: a password, a token, a language. */
const extra = shape({
	...common,
	type: z.enum(['text', 'url', 'dateTime', 'email', 'phone']).default('text').describe('What its cells are read as.'),
	secret: z.boolean().default(false).describe('Never in a message, a log or the result of Verify.'),
	generate: z
		.string()
		.max(60)
		.refine(
			(text) => /^[^{}]*\{random:([89]|[1-5]\d|6[0-4])\}[^{}]*$/.test(text),
			'write {random:N} once, N from 8 to 64, with text around it if need be',
		)
		.optional()
		.describe('What a row without a value gets, such as `{random:16}`: 16 random letters and digits.'),
});

const extras = z
	.record(givenName, extra)
	.optional()
	.describe('Fields that only this service has, by the name of their column.');

const users = {
	userId: field.describe('The id that rows give; of type `id`.'),
	username: field.optional().describe('The name that people see.'),
	avatarUrl: field.optional().describe('The address of a picture.'),
	registeredAt: field.optional().describe('When the account began.'),
	email: field.optional().describe('The e-mail address.'),
	phone: field.optional().describe('The phone number, with `+` and country code.'),
	attributes: field.optional().describe('Names and values that the service keeps beside the rest.'),
};

const groups = {
	groupId: field.describe('The id that rows give; of type `id`. Where the service makes its own, see `idFromService`.'),
	name: field.optional().describe('The name that people see.'),
	ownerId: field.optional().describe('Who owns the group; of type `userId`.'),
	memberIds: field.optional().describe('Who is in it; of type `userIds`.'),
	description: field.optional().describe('A text about the group.'),
	avatarUrl: field.optional().describe('The address of a picture.'),
	attributes: field.optional().describe('Names and values that the service keeps beside the rest.'),
};

export const fields = shape({
	user: shape(users).describe('The fields of a user. What is not named here is not sent.'),
	group: shape(groups).describe('The fields of a group.'),
	extra: extras,
})
	.describe('What users and groups have, what it is called on the wire, and what it may hold.')
	.superRefine(({ extra: more = {} }, context) => {
		for (const name of Object.keys(more)) {
			if (!(name in users) && !(name in groups)) continue;
			context.addIssue({
				code: 'custom',
				path: ['extra', name],
				message: 'this name is a field of every service; describe it under user',
			});
		}
	});

export type Field = z.output<typeof field>;
export type ExtraField = z.output<typeof extra>;
export type Fields = z.output<typeof fields>;
