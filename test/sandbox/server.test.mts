import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Fault } from '../../sandbox/faults/script.mts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/server.mts';
import { signed } from './client.mts';
import { people } from './world.mts';

const opened: Sandbox[] = [];
const folders: string[] = [];

afterEach(async () => {
	for (const sandbox of opened.splice(0)) await sandbox.close();
	for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

async function open(options: SandboxOptions = {}) {
	const sandbox = await startSandbox(options);
	opened.push(sandbox);
	return sandbox;
}

function ask(
	{ apiKey, apiSecret, baseUrl }: Sandbox,
	method: string,
	path: string,
	body?: unknown,
	init: RequestInit = {},
) {
	const request = signed({ apiKey, apiSecret }, Date.now(), method, `/v1${path}`, body, {
		'content-type': 'application/json',
	});
	const bytes = method === 'GET' ? undefined : Buffer.from(request.body);
	return fetch(baseUrl + path, {
		redirect: 'manual',
		...init,
		method,
		headers: request.headers,
		body: bytes,
	});
}

const batch = (count = 2) => ({ onConflict: 'skip', users: people(count) });
const create = (sandbox: Sandbox, count?: number, init?: RequestInit) =>
	ask(sandbox, 'POST', '/users/batch', batch(count), init);

test('a body beyond all measure, without a key, costs its connection and nothing else', async () => {
	const sandbox = await open();
	const socket = connect(sandbox.port, '127.0.0.1');
	const part = Buffer.alloc(1024 * 1024, 'x');
	socket.on('error', () => undefined);
	socket.write(`POST /v1/users/batch HTTP/1.1\r\nHost: x\r\nContent-Length: ${200 * part.length}\r\n\r\n`);
	const more = (): void => {
		for (let sent = 0; sent < 8 && !socket.destroyed; sent++) if (!socket.write(part)) break;
	};
	socket.on('drain', more);
	more();
	await new Promise((closed) => socket.on('close', closed));
	expect((await ask(sandbox, 'GET', '/limits')).status).toBe(200);
});

test('the service answers over HTTP, headers and all', async () => {
	const sandbox = await open();
	const answer = await ask(sandbox, 'GET', '/limits?x=%20');
	expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ plan: 'standard' })]);
	expect(answer.headers.get('cache-control')).toBe('max-age=300');
	expect(answer.headers.get('x-request-id')).toBe('r-1');
});

test('it listens on the loopback address only', async () => {
	const { baseUrl, port } = await open();
	expect(baseUrl).toBe(`http://127.0.0.1:${port}/v1`);
	const elsewhere = new Promise((resolve) => {
		connect({ host: '127.0.0.2', port })
			.once('connect', () => resolve('connected'))
			.once('error', () => resolve('refused'));
	});
	expect(await elsewhere).toBe('refused');
});

test('a key that was not given is made anew for each sandbox', async () => {
	const [a, b] = [await open(), await open()];
	expect(a.apiKey).not.toBe(b.apiKey);
	expect(a.apiSecret).not.toBe(b.apiSecret);
	expect(a.apiSecret.length).toBeGreaterThanOrEqual(48);
});

test('the log tells what was asked, without the signature, and bodies only when told to', async () => {
	const sandbox = await open();
	await create(sandbox);
	expect(sandbox.requests).toMatchObject([
		{
			number: 1,
			method: 'POST',
			path: '/v1/users/batch',
			endpoint: 'users/batch',
			status: 200,
			entryCount: 2,
			body: undefined,
		},
	]);
	expect(sandbox.requests[0]?.headers).not.toHaveProperty('x-tokenim-signature');
	expect(sandbox.requests[0]?.bodyBytes).toBe(JSON.stringify(batch()).length);
	const recording = await open({ recordBodies: true, keepRequests: 1 });
	await ask(recording, 'GET', '/limits');
	await create(recording);
	expect(recording.requests.map(({ body }) => body)).toEqual([JSON.stringify(batch())]);
});

test('people and kept answers outlive a restart, in the file', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
	folders.push(folder);
	const settings = { database: join(folder, 'sandbox.sqlite'), apiKey: 'k', apiSecret: 's' };
	const first = await open(settings);
	const send = (sandbox: Sandbox) => {
		const request = signed(sandbox, Date.now(), 'POST', '/v1/users/batch', batch(), {
			'idempotency-key': 'key',
		});
		return fetch(`${sandbox.baseUrl}/users/batch`, {
			method: 'POST',
			headers: request.headers,
			body: Buffer.from(request.body),
		});
	};
	const text = await (await send(first)).text();
	await first.close();
	const second = await open({ ...settings, port: first.port });
	expect(second.userCount()).toBe(2);
	const again = await send(second);
	expect([again.headers.get('idempotency-replayed'), await again.text()]).toEqual(['true', text]);
});

test('a reset cuts the connection, before or after the write', async () => {
	const sandbox = await open();
	for (const written of [false, true]) {
		sandbox.setFaults([{ when: { times: 1 }, do: { kind: 'reset', written } }]);
		const cause = await create(sandbox).catch((reason: unknown) => reason instanceof Error && reason.cause);
		expect(cause).toMatchObject({ code: expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/) });
		expect(sandbox.userCount()).toBe(written ? 2 : 0);
	}
});

test('a hang lasts until the client gives up, and does not hold up the end of the sandbox', async () => {
	const sandbox = await open({ faults: [{ do: { kind: 'hang', written: true } }] });
	const given = create(sandbox, 2, { signal: AbortSignal.timeout(50) });
	await expect(given).rejects.toMatchObject({ name: 'TimeoutError' });
	expect(sandbox.userCount()).toBe(2);
	const open2 = create(sandbox).catch(() => 'cut off');
	await expect.poll(() => sandbox.requests.length).toBe(2);
	await sandbox.close();
	expect(await open2).toBe('cut off');
});

test('a slow answer arrives after its delay', async () => {
	const sandbox = await open({ faults: [{ do: { kind: 'slow', delayMs: 30 } }] });
	const startedAt = performance.now();
	expect((await create(sandbox)).status).toBe(200);
	// A timer may fire up to a millisecond early.
	expect(performance.now() - startedAt).toBeGreaterThan(28);
});

test.each<[string, Fault['do'], (answer: Response) => unknown, unknown]>([
	[
		'a proxy’s page',
		{ kind: 'html', status: 502 },
		(answer) => answer.headers.get('content-type'),
		'text/html; charset=utf-8',
	],
	['an empty body', { kind: 'emptyBody' }, (answer) => answer.text(), ''],
	['an empty 204', { kind: 'emptyBody', status: 204 }, (answer) => answer.status, 204],
	[
		'a redirect',
		{ kind: 'redirect', location: 'http://elsewhere.example/' },
		(answer) => answer.headers.get('location'),
		'http://elsewhere.example/',
	],
	[
		'a huge body',
		{ kind: 'hugeBody', bytes: 5_000_000 },
		async (answer) => (await answer.arrayBuffer()).byteLength,
		5_000_000,
	],
])('%s travels whole', async (_, action, look, expected) => {
	const sandbox = await open({ faults: [{ do: action }] });
	expect(await look(await create(sandbox))).toEqual(expected);
});

test('a port that is taken rejects with the system’s code', async () => {
	const { port } = await open();
	await expect(startSandbox({ port })).rejects.toMatchObject({ code: 'EADDRINUSE', port });
});

test('closing twice is closing once', async () => {
	const sandbox = await open();
	await Promise.all([sandbox.close(), sandbox.close()]);
	await expect(fetch(`${sandbox.baseUrl}/limits`)).rejects.toThrow('fetch failed');
});

test('the controls open with the key only, and change nothing without it', async () => {
	const sandbox = await open();
	const control = (method: string, path: string, key: string, body?: unknown) =>
		fetch(`http://127.0.0.1:${sandbox.port}/sandbox/${path}`, {
			method,
			headers: { 'x-tokenim-key': key },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
	const script = [{ when: { times: 1 }, do: { kind: 'rateLimited', retryAfter: 3 } }];
	expect((await control('PUT', 'faults', 'wrong', script)).status).toBe(401);
	expect(sandbox.faults()).toEqual([]);

	const { apiKey } = sandbox;
	expect(await (await control('PUT', 'faults', apiKey, script)).json()).toMatchObject({
		faults: script,
		users: 0,
	});
	expect((await create(sandbox)).headers.get('retry-after')).toBe('3');
	expect((await create(sandbox)).status).toBe(200);
	expect((await control('PUT', 'faults', apiKey, { faults: script, seed: 5 })).status).toBe(200);
	expect(await (await control('PUT', 'limits', apiKey, { usersPerRequest: 7 })).json()).toMatchObject({
		limits: { usersPerRequest: 7 },
	});
	expect(await (await control('PUT', 'quota', apiKey, { quota: 9 })).json()).toMatchObject({ quota: 9 });
	expect(await (await control('GET', 'requests', apiKey)).json()).toMatchObject([{ status: 429 }, { status: 200 }]);
	expect(await (await control('GET', 'users', apiKey)).json()).toMatchObject([{ userId: 'u1' }, { userId: 'u2' }]);
	expect(await (await control('GET', 'groups', apiKey)).json()).toEqual([]);
	expect(await (await control('POST', 'reset', apiKey)).json()).toMatchObject({ users: 0, requests: 0 });
	expect(await (await control('GET', 'state', apiKey)).json()).toMatchObject({ users: 0 });
	expect((await control('GET', 'nothing', apiKey)).status).toBe(404);
});

test('a mistake in a script is named by its place', async () => {
	const sandbox = await open();
	const told = async (body: string) => {
		const headers = { 'x-tokenim-key': sandbox.apiKey };
		const answer = await fetch(`http://127.0.0.1:${sandbox.port}/sandbox/faults`, {
			method: 'PUT',
			headers,
			body,
		});
		return [answer.status, JSON.stringify(await answer.json())];
	};
	expect(await told('[{"do":{"kind":"reset"}}]')).toEqual([400, expect.stringContaining('0.do.written')]);
	expect(await told('[{"when":{"tims":1},"do":{"kind":"forbidden"}}]')).toEqual([
		400,
		expect.stringContaining("'tims'"),
	]);
	expect(await told('nonsense')).toEqual([400, expect.stringContaining('JSON')]);
});
