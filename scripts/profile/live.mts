// A service over the network, signed as the credential of the node signs.

import { setTimeout as wait } from 'node:timers/promises';

import { exchangeOfError } from '../../nodes/TokenIm/host/transportErrors';
import { sendTest } from '../../nodes/TokenIm/host/credentialTestRequest';
import type { Ports } from '../../nodes/TokenIm/engine/types';
import type { Exchange, WireRequest } from '../../nodes/TokenIm/engine/wire';
import { signOptions } from '../../nodes/TokenIm/protocol/auth/authenticate';
import { credentialData } from '../../nodes/TokenIm/protocol/auth/credentialData';
import type { TestSend } from '../../nodes/TokenIm/protocol/auth/testCredential';
import { isRecord } from '../../nodes/TokenIm/protocol/language/own';
import type { Profile } from '../../nodes/TokenIm/protocol/profile/profile';
import { withAccess } from '../../nodes/TokenIm/protocol/auth/access';
import { createNonce } from '../../nodes/TokenIm/protocol/auth/sign';
import { METHODS } from './hidden.mts';

export type Credential = Readonly<Record<string, unknown>>;

/** What the credential's test asks of n8n: the same limits of size and time. */
export const testSend: TestSend = async (options, timeoutMs) =>
	await sendTest(async (request) => await responseTo(request, timeoutMs), options, timeoutMs);

async function responseTo(request: object, timeoutMs: number) {
	if (!isRecord(request)) throw new TypeError('The request has no options');
	const { method, url, headers, body } = request;
	const given = isRecord(headers) ? headers : {};
	const bytes = body instanceof Uint8Array ? body : undefined;
	const response = await call(String(method), String(url), given, bytes, timeoutMs);
	return { statusCode: response.status, headers: Object.fromEntries(response.headers), body: response.body };
}

export function createPorts(profile: Profile, credential: Credential): Ports {
	const attempt: Ports['send'] = async (request, { timeoutMs }) => await send(profile, credential, request, timeoutMs);
	const now = (): number => Date.now();
	return {
		now,
		sleep: async (delayMs, signal) => await wait(delayMs, undefined, { signal }).catch(() => undefined),
		random: () => Math.random(),
		breathe: async () => await wait(0),
		log: () => undefined,
		send: withAccess(profile, credential, attempt, now),
	};
}

async function send(
	profile: Profile,
	credential: Credential,
	request: WireRequest,
	timeoutMs: number,
): Promise<Exchange> {
	const method = METHODS.find((known) => known === request.method);
	const unsigned = {
		method,
		url: request.path,
		baseURL: request.base,
		headers: { ...request.headers },
		body: request.body,
	};
	try {
		const {
			url,
			headers = {},
			body,
		} = signOptions(unsigned, credentialData(credential), profile, Date.now(), createNonce(profile));
		const response = await call(request.method, url, headers, body instanceof Uint8Array ? body : undefined, timeoutMs);
		return {
			kind: 'answer',
			status: response.status,
			headers: Object.fromEntries(response.headers),
			body: new Uint8Array(await response.arrayBuffer()),
		};
	} catch (error) {
		return exchangeOfError(error);
	}
}

async function call(
	method: string,
	url: string,
	headers: Readonly<Record<string, unknown>>,
	body: Uint8Array | undefined,
	timeoutMs: number,
): Promise<Response> {
	return await fetch(url, {
		method,
		headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
		redirect: 'manual',
		signal: AbortSignal.timeout(timeoutMs),
		...(body === undefined ? {} : { body: new Uint8Array(body) }),
	});
}
