// One attempt through n8n's own request helper: what host.ts makes of each way in which it can end.

import { createHash } from 'node:crypto';
import type { IncomingMessage, RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Exchange, WireRequest } from '../../nodes/TokenIm/engine/wire';
import { createPorts } from '../../nodes/TokenIm/host/ports';
import { signatureOf } from '../../sandbox/authentication.mts';
import { runWorkflow } from './engine.mts';
import { nodeThat } from './fakeNode.mts';
import { serveAt } from './serve.mts';

const serve = async (listener: RequestListener) => `${(await serveAt(listener)).origin}/v1`;

const GET: WireRequest = { method: 'GET', path: '/limits', headers: {}, body: undefined };
const POST: WireRequest = {
	method: 'POST',
	path: '/users/batch?x=1',
	headers: { 'Idempotency-Key': 'k1' },
	body: '{ "users": ["李雷"] }\n',
};
const credentials = (baseUrl: string) => ({ baseUrl, apiKey: 'key', apiSecret: 'secret' });

/** What comes of one attempt inside n8n's engine. */
async function send(
	baseUrl: string,
	request = GET,
	options: { timeoutMs?: number; signal?: AbortSignal } = {},
): Promise<Exchange> {
	const { timeoutMs = 5_000, signal = new AbortController().signal } = options;
	let exchange: Exchange | undefined;
	const nodeType = nodeThat(async (host) => {
		exchange = await createPorts(host).send(request, { timeoutMs, signal });
		return [];
	});
	const { error } = await runWorkflow({ items: [{}], credentials: credentials(baseUrl), nodeType });
	expect(error).toBe(undefined);
	if (exchange === undefined) throw new Error('Nothing was sent');
	return exchange;
}

async function answered(baseUrl: string, request = GET) {
	const exchange = await send(baseUrl, request);
	if (exchange.kind !== 'answer') throw new Error(`${exchange.kind}: ${exchange.reason}`);
	return { ...exchange, text: Buffer.from(exchange.body).toString() };
}

describe('an answer', () => {
	test('comes with its status, its body and its headers in lower case', async () => {
		const baseUrl = await serve((_, response) =>
			response.writeHead(202, { 'X-Request-Id': 'r1', 'Set-Cookie': ['a=1', 'b=2'] }).end('{"a":1}'),
		);
		expect(await answered(baseUrl)).toMatchObject({
			status: 202,
			text: '{"a":1}',
			headers: { 'x-request-id': 'r1', 'set-cookie': 'a=1, b=2' },
		});
	});

	test('may be compressed', async () => {
		const baseUrl = await serve((_, response) =>
			response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync('{"a":1}')),
		);
		expect((await answered(baseUrl)).text).toBe('{"a":1}');
	});

	test('may be empty', async () => {
		const baseUrl = await serve((_, response) => response.writeHead(204).end());
		expect(await answered(baseUrl)).toMatchObject({ status: 204, text: '' });
	});

	test.each([301, 302, 307, 308])('of %i is an answer: no redirect is followed', async (status) => {
		const paths: Array<string | undefined> = [];
		const baseUrl = await serve((request, response) => {
			paths.push(request.url);
			response.writeHead(status, { Location: '/elsewhere' }).end();
		});
		expect((await answered(baseUrl, POST)).status).toBe(status);
		expect(paths).toEqual(['/v1/users/batch?x=1']);
	});

	test.each([400, 401, 403, 404, 429, 500, 503])('of %i is an answer, and n8n does not send again', async (status) => {
		let requests = 0;
		const baseUrl = await serve((_, response) => {
			requests++;
			response.writeHead(status).end('no');
		});
		expect(await answered(baseUrl, POST)).toMatchObject({ status, text: 'no' });
		expect(requests).toBe(1);
	});
});

test('a body goes out byte for byte, signed, as JSON', async () => {
	let received = { body: '', headers: {} };
	const baseUrl = await serve((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			received = { body: Buffer.concat(chunks).toString(), headers: request.headers };
			response.end();
		});
	});
	await answered(baseUrl, POST);
	expect(received.body).toBe(POST.body);
	expect(received.headers).toMatchObject({
		'content-type': 'application/json',
		'idempotency-key': 'k1',
		'x-tokenim-key': 'key',
		'x-tokenim-signature': expect.stringMatching(/^[0-9a-f]{64}$/),
	});
});

test.each([
	['/v1', '/limits'],
	['/v1/', '/limits'],
	['', '/limits'],
	['/a//b', '/limits'],
	['/a/./b/../c', '/limits'],
	['/a%2Fb%2fc/%41', '/limits'],
	["/a b/ü/李雷/[1]/{x}/|/^/~/'/!*()", '/limits'],
	['/%zz/%', '/limits'],
	['/;v=1/a:b@c', '/limits?x=a+b%20c&y=%C3%BC&z=ü&q=[1]|{2}^&r=a=b=c?d'],
	['/v1', '/users/a%2Fb%3Fc%23d?x=1'],
	['/v1', '/users/..%2f..%2fadmin'],
	['\\v1\\x', '/limits'],
])('below %j what is signed of %j is what arrives', async (base, path) => {
	let received: IncomingMessage | undefined;
	const address = new URL(
		await serve((request, response) => {
			received = request;
			response.end();
		}),
	);
	await answered(`${address.origin}${base}`, { ...GET, path });
	if (received === undefined) throw new Error('Nothing came');
	const { url = '', headers } = received;
	const header = (name: string) => String(headers[`x-tokenim-${name}`]);
	const bodyHash = createHash('sha256').update('').digest('hex');
	const signed = { method: 'GET', path: url, timestamp: header('timestamp'), nonce: header('nonce'), bodyHash };
	expect(header('signature')).toBe(signatureOf('secret', signed));
});

describe('nothing was sent', () => {
	test('where the connection is refused: it may be tried again', async () => {
		const { server, origin } = await serveAt(() => undefined);
		const baseUrl = `${origin}/v1`;
		await new Promise((resolve) => server.close(resolve));
		expect(await send(baseUrl, POST)).toEqual({ kind: 'unreached', reason: 'the service refused the connection' });
	});

	test('where the service does not speak HTTPS: it never can be', async () => {
		const baseUrl = await serve((_, response) => response.end());
		expect(await send(baseUrl.replace('http:', 'https:'), POST)).toMatchObject({
			kind: 'unreachable',
			reason: expect.stringContaining('does not speak HTTPS'),
		});
	});

	test('where the credential cannot sign: it says why, without the secret', async () => {
		const exchange = await send('http://example.com/v1', POST);
		expect(exchange).toMatchObject({ kind: 'unreachable', reason: expect.stringContaining('http:// is not safe') });
		expect(JSON.stringify(exchange)).not.toContain('secret');
	});
});

describe('what was sent is lost', () => {
	test('when the connection is reset before the answer', async () => {
		const baseUrl = await serve((_, response) => response.socket?.resetAndDestroy());
		expect(await send(baseUrl, POST)).toEqual({ kind: 'lost', reason: 'the connection broke before an answer came' });
	});

	test('when the connection breaks within the answer', async () => {
		const baseUrl = await serve((_, response) => {
			response.writeHead(200, { 'Content-Length': '1000' }).write('{"results":[');
			setImmediate(() => response.socket?.destroy());
		});
		expect(await send(baseUrl, POST)).toMatchObject({ kind: 'lost' });
	});

	test('when no answer comes in time', async () => {
		const baseUrl = await serve(() => undefined);
		expect(await send(baseUrl, POST, { timeoutMs: 50 })).toEqual({ kind: 'lost', reason: 'no answer came in time' });
	});

	test('when an answer stalls, and its connection is closed', async () => {
		let closed: Promise<unknown> = Promise.reject(new Error('No request came'));
		closed.catch(() => undefined);
		const baseUrl = await serve((_, response) => {
			closed = new Promise((resolve) => response.on('close', resolve));
			response.writeHead(200).write('{');
		});
		expect(await send(baseUrl, POST, { timeoutMs: 100 })).toEqual({ kind: 'lost', reason: 'no answer came in time' });
		await closed;
	});

	test('when the answer is larger than 8 MiB, of which no more is read', async () => {
		let sent = 0;
		const baseUrl = await serve((_, response) => {
			const chunk = Buffer.alloc(1024 * 1024, 'x');
			const more = (): void => {
				if (response.destroyed || sent > 100 * 1024 * 1024) return;
				sent += chunk.length;
				response.write(chunk, () => more());
			};
			more();
		});
		expect(await send(baseUrl, POST)).toEqual({ kind: 'lost', reason: 'the answer was larger than 8 MiB' });
		expect(sent).toBeLessThan(50 * 1024 * 1024);
	});

	test('at once when the run ends', async () => {
		const end = new AbortController();
		const baseUrl = await serve(() => end.abort());
		expect(await send(baseUrl, POST, { signal: end.signal })).toEqual({
			kind: 'lost',
			reason: 'the run ended before an answer came',
		});
	});
});

test('nothing is sent once the run has ended', async () => {
	let requests = 0;
	const baseUrl = await serve((_, response) => {
		requests++;
		response.end();
	});
	expect(await send(baseUrl, POST, { signal: AbortSignal.abort() })).toMatchObject({ kind: 'lost' });
	expect(requests).toBe(0);
});
