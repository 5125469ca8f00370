// One request of a credential test, by the helper that n8n gives to it. The limits of a run hold here too: the test runs
// in n8n's main process, against whatever address somebody typed.

import { sleep } from 'n8n-workflow';
import type { Exchange } from '../engine/wire';
import { lowerCased, readBody, TOO_LARGE } from './body';
import { exchangeOfError } from './transportErrors';

/** n8n's `helpers.request` of a credential test: gives `{statusCode, headers, body}`, throws without an answer. */
export type RequestHelper = (options: object) => Promise<unknown>;

const LATE: Exchange = { kind: 'lost', reason: 'no answer came in time' };

/**
 * Sends one request and reads its whole answer within `timeoutMs`. Never rejects.
 *
 * @param request method, url, headers and body, signed
 */
export async function sendTest(request: RequestHelper, options: object, timeoutMs: number): Promise<Exchange> {
	let body: unknown;
	let isLate = false;
	const exchange = async (): Promise<Exchange> => {
		try {
			const response = await request({
				...options,
				// A redirect would carry the key elsewhere; every status is an answer.
				followRedirect: false,
				simple: false,
				resolveWithFullResponse: true,
				// As a stream: the only form in which the size of an answer can be limited.
				useStream: true,
				// Of the connection while nothing travels; a drip of bytes keeps it open, which the race below ends.
				timeout: timeoutMs,
			});
			if (!isResponse(response)) return { kind: 'lost', reason: 'the answer was not an HTTP response' };
			body = response.body;
			if (isLate) close(body);
			const bytes = isLate ? undefined : await readBody(body);
			if (bytes === undefined) return { kind: 'lost', reason: TOO_LARGE };
			return { kind: 'answer', status: response.statusCode, headers: lowerCased(response.headers ?? {}), body: bytes };
		} catch (error) {
			return exchangeOfError(error);
		}
	};
	const done = new AbortController();
	const late = sleep(timeoutMs, done.signal).then(() => {
		isLate = true;
		close(body);
		return LATE;
	});
	try {
		return await Promise.race([exchange(), late]);
	} finally {
		done.abort();
	}
}

interface Response {
	readonly statusCode: number;
	readonly headers?: object;
	readonly body?: unknown;
}

function isResponse(value: unknown): value is Response {
	return typeof value === 'object' && value !== null && 'statusCode' in value && typeof value.statusCode === 'number';
}

/** Lets go of the connection of an answer that nobody waits for any more. */
function close(body: unknown): void {
	if (typeof body === 'object' && body !== null && 'destroy' in body && typeof body.destroy === 'function')
		body.destroy();
}
