// How a profile says what success is, and what refusals of whole requests mean.

import { z } from 'zod';

import { answerHeader, codeText, pointer, pointers, scalar, sentence, shape } from './text';

export const REFUSAL_CLASSES = [
	'throttled',
	'transient',
	'busy',
	'nonce',
	'entry',
	'taken',
	'tooLarge',
	'quota',
	'absent',
	'expired',
	'stop',
] as const;

export const ENDPOINTS = [
	'createUsers',
	'updateUsers',
	'queryUsers',
	'deleteUsers',
	'suspendUsers',
	'reactivateUsers',
	'listUsers',
	'createGroups',
	'updateGroups',
	'addMembers',
	'removeMembers',
	'queryGroups',
	'queryMembers',
	'deleteGroups',
	'listGroups',
	'listMembers',
] as const;

/** Beyond the HTTP status: what the body of an answer must say to be a success. */
export const success = shape({
	at: pointer.optional().describe('Where the answer says whether it succeeded.'),
	equals: z.array(scalar).default([]).describe('What stands there then; without a value, anything does.'),
	contains: z.string().min(3).max(200).optional().describe('A text that the text there holds then.'),
	statuses: z
		.array(z.number().int().min(200).max(299))
		.optional()
		.describe('HTTP statuses that count; without them all from 200 to 299.'),
});

const row = shape({
	status: z.number().int().min(200).max(599).optional().describe('The HTTP status.'),
	code: z
		.union([codeText, z.array(codeText).min(1).max(50)])
		.optional()
		.describe("The service's code, or several."),
	contains: z.string().min(3).max(200).optional().describe('A text that the message holds.'),
	operations: z.array(z.enum(ENDPOINTS)).optional().describe('Operations for which the row counts; without them all.'),
	class: z.enum(REFUSAL_CLASSES).describe('Who is to blame, and so what happens next.'),
	as: z.string().max(64).optional().describe('The code that verdicts carry instead.'),
	limitOf: z.enum(['entries', 'members', 'bytes']).optional().describe('`tooLarge` only: what there was too much of.'),
	waitMs: z
		.number()
		.int()
		.min(0)
		.max(900_000)
		.optional()
		.describe('The wait that this refusal asks for, in milliseconds.'),
	say: sentence.describe('What verdicts say: what happened and what to do.'),
}).refine(
	({ status, code, contains }) => status !== undefined || code !== undefined || contains !== undefined,
	'name a status, a code, a text or several of them',
);

const unit = z.enum(['secondsOrDate', 'seconds', 'milliseconds', 'epochSeconds', 'epochMilliseconds']);

const AS = 'What the number is.';

const wait = z.union([
	shape({ header: answerHeader.describe('The header that says it.'), as: unit.describe(AS) }),
	shape({ at: pointer.describe('Where the body says it.'), as: unit.exclude(['secondsOrDate']).describe(AS) }),
	shape({
		numberAfter: z.string().min(2).max(100).describe('The text before the number.'),
		in: pointer.describe('Where the text stands.'),
		as: z.enum(['seconds', 'milliseconds']).describe(AS),
	}),
]);

export const refusals = shape({
	code: pointers.describe("The service's own code for what happened; the first place that holds something counts."),
	text: pointers.optional().describe('The text for people, for `contains`; a body that is no JSON is itself one.'),
	limit: pointer.optional().describe('The limit that was passed.'),
	quota: shape({
		limit: pointer.describe('Where it says how many users the plan allows.'),
		used: pointer.describe('Where it says how many it has.'),
	})
		.optional()
		.describe(
			'How many users the plan allows, and has, in a refusal of class `quota`: the first rows that fit go, until none is left. Where both are not named, the run ends.',
		),
	named: shape({
		at: pointer.describe('The list of them.'),
		index: pointer.describe('Where an element carries the place of its entry in the request, from 0.'),
		code: pointer.describe('Where it carries the code.'),
		message: pointer.describe('Where it carries the text for people.'),
		field: pointer.optional().describe('Where it carries the name of the field that is to blame.'),
	})
		.optional()
		.describe('The entries that a refused request is blamed on.'),
	waits: z
		.array(wait)
		.max(10)
		.default([])
		.describe('Where the service says how long to wait; the first that can be read counts.'),
	otherwise: z
		.enum(REFUSAL_CLASSES)
		.default('stop')
		.describe(
			'What an answer of 2xx means whose body tells of no success and whose code no row names. Where a request is about one entry, `stop` is first taken for the fault of that entry.',
		),
	table: z
		.array(row)
		.max(200)
		.describe(
			'For every answer that is no success as a whole, of every operation, of the credential test and of the request for a token: its status is none of 2xx, or its body is none by `success`. The first row that fits decides; all that it names must hold. What no row names is decided by its HTTP status; where a request is about one entry, a code that would end the run is first taken for the fault of that entry. What a success says of single entries is read by `answer.error`, not here.',
		),
});

export type Refusals = z.output<typeof refusals>;
export type RefusalRow = z.output<typeof row>;
export type Wait = z.output<typeof wait>;
export type Success = z.output<typeof success>;
export type EndpointName = (typeof ENDPOINTS)[number];
