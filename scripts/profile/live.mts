// A service over the network, signed as the credential of the node signs.

import { setTimeout as wait } from 'node:timers/promises';

import { exchangeOfError } from '../../nodes/TokenIm/host/transportErrors';
import type { Ports } from '../../nodes/TokenIm/engine/types';
import type { Exchange, WireRequest } from '../../nodes/TokenIm/engine/wire';
import { signOptions } from '../../nodes/TokenIm/protocol/auth/authenticate';
import { credentialData } from '../../nodes/TokenIm/protocol/auth/credentialData';
import type { TestHost } from '../../nodes/TokenIm/protocol/auth/testCredential';
import { isRecord } from '../../nodes/TokenIm/protocol/language/own';
import type { Profile } from '../../nodes/TokenIm/protocol/profile/profile';
import { withAccess } from '../../nodes/TokenIm/protocol/auth/access';
import { createNonce } from '../../nodes/TokenIm/protocol/auth/sign';
import { METHODS } from './hidden.mts';

export type Credential = Readonly<Record<string, unknown>>;

/** What the credential's test asks of n8n. */
export const testHost: TestHost = {
	exchangeOfError,
	async request(options) {
		if (!isRecord(options)) throw new TypeError('The request has no options');
		const { method, url, headers, body } = options;
		const given = isRecord(headers) ? headers : {};
		const response = await call(
			String(method),
			String(url),
			given,
			body instanceof Uint8Array ? body : undefined,
			15_000,
		);
		return {
			statusCode: response.status,
			headers: Object.fromEntries(response.headers),
			body: new Uint8Array(await response.arrayBuffer()),
		};
	},
};

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
