// Several addresses of one service, and which of them is asked.

import { describe, expect, it } from 'vitest';

import type { Exchange } from '../../../nodes/TokenIm/engine/wire';
import { withFailover } from '../../../nodes/TokenIm/protocol/auth/failover';
import { readProfile, type Profile } from '../../../nodes/TokenIm/protocol/profile/profile';
import json from '../../../nodes/TokenIm/protocol/profiles/tokenim-rest-v1.json' with { type: 'json' };

const [A, B, C] = ['https://a.example.com', 'https://b.example.com', 'https://c.example.com'];
const GET = { method: 'GET', path: '/limits', headers: {}, body: undefined };
const unreached: Exchange = { kind: 'unreached', reason: 'refused' };
const unreachable: Exchange = { kind: 'unreachable', reason: 'no such host' };
const lost: Exchange = { kind: 'lost', reason: 'the connection broke' };
const answer = (status: number): Exchange => ({ kind: 'answer', status, headers: {}, body: new Uint8Array() });

function profileWith(more: object): Profile {
	return readProfile({ ...structuredClone(json), baseUrl: [A, B], ...more });
}

/** A sender on a clock of its own; `down` says what the hosts answer that do not answer 200. */
function sender({
	profile = profileWith({}),
	entered = '',
	down,
}: {
	profile?: Profile;
	entered?: string;
	down: Record<string, Exchange>;
}) {
	const asked: Array<string | undefined> = [];
	let time = 0;
	const send = withFailover(
		profile,
		entered,
		async ({ base }) => {
			asked.push(base);
			return down[base ?? ''] ?? answer(200);
		},
		() => time,
	);
	const options = { timeoutMs: 1_000, signal: new AbortController().signal };
	return {
		asked,
		down,
		/** One request at a time in seconds. */
		at: async (seconds: number) => {
			time = seconds * 1000;
			return await send(GET, options);
		},
		together: async (count: number) =>
			await Promise.all(Array.from({ length: count }, async () => await send(GET, options))),
	};
}

describe('of several addresses', () => {
	it('the first is asked, again and again', async () => {
		const { at, asked } = sender({ down: {} });
		for (const seconds of [0, 1, 2]) await at(seconds);
		expect(asked).toEqual([A, A, A]);
	});

	it.each([
		['refuses the connection', unreached],
		['breaks it', lost],
		['answers 500', answer(500)],
		['answers 503', answer(503)],
	])('the next is asked once the first %s, but not for the same request', async (_what, exchange) => {
		const { at, asked } = sender({ down: { [A]: exchange } });
		expect(await at(0)).toBe(exchange);
		expect(await at(1)).toMatchObject({ status: 200 });
		expect(asked).toEqual([A, B]);
	});

	it.each([200, 400, 401, 404, 429])('the first stays where it answers %i', async (status) => {
		const { at, asked } = sender({ down: { [A]: answer(status) } });
		for (const seconds of [0, 1]) await at(seconds);
		expect(asked).toEqual([A, A]);
	});

	it('one is changed at most once in 30 seconds, and the first comes after the last', async () => {
		const { at, asked } = sender({ down: { [A]: unreached, [B]: unreached } });
		for (const seconds of [0, 1, 29.9, 30, 31, 60]) await at(seconds);
		expect(asked).toEqual([A, B, B, B, A, A]);
	});

	it('the failover of the profile says which statuses count, and how often', async () => {
		const profile = profileWith({ failover: { statuses: [502], minimumIntervalSeconds: 0 } });
		const { at, asked, down } = sender({ profile, down: { [A]: answer(500) } });
		await at(0);
		down[A] = answer(502);
		down[B] = answer(502);
		for (const seconds of [1, 2, 3]) await at(seconds);
		expect(asked).toEqual([A, A, B, A]);
	});

	it('the next is asked at once where there is no such host, for nothing was sent', async () => {
		const { at, asked } = sender({
			profile: profileWith({ baseUrl: [A, B, C] }),
			down: { [A]: unreachable, [B]: unreachable },
		});
		expect(await at(0)).toMatchObject({ status: 200 });
		await at(1);
		expect(asked).toEqual([A, B, C, C]);
	});

	it('none is asked twice for a request where there is none of them', async () => {
		const { at, asked } = sender({ down: { [A]: unreachable, [B]: unreachable } });
		expect(await at(0)).toBe(unreachable);
		expect(asked).toEqual([A, B]);
	});

	it('one is left once by requests that failed together', async () => {
		const profile = profileWith({ failover: { minimumIntervalSeconds: 0 } });
		const { together, at, asked } = sender({ profile, down: { [A]: unreached } });
		await together(5);
		await at(1);
		expect(asked).toEqual([A, A, A, A, A, B]);
	});

	it('none is asked but that of the credential, where it gives one', async () => {
		const { at, asked } = sender({ entered: 'https://proxy.example.com', down: { '': unreached } });
		for (const seconds of [0, 1]) await at(seconds);
		expect(asked).toEqual([undefined, undefined]);
	});
});

describe('a profile', () => {
	it.each([
		[{ baseUrl: [] }, 'baseUrl'],
		[{ baseUrl: 7 }, 'baseUrl'],
		[{ baseUrl: [A, 'https://{apiSecret}.example.com'] }, 'baseUrl.1'],
		[{ baseUrl: 'https://{apiSecret}.example.com' }, 'baseUrl'],
		[{ failover: { statuses: [404] } }, 'failover.statuses.0'],
	])('with %j is refused at %s', (more, path) => {
		expect(() => profileWith(more)).toThrow(expect.objectContaining({ path }));
	});
});
