// How a profile says what an answer of success means for each entry.

import { z } from 'zod';

import { codeText, givenName, pointer, pointers, sentence, shape } from './text';

/** What the service's word for an entry's fate can mean. */
const ENTRY_STATUSES = [
	'created',
	'updated',
	'unchanged',
	'exists',
	'deleted',
	'absent',
	'added',
	'removed',
	'suspended',
	'reactivated',
	'failed',
] as const;

const PROVES = ['both', 'existence', 'absence'] as const;

const entryStatus = z.enum(ENTRY_STATUSES);
const codes = z.array(codeText).max(100).default([]);
const texts = z.array(z.string().min(3).max(200)).max(20).default([]);

/** What the service says of an entry that it refused. */
const entryError = shape({
	code: pointers.optional().describe('Where the code stands.'),
	message: pointers.optional().describe('Where the text for people stands.'),
	field: pointer.optional().describe('Where the name of the field stands that is to blame.'),
	retryable: pointer.optional().describe('Where `true` asks for the entry to be sent again.'),
});

/** What refusals of single entries mean. */
const meanings = {
	error: entryError.default({}).describe('What the service says of an entry that it refused.'),
	says: z
		.record(z.string().min(1).max(100), sentence)
		.default({})
		.describe("What verdicts say in place of the service's text, by code: what happened and what to do."),
	takenCodes: codes.describe(
		'Codes which say that it is so already: exists, is a member, is no member where one is removed, is suspended.',
	),
	takenTexts: texts.describe('Texts in the message which say that it is so already.'),
	retryableCodes: codes.describe('Codes which say that sending it again may help.'),
};

const id = pointer.optional().describe('Where its id stands; without it each element of the list is an id itself.');
const imId = pointer.optional().describe("The service's own id of what was written.");
const foundImId = z
	.union([
		pointer,
		shape({
			at: pointer.describe('Where it stands.'),
			isAccount: z
				.boolean()
				.default(false)
				.describe(
					'Whether no other account ever has it, also after a deletion, and answers to creates give the same: then *Undo* deletes only the very account that a run created. Never where it is the user id itself.',
				),
		}),
	])
	.optional()
	.describe("The service's own id of what was found.");

/** Whether a user may sign in. */
export const active = shape({
	at: pointer.describe('Where the record says it.'),
	words: z.record(z.string(), z.boolean()).describe('`true` for the words of who is active, `false` for suspended.'),
})
	.optional()
	.describe('Users: where a record says whether its user is suspended.');

const returns = z
	.record(
		givenName,
		shape({
			at: pointer.describe('Where it stands.'),
			secret: z.literal(true).default(true).describe('Always `true`: what is handed out is a secret.'),
		}),
	)
	.default({})
	.describe('Tokens and the like that an answer hands out. They are read only where the user asked for them.');

const memberResults = shape({
	at: pointer.describe('The list of results.'),
	id: pointer.describe('Where a result carries its id.'),
	index: pointer.optional().describe('Where a result carries the place of its entry in the request, from 0.'),
	status: pointer.describe('Where a result carries its status.'),
	words: z.record(z.string(), entryStatus).describe("The service's words, or numbers, for what became of an entry."),
	...meanings,
});

/** A list with one result for each entry. */
const results = memberResults.extend({
	kind: z.literal('results'),
	id: pointer
		.optional()
		.describe('Where a result carries its id; without it results stand in the order of the request.'),
	imId,
	returns,
	members: memberResults.optional().describe("Inside a group's result: what became of its members."),
});

const list = shape({
	at: pointer.describe('The list.'),
	id,
	optional: z.boolean().default(false).describe('Whether an answer without it means that it is empty.'),
});

const lists = shape({
	kind: z.literal('lists'),
	done: list.extend({ imId, returns }).optional().describe('Entries that were written.'),
	failed: list.optional().describe('Entries that were refused.'),
	rest: z
		.enum(['done', 'unanswered'])
		.describe('What holds for entries that stand in neither list; `done` where only failures are named.'),
	...meanings,
});

const map = shape({
	kind: z.literal('map'),
	at: pointer.describe('The map of results by id.'),
	success: pointer.describe('Where a result says whether it succeeded: `true`, or one of `values`.'),
	values: z.array(codeText).default(['true']).describe('What counts as success there.'),
	imId,
	returns,
	...meanings,
});

/** The request succeeded, and so did all of its entries. */
const all = shape({
	kind: z.literal('all'),
	id: pointer.optional().describe('Where the id of the one entry stands; an answer about another one is none.'),
	imId,
	returns,
	statuses: z
		.record(z.string().regex(/^2\d\d$/, 'write an HTTP status of success, such as 201'), entryStatus)
		.default({})
		.describe('HTTP statuses that say more than that it is done, such as `{"200":"updated"}`.'),
	membersAdded: z
		.boolean()
		.default(false)
		.describe(
			'Creating groups: `true` where success means that all members which the request named are in the group now. With `false` nothing is known of them, and `addMembers` adds them.',
		),
	emptyBody: z.boolean().default(false).describe('Whether an answer without a body counts.'),
});

export const writeAnswer = z.discriminatedUnion('kind', [
	results.describe('A list with one result for each entry.'),
	lists.describe('A list of what was done, a list of what was not, or one of the two.'),
	map.describe('A map of results by id.'),
	all.describe('All entries share the fate of their request.'),
]);

const proves = z
	.enum(PROVES)
	.default('both')
	.describe('What can be believed; what it does not prove is `unknown`, never missing or found.');

/** A list of what was found, and perhaps a list of the ids that were not. */
const lookup = shape({
	kind: z.literal('lookup'),
	found: pointer.describe('The list of what was found.'),
	id,
	imId: foundImId,
	active,
	missing: pointer.optional().describe('The list of what was not; without it, all that is not found is missing.'),
	missingId: pointer.optional().describe('Where an element of that list carries the id.'),
	proves,
});

const states = shape({
	kind: z.literal('states'),
	at: pointer.describe('The list of answers, one for each id.'),
	id: pointer.describe('Where an answer carries its id.'),
	imId: foundImId,
	status: pointer.describe('Where an answer says how it stands.'),
	words: z.record(z.string(), z.enum(['found', 'missing'])).describe("The service's words for that."),
	active,
	proves,
});

const record = shape({
	kind: z.literal('record'),
	at: pointer.default('@').describe('The record; `@` is the whole answer.'),
	id: pointer.optional().describe('Where it carries its id; a record of another id is no answer.'),
	imId: foundImId,
	active,
	proves,
});

const scalarAnswer = shape({
	kind: z.literal('scalar'),
	at: pointer.default('@').describe('Where the answer stands; `@` is the whole body.'),
	words: z.record(z.string(), z.enum(['found', 'missing'])).describe('What it means.'),
	proves,
});

export const lookupAnswer = z.discriminatedUnion('kind', [
	lookup.describe('A list of what was found, and perhaps one of what was not.'),
	states.describe('A list that says of each id how it stands.'),
	record.describe(
		'The record of the one that was asked for; a refusal of class `absent` means that it is missing. With `proves` at `existence`, a success without a record proves nothing.',
	),
	scalarAnswer.describe('One word or number.'),
]);

/** Where the service's own id of a found user or group stands. */
export function ownIdAt(imId: z.output<typeof foundImId>): string | undefined {
	return typeof imId === 'object' ? imId.at : imId;
}

/** Whether it tells one account from every other, for good. */
export function tellsAccounts(answer: LookupAnswer): boolean {
	return 'imId' in answer && typeof answer.imId === 'object' && answer.imId.isAccount && answer.proves !== 'absence';
}

export type WriteAnswer = z.output<typeof writeAnswer>;
export type ListsAnswer = z.output<typeof lists>;
export type MapAnswer = z.output<typeof map>;
export type AllAnswer = z.output<typeof all>;
export type ResultsAnswer = z.output<typeof results>;
export type MemberResults = z.output<typeof memberResults>;
export type LookupAnswer = z.output<typeof lookupAnswer>;
export type Meanings = Pick<MemberResults, 'error' | 'says' | 'takenCodes' | 'takenTexts' | 'retryableCodes'>;
export type Active = z.output<typeof active>;
export type Returns = z.output<typeof returns>;
