/** Fault scripts that come from outside, checked; the mistakes are named by their place. */
import { z } from 'zod';
import type { Fault, FaultAction, FaultCondition, Tamper } from './script.mts';
import { endpointNames } from '../routes.mts';

const count = z.number().int().min(0);
const texts = z.array(z.string());
const retryAfter = z.union([z.number(), z.string(), z.object({ dateInMs: z.number() }).strict()]);
const written = z.union([z.boolean(), z.object({ lateMs: z.number().min(0) }).strict()]);
const status = z.number().int().min(200).max(599);
const endpoint = z.enum(['limits', ...endpointNames]);

/** Partial limits, as `setLimits` and `PUT /sandbox/limits` take them. */
export const limitsSchema = z
	.object({
		usersPerRequest: count,
		groupsPerRequest: count,
		idsPerQuery: count,
		membersPerRequest: count,
		usersPerPage: count.min(1),
		groupsPerPage: count.min(1),
		maxBodyBytes: count,
		requestsPerSecond: z.number().min(0).nullable(),
		concurrentRequests: count.nullable(),
	})
	.partial()
	.strict();

const conditionSchema: z.ZodType<FaultCondition> = z
	.object({
		endpoint: z.union([endpoint, z.array(endpoint)]),
		request: z.union([count, z.array(count)]),
		from: count,
		to: count,
		every: count.min(1),
		containsId: z.union([z.string(), texts]),
		chance: z.number().min(0).max(1),
		times: count,
	})
	.partial()
	.strict();

const tamperSchema: z.ZodType<Tamper> = z.discriminatedUnion('kind', [
	action('short', { count: count.optional(), ids: texts.optional() }),
	action('long', { ids: texts.optional() }),
	action('reordered', {}),
	action('repeated', { count: count.optional() }),
	action('contradicting', { count: count.optional(), ids: texts.optional() }),
	action('foreign', { count: count.optional() }),
	action('withoutIds', {}),
	action('wrongIndex', {}),
	action('withoutIndex', {}),
	action('cursorAgain', {}),
	action('wrongTypes', { count: count.optional(), list: z.boolean().optional() }),
]);

const actionSchema: z.ZodType<FaultAction> = z.discriminatedUnion('kind', [
	action('rateLimited', { retryAfter: retryAfter.optional() }),
	action('serverError', {
		status: z.union([z.literal(500), z.literal(502), z.literal(503), z.literal(504)]).optional(),
		retryAfter: retryAfter.optional(),
		written: written.optional(),
	}),
	action('tooLarge', {
		code: z.enum(['too_many_items', 'too_many_members', 'body_too_large']).optional(),
		limit: count.optional(),
	}),
	action('invalidRequest', { named: z.boolean().optional() }),
	action('unauthorized', {
		code: z.enum(['invalid_key', 'invalid_signature', 'clock_skew', 'nonce_reused']),
		written: written.optional(),
	}),
	action('forbidden', {}),
	action('quotaExhausted', {}),
	action('keyInUse', { retryAfter: retryAfter.optional() }),
	action('keyMismatch', {}),
	action('cursorExpired', {}),
	action('redirect', { location: z.string(), status: status.optional() }),
	action('refusal', {
		status,
		body: z.unknown(),
		headers: z.record(z.string()).optional(),
		written: written.optional(),
	}),
	action('html', {
		status: status.optional(),
		retryAfter: retryAfter.optional(),
		written: written.optional(),
	}),
	action('emptyBody', { status: status.optional(), written: written.optional() }),
	action('cutJson', { keep: z.number().min(0).max(1).optional() }),
	action('hugeBody', {
		bytes: count
			.min(16)
			.max(2 ** 28)
			.optional(),
		written: written.optional(),
	}),
	action('reset', { written }),
	action('hang', { written }),
	action('slow', { delayMs: z.number().min(0) }),
	action('setLimits', { limits: limitsSchema }),
	action('setQuota', { quota: count.nullable() }),
	action('failEntries', {
		ids: z.union([texts, z.object({ share: z.number().min(0).max(1) }).strict()]),
		code: z.string().optional(),
		message: z.string().optional(),
		field: z.string().optional(),
		retryable: z.boolean().optional(),
		timesEach: count.optional(),
	}),
	action('job', {
		polls: count.optional(),
		endsAfterMs: z.number().min(0).optional(),
		retryAfter: z.union([z.number(), z.string()]).optional(),
		failsAfterEntries: count.optional(),
		error: z.object({ code: z.string(), message: z.string(), retryable: z.boolean().optional() }).optional(),
		vanishesAtPoll: count.optional(),
	}),
	action('tamper', { how: z.union([tamperSchema, z.array(tamperSchema)]) }),
]);

/** A script: a list of faults. */
export const faultsSchema: z.ZodType<Fault[]> = z.array(
	z.object({ when: conditionSchema.optional(), do: actionSchema }).strict(),
);

function action<Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) {
	return z.object({ kind: z.literal(kind), ...shape }).strict();
}
