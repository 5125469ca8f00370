/** How a request ends that a fault takes over: what the client sees, and whether it was written all the same. */
import type { Call } from '../call.mts';
import { answerOf, refuse, type Refusal, type RefusalCode } from '../outcome.mts';
import type { Answer } from '../types.mts';
import type { Hit } from './decide.mts';
import type { RetryAfter, Written } from './script.mts';

type Seen = Answer | { readonly kind: 'reset' } | { readonly kind: 'hang' };

export interface Ending {
	readonly written: Written;
	/** What the client sees; `real` is the answer it would have had, where the request was carried out at once. */
	readonly seen: (real: Answer | undefined) => Seen;
}

/** The ending that this fault asks for; `undefined` when the fault leaves the ending as it is. */
export function endingOf({ action, namedIds }: Hit, call: Call): Ending | undefined {
	const instead = (answer: Seen, written: Written = false): Ending => ({ written, seen: () => answer });
	const refusal = (refused: Refusal, written?: Written) => instead(answerOf(refused, call.requestId), written);
	const waits = (retryAfter: RetryAfter | undefined) => retryAfterHeader(retryAfter, call.atMs);

	switch (action.kind) {
		case 'rateLimited':
			return refusal(refuse('rate_limited', 'Slow down.', undefined, waits(action.retryAfter)));
		case 'serverError': {
			const code = codeOfStatus[action.status ?? 500];
			return refusal(refuse(code, 'The server stumbled.', undefined, waits(action.retryAfter)), action.written);
		}
		case 'tooLarge': {
			const extra = action.limit === undefined ? undefined : { limit: action.limit };
			return refusal(refuse(action.code ?? 'too_many_items', 'Over the limit.', extra));
		}
		case 'invalidRequest':
			return refusal(invalidRequest(call, action.named ? namedIds : undefined));
		case 'unauthorized':
			return refusal(refuse(action.code, 'The request is not admitted.'), action.written);
		case 'forbidden':
			return refusal(refuse('forbidden', 'The key may not do this.'));
		case 'quotaExhausted':
			return refusal(refuse('plan_quota_exhausted', 'The plan is full.', { quota: { limit: 0, used: 0 } }));
		case 'keyInUse': {
			const headers = waits(action.retryAfter ?? 1);
			return refusal(refuse('idempotency_key_in_use', 'The first request is still running.', undefined, headers));
		}
		case 'keyMismatch':
			return refusal(refuse('idempotency_key_mismatch', 'The key was used with another body.'));
		case 'cursorExpired':
			return call.query.has('cursor') ? refusal(refuse('cursor_expired', 'Begin the list anew.')) : undefined;
		case 'redirect':
			return instead(plain(action.status ?? 307, '', { location: action.location }));
		case 'refusal':
			return instead(anything(action.status, action.body, action.headers), action.written);
		case 'html': {
			const headers = { 'content-type': 'text/html; charset=utf-8', ...waits(action.retryAfter) };
			return instead(plain(action.status ?? 502, proxyPage, headers), action.written);
		}
		case 'emptyBody':
			return instead(plain(action.status ?? 200, ''), action.written ?? true);
		case 'cutJson':
			return { written: true, seen: (real) => (real ? cut(real, action.keep ?? 0.5) : plain(200, '{')) };
		case 'hugeBody':
			return instead(hugeBody(action.bytes ?? 50 * 1024 * 1024), action.written ?? true);
		case 'reset':
			return instead({ kind: 'reset' }, action.written);
		case 'hang':
			return instead({ kind: 'hang' }, action.written);
		case 'slow':
		case 'setLimits':
		case 'setQuota':
		case 'failEntries':
		case 'job':
		case 'tamper':
			return undefined;
	}
}

const codeOfStatus = {
	500: 'internal',
	502: 'bad_gateway',
	503: 'unavailable',
	504: 'gateway_timeout',
} as const satisfies Record<number, RefusalCode>;

const proxyPage = '<!doctype html><html><head><title>Proxy</title></head><body><h1>Please try again</h1></body></html>';

function invalidRequest(call: Call, namedIds: readonly string[] | undefined): Refusal {
	const detail = 'The batch holds an entry that cannot be taken.';
	if (namedIds === undefined) return refuse('invalid_request', detail);
	const errors = call.ids().flatMap((id, index) => {
		if (id === undefined || !namedIds.includes(id)) return [];
		return [{ index, code: 'invalid_value', message: 'This entry cannot be taken.' }];
	});
	return refuse('invalid_request', detail, { errors });
}

function retryAfterHeader(retryAfter: RetryAfter | undefined, nowMs: number): Record<string, string> | undefined {
	if (retryAfter === undefined) return undefined;
	if (typeof retryAfter !== 'object') return { 'retry-after': String(retryAfter) };
	return { 'retry-after': new Date(nowMs + retryAfter.dateInMs).toUTCString() };
}

function anything(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
	if (body === undefined) return plain(status, '', headers);
	if (typeof body === 'string') return plain(status, body, { 'content-type': 'text/plain', ...headers });
	const type = status >= 400 ? 'application/problem+json' : 'application/json';
	return plain(status, JSON.stringify(body), { 'content-type': type, ...headers });
}

function plain(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Answer {
	return { kind: 'answer', status, headers, body: new TextEncoder().encode(body) };
}

function cut(real: Answer, keep: number): Answer {
	return { ...real, body: real.body.subarray(0, Math.floor(real.body.length * keep)) };
}

/** Good JSON that goes on and on. */
function hugeBody(bytes: number): Answer {
	const body = new Uint8Array(bytes).fill(32);
	body.set(new TextEncoder().encode('{"results":['));
	body.set(new TextEncoder().encode(']}'), Math.max(12, bytes - 2));
	return { kind: 'answer', status: 200, headers: { 'content-type': 'application/json' }, body };
}
