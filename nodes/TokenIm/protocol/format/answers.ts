// How a profile says what an answer means: results for each entry, ids found and missing, refusals of whole requests.

import { z } from 'zod';

import { answerHeader, pointer, sentence, shape } from './text';

/** What the service's word for an entry's fate can mean. */
const ENTRY_STATUSES = ['created', 'updated', 'exists', 'deleted', 'absent', 'added', 'failed'] as const;

const REFUSAL_CLASSES = [
	'throttled',
	'transient',
	'busy',
	'nonce',
	'entry',
	'tooLarge',
	'absent',
	'stop',
] as const;

const entryError = shape({
	code: pointer,
	message: pointer,
	field: pointer.optional(),
	retryable: pointer.optional(),
});

const memberResults = shape({
	at: pointer,
	id: pointer,
	index: pointer.optional(),
	status: pointer,
	words: z.record(z.string(), z.enum(ENTRY_STATUSES)),
	error: entryError,
});

/** A list with one result for each entry. */
export const resultsAnswer = memberResults.extend({
	kind: z.literal('results'),
	/** The service's own id of what was written. */
	imId: pointer.optional(),
	/** Codes which say that the id is taken. */
	takenCodes: z.array(z.string()).default([]),
	/** Inside a group's result: what became of its members. */
	members: memberResults.optional(),
});

/** A list of what was found and a list of the ids that were not. */
export const lookupAnswer = shape({
	kind: z.literal('lookup'),
	found: pointer,
	/** Inside a found record; without it each element of the list is itself an id. */
	id: pointer.optional(),
	imId: pointer.optional(),
	missing: pointer,
});

const refusalRow = shape({
	status: z.number().int().min(300).max(599).optional(),
	code: z.string().optional(),
	class: z.enum(REFUSAL_CLASSES),
	limitOf: z.enum(['entries', 'members', 'bytes']).optional(),
	say: sentence,
}).refine((row) => row.status !== undefined || row.code !== undefined, 'name a status, a code or both');

export const refusals = shape({
	/** The service's own code for what happened. */
	code: pointer,
	/** The limit that was passed. */
	limit: pointer.optional(),
	/** The entries that a refused request is blamed on. */
	named: shape({
		at: pointer,
		index: pointer,
		code: pointer,
		message: pointer,
		field: pointer.optional(),
	}).optional(),
	/** Where the service says how long to wait; the first that can be read counts. */
	waits: z.array(shape({ header: answerHeader, as: z.literal('secondsOrDate') })).default([]),
	/** The first row that fits decides. What no row names is decided by its HTTP status. */
	table: z.array(refusalRow),
});

export type ResultsAnswer = z.output<typeof resultsAnswer>;
export type MemberResults = z.output<typeof memberResults>;
export type LookupAnswer = z.output<typeof lookupAnswer>;
export type Refusals = z.output<typeof refusals>;
