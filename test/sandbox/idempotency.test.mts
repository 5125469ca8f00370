import { expect, test } from 'vitest';
import { createWorld, people } from './world.mts';

const batch = (...users: unknown[]) => ({ onConflict: 'skip', users });
const key = (name: string) => ({ 'idempotency-key': name });
const hourMs = 3_600_000;

test.each([
	['/users/batch', batch(...people(2, 10))],
	['/users/batch-delete', { userIds: ['u1'] }],
	['/groups/batch', { onConflict: 'skip', groups: [{ groupId: 'h', name: 'H', ownerId: 'u1' }] }],
	['/groups/g/members', { memberIds: ['u2'] }],
])('%s sent again with its key gives the first answer and writes nothing', (path, body) => {
	const { create, post, service } = createWorld();
	create(...people(2));
	post('/groups/batch', { onConflict: 'skip', groups: [{ groupId: 'g', name: 'G', ownerId: 'u1' }] });
	const first = post(path, body, key('k'));
	expect(first.headers).not.toHaveProperty('idempotency-replayed');
	const before = [service.users(), service.groups()];
	const again = post(path, body, key('k'));
	expect(again.headers).toMatchObject({ 'idempotency-replayed': 'true' });
	expect(again.text).toBe(first.text);
	expect([service.users(), service.groups()]).toEqual(before);
});

test('without a key the request is carried out again', () => {
	const { create } = createWorld();
	create(...people(1));
	expect(create(...people(1)).body).toMatchObject({ results: [{ status: 'exists' }] });
});

test('queries take no notice of a key', () => {
	const { post } = createWorld();
	post('/users/query', { userIds: ['a'] }, key('k'));
	expect(post('/users/query', { userIds: ['b'] }, key('k'))).toMatchObject({
		status: 200,
		body: { missing: ['b'] },
	});
});

test.each([
	['body', '/users/batch', batch(...people(2))],
	['path', '/users/batch?x=1', batch(...people(1))],
	['endpoint', '/users/batch-delete', { userIds: ['u1'] }],
])('the same key with another %s answers 422 and writes nothing', (_, path, body) => {
	const { post, service } = createWorld();
	post('/users/batch', batch(...people(1)), key('k'));
	const refusal = { status: 422, body: { code: 'idempotency_key_mismatch' } };
	expect(post(path, body, key('k'))).toMatchObject(refusal);
	expect(service.userCount()).toBe(1);
});

test('while the first request runs, its key answers 409 with the wait, and the first answer after that', () => {
	const { post, advance } = createWorld({ latencyMs: 2500 });
	post('/users/batch', batch(...people(1)), key('k'));
	const refusal = { status: 409, body: { code: 'idempotency_key_in_use' }, headers: { 'retry-after': '3' } };
	expect(post('/users/batch', batch(...people(1)), key('k'))).toMatchObject(refusal);
	expect(post('/users/batch', batch(...people(2)), key('k')).status).toBe(422);
	advance(2500);
	const again = post('/users/batch', batch(...people(1)), key('k'));
	expect(again).toMatchObject({ status: 200, headers: { 'idempotency-replayed': 'true' } });
});

test.each([
	['402', { quota: 0 }, 402],
	['403', { permissions: [] }, 403],
	['413', { limits: { requestsPerSecond: null, usersPerRequest: 0 } }, 413],
])('an answer of %s does not use the key up', (_, options, status) => {
	const { post, service } = createWorld(options);
	expect(post('/users/batch', batch(...people(1)), key('k')).status).toBe(status);
	service.setQuota(null);
	service.setPermissions(['users:write']);
	service.setLimits({ usersPerRequest: 1 });
	expect(post('/users/batch', batch(...people(1)), key('k'))).toMatchObject({
		body: { results: [{ status: 'created' }] },
	});
});

test('a key is forgotten after 24 h', () => {
	const { post, advance } = createWorld();
	post('/users/batch', batch(...people(1)), key('k'));
	advance(24 * hourMs - 1);
	expect(post('/users/batch', batch(...people(1)), key('k')).headers).toHaveProperty('idempotency-replayed');
	advance(1);
	expect(post('/users/batch', batch(...people(1)), key('k')).body).toMatchObject({
		results: [{ status: 'exists' }],
	});
});

test('a key has 1 to 128 characters', () => {
	const { post } = createWorld();
	const statusOf = (name: string) => post('/users/batch', batch(), key(name)).status;
	expect([statusOf(''), statusOf('k'), statusOf('k'.repeat(128)), statusOf('k'.repeat(129))]).toEqual([
		400, 200, 200, 400,
	]);
});

test('a service without idempotency carries the same key out again', () => {
	const { post } = createWorld({ idempotency: false });
	post('/users/batch', batch(...people(1)), key('k'));
	const again = post('/users/batch', batch(...people(1)), key('k'));
	expect(again.body).toMatchObject({ results: [{ status: 'exists' }] });
	expect(again.headers).not.toHaveProperty('idempotency-replayed');
});
