// One HTTP exchange through n8n's request helper, signed by the credential. Its only caller.

import type {
	IAdditionalCredentialOptions,
	IExecuteFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import type { Ports } from '../engine/types';
import type { Exchange, WireRequest } from '../engine/wire';
import { lowerCased, readBody, TOO_LARGE } from './body';
import { pause } from './pause';
import { exchangeOfError } from './transportErrors';
import { createTurns, LARGE_ANSWER_BYTES } from './turns';

export const CREDENTIAL = 'tokenImApi';

const ENDED = 'the run ended before an answer came';

/** Why a request's signal went up. Named, for an abort without a reason makes an exception with its stack each time. */
const OVER = 'the request is over';

const METHODS: readonly IHttpRequestMethods[] = ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT'];

export function createHttp(host: IExecuteFunctions): Ports['send'] {
	const caller: Caller = { host, credential: credentialOnce(host), turn: createTurns(async () => await sleep(0)) };
	return async (request, options) => await attempt(caller, request, options);
}

interface Caller {
	readonly host: IExecuteFunctions;
	readonly credential: Credential;
	/** Waits until a large answer may be handed on. */
	turn(): Promise<void>;
}

type Credential = () => Promise<IAdditionalCredentialOptions>;

/** Left to itself n8n reads and decrypts the credential for each request, which costs about a millisecond. */
function credentialOnce(host: IExecuteFunctions): Credential {
	let reading: Promise<IAdditionalCredentialOptions> | undefined;
	const read = async (): Promise<IAdditionalCredentialOptions> => {
		const data = await host.getCredentials(CREDENTIAL);
		return { credentialsDecrypted: { id: '', name: '', type: CREDENTIAL, data } };
	};
	return async () => await (reading ??= read());
}

/**
 * One attempt, signed by the credential. Raced with the deadline and the signal, for the helper's time-out ends with
 * the headers of an answer; what comes after them is thrown away.
 */
async function attempt(
	caller: Caller,
	request: WireRequest,
	{ timeoutMs, signal }: Parameters<Ports['send']>[1],
): Promise<Exchange> {
	if (signal.aborted) return { kind: 'lost', reason: ENDED };
	const done = new AbortController();
	const stop = (): void => done.abort(OVER);
	signal.addEventListener('abort', stop, { once: true });
	const late = pause(timeoutMs, done.signal).then(
		(): Exchange => ({ kind: 'lost', reason: signal.aborted ? ENDED : 'no answer came in time' }),
	);
	try {
		return await Promise.race([exchange(caller, request, timeoutMs, done.signal), late]);
	} finally {
		signal.removeEventListener('abort', stop);
		done.abort(OVER);
	}
}

async function exchange(
	{ host, credential, turn }: Caller,
	request: WireRequest,
	timeoutMs: number,
	signal: AbortSignal,
): Promise<Exchange> {
	try {
		const caller = cancelledBy(host, signal);
		const response: unknown = await host.helpers.httpRequestWithAuthentication.call(
			caller,
			CREDENTIAL,
			optionsOf(request, timeoutMs, signal),
			await credential(),
		);
		if (!isResponse(response)) return { kind: 'lost', reason: 'the answer was not an HTTP response' };
		const body = await readBody(response.body);
		if (body === undefined) return { kind: 'lost', reason: TOO_LARGE };
		if (body.length >= LARGE_ANSWER_BYTES) await turn();
		return { kind: 'answer', status: response.statusCode, headers: lowerCased(response.headers), body };
	} catch (error) {
		return exchangeOfError(error);
	}
}

/**
 * n8n replaces the signal of a request by that of the execution, which it asks of `this`. This one gives ours, so that
 * an attempt that is over lets go of its connection.
 */
function cancelledBy(host: IExecuteFunctions, signal: AbortSignal): IExecuteFunctions {
	return Object.create(host, { getExecutionCancelSignal: { value: () => signal } });
}

function optionsOf(request: WireRequest, timeoutMs: number, signal: AbortSignal): IHttpRequestOptions {
	const method = METHODS.find((known) => known === request.method.toUpperCase());
	if (method === undefined) throw new TypeError(`${request.method} is no method of HTTP`);
	return {
		method,
		// The credential puts its base URL before it, and signs what results.
		url: request.path,
		...(request.base === undefined ? {} : { baseURL: request.base }),
		headers: { Accept: 'application/json', ...request.headers },
		// As bytes: a text would be parsed and trimmed on the way, and no longer match its signature.
		...(request.body === undefined ? {} : { body: Buffer.from(request.body) }),
		// As a stream: the only form in which the size of an answer can be limited.
		encoding: 'stream',
		timeout: timeoutMs,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		abortSignal: signal,
	};
}

interface Response {
	readonly statusCode: number;
	readonly headers: Readonly<Record<string, unknown>>;
	readonly body: unknown;
}

function isResponse(value: unknown): value is Response {
	return (
		typeof value === 'object' &&
		value !== null &&
		'statusCode' in value &&
		typeof value.statusCode === 'number' &&
		'headers' in value
	);
}
