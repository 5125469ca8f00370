// How a profile says that requests are authenticated, told apart and kept from being done twice.

import { z } from 'zod';

import { answerHeader, headerName, headerTemplate, pathTemplate, pointer, shape, template } from './text';

/** What a string to sign may be made of. The secret is not among it: it only keys a step. */
const SIGNABLE = ['apiKey', 'method', 'pathWithQuery', 'timestamp', 'nonce', 'bodySha256'] as const;
/** What an authentication header may carry. */
const SENDABLE = ['apiKey', 'timestamp', 'nonce', 'signature'] as const;

const step = z.discriminatedUnion('step', [
	/** Starts with this text. */
	shape({ step: z.literal('template'), text: template(SIGNABLE) }),
	/** HMAC-SHA256 of what came before, keyed with the API secret. */
	shape({ step: z.literal('hmacSha256') }),
	/** Bytes as lower-case hex. */
	shape({ step: z.literal('hex') }),
]);

const ORDER = 'write the steps template, hmacSha256, hex in this order';

export const authentication = shape({
	headers: z.record(headerName, headerTemplate(SENDABLE)),
	timestamp: z.enum(['seconds', 'milliseconds']),
	nonce: shape({ kind: z.literal('hex'), length: z.number().int().min(8).max(128).multipleOf(2) }),
	signature: z
		.array(step)
		.refine((steps) => steps.map(({ step: name }) => name).join() === 'template,hmacSha256,hex', ORDER),
});

/** The id by which a request is found again in the service's log. */
export const requestId = shape({
	send: shape({ header: headerName, value: headerTemplate(['nonce']) }).optional(),
	answer: shape({ header: answerHeader.optional(), at: pointer.optional() }),
});

export const idempotency = shape({ header: headerName, maxLength: z.number().int().min(64) });

/** A request that the service turned into a job, and how to ask after it. */
export const jobs = shape({
	status: z.number().int().min(200).max(299),
	id: pointer,
	method: z.enum(['GET', 'POST']),
	path: pathTemplate(['jobId']),
	state: pointer,
	words: z.record(z.string(), z.enum(['running', 'done', 'failed'])),
	error: shape({ code: pointer, message: pointer }),
	/** Statuses that say that the job is known no more. */
	goneStatuses: z.array(z.number().int()).default([]),
});
