// A token that is fetched with one request and carried by all others, through n8n's own request helper and the
// credential as n8n loads it.

import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';

import { afterEach, describe, expect, it } from 'vitest';

import type { Exchange, WireRequest } from '../../nodes/TokenIm/engine/wire';
import { createPorts } from '../../nodes/TokenIm/host/ports';
import { profileOf } from '../../nodes/TokenIm/protocol/auth/credentialData';
import { withTokens } from '../../nodes/TokenIm/protocol/auth/tokens';
import { runWorkflow } from '../host/engine.mts';
import { nodeThat } from '../host/fakeNode.mts';
import { credentialOf } from '../profiles/world.mts';

const servers = new Set<Server>();
afterEach(() => {
	for (const server of servers) {
		server.closeAllConnections();
		server.close();
	}
	servers.clear();
});

async function serve(listener: RequestListener): Promise<string> {
	const server = createServer(listener);
	servers.add(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	return typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}/school/chat` : '';
}

const USER: WireRequest = {
	method: 'GET',
	path: '/users/s1',
	headers: { Accept: 'application/json' },
	body: undefined,
};

async function bodyOf(request: IncomingMessage): Promise<string> {
	let text = '';
	for await (const chunk of request) text += String(chunk);
	return text;
}

let fingerprints = 0;

/** Sends requests, one after the other or all at once, inside n8n's engine. */
async function sendInN8n(
	baseUrl: string,
	count: number,
	atOnce: boolean,
): Promise<{ exchanges: Exchange[]; record: string }> {
	const credentials = credentialOf(
		'easemob',
		{ baseUrl, apiKey: 'client-1', apiSecret: 'client secret' },
		{ host: 'h', orgName: 'school', appName: 'chat' },
	);
	const exchanges: Exchange[] = [];
	const nodeType = nodeThat(async (host) => {
		const data = await host.getCredentials('tokenImApi');
		const { send } = createPorts(host);
		const sendWithToken = withTokens(profileOf(data), send, `n8n ${++fingerprints}`, () => Date.now());
		const one = async () =>
			void exchanges.push(await sendWithToken(USER, { timeoutMs: 5_000, signal: new AbortController().signal }));
		if (atOnce) await Promise.all(Array.from({ length: count }, one));
		else for (let turn = 0; turn < count; turn++) await one();
		return [];
	});
	const ran = await runWorkflow({ items: [{}], credentials, nodeType });
	expect(ran.error).toBe(undefined);
	return { exchanges, record: JSON.stringify(ran) };
}

describe('a token', () => {
	it('is asked for once, with key and secret from the credential, and carried by every request', async () => {
		const asked: string[] = [];
		const carried: unknown[] = [];
		const baseUrl = await serve(async (request, response) => {
			if (request.url === '/school/chat/token') {
				asked.push(`${request.headers['content-type']} ${await bodyOf(request)}`);
				response.end('{"access_token":"YWMt-1","expires_in":3600}');
			} else {
				carried.push([request.url, request.headers.authorization]);
				response.end('{"entities":[{"username":"s1"}]}');
			}
		});
		const { exchanges, record } = await sendInN8n(baseUrl, 5, true);
		expect(asked).toEqual([
			'application/json {"grant_type":"client_credentials","client_id":"client-1","client_secret":"client secret"}',
		]);
		expect(carried).toEqual(Array.from({ length: 5 }, () => ['/school/chat/users/s1', 'Bearer YWMt-1']));
		expect(exchanges.map((exchange) => exchange.kind === 'answer' && exchange.status)).toEqual([
			200, 200, 200, 200, 200,
		]);
		expect(record).not.toContain('YWMt-1');
		expect(record).not.toContain('client secret');
	}, 60_000);

	it('that the service takes no more is never asked for again at once: services ban who does', async () => {
		let asked = 0;
		const baseUrl = await serve((request, response) => {
			if (request.url?.endsWith('/token')) {
				asked++;
				response.end('{"access_token":"YWMt-1","expires_in":3600}');
			} else response.writeHead(401).end('{"error":"unauthorized"}');
		});
		const { exchanges } = await sendInN8n(baseUrl, 3, false);
		expect(exchanges.map((exchange) => exchange.kind === 'answer' && exchange.status)).toEqual([401, 401, 401]);
		expect(asked).toBe(1);
	}, 60_000);

	it('that cannot be had ends the run without anything sent', async () => {
		const paths: unknown[] = [];
		const baseUrl = await serve((request, response) => {
			paths.push(request.url);
			response.end('{"nothing":"here"}');
		});
		const { exchanges } = await sendInN8n(baseUrl, 1, false);
		expect(exchanges).toEqual([
			{ kind: 'unreachable', reason: expect.stringContaining('request for a token without one') },
		]);
		expect(paths).toEqual(['/school/chat/token']);
	}, 60_000);
});
