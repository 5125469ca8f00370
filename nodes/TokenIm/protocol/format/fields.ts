// How a profile says which fields a user and a group have, what they are called on the wire and what they may hold.

import { z } from 'zod';

import { parseCharacterSet } from '../characters';
import { shape, wireName } from './text';

const span = shape({ min: z.number().int().min(0).optional(), max: z.number().int().min(1).optional() });

/** A class such as `A-Za-z0-9_.@-`: single characters and ranges, nothing else. */
const characterSet = z
	.string()
	.max(200)
	.refine(
		(text) => parseCharacterSet(text) !== undefined,
		'write single characters and ranges, such as A-Za-z0-9_.@-, each range from the lower to the higher character',
	);

export const field = shape({
	/** Its key in bodies and answers. */
	wire: wireName,
	/** `userId` and `userIds` refer to users, by the rules of the user's id. */
	type: z.enum(['id', 'userId', 'userIds', 'text', 'url', 'dateTime', 'email', 'phone', 'attributes']),
	required: z.enum(['always', 'unlessUpdating', 'never']).default('never'),
	/** Length in bytes of UTF-8. */
	bytes: span.optional(),
	/** Length in characters (code points). */
	characters: span.optional(),
	characterSet: characterSet.optional(),
	/** Values that are refused although the other rules allow them. */
	not: z.array(z.string()).default([]),
	/** `id` only: whether `A` and `a` are two ids. */
	caseSensitive: z.boolean().default(true),
	/** `attributes` only. */
	attributes: shape({
		maxNames: z.number().int().min(1).optional(),
		maxValueCharacters: z.number().int().min(1).optional(),
	}).optional(),
});

export const fields = shape({
	user: shape({
		userId: field,
		username: field.optional(),
		avatarUrl: field.optional(),
		registeredAt: field.optional(),
		email: field.optional(),
		phone: field.optional(),
		attributes: field.optional(),
	}),
	group: shape({
		groupId: field,
		name: field.optional(),
		ownerId: field.optional(),
		memberIds: field.optional(),
		description: field.optional(),
		avatarUrl: field.optional(),
		attributes: field.optional(),
	}),
});

export type Field = z.output<typeof field>;
export type Fields = z.output<typeof fields>;
