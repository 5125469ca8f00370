import { describe, expect, it } from 'vitest';

import type { Exchange, WireRequest } from '../../../nodes/TokenIm/engine/wire';
import { readProfile } from '../../../nodes/TokenIm/protocol/profile/profile';
import standard from '../../../nodes/TokenIm/protocol/profiles/tokenim-rest-v1.json' with { type: 'json' };
import { withAccess } from '../../../nodes/TokenIm/protocol/auth/access';
import { withTokens } from '../../../nodes/TokenIm/protocol/auth/tokens';
import { answer } from '../answer/answers.mts';

const options = { timeoutMs: 1, signal: new AbortController().signal };
const request: WireRequest = { method: 'GET', path: '/x?y=1', headers: {}, body: undefined };
let shelves = 0;

function lab(token: object, script: (sent: WireRequest, number: number) => Exchange) {
	const profile = readProfile({
		...standard,
		refusals: { ...standard.refusals, text: 'message' },
		authentication: {
			headers: { Authorization: 'Bearer {token}' },
			query: { sid: '{session}' },
			token: {
				path: '/login',
				take: { token: { at: 'data.token' }, session: { header: 'X-Session' } },
				minimumIntervalSeconds: 10,
				...token,
			},
		},
	});
	let now = 1_700_000_000_000;
	const sent: WireRequest[] = [];
	const send = withTokens(
		profile,
		async (one) => {
			sent.push(one);
			return script(one, sent.length);
		},
		`test ${++shelves}`,
		() => now,
		['the secret', 'the-secret'],
	);
	return {
		sent,
		go: async (afterMs = 0) => ((now += afterMs), await send(request, options)),
		paths: () => sent.map(({ path }) => path),
	};
}

const tokenAnswer = (name: string, more: object = {}): Exchange =>
	answer(200, { data: { token: name }, ...more }, { 'x-session': 's 1'.replace(' ', '') });

describe('a token', () => {
	it('is taken from body and header, and put into header and query', async () => {
		const { go, sent } = lab({}, ({ path }) => (path === '/login' ? tokenAnswer('t1') : answer(200, {})));
		await go();
		expect(sent[0]).toMatchObject({ method: 'POST', path: '/login', body: undefined });
		expect(sent[1]).toMatchObject({ path: '/x?y=1&sid=s1', headers: { Authorization: 'Bearer t1' } });
	});

	it.each([
		['seconds', { lifetime: { at: 'ttl' } }, { ttl: 100 }, 39_000, 41_000],
		['milliseconds', { lifetime: { at: 'ttl', unit: 'milliseconds' } }, { ttl: 100_000 }, 39_000, 41_000],
		['an epoch', { lifetime: { at: 'ttl', unit: 'epochSeconds' } }, { ttl: 1_700_000_100 }, 39_000, 41_000],
		['nothing', { lifetime: { defaultSeconds: 100 } }, {}, 39_000, 41_000],
	])('lives as long as the answer says in %s, less a margin', async (_what, token, more, good, stale) => {
		const { go, paths } = lab(token, ({ path }) => (path === '/login' ? tokenAnswer('t', more) : answer(200, {})));
		await go();
		await go(good);
		expect(paths().filter((path) => path === '/login')).toHaveLength(1);
		await go(stale - good);
		expect(paths().filter((path) => path === '/login')).toHaveLength(2);
	});

	it.each([
		['as long as the margin', { ttl: 60 }],
		['a little longer than the margin', { ttl: 61 }],
		['shorter than the margin', { ttl: 45 }],
		['five seconds', { ttl: 5 }],
		['no time at all', { ttl: 0 }],
	])('that lives %s is fetched once for forty requests, not for each', async (_how, more) => {
		const { go, paths } = lab({ lifetime: { at: 'ttl' } }, ({ path }) =>
			path === '/login' ? tokenAnswer('t', more) : answer(200, {}),
		);
		for (let request = 0; request < 40; request++) await go(100);
		expect(paths().filter((path) => path === '/login')).toHaveLength(1);
	});

	it('whose end is told by a clock that is behind ours is used all the same', async () => {
		const { go, paths } = lab({ lifetime: { at: 'end', unit: 'epochSeconds' } }, ({ path }) =>
			path === '/login' ? tokenAnswer('t', { end: 1_600_000_000 }) : answer(200, {}),
		);
		for (let request = 0; request < 40; request++) await go(100);
		expect(paths().filter((path) => path === '/login')).toHaveLength(1);
	});

	it('is not fetched twice within the time that the profile names, however short it lives', async () => {
		const { go, paths } = lab({ minimumIntervalSeconds: 60, lifetime: { at: 'ttl' } }, ({ path }) =>
			path === '/login' ? tokenAnswer('t', { ttl: 5 }) : answer(200, {}),
		);
		for (let request = 0; request < 59; request++) await go(1_000);
		expect(paths().filter((path) => path === '/login')).toHaveLength(1);
		await go(2_000);
		expect(paths().filter((path) => path === '/login')).toHaveLength(2);
	});

	it('of 0 seconds lives for ever where the profile says so', async () => {
		const { go, paths } = lab({ lifetime: { at: 'ttl', zeroIsForever: true } }, ({ path }) =>
			path === '/login' ? tokenAnswer('t', { ttl: 0 }) : answer(200, {}),
		);
		await go();
		await go(1e12);
		expect(paths().filter((path) => path === '/login')).toHaveLength(1);
	});

	it('is fetched anew once on an answer that says so, and the request goes again', async () => {
		let logins = 0;
		const { go, sent } = lab({ refreshOn: [{ status: 403, code: 'expired' }] }, ({ path, headers }) =>
			path === '/login'
				? tokenAnswer(`t${++logins}`)
				: headers.Authorization === 'Bearer t1' && logins > 0 && sent.length > 3
					? answer(403, { code: 'expired' })
					: answer(200, { ok: 1 }),
		);
		await go();
		await go(20_000);
		const last = await go(20_000);
		expect(last).toMatchObject({ status: 200 });
		expect(logins).toBe(2);
		expect(sent.at(-1)?.headers).toMatchObject({ Authorization: 'Bearer t2' });
	});

	it.each([
		['lost', { kind: 'lost', reason: 'r' } as const, 'unreached'],
		['a 503', answer(503, {}), 'unreached'],
		['a token that no header can carry', answer(200, { data: { token: 'a b' } }, { 'x-session': 's' }), 'unreachable'],
		['no token', answer(200, {}), 'unreachable'],
		['a refusal', answer(401, { code: 'no' }), 'unreachable'],
	])('whose answer is %s leaves the request unsent', async (_what, reply, kind) => {
		const { go, paths } = lab({}, () => reply);
		expect(await go()).toMatchObject({ kind });
		expect(paths()).toEqual(['/login']);
	});
});

describe('a token that is refused', () => {
	const refusedBy = async (status: number, body: unknown): Promise<Exchange> =>
		await lab({}, () => answer(status, body)).go();

	it("ends the run with the service's own code and text, on one line and without the secret", async () => {
		const text = 'No client with\u0007 this secret:\n the secret';
		expect(await refusedBy(401, { code: 'wrong_client', message: text })).toEqual({
			kind: 'unreachable',
			code: 'wrong_client',
			reason: expect.stringMatching(
				/\(HTTP 401\).*request for a token\. It said: "No client with this secret: \(hidden\)" \(wrong_client\)\.$/,
			),
		});
	});

	it('is told without a code that is the secret itself', async () => {
		const said = await refusedBy(401, { code: 'the-secret', message: 'the-secret' });
		expect(JSON.stringify(said)).not.toContain('the-secret');
		expect(said).toMatchObject({ kind: 'unreachable', code: '(hidden)' });
	});

	it('is not told of by a refusal that repeats it', async () => {
		const { go } = lab({ refreshOn: [] }, ({ path }) =>
			path === '/login'
				? tokenAnswer('token/of/1')
				: answer(403, { code: 'token/of/1', message: 'No: token\u002Fof/1' }),
		);
		const said = await go();
		expect(said).toMatchObject({ kind: 'answer', status: 403 });
		const text = said.kind === 'answer' ? Buffer.from(said.body).toString() : '';
		expect(text).toBe('{"code":"(hidden)","message":"No: (hidden)"}');
	});

	it('is told as OAuth 2.0 has it, where it stands nowhere else', async () => {
		const body = { error: 'invalid_client', error_description: 'Client authentication failed' };
		expect(await refusedBy(400, body)).toMatchObject({
			kind: 'unreachable',
			code: 'invalid_client',
			reason: expect.stringContaining('It said: "Client authentication failed" (invalid_client).'),
		});
	});

	it('is told with the code in an answer of 200 too', async () => {
		expect(await refusedBy(200, { code: 40_001, message: 'bad secret' })).toMatchObject({
			kind: 'unreachable',
			code: '40001',
			reason: expect.stringContaining('It said: "bad secret" (40001).'),
		});
		expect(await refusedBy(200, {})).toEqual({
			kind: 'unreachable',
			code: undefined,
			reason: expect.stringMatching(/without one\. Check key and secret/),
		});
	});

	it('is no answer to what was asked: an address that is not there makes nobody missing', async () => {
		expect(await refusedBy(404, {})).toMatchObject({ kind: 'unreachable', code: 'http_404' });
	});

	it.each([429, 408])('is left to pass where it passes by itself: %i', async (status) => {
		expect(await refusedBy(status, {})).toMatchObject({ kind: 'answer', status });
	});

	it('shows no more of a page than its status', async () => {
		const said = await refusedBy(403, '<html>Forbidden</html>');
		expect(JSON.stringify(said)).not.toContain('html');
		expect(said).toMatchObject({ kind: 'unreachable', code: 'http_403' });
	});

	it('is told without the key, the secret and the secret values of the credential', async () => {
		const profile = readProfile({
			...standard,
			refusals: { ...standard.refusals, text: 'message' },
			values: { salt: { label: 'Salt', secret: true }, region: { label: 'Region' } },
			authentication: { headers: { A: '{token}' }, token: { path: '/login', take: { token: { at: 'token' } } } },
		});
		const values = { salt: 'the salt', region: 'eu-west' };
		const data = {
			baseUrl: 'https://im.example.com',
			apiKey: 'my-key',
			apiSecret: 'the secret ',
			profileValues: { entries: Object.entries(values).map(([name, value]) => ({ name, value })) },
		};
		const message = 'my-key, the secret, the salt, eu-west';
		const send = withAccess(
			profile,
			data,
			async () => answer(401, { code: 'no', message }),
			() => 0,
		);
		expect(await send(request, options)).toMatchObject({
			reason: expect.stringContaining('"(hidden), (hidden), (hidden), eu-west"'),
		});
	});
});
