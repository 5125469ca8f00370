// What a profile asks the credential for, beside base URL, key and secret.

import { z } from 'zod';

import { characterSet } from './characterSet';
import { givenName, shape } from './text';

/** Names that mean something else in `{name}`. */
const TAKEN = [
	'apiKey',
	'apiSecret',
	'method',
	'path',
	'pathWithQuery',
	'query',
	'timestamp',
	'nonce',
	'body',
	'bodySha256',
	'userId',
	'groupId',
	'jobId',
	'id',
	'cursor',
	'limit',
];

const declared = shape({
	label: z.string().min(1).max(200).describe('What it is, for the person who fills the credential in.'),
	secret: z
		.boolean()
		.default(false)
		.describe('A secret may be used in `authentication` only; anything else may also stand in addresses and bodies.'),
	default: z.string().min(1).max(500).optional().describe('What holds where the credential does not give it.'),
	characterSet: characterSet.optional().describe('The characters that it may hold, such as `a-z0-9-`.'),
});

export const declaredValues = z
	.record(
		givenName.refine(
			(name) => !TAKEN.includes(name),
			`this name has a meaning already; not allowed: ${TAKEN.join(', ')}`,
		),
		declared,
	)
	.default({})
	.describe('Values that the credential is asked for, by the name that `{name}` uses.');

export type DeclaredValues = z.output<typeof declaredValues>;
