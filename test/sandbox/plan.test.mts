import { expect, test } from 'vitest';
import type { Permission } from '../../sandbox/types.mts';
import { createWorld, people } from './world.mts';

const problem = (code: string, more: object = {}) => expect.objectContaining({ code, ...more });

test('the limits are told with quota, permissions, ETag and how long they may be kept', () => {
	const { create, get } = createWorld({ limits: {} });
	create(...people(12));
	const { body, headers } = get('/limits');
	expect(body).toEqual({
		plan: 'standard',
		limits: {
			usersPerRequest: 100,
			groupsPerRequest: 20,
			idsPerQuery: 200,
			membersPerRequest: 200,
			usersPerPage: 500,
			groupsPerPage: 200,
			maxBodyBytes: 1_048_576,
			requestsPerSecond: 20,
			concurrentRequests: 4,
		},
		quota: { users: { limit: 50_000, used: 12 } },
		permissions: ['users:read', 'users:write', 'users:delete', 'groups:read', 'groups:write', 'groups:delete'],
	});
	expect(headers).toMatchObject({ 'cache-control': 'max-age=300', etag: expect.stringMatching(/^".+"$/) });
});

test('limits that did not change since the ETag answer 304, changed ones 200', () => {
	const { get, service } = createWorld();
	const etag = get('/limits').headers.etag ?? '';
	expect(get('/limits', { 'if-none-match': etag }).status).toBe(304);
	service.setLimits({ usersPerRequest: 50 });
	expect(get('/limits', { 'if-none-match': etag })).toMatchObject({
		status: 200,
		body: { limits: { usersPerRequest: 50 } },
	});
});

const limits = {
	requestsPerSecond: null,
	usersPerRequest: 2,
	groupsPerRequest: 2,
	idsPerQuery: 2,
	membersPerRequest: 2,
};
const groupsOf = (...members: string[][]) =>
	members.map((memberIds, at) => ({ groupId: `g${at}`, name: 'G', ownerId: 'u1', memberIds }));

test.each([
	['/users/batch', { onConflict: 'skip', users: people(3) }, 'too_many_items'],
	['/users/query', { userIds: ['a', 'b', 'c'] }, 'too_many_items'],
	['/users/batch-delete', { userIds: ['a', 'b', 'c'] }, 'too_many_items'],
	['/users/batch-status', { active: false, userIds: ['a', 'b', 'c'] }, 'too_many_items'],
	['/groups/batch-delete', { groupIds: ['a', 'b', 'c'] }, 'too_many_items'],
	['/groups/g/members/remove', { memberIds: ['a', 'b', 'c'] }, 'too_many_members'],
	['/groups/batch', { onConflict: 'skip', groups: groupsOf([], [], []) }, 'too_many_items'],
	['/groups/batch', { onConflict: 'skip', groups: groupsOf(['a'], ['b', 'c']) }, 'too_many_members'],
	['/groups/query', { groupIds: ['a', 'b', 'c'] }, 'too_many_items'],
	['/groups/g/members', { memberIds: ['a', 'b', 'c'] }, 'too_many_members'],
	['/groups/g/members/query', { memberIds: ['a', 'b', 'c'] }, 'too_many_items'],
])('%s beyond the plan’s limit answers 413 with the limit', (path, body, code) => {
	const { create, post, service } = createWorld({ limits });
	create({ userId: 'u1', username: 'A' });
	post('/groups/batch', { onConflict: 'skip', groups: [{ groupId: 'g', name: 'G', ownerId: 'u1' }] });
	expect(post(path, body)).toMatchObject({ status: 413, body: problem(code, { limit: 2 }) });
	expect([service.userCount(), service.groups().length]).toEqual([1, 1]);
});

test('a body over the plan’s bytes answers 413 with the limit, one of just so many is taken', () => {
	const body = JSON.stringify({ onConflict: 'skip', users: people(1) });
	const roomy = createWorld({ limits: { maxBodyBytes: body.length } });
	expect(roomy.post('/users/batch', body).status).toBe(200);
	const tight = createWorld({ limits: { maxBodyBytes: body.length - 1 } });
	const refusal = { status: 413, body: problem('body_too_large', { limit: body.length - 1 }) };
	expect(tight.post('/users/batch', body)).toMatchObject(refusal);
});

test('more users than the plan has left answer 402, and none of them is written', () => {
	const { create, service } = createWorld({ quota: 3 });
	create(...people(2));
	const refusal = { status: 402, body: problem('plan_quota_exhausted', { quota: { limit: 3, used: 2 } }) };
	expect(create(...people(2, 3))).toMatchObject(refusal);
	expect(service.userCount()).toBe(2);
	expect(create(...people(1, 3)).status).toBe(200);
});

test('users that exist, and entries that fail, do not count against the quota', () => {
	const { create, update, service } = createWorld({ quota: 2 });
	create(...people(2));
	service.setQuota(1);
	expect(create(...people(2), { userId: '..' }).status).toBe(200);
	expect(update(...people(2)).status).toBe(200);
	expect(create(...people(3)).status).toBe(402);
});

test('the rate is one bucket of a second’s requests; an empty one answers 429 with Retry-After', () => {
	const { get, advance } = createWorld({ limits: { requestsPerSecond: 2 } });
	expect(get('/limits').headers).toMatchObject({ 'ratelimit-limit': '2', 'ratelimit-remaining': '1' });
	expect(get('/limits').headers).toMatchObject({ 'ratelimit-remaining': '0', 'ratelimit-reset': '1' });
	const refusal = { status: 429, body: problem('rate_limited'), headers: { 'retry-after': '1' } };
	expect(get('/limits')).toMatchObject(refusal);
	advance(499);
	expect(get('/limits').status).toBe(429);
	advance(1);
	expect(get('/limits').status).toBe(200);
	expect(get('/limits').status).toBe(429);
});

test('a slow rate names the whole wait', () => {
	const { get } = createWorld({ limits: { requestsPerSecond: 0.1 } });
	get('/limits');
	expect(get('/limits')).toMatchObject({ status: 429, headers: { 'retry-after': '10' } });
});

test.each([null, 0])('a rate of %s is none', (requestsPerSecond) => {
	const { get } = createWorld({ limits: { requestsPerSecond } });
	const statuses = Array.from({ length: 200 }, () => get('/limits').status);
	expect(new Set(statuses)).toEqual(new Set([200]));
});

test.each([
	[true, 429],
	[false, 200],
])('more requests at once than the plan allows, enforced: %s', (enforceConcurrency, status) => {
	const { get, advance } = createWorld({
		limits: { requestsPerSecond: null, concurrentRequests: 2 },
		latencyMs: 100,
		enforceConcurrency,
	});
	get('/limits');
	get('/limits');
	expect(get('/limits').status).toBe(status);
	advance(100);
	expect(get('/limits').status).toBe(200);
});

test.each<[string, object, Permission]>([
	['/users/batch', { onConflict: 'skip', users: [] }, 'users:write'],
	['/users/query', { userIds: [] }, 'users:read'],
	['/users/batch-delete', { userIds: [] }, 'users:delete'],
	['/groups/batch', { onConflict: 'skip', groups: [] }, 'groups:write'],
	['/groups/query', { groupIds: [] }, 'groups:read'],
	['/groups/g/members', { memberIds: [] }, 'groups:write'],
	['/groups/g/members/query', { memberIds: [] }, 'groups:read'],
])('%s is forbidden without its permission', (path, body, permission) => {
	const all: Permission[] = ['users:read', 'users:write', 'users:delete', 'groups:read', 'groups:write'];
	const { post, service, create } = createWorld();
	create({ userId: 'u1', username: 'A' });
	post('/groups/batch', { onConflict: 'skip', groups: [{ groupId: 'g', name: 'G', ownerId: 'u1' }] });
	service.setPermissions(all.filter((each) => each !== permission));
	expect(post(path, body)).toMatchObject({ status: 403, body: problem('forbidden') });
	service.setPermissions([permission]);
	expect(post(path, body).status).toBe(200);
});

test.each([
	['/users/batch', 'no json', 'malformed_body'],
	['/users/batch', '', 'malformed_body'],
	['/users/batch', '[]', 'invalid_request'],
	['/users/batch', '{"users":[]}', 'invalid_request'],
	['/users/batch', '{"onConflict":"replace","users":[]}', 'invalid_request'],
	['/users/batch', '{"onConflict":"skip"}', 'invalid_request'],
	['/users/query', '{"userIds":"a"}', 'invalid_request'],
	['/users/query', '{"userIds":[1]}', 'invalid_request'],
	['/users/batch-delete', '{}', 'invalid_request'],
	['/groups/batch', '{"onConflict":"skip","groups":{}}', 'invalid_request'],
	['/groups/query', '{}', 'invalid_request'],
])('%s with the body %s answers 400', (path, body, code) => {
	expect(createWorld().post(path, body)).toMatchObject({ status: 400, body: problem(code) });
});

test('paths that are none answer 404, other methods 405', () => {
	const { get, post } = createWorld();
	for (const path of [
		'/',
		'/nothing',
		'/users/',
		'/groups//members',
		'/groups/a/members/b',
		'/jobs/a/b',
		'/groups/%/members',
	]) {
		expect(get(path)).toMatchObject({ status: 404, body: problem('not_found') });
	}
	expect(get('/jobs/none')).toMatchObject({ status: 404, body: problem('job_not_found') });
	expect(post('/nothing', {}).status).toBe(404);
});

test('another method than the endpoint’s answers 405 and names the right one', () => {
	const { send } = createWorld();
	expect(send('GET', '/users/batch')).toMatchObject({ status: 405, headers: { allow: 'POST' } });
	expect(send('DELETE', '/limits')).toMatchObject({ status: 405, headers: { allow: 'GET' } });
});

test('each plan can be chosen by its name, and an unknown one is refused with the names there are', () => {
	expect(createWorld({ plan: 'small', limits: {} }).get('/limits').body).toMatchObject({
		plan: 'small',
		quota: { users: { limit: 1000 } },
	});
	expect(() => createWorld({ plan: 'gold' })).toThrow('There is no plan "gold"; there are standard, small, unpaced.');
});
