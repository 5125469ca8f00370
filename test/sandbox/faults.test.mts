import { describe, expect, test } from 'vitest';
import { faultsSchema } from '../../sandbox/faults/schema.mts';
import type { Fault, FaultAction, Written } from '../../sandbox/faults/script.mts';
import { seen } from './client.mts';
import { differences } from './openapi.mts';
import { createWorld, people } from './world.mts';

const batch = (count = 2) => ({ onConflict: 'skip', users: people(count) });
const key = { 'idempotency-key': 'k' };
const dayMs = 86_400_000;

/** One batch under this fault, and how many users the service then holds. */
function under(action: FaultAction, when?: Fault['when']) {
	const world = createWorld({ faults: faultsSchema.parse([{ when, do: action }]) });
	const reply = world.send('POST', '/users/batch', batch(), key);
	return { ...world, reply, count: world.service.userCount() };
}

describe('refusals that the contract knows', () => {
	test.each<[FaultAction, number, string, Record<string, string>]>([
		[{ kind: 'rateLimited' }, 429, 'rate_limited', {}],
		[{ kind: 'rateLimited', retryAfter: 7 }, 429, 'rate_limited', { 'retry-after': '7' }],
		[{ kind: 'rateLimited', retryAfter: 'soon' }, 429, 'rate_limited', { 'retry-after': 'soon' }],
		[
			{ kind: 'rateLimited', retryAfter: { dateInMs: 30 * dayMs } },
			429,
			'rate_limited',
			{ 'retry-after': 'Thu, 14 Dec 2023 22:13:20 GMT' },
		],
		[{ kind: 'serverError' }, 500, 'internal', {}],
		[{ kind: 'serverError', status: 502 }, 502, 'bad_gateway', {}],
		[{ kind: 'serverError', status: 503, retryAfter: 30 }, 503, 'unavailable', { 'retry-after': '30' }],
		[{ kind: 'serverError', status: 504 }, 504, 'gateway_timeout', {}],
		[{ kind: 'tooLarge' }, 413, 'too_many_items', {}],
		[{ kind: 'tooLarge', code: 'too_many_members', limit: 5 }, 413, 'too_many_members', {}],
		[{ kind: 'tooLarge', code: 'body_too_large', limit: 999 }, 413, 'body_too_large', {}],
		[{ kind: 'invalidRequest' }, 400, 'invalid_request', {}],
		[{ kind: 'unauthorized', code: 'invalid_key' }, 401, 'invalid_key', {}],
		[{ kind: 'unauthorized', code: 'invalid_signature' }, 401, 'invalid_signature', {}],
		[{ kind: 'unauthorized', code: 'clock_skew' }, 401, 'clock_skew', {}],
		[{ kind: 'unauthorized', code: 'nonce_reused' }, 401, 'nonce_reused', {}],
		[{ kind: 'forbidden' }, 403, 'forbidden', {}],
		[{ kind: 'quotaExhausted' }, 402, 'plan_quota_exhausted', {}],
		[{ kind: 'keyInUse' }, 409, 'idempotency_key_in_use', { 'retry-after': '1' }],
		[{ kind: 'keyMismatch' }, 422, 'idempotency_key_mismatch', {}],
	])('%o answers %i %s and writes nothing', (action, status, code, headers) => {
		const { reply, count } = under(action);
		const answer = seen(reply);
		expect(answer).toMatchObject({ status, body: { code }, headers });
		expect('retry-after' in answer.headers).toBe('retry-after' in headers);
		expect(differences('POST', '/v1/users/batch', answer)).toEqual([]);
		expect(count).toBe(0);
	});

	test('a 413 carries its limit, and none where none is given', () => {
		expect(seen(under({ kind: 'tooLarge', limit: 5 }).reply).body).toMatchObject({ limit: 5 });
		expect(seen(under({ kind: 'tooLarge' }).reply).body).not.toHaveProperty('limit');
	});

	test('a whole batch is refused with the bad entry named, or with nobody named', () => {
		const errors = [{ index: 1, code: 'invalid_value' }];
		expect(seen(under({ kind: 'invalidRequest', named: true }, { containsId: 'u2' }).reply).body).toMatchObject({
			errors,
		});
		expect(seen(under({ kind: 'invalidRequest' }, { containsId: 'u2' }).reply).body).not.toHaveProperty('errors');
	});

	test('any refusal can be made up', () => {
		const made = {
			kind: 'refusal',
			status: 418,
			body: { code: 'teapot' },
			headers: { 'x-made': 'up' },
		} as const;
		expect(seen(under(made).reply)).toMatchObject({
			status: 418,
			body: { code: 'teapot' },
			headers: { 'x-made': 'up' },
		});
		expect(seen(under({ kind: 'refusal', status: 500, body: 'oops' }).reply).text).toBe('oops');
	});
});

describe('answers that are none', () => {
	test('a proxy’s page comes with any status', () => {
		for (const status of [200, 403, 502]) {
			const { reply, count } = under({ kind: 'html', status });
			const page = { status, text: expect.stringMatching(/^<!doctype html>/), body: undefined };
			expect(seen(reply)).toMatchObject(page);
			expect(count).toBe(0);
		}
	});

	test('an empty body comes with 200, after the write', () => {
		const { reply, count } = under({ kind: 'emptyBody' });
		expect([seen(reply).status, seen(reply).text, count]).toEqual([200, '', 2]);
	});

	test('cut JSON is the beginning of the real answer, after the write', () => {
		const { reply, count } = under({ kind: 'cutJson', keep: 0.9 });
		const { text, body } = seen(reply);
		expect(text).toMatch(/^\{"requestId":"r-1","results":\[\{"index":0/);
		expect([body, count]).toEqual([undefined, 2]);
	});

	test('a body of 50 MB is JSON', () => {
		const { reply } = under({ kind: 'hugeBody' });
		expect(reply.kind === 'answer' && reply.body.length).toBe(50 * 1024 * 1024);
		expect(seen(under({ kind: 'hugeBody', bytes: 100 }).reply).body).toEqual({ results: [] });
	});

	test('a redirect points to another host', () => {
		const location = 'http://elsewhere.example/v1/users/batch';
		expect(seen(under({ kind: 'redirect', location }).reply)).toMatchObject({
			status: 307,
			headers: { location },
		});
	});
});

describe('answers that are lost', () => {
	const lost: Array<(written: Written) => FaultAction> = [
		(written) => ({ kind: 'reset', written }),
		(written) => ({ kind: 'hang', written }),
		(written) => ({ kind: 'serverError', written }),
		(written) => ({ kind: 'html', written }),
		(written) => ({ kind: 'unauthorized', code: 'nonce_reused', written }),
		(written) => ({ kind: 'refusal', status: 520, written }),
	];

	test.each(lost.map((of) => [of(false).kind, of] as const))('%s before the write writes nothing', (_, of) => {
		const { count, post, service } = under(of(false), { times: 1 });
		expect(count).toBe(0);
		expect(post('/users/batch', batch(), key).headers).not.toHaveProperty('idempotency-replayed');
		expect(service.userCount()).toBe(2);
	});

	test.each(lost.map((of) => [of(true).kind, of] as const))(
		'%s after the write writes, and keeps the answer under the key',
		(_, of) => {
			const { count, post } = under(of(true), { times: 1 });
			expect(count).toBe(2);
			const again = post('/users/batch', batch(), key);
			expect(again.headers).toMatchObject({ 'idempotency-replayed': 'true' });
			expect(again.body).toMatchObject({ results: [{ status: 'created' }, { status: 'created' }] });
		},
	);

	test.each(lost.map((of) => [of(true).kind, of] as const))(
		'%s with a late write writes after that time; until then the key is in use',
		(_, of) => {
			const { count, post, service, advance } = under(of({ lateMs: 3000 }), { times: 1 });
			advance(2999);
			expect([count, service.userCount()]).toEqual([0, 0]);
			expect(post('/users/batch', batch(), key)).toMatchObject({
				status: 409,
				headers: { 'retry-after': '1' },
			});
			advance(1);
			expect(service.userCount()).toBe(2);
			expect(post('/users/batch', batch(), key).headers).toHaveProperty('idempotency-replayed');
		},
	);

	test('a reset and a hang are no answers', () => {
		expect(under({ kind: 'reset', written: true }).reply.kind).toBe('reset');
		expect(under({ kind: 'hang', written: true }).reply.kind).toBe('hang');
	});

	test('a slow answer comes late, and its key is in use until then', () => {
		const { reply, post, advance } = under({ kind: 'slow', delayMs: 5000 }, { times: 1 });
		expect(reply).toMatchObject({ status: 200, delayMs: 5000 });
		expect(post('/users/batch', batch(), key).status).toBe(409);
		advance(5000);
		expect(post('/users/batch', batch(), key).status).toBe(200);
	});
});

describe('changes that last', () => {
	test('limits shrink under way', () => {
		const { post, get, advance } = under({ kind: 'setLimits', limits: { usersPerRequest: 1 } }, { request: 2 });
		expect(post('/users/batch', batch(2))).toMatchObject({ status: 413, body: { limit: 1 } });
		advance(1);
		expect(get('/limits').body).toMatchObject({ limits: { usersPerRequest: 1, groupsPerRequest: 20 } });
	});

	test('the quota is lowered under way, and what was written stays', () => {
		const { post, service } = under({ kind: 'setQuota', quota: 2 }, { request: 2 });
		expect(post('/users/batch', batch(3))).toMatchObject({
			status: 402,
			body: { quota: { limit: 2, used: 2 } },
		});
		expect(service.userCount()).toBe(2);
	});
});

describe('entries that are refused', () => {
	test('by id, for good', () => {
		const { reply, count } = under({
			kind: 'failEntries',
			ids: ['u2'],
			code: 'username_blocked',
			field: 'username',
		});
		const error = { code: 'username_blocked', field: 'username', retryable: false };
		expect(seen(reply).body).toMatchObject({
			results: [{ status: 'created' }, { userId: 'u2', status: 'failed', error }],
		});
		expect(count).toBe(1);
	});

	test('so many times each, retryable, then taken', () => {
		const { reply, post } = under({ kind: 'failEntries', ids: ['u1', 'u2'], retryable: true, timesEach: 2 });
		const refused = { status: 'failed', error: { code: 'temporarily_unavailable', retryable: true } };
		expect(seen(reply).body).toMatchObject({ results: [refused, refused] });
		expect(post('/users/batch', { onConflict: 'skip', users: people(1) }).body).toMatchObject({
			results: [refused],
		});
		expect(post('/users/batch', batch()).body).toMatchObject({ results: [{ status: 'created' }, refused] });
		expect(post('/users/batch', batch()).body).toMatchObject({
			results: [{ status: 'exists' }, { status: 'created' }],
		});
	});

	test('a share of them, the same ones each time', () => {
		const faults: Fault[] = [{ do: { kind: 'failEntries', ids: { share: 0.3 } } }];
		const failedIds = (seed: number) => {
			const { create, service } = createWorld({ faults, seed });
			create(...people(100));
			create(...people(100));
			return service.users().map(({ userId }) => userId);
		};
		expect(failedIds(1)).toEqual(failedIds(1));
		expect(failedIds(1)).not.toEqual(failedIds(2));
		expect(failedIds(1).length).toBeGreaterThan(55);
		expect(failedIds(1).length).toBeLessThan(85);
	});

	test('groups, members and deletions alike', () => {
		const { create, post, service } = createWorld();
		create(...people(3));
		service.setFaults([{ do: { kind: 'failEntries', ids: ['u2', 'g2'] } }]);
		const failed = { status: 'failed', error: { code: 'refused' } };
		const groups = ['g1', 'g2'].map((groupId) => ({ groupId, name: 'G', ownerId: 'u1', memberIds: ['u2'] }));
		const results = [{ status: 'created', members: { results: [failed] } }, failed];
		expect(post('/groups/batch', { onConflict: 'skip', groups }).body).toMatchObject({ results });
		expect(post('/groups/g1/members', { memberIds: ['u2', 'u3'] }).body).toMatchObject({
			results: [failed, { status: 'added' }],
		});
		expect(post('/users/batch-delete', { userIds: ['u2'] }).body).toMatchObject({ results: [failed] });
	});
});
