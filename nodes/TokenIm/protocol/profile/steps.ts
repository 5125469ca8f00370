// The named steps of which signatures and tickets are made.

import { z } from 'zod';

import { givenName, scalar, shape, template } from './text';

const HASHES = ['md5', 'sha1', 'sha256', 'sha512'] as const;

/** A text with `{name}`s, or one that is sent as a number. */
const claim = z.union([scalar, shape({ number: template.describe('A text that is written as a number.') })]);
const claims = z
	.record(z.string().min(1).max(60), claim)
	.refine((object) => !Object.hasOwn(object, '__proto__'), 'this name cannot be a key');

export const step = z.discriminatedUnion('step', [
	shape({ step: z.literal('template'), text: template.describe('Starts with this text; `\\u0000` is a zero byte.') }),
	shape({ step: z.literal('json'), object: claims.describe('Starts with this object as JSON, keys in this order.') }),
	shape({
		step: z.literal('jwt'),
		claims: claims.describe('The payload of a JSON Web Token, signed with HS256.'),
		key: template.default('{apiSecret}').describe('What keys the signature.'),
	}),
	shape({
		step: z.literal('basic'),
		user: template.describe('The user of HTTP Basic authentication.'),
		password: template.describe('The password; the result is `Basic` and both in base64.'),
	}),
	shape({
		step: z.literal('hmac'),
		algorithm: z.enum(HASHES).describe('The hash of the HMAC of what came before.'),
		key: template.default('{apiSecret}').describe('What keys it.'),
	}),
	shape({ step: z.literal('hash'), algorithm: z.enum(HASHES).describe('The hash of what came before.') }),
	shape({ step: z.literal('deflate') }).describe('Compresses what came before (zlib format, RFC 1950).'),
	shape({ step: z.literal('hex') }).describe('Bytes as lower-case hex.'),
	shape({ step: z.literal('base64') }).describe('Bytes as base64.'),
	shape({ step: z.literal('base64url') }).describe('Bytes as base64url without padding.'),
	shape({
		step: z.literal('characterMap'),
		map: z.record(z.string().length(1), z.string().max(4)).describe('Replaces single characters, such as `{"+":"*"}`.'),
	}),
]);

const STARTS: ReadonlySet<string> = new Set(['template', 'json', 'jwt', 'basic']);
const TO_BYTES: ReadonlySet<string> = new Set(['hmac', 'hash', 'deflate']);

export const computed = z
	.record(
		givenName,
		shape({
			steps: z
				.array(step)
				.min(1)
				.max(8)
				.superRefine((steps, context) => {
					const message = mistakeOf(steps.map(({ step: name }) => name));
					if (message !== undefined) context.addIssue({ code: 'custom', message });
				})
				.describe('What is done, one step after the other.'),
			keepSeconds: z
				.number()
				.int()
				.min(60)
				.max(86_400 * 30)
				.optional()
				.describe('How long the result is used again; without it, it is made for each request.'),
		}),
	)
	.default({})
	.describe('Signatures and tickets, made in this order; a later one may use an earlier one by its name.');

export type Step = z.output<typeof step>;

function mistakeOf([first, ...others]: readonly string[]): string | undefined {
	if (first === undefined || !STARTS.has(first)) return 'start with the step template, json, jwt or basic';
	if (others.some((name) => STARTS.has(name))) return 'the steps template, json, jwt and basic stand first, and once';
	const last = others.at(-1) ?? first;
	return TO_BYTES.has(last) ? 'end with hex, base64 or base64url: bytes cannot be sent as they are' : undefined;
}
