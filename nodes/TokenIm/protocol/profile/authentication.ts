// How a profile says that requests are authenticated, told apart and kept from being done twice.

import { z } from 'zod';

import { computed } from './steps';
import {
	answerHeader,
	codeText,
	givenName,
	headerName,
	headerTemplate,
	pathTemplate,
	pointer,
	shape,
	template,
	wireName,
} from './text';

const status = z.number().int().min(100).max(599);

const nonce = z.discriminatedUnion('kind', [
	shape({ kind: z.literal('hex'), length: z.number().int().min(8).max(128).multipleOf(2).describe('Digits.') }),
	shape({ kind: z.literal('digits'), length: z.number().int().min(8).max(40).describe('Digits.') }),
	shape({ kind: z.literal('uint32') }).describe('A whole number below 2^32.'),
	shape({ kind: z.literal('uuid') }).describe('A UUID, version 4.'),
]);

/** A token that is asked for with one request and sent with the others. */
const token = shape({
	method: z.enum(['POST', 'GET']).default('POST').describe('The method of the request for the token.'),
	path: pathTemplate.describe('Its path after the base URL. No operation may have the same.'),
	as: z.enum(['json', 'form']).default('json').describe('How its body is written.'),
	body: z
		.record(wireName, template)
		.default({})
		.describe('Its body; `{apiKey}`, `{apiSecret}` and all values may stand in it.'),
	take: z
		.record(
			givenName,
			z.union([
				shape({ at: pointer.describe('Where it stands in the answer.') }),
				shape({ header: answerHeader.describe('The header of the answer that holds it.') }),
			]),
		)
		.refine((outputs) => Object.keys(outputs).length > 0, 'name at least one thing to take from the answer')
		.describe('What is taken from the answer, by the name that `headers` and `query` use.'),
	lifetime: shape({
		at: pointer.optional().describe('Where the answer says how long the token lives.'),
		unit: z
			.enum(['seconds', 'milliseconds', 'epochSeconds', 'epochMilliseconds'])
			.default('seconds')
			.describe('The unit of that number.'),
		zeroIsForever: z.boolean().default(false).describe('Whether 0 means that it never ends.'),
		defaultSeconds: z.number().int().min(60).default(3600).describe('How long it lives where the answer does not say.'),
	})
		.default({})
		.describe('How long the token is good.'),
	refreshBeforeSeconds: z.number().int().min(0).default(60).describe('How long before its end a new one is asked for.'),
	minimumIntervalSeconds: z.number().int().min(0).default(5).describe('Never asks for two tokens within this time.'),
	refreshOn: z
		.array(
			shape({
				status: status.optional().describe('The HTTP status; without it any.'),
				code: codeText.optional().describe('The code of the service; without it any.'),
			}),
		)
		.default([{ status: 401 }])
		.describe('Answers that say that the token is not good any more; the request goes once more with a new one.'),
});

export const authentication = shape({
	headers: z
		.record(headerName, headerTemplate)
		.default({})
		.describe(
			'Headers of every request, by name. The request for a token carries them too, but for those that carry the token.',
		),
	query: z
		.record(wireName, template)
		.default({})
		.describe(
			'Parameters of the query of every request, by name; values are percent-encoded. For the request for a token as with `headers`.',
		),
	timestamp: z.enum(['seconds', 'milliseconds', 'iso']).default('seconds').describe('What `{timestamp}` is.'),
	nonce: nonce.default({ kind: 'hex', length: 32 }).describe('What `{nonce}` is; a new one for each attempt.'),
	computed,
	token: token.optional().describe('A token that one request fetches and all others carry.'),
});

/** The id by which a request is found again in the service's log. */
export const requestId = shape({
	send: shape({
		header: headerName.describe('Its name.'),
		value: headerTemplate.describe('Its value; `{nonce}` and `{timestamp}` may stand in it.'),
	})
		.optional()
		.describe('A header with an id that the client makes.'),
	answer: shape({
		header: answerHeader.optional().describe('In this header, …'),
		at: pointer.optional().describe('… or at this place of the body.'),
	})
		.default({})
		.describe('Where an answer carries it.'),
});

export const idempotency = shape({
	header: headerName.describe('The header whose value makes it safe to send a write again.'),
	maxLength: z.number().int().min(64).describe('Characters that its value may have; 64 are sent.'),
	replayed: answerHeader
		.optional()
		.describe('The header of an answer that was given before and is given again; its value is then `true`.'),
});

/** A request that the service turned into a job, and how to ask after it. */
export const jobs = shape({
	status: z.number().int().min(200).max(299).describe('The HTTP status that says so.'),
	id: pointer.describe("Where the answer carries the job's id."),
	method: z.enum(['GET', 'POST']).describe('The method of the question.'),
	path: pathTemplate.describe('Where to ask; `{jobId}` is the id.'),
	state: pointer.describe('Where the answer tells how it stands.'),
	words: z.record(z.string(), z.enum(['running', 'done', 'failed'])).describe("The service's words for that."),
	error: shape({
		code: pointer.describe('Where its code stands.'),
		message: pointer.describe('Where its text for people stands.'),
	}).describe('Why it failed; holds for all that its results leave out.'),
	goneStatuses: z.array(status).default([]).describe('Statuses that say that the job is known no more.'),
});

export type Token = z.output<typeof token>;
export type Authentication = z.output<typeof authentication>;
