import { describe, expect, it } from 'vitest';

import type { Exchange, WireRequest } from '../../../nodes/TokenIm/engine/wire';
import { readProfile } from '../../../nodes/TokenIm/protocol/profile/profile';
import standard from '../../../nodes/TokenIm/protocol/profiles/tokenim-rest-v1.json' with { type: 'json' };
import { withTokens } from '../../../nodes/TokenIm/protocol/auth/tokens';
import { answer } from '../answer/answers.mts';

const options = { timeoutMs: 1, signal: new AbortController().signal };
const request: WireRequest = { method: 'GET', path: '/x?y=1', headers: {}, body: undefined };
let shelves = 0;

function lab(token: object, script: (sent: WireRequest, number: number) => Exchange) {
	const profile = readProfile({
		...standard,
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
		['a refusal', answer(401, { code: 'no' }), 'answer'],
	])('whose answer is %s leaves the request unsent', async (_what, reply, kind) => {
		const { go, paths } = lab({}, () => reply);
		expect(await go()).toMatchObject({ kind });
		expect(paths()).toEqual(['/login']);
	});
});
