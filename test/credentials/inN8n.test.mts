// The credential's test through n8n's own request helper, against servers that are not as they should be.

import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { afterAll, afterEach, describe, expect, it } from 'vitest';

import { sendTest } from '../../nodes/TokenIm/host/credentialTestRequest';
import { testCredential } from '../../nodes/TokenIm/protocol/auth/testCredential';
import { defaultProfile } from '../../nodes/TokenIm/protocol/profiles';
import { createNonce } from '../../nodes/TokenIm/protocol/auth/sign';
import { signerOf } from '../protocol/signer.mts';

const instanceFolder = mkdtempSync(join(tmpdir(), 'tokenim-credential-'));
process.env.N8N_USER_FOLDER = instanceFolder;
process.env.N8N_LOG_LEVEL = 'silent';
const { CredentialTestContext }: typeof import('n8n-core') = createRequire(import.meta.url)('n8n-core');
afterAll(() => rmSync(instanceFolder, { recursive: true, force: true }));

const servers = new Set<Server>();
afterEach(() => {
	for (const server of servers) {
		server.closeAllConnections();
		server.close();
	}
	servers.clear();
});

/** Listens on loopback; the host and port of its address. */
async function serve(listener: RequestListener): Promise<string> {
	const server = createServer(listener);
	servers.add(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	return typeof address === 'object' && address !== null ? `127.0.0.1:${address.port}` : '';
}

async function test(baseUrl: string) {
	const { request } = new CredentialTestContext().helpers;
	const data = { baseUrl, apiKey: 'key-1', apiSecret: 'correct horse' };
	return await testCredential(
		async (options, timeoutMs) => await sendTest(request, options, timeoutMs),
		defaultProfile,
		data,
		Date.now(),
		createNonce(defaultProfile),
	);
}

describe("an answer to the credential's test", () => {
	const { request } = new CredentialTestContext().helpers;
	const asked = async (listener: RequestListener, timeoutMs = 5_000) => {
		const host = await serve(listener);
		return await sendTest(request, { method: 'GET', url: `http://${host}/` }, timeoutMs);
	};
	const large = { kind: 'lost', reason: 'the answer was larger than 8 MiB' };
	const late = { kind: 'lost', reason: 'no answer came in time' };

	it('of a small body that unpacks to a large one is not read, and its connection is let go', async () => {
		const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '));
		const before = process.memoryUsage().arrayBuffers;
		const answer = await asked((_request, response) => {
			response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
		});
		expect(answer).toEqual(large);
		expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024);
	});

	it('that never ends is not read beyond the limit, and its connection is let go', async () => {
		let closed: Promise<unknown> | undefined;
		const answer = await asked((_request, response) => {
			closed = once(response, 'close');
			const part = Buffer.alloc(1024 * 1024, ' ');
			const more = (): void => {
				while (!response.destroyed && response.write(part));
				response.once('drain', more);
			};
			more();
		});
		expect(answer).toEqual(large);
		await closed;
	});

	it('that comes a byte at a time is given up at the deadline, and its connection is let go', async () => {
		let closed: Promise<unknown> | undefined;
		const answer = await asked((_request, response) => {
			closed = once(response, 'close');
			const drip = setInterval(() => response.write(' '), 20);
			response.on('close', () => clearInterval(drip));
		}, 300);
		expect(answer).toEqual(late);
		await closed;
	});

	it('whose headers never come is given up at the deadline', async () => {
		expect(await asked(() => undefined, 300)).toEqual(late);
	});
});

describe("the credential's test in n8n", () => {
	it('is passed by a service that finds its signature right, and sends no secret', async () => {
		const seen: Array<{
			readonly url: string | undefined;
			readonly headers: Readonly<Record<string, unknown>>;
		}> = [];
		const host = await serve(({ url, headers }, response) => {
			seen.push({ url, headers });
			response.setHeader('Content-Type', 'application/json').end('{"plan":"standard","limits":{}}');
		});
		expect(await test(`http://${host}/v1/`)).toEqual({
			status: 'OK',
			message: `Connected to TokenIM REST v1 at ${host}, plan standard.`,
		});
		const [{ url, headers } = { url: undefined, headers: {} }] = seen;
		const expected = signerOf(defaultProfile)(
			{ method: 'GET', pathWithQuery: '/v1/limits', body: undefined },
			{ apiKey: 'key-1', apiSecret: 'correct horse' },
			Number(headers['x-tokenim-timestamp']) * 1000,
			String(headers['x-tokenim-nonce']),
		);
		expect(url).toBe('/v1/limits');
		expect(headers['x-tokenim-signature']).toBe(expected['X-TokenIM-Signature']);
		expect(JSON.stringify(seen)).not.toContain('correct horse');
	});

	it.each([
		[401, '{"code":"invalid_signature"}', /API secret does not belong/],
		[403, '{"code":"forbidden"}', /not allowed to do this/],
		[404, '<html>', /nothing at this address/],
		[502, '<html>', /not able to answer/],
		[200, '<html>Welcome to nginx</html>', /not as TokenIM REST v1 does/],
		[200, '', /not as TokenIM REST v1 does/],
	])('reads an answer of %i %s', async (status, body, message) => {
		const host = await serve((_request, response) =>
			response.writeHead(status, { 'Content-Type': 'text/html' }).end(body),
		);
		expect(await test(`http://${host}/v1`)).toEqual({
			status: 'Error',
			message: expect.stringMatching(message),
		});
	});

	it('follows no redirect', async () => {
		const reached: string[] = [];
		const other = await serve((request, response) => {
			reached.push(String(request.url));
			response.end('{"limits":{}}');
		});
		const host = await serve((_request, response) =>
			response.writeHead(307, { Location: `http://${other}/v1/limits` }).end(),
		);
		expect(await test(`http://${host}/v1`)).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('redirect (HTTP 307)'),
		});
		expect(reached).toEqual([]);
	});

	it('tells of a connection that breaks', async () => {
		const host = await serve((request) => request.socket.destroy());
		expect(await test(`http://${host}/v1`)).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('connection broke'),
		});
	});

	it('tells of HTTPS where HTTP is spoken', async () => {
		const host = await serve((_request, response) => response.end());
		expect(await test(`https://${host}/v1`)).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('does not speak HTTPS'),
		});
	});

	it('tells of a port where nothing listens', async () => {
		const host = await serve(() => {});
		for (const server of servers) await new Promise((resolve) => server.close(resolve));
		expect(await test(`http://${host}/v1`)).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('refused the connection'),
		});
	});

	it('tells of a host that does not exist', async () => {
		const { status, message } = await test('https://tokenim.invalid/v1');
		expect(status).toBe('Error');
		expect(message).toMatch(/no host of that name|could not be looked up/);
	});
});
