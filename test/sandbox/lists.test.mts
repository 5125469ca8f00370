import { describe, expect, test } from 'vitest';
import type { FaultAction } from '../../sandbox/faults/script.mts';
import type { ServiceOptions } from '../../sandbox/service.mts';
import { isRecord } from '../../sandbox/types.mts';
import { seen } from './client.mts';
import { differences } from './openapi.mts';
import { createWorld, people } from './world.mts';

const minutes = 60_000;

/** Five users, all in `g`, which `u1` owns; small pages unless told otherwise. */
function createSchool(options: ServiceOptions = {}) {
	const world = createWorld({ limits: { requestsPerSecond: null, usersPerPage: 2, groupsPerPage: 2 }, ...options });
	world.create(...people(5));
	const group = (groupId: string) => ({ groupId, name: 'G', ownerId: 'u1', memberIds: ['u2', 'u3', 'u4', 'u5'] });
	world.post('/groups/batch', { onConflict: 'skip', groups: [group('g'), group('h'), group('i')] });

	const idsOf = (body: unknown, name: string): unknown[] => {
		const list = isRecord(body) && Array.isArray(body[name]) ? body[name] : [];
		return list.map((element: unknown) => (isRecord(element) ? (element.userId ?? element.groupId) : element));
	};
	const next = (body: unknown): string | undefined =>
		isRecord(body) && typeof body.nextCursor === 'string' ? body.nextCursor : undefined;
	const page = (path: string, cursor?: string, limit?: number) => {
		const query = new URLSearchParams({
			...(limit === undefined ? {} : { limit: String(limit) }),
			...(cursor === undefined ? {} : { cursor }),
		}).toString();
		return world.get(query === '' ? path : `${path}?${query}`);
	};
	/** All pages; `meanwhile` runs after each. */
	const pages = (path: string, limit?: number, meanwhile: (number: number) => void = () => undefined) => {
		const name = path.endsWith('members') ? 'members' : path.slice(1);
		const all: unknown[][] = [];
		for (let cursor: string | undefined; all.length < 50; ) {
			const { body } = page(path, cursor, limit);
			all.push(idsOf(body, name));
			meanwhile(all.length);
			cursor = next(body);
			if (cursor === undefined) break;
		}
		return all;
	};
	return { ...world, page, pages, next };
}

test('users are read page by page, by their ids, with all that the query gives', () => {
	const { page, pages, post } = createSchool();
	expect(pages('/users')).toEqual([['u1', 'u2'], ['u3', 'u4'], ['u5']]);
	const queried = post('/users/query', { userIds: ['u1', 'u2'] }).body;
	expect(page('/users').body).toEqual({ users: isRecord(queried) ? queried.users : [], nextCursor: expect.anything() });
});

test('groups are read page by page, with all that the query gives', () => {
	const { pages, page } = createSchool();
	expect(pages('/groups')).toEqual([['g', 'h'], ['i']]);
	expect(page('/groups').body).toMatchObject({ groups: [{ groupId: 'g', ownerId: 'u1', memberCount: 5 }, {}] });
});

test('members are read page by page, with their roles', () => {
	const { pages, page } = createSchool({ limits: { requestsPerSecond: null, idsPerQuery: 3 } });
	expect(pages('/groups/g/members')).toEqual([
		['u1', 'u2', 'u3'],
		['u4', 'u5'],
	]);
	expect(page('/groups/g/members').body).toMatchObject({
		members: [
			{ userId: 'u1', role: 'owner' },
			{ userId: 'u2', role: 'member' },
			{ userId: 'u3', role: 'member' },
		],
	});
	expect(page('/groups/none/members')).toMatchObject({ status: 404, body: { code: 'group_not_found' } });
});

test('a full last page has no cursor, and an empty list is one page', () => {
	expect(createSchool().pages('/groups/g/members', 5)).toHaveLength(1);
	expect(createWorld().get('/users').body).toEqual({ users: [] });
});

test.each([
	[1, [1, 1, 1, 1, 1]],
	[2, [2, 2, 1]],
	[1000, [2, 2, 1]],
	[undefined, [2, 2, 1]],
])('limit %s is taken up to what the plan allows', (limit, sizes) => {
	expect(
		createSchool()
			.pages('/users', limit)
			.map((page) => page.length),
	).toEqual(sizes);
});

test.each(['0', '-1', 'x', '1.5', ''])('limit "%s" is refused', (limit) => {
	const { get } = createSchool();
	expect(get(`/users?limit=${limit}`)).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
});

describe('a cursor', () => {
	test('must be percent-encoded', () => {
		const { page, next, get } = createSchool();
		const cursor = next(page('/users').body) ?? '';
		expect(cursor).toMatch(/[+/=]/);
		expect(get(`/users?cursor=${encodeURIComponent(cursor)}`).status).toBe(200);
	});

	test('is good for 10 minutes from its page on, and then answers 410', () => {
		const { page, next, advance } = createSchool();
		const first = next(page('/users').body);
		advance(10 * minutes);
		const { status, body } = page('/users', first);
		expect(status).toBe(200);
		advance(1);
		expect(page('/users', first)).toMatchObject({ status: 410, body: { code: 'cursor_expired' } });
		expect(page('/users', next(body)).status).toBe(200);
	});

	test.each([
		['of another list', '/groups'],
		['of another group', '/groups/h/members'],
	])('%s is refused', (_, path) => {
		const { page, next } = createSchool({ limits: { requestsPerSecond: null, idsPerQuery: 2 } });
		const cursor = next(page('/groups/g/members').body);
		expect(page(path, cursor)).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
	});

	test.each(['x', 'fn4+', ''])('that no list gave (%s) is refused', (cursor) => {
		expect(createSchool().page('/users', cursor)).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
	});
});

describe('while a list is read', () => {
	test('whoever stays comes, whoever goes or comes may', () => {
		const { pages, create, post } = createSchool();
		const read = pages('/users', 2, (number) => {
			if (number === 1) post('/users/batch-delete', { userIds: ['u2', 'u3'] });
			if (number === 1) create({ userId: 'a', username: 'A' }, { userId: 'u44', username: 'U' });
		});
		expect(read.flat()).toEqual(['u1', 'u2', 'u4', 'u44', 'u5']);
	});

	test('a page is as long as asked for where the lag hides some, and shows whom the lag still shows', () => {
		const { page, post, create, advance } = createSchool({
			readLagMs: 2_000,
			limits: { requestsPerSecond: null, usersPerPage: 3 },
		});
		advance(5_000);
		create({ userId: 'a', username: 'A' }, { userId: 'b', username: 'B' });
		post('/users/batch-delete', { userIds: ['u1', 'u5'] });
		const lagging = page('/users').body;
		expect(lagging).toMatchObject({ users: [{ userId: 'u1' }, { userId: 'u2' }, { userId: 'u3' }] });
		expect(post('/groups/g/members/query', { memberIds: ['u5'] }).body).toMatchObject({ members: ['u5'] });
		advance(2_000);
		expect(page('/users').body).toMatchObject({ users: [{ userId: 'a' }, { userId: 'b' }, { userId: 'u2' }] });
		expect(page('/groups/g/members').body).toMatchObject({ members: [{ userId: 'u2' }, {}, {}] });
	});

	test('a group that was deleted is read with its members for as long as the lag', () => {
		const { page, post, advance } = createSchool({ readLagMs: 2_000 });
		advance(5_000);
		post('/groups/batch-delete', { groupIds: ['g'] });
		expect(page('/groups/g/members').body).toMatchObject({ members: [{}, {}, {}, {}, {}] });
		expect(page('/groups').body).toMatchObject({ groups: [{ groupId: 'g' }, {}] });
		advance(2_000);
		expect(page('/groups/g/members').status).toBe(404);
	});
});

test.each([
	['/users', 'groups:read'],
	['/groups', 'users:read'],
	['/groups/g/members', 'users:read'],
] as const)('%s wants its own permission', (path, other) => {
	const { service, page } = createSchool();
	service.setPermissions([other]);
	expect(page(path)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
});

describe('under faults', () => {
	test.each(['/users', '/groups', '/groups/g/members'])('%s answers what the contract foresees', (path) => {
		const actions: FaultAction[] = [
			{ kind: 'rateLimited', retryAfter: 3 },
			{ kind: 'serverError', status: 503, retryAfter: 1 },
			{ kind: 'unauthorized', code: 'nonce_reused' },
			{ kind: 'forbidden' },
			{ kind: 'invalidRequest' },
		];
		const { send, service } = createSchool();
		for (const action of actions) {
			service.setFaults([{ do: action }]);
			const answer = seen(send('GET', path));
			expect(answer.status).not.toBe(200);
			expect(differences('GET', `/v1${path}`, answer)).toEqual([]);
		}
	});

	test.each<[FaultAction, string]>([
		[{ kind: 'reset', written: false }, 'reset'],
		[{ kind: 'hang', written: false }, 'hang'],
	])('%o leaves the client without an answer', (action, kind) => {
		const { send, service } = createSchool();
		service.setFaults([{ do: action }]);
		expect(send('GET', '/users')).toMatchObject({ kind });
	});

	test('a page is cut off, or short, or its records are none', () => {
		const { send, service } = createSchool();
		service.setFaults([{ do: { kind: 'html' } }]);
		expect(seen(send('GET', '/users'))).toMatchObject({ status: 502, body: undefined });
		service.setFaults([{ do: { kind: 'cutJson' } }]);
		expect(seen(send('GET', '/users')).body).toBeUndefined();
		service.setFaults([{ do: { kind: 'tamper', how: { kind: 'short', count: 9 } } }]);
		expect(seen(send('GET', '/users')).body).toMatchObject({ users: [], nextCursor: expect.anything() });
		service.setFaults([{ do: { kind: 'tamper', how: { kind: 'withoutIds' } } }]);
		expect(seen(send('GET', '/groups/g/members')).body).toMatchObject({ members: [{ role: 'owner' }, {}, {}, {}, {}] });
	});

	test('a cursor expires before its time, and a first page has none', () => {
		const { page, service, next } = createSchool();
		service.setFaults([{ when: { endpoint: 'users/list' }, do: { kind: 'cursorExpired' } }]);
		const { status, body } = page('/users');
		expect(status).toBe(200);
		expect(page('/users', next(body))).toMatchObject({ status: 410, body: { code: 'cursor_expired' } });
	});

	test('a cursor comes again', () => {
		const { page, service, next } = createSchool();
		service.setFaults([{ do: { kind: 'tamper', how: { kind: 'cursorAgain' } } }]);
		const cursor = next(page('/users').body);
		expect(next(page('/users', cursor).body)).toBe(cursor);
	});

	test('limits that change under way hold from the next page on', () => {
		const { pages, service } = createSchool();
		service.setFaults([
			{ when: { endpoint: 'users/list', request: 2 }, do: { kind: 'setLimits', limits: { usersPerPage: 1 } } },
		]);
		expect(pages('/users').map((page) => page.length)).toEqual([2, 1, 1, 1]);
	});
});

test('a method that a path has not is refused', () => {
	const { send } = createSchool();
	expect(seen(send('POST', '/users', {}))).toMatchObject({ status: 405, headers: { allow: 'GET' } });
	expect(seen(send('GET', '/groups/g/members/remove'))).toMatchObject({ status: 405, headers: { allow: 'POST' } });
});
