/** How a request can end inside the service: an answer, or the refusal of the whole request. Both are values. */
import type { Answer } from './types.mts';

export interface Success {
	readonly kind: 'success';
	readonly status: number;
	readonly body: unknown;
	readonly headers?: Readonly<Record<string, string>>;
}

export interface Refusal {
	readonly kind: 'refusal';
	readonly status: number;
	readonly code: string;
	readonly detail: string;
	/** More fields of the problem document, e.g. `limit`, `quota`, `errors`. */
	readonly extra?: Readonly<Record<string, unknown>>;
	readonly headers?: Readonly<Record<string, string>>;
}

export type Outcome = Success | Refusal;

export const success = (body: unknown, status = 200): Success => ({ kind: 'success', status, body });

const statusOfCode = {
	malformed_body: 400,
	invalid_request: 400,
	invalid_key: 401,
	invalid_signature: 401,
	clock_skew: 401,
	nonce_reused: 401,
	plan_quota_exhausted: 402,
	forbidden: 403,
	not_found: 404,
	group_not_found: 404,
	job_not_found: 404,
	method_not_allowed: 405,
	idempotency_key_in_use: 409,
	cursor_expired: 410,
	too_many_items: 413,
	too_many_members: 413,
	body_too_large: 413,
	idempotency_key_mismatch: 422,
	rate_limited: 429,
	internal: 500,
	bad_gateway: 502,
	unavailable: 503,
	gateway_timeout: 504,
} as const;

export type RefusalCode = keyof typeof statusOfCode;

/** A refusal with the status that its code has in the contract. */
export function refuse(
	code: RefusalCode,
	detail: string,
	extra?: Refusal['extra'],
	headers?: Refusal['headers'],
): Refusal {
	return { kind: 'refusal', status: statusOfCode[code], code, detail, extra, headers };
}

const encoder = new TextEncoder();

/** The bytes of an outcome; refusals become problem documents (RFC 9457). */
export function answerOf(outcome: Outcome, requestId: string): Answer {
	if (outcome.kind === 'success') {
		const empty = outcome.body === undefined;
		return {
			kind: 'answer',
			status: outcome.status,
			headers: { ...(empty ? {} : { 'content-type': 'application/json' }), ...outcome.headers },
			body: empty ? new Uint8Array() : encoder.encode(JSON.stringify(outcome.body)),
		};
	}
	const { status, code, detail, extra, headers } = outcome;
	const problem = {
		type: `urn:tokenim:problem:${code}`,
		title: titleOf(code),
		status,
		code,
		detail,
		requestId,
		...extra,
	};
	return {
		kind: 'answer',
		status,
		headers: { 'content-type': 'application/problem+json', ...headers },
		body: encoder.encode(JSON.stringify(problem)),
	};
}

function titleOf(code: string): string {
	const words = code.replaceAll('_', ' ');
	return words.charAt(0).toUpperCase() + words.slice(1);
}
