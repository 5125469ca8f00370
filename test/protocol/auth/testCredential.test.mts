import { describe, expect, it } from 'vitest';

import { sendTest } from '../../../nodes/TokenIm/host/credentialTestRequest';
import { testCredential } from '../../../nodes/TokenIm/protocol/auth/testCredential';
import { defaultProfile } from '../../../nodes/TokenIm/protocol/profiles';
import { BLAMING } from '../answer/answers.mts';

const NOW = Date.UTC(2026, 0, 1, 12, 0, 0);
const NONCE = '00112233445566778899aabbccddeeff';
const data = {
	baseUrl: 'https://im.example.com/v1/',
	apiKey: 'key-1',
	apiSecret: 'correct horse battery staple',
};

/** Tests the credential against a service that gives this response, or throws it when it is an Error. */
async function test(response: unknown, change: Readonly<Record<string, unknown>> = {}) {
	const asked: object[] = [];
	const request = async (options: object): Promise<unknown> => {
		asked.push(options);
		if (response instanceof Error) throw response;
		return await Promise.resolve(response);
	};
	const result = await testCredential(
		async (options, timeoutMs) => await sendTest(request, options, timeoutMs),
		defaultProfile,
		{ ...data, ...change },
		NOW,
		NONCE,
	);
	return { ...result, asked };
}

const plan = {
	plan: 'standard',
	limits: { usersPerRequest: 100 },
	permissions: ['users:read', 'users:write'],
};

function answer(statusCode: number, body: unknown, headers: Readonly<Record<string, unknown>> = {}) {
	return { statusCode, headers, body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) };
}

function thrown(code: string, more: object = {}): Error {
	return Object.assign(new Error(`connect ${code} im.example.com`), { code, ...more });
}

describe('the credential test', () => {
	it('asks once for the plan, signed, following no redirect', async () => {
		const { asked } = await test(answer(200, plan));
		expect(asked).toEqual([
			{
				method: 'GET',
				url: 'https://im.example.com/v1/limits',
				headers: {
					Accept: 'application/json',
					'X-TokenIM-Key': 'key-1',
					'X-TokenIM-Timestamp': String(NOW / 1000),
					'X-TokenIM-Nonce': NONCE,
					'X-TokenIM-Signature': expect.stringMatching(/^[0-9a-f]{64}$/),
					'X-Request-Id': NONCE,
				},
				followRedirect: false,
				simple: false,
				resolveWithFullResponse: true,
				useStream: true,
				timeout: 15_000,
			},
		]);
		expect(JSON.stringify(asked)).not.toContain(data.apiSecret);
	});

	it('names the secret where the nonce is refused, which is new each time', async () => {
		const { status, message } = await test(answer(401, { code: 'nonce_reused' }));
		expect(status).toBe('Error');
		expect(message).toMatch(/one-time number before.* where testing again says the same, the API secret or the clock/);
	});

	it.each([
		['a plan', answer(200, plan), 'Connected to TokenIM REST v1 at im.example.com, plan standard.'],
		[
			'a service that names no permissions',
			answer(200, { limits: {} }),
			'Connected to TokenIM REST v1 at im.example.com.',
		],
		[
			'a body that is text',
			{ statusCode: 200, headers: {}, body: JSON.stringify(plan) },
			'Connected to TokenIM REST v1 at im.example.com, plan standard.',
		],
		[
			'a body that was parsed',
			{ statusCode: 200, headers: {}, body: plan },
			'Connected to TokenIM REST v1 at im.example.com, plan standard.',
		],
	])('is passed with %s', async (_what, response, message) => {
		expect(await test(response)).toMatchObject({ status: 'OK', message });
	});

	it.each([
		['a wrong secret', answer(401, { code: 'invalid_signature' }), /API secret does not belong/],
		['an unknown key', answer(401, { code: 'invalid_key' }), /does not know this API key/],
		['a wrong clock', answer(401, { code: 'clock_skew' }), /clock of the machine that runs n8n/],
		['a 401 of another kind', answer(401, '<html>'), /does not accept the API key or the API secret/],
		['a key that may do nothing', answer(403, { code: 'forbidden' }), /not allowed to do this/],
		[
			'a key that may only read',
			answer(200, { ...plan, permissions: ['users:read'] }),
			/not allowed to create users \(users:write\)\. It may do: users:read\./,
		],
		['a key without any permission', answer(200, { ...plan, permissions: [] }), /It may do nothing\./],
		['a redirect', answer(302, '', { location: 'https://login.example.com' }), /redirect \(HTTP 302\)/],
		['a web page', answer(200, '<html>Welcome to nginx</html>'), /not as TokenIM REST v1 does/],
		['another API', answer(200, { ok: true }), /not as TokenIM REST v1 does/],
		['an empty answer', answer(200, ''), /not as TokenIM REST v1 does/],
		['a wrong path', answer(404, '<html>'), /nothing at this address \(HTTP 404\)/],
		['a service that is out', answer(503, '<html>'), /not able to answer \(HTTP 503\)/],
		['too many requests', answer(429, {}), /fewer requests per second/],
		['a host that does not exist', thrown('ENOTFOUND'), /no host of that name/],
		['a port where nothing listens', thrown('ECONNREFUSED'), /could not be reached \(refused the connection\)\./],
		['a host that no way leads to', thrown('EHOSTUNREACH'), /could not be reached \(no way leads to its host\)\./],
		['a network that no way leads to', thrown('ENETUNREACH'), /could not be reached \(no way leads to its network\)\./],
		['a host that is down', thrown('EHOSTDOWN'), /could not be reached \(its host is down\)\./],
		[
			'a name server that is out',
			thrown('EAI_AGAIN'),
			/could not be reached \(its name could not be looked up just now\)\./,
		],
		['a time-out', thrown('ECONNABORTED'), /no answer came in time/],
		[
			'a certificate that is not trusted',
			thrown('DEPTH_ZERO_SELF_SIGNED_CERT'),
			/certificate of the service is not trusted/,
		],
		[
			'a certificate of another host',
			thrown('ERR_TLS_CERT_ALTNAME_INVALID'),
			/certificate of the service is not trusted/,
		],
		['HTTPS where HTTP is spoken', thrown('EPROTO', { message: 'wrong version number' }), /does not speak HTTPS/],
		['a connection that breaks', thrown('ECONNRESET'), /connection broke/],
		['something that is no response', undefined, /not an HTTP response/],
	])('tells of %s', async (_what, response, message) => {
		const result = await test(response);
		expect(result).toMatchObject({ status: 'Error', message: expect.stringMatching(message) });
		expect(result.message).not.toMatch(BLAMING);
		expect(result.message).toMatch(/\.$/);
	});

	it.each([
		['an address without scheme', { baseUrl: 'im.example.com' }, /base URL is not an address/],
		['http over the internet', { baseUrl: 'http://im.example.com' }, /not safe/],
		['no key', { apiKey: '' }, /API key is empty/],
		['no secret', { apiSecret: undefined }, /API secret is empty/],
		['a key in curly quotation marks', { apiKey: '“key-1”' }, /outside ASCII/],
	])('asks nobody with %s', async (_what, change, message) => {
		const { asked, ...result } = await test(answer(200, plan), change);
		expect(result).toEqual({ status: 'Error', message: expect.stringMatching(message) });
		expect(asked).toEqual([]);
	});

	it.each([
		['Thu, 01 Jan 2026 12:20:00 GMT', ' about 20 minutes behind '],
		['Thu, 01 Jan 2026 11:59:00 GMT', ' about 1 minute ahead of '],
	])('says how wrong the clock is when the service says that it is %s', async (date, text) => {
		expect((await test(answer(401, { code: 'clock_skew' }, { date }))).message).toContain(text);
	});

	it.each(['Thu, 01 Jan 2026 12:00:10 GMT', 'yesterday', undefined])(
		'says nothing of the clock with the date %j',
		async (date) => {
			expect((await test(answer(401, { code: 'invalid_key' }, { date }))).message).not.toContain('clock');
		},
	);

	it('never repeats key or secret, whatever the service answers', async () => {
		for (const status of [200, 302, 400, 401, 403, 404, 422, 500]) {
			const echo = { code: data.apiSecret, detail: data.apiSecret, message: data.apiKey, title: data.apiKey };
			const { message } = await test(answer(status, echo));
			expect(message).not.toContain(data.apiSecret);
			expect(message).not.toContain(data.apiKey);
		}
	});
});
