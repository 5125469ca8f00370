// Lists by the profile: what is asked for a page, and what a page reads to.

import { describe, expect, it } from 'vitest';

import type { ListCall } from '../../nodes/TokenIm/engine/list';
import type { Listed, Page } from '../../nodes/TokenIm/engine/wire';
import { createProtocol, Unsupported } from '../../nodes/TokenIm/protocol/calls';
import { ProfileMistake, readProfile } from '../../nodes/TokenIm/protocol/profile/profile';
import json from '../../nodes/TokenIm/protocol/profiles/tokenim-rest-v1.json' with { type: 'json' };
import { answer, refusalOf } from './answer/answers.mts';

type Change = Readonly<Record<string, unknown>>;

/** The default profile with these operations and fields. */
function profileOf(operations: Change, user: Change = {}) {
	const { fields } = json;
	return readProfile({
		...json,
		fields: { ...fields, user: { ...fields.user, ...user } },
		operations: { ...json.operations, ...operations },
	});
}

const users = (rule: Change, user: Change = {}) =>
	createProtocol(profileOf({ listUsers: { ...json.operations.listUsers, ...rule } }, user)).listUsers();

/** What is asked for the page at a cursor. */
const asked = (list: ListCall, cursor?: string | number, size?: number) => {
	const { method, path, body } = list.page(cursor, size).request([], []);
	return `${method} ${path}${body === undefined ? '' : ` ${body}`}`;
};

function read(list: ListCall, body: unknown, cursor?: string | number): Page {
	const reading = list.page(cursor, undefined).read(answer(200, body), 0);
	if (reading.kind !== 'complete' || reading.page === undefined) throw new Error(JSON.stringify(reading));
	return reading.page;
}

const isUnreadable = (list: ListCall, body: unknown, cursor?: string | number): boolean => {
	const reading = list.page(cursor, undefined).read(answer(200, body), 0);
	return reading.kind === 'refused' && reading.refusal.class === 'transient';
};

const recordsOf = (page: Page): Listed[] => Array.from({ length: page.length }, (_, index) => page.at(index));

describe('the request for a page', () => {
	it('names how many and where, both percent-encoded, and leaves out what there is none of', () => {
		const list = users({});
		expect(asked(list)).toBe('GET /users');
		expect(asked(list, undefined, 500)).toBe('GET /users?limit=500');
		expect(asked(list, 'a+/b==&x=%', 2)).toBe('GET /users?limit=2&cursor=a%2B%2Fb%3D%3D%26x%3D%25');
	});

	it('names the group as the service writes it', () => {
		const list = createProtocol(profileOf({})).listMembers('a@b');
		expect(asked(list, 'c')).toBe('GET /groups/a%40b/members?cursor=c');
	});

	it('writes a body, numbers as numbers, with constants and the group', () => {
		const body = {
			container: 'single',
			constants: { Kind: 'all' },
			json: { GroupId: '{groupId}', Limit: '{limit}', Next: '{cursor}' },
		};
		const rule = { method: 'POST', path: '/members', body, pages: { by: 'cursor', next: 'Next', first: 0, end: [0] } };
		const list = createProtocol(
			profileOf({ listMembers: { ...json.operations.listMembers, query: {}, ...rule } }),
		).listMembers('g');
		expect(asked(list, undefined, 100)).toBe('POST /members {"Kind":"all","GroupId":"g","Limit":100,"Next":0}');
		expect(asked(list, 7)).toBe('POST /members {"Kind":"all","GroupId":"g","Next":7}');
	});

	it('carries a form, or what its query says', () => {
		const body = { container: 'single', as: 'form', json: { page: '{cursor}', size: '{limit}' } };
		const form = users({ method: 'POST', path: '/list', query: {}, body, pages: { by: 'number' } });
		expect(asked(form, undefined, 50)).toBe('POST /list page=1&size=50');
		const query = users({ query: { kind: 'all' }, body: { ...body, as: 'query' }, pages: { by: 'offset' } });
		expect(asked(query, 50, 50)).toBe('GET /users?kind=all&page=50&size=50');
	});

	it.each([
		['number', { by: 'number' }, '1', '2'],
		['number from 0', { by: 'number', first: 0 }, '0', '1'],
		['offset', { by: 'offset' }, '0', '2'],
	])('begins at its first page (%s)', (_by, pages, first, second) => {
		const list = users({ query: { from: '{cursor}' }, pages });
		expect(asked(list)).toBe(`GET /users?from=${first}`);
		const { next } = read(list, { users: [{ userId: 'a' }, { userId: 'b' }] });
		expect(asked(list, next)).toBe(`GET /users?from=${second}`);
	});

	it('has the length that the profile says', () => {
		expect(users({ most: { entries: 100 } }).pageSize).toEqual({ limit: 'usersPerPage', most: 100 });
		expect(createProtocol(profileOf({})).listMembers('g').pageSize).toEqual({ limit: 'idsPerQuery', most: undefined });
	});
});

describe('a page', () => {
	it('gives canonical fields, own id, whether active, and the cursor of the next one', () => {
		const user = {
			userId: 'a',
			imId: 'im-1',
			username: 'Ada',
			avatarUrl: null,
			attributes: { team: 'x', __proto__: 1 },
			active: false,
			other: 1,
		};
		const page = read(users({}), { users: [user, { userId: 'b', active: true }, { userId: 'c' }], nextCursor: 'n' });
		expect(page.next).toBe('n');
		expect(recordsOf(page)).toEqual([
			{
				id: 'a',
				imId: 'im-1',
				active: false,
				record: { userId: 'a', username: 'Ada', avatarUrl: null, attributes: { team: 'x' } },
			},
			{ id: 'b', active: true, record: { userId: 'b' } },
			{ id: 'c', record: { userId: 'c' } },
		]);
	});

	it('gives the roles of members, where its words are known', () => {
		const list = createProtocol(profileOf({})).listMembers('g');
		const members = [
			{ userId: 'a', role: 'owner' },
			{ userId: 'b', role: 'member' },
			{ userId: 'c', role: 'king' },
		];
		expect(recordsOf(read(list, { members })).map(({ role }) => role)).toEqual(['owner', 'member', undefined]);
	});

	it('may be a list of ids, texts or whole numbers', () => {
		const list = users({ answer: { at: '@' }, query: {}, pages: { by: 'whole' } });
		expect(recordsOf(read(list, ['a', 7])).map(({ id }) => id)).toEqual(['a', '7']);
	});

	it('takes ids out of the form of the service, and marks those of another form', () => {
		const { userId } = json.fields.user;
		const list = users({}, { userId: { ...userId, template: '@{id}:here', caseSensitive: false } });
		const page = read(list, { users: [{ userId: '@ada:here' }, { userId: '@bob:there' }] });
		expect(recordsOf(page)).toMatchObject([{ id: 'ada' }, { id: '@bob:there', foreign: true }]);
		expect(page.at(0)).not.toHaveProperty('foreign');
		expect(list.fold('ADA')).toBe('ada');
	});

	it('marks those with characters that no row could have', () => {
		const page = read(users({}), { users: [{ userId: 'a' }, { userId: 'a b' }, { userId: '\u673A' }] });
		expect(recordsOf(page).map(({ foreign }) => foreign)).toEqual([undefined, true, true]);
		const { userId } = json.fields.user;
		const folded = users({}, { userId: { ...userId, characterSet: 'a-z', caseSensitive: false } });
		expect(recordsOf(read(folded, { users: [{ userId: 'Ada' }] }))[0]).not.toHaveProperty('foreign');
	});

	it('takes ids in the form of the list, where it has one of its own', () => {
		const list = createProtocol({
			...profileOf({ listGroups: { ...json.operations.listGroups, answer: { at: '@', form: '{id}@rooms.here' } } }),
		}).listGroups();
		expect(recordsOf(read(list, ['a@rooms.here', 'b@rooms.there', '@rooms.here']))).toMatchObject([
			{ id: 'a' },
			{ id: 'b@rooms.there', foreign: true },
			{ id: '@rooms.here', foreign: true },
		]);
	});

	it('leaves out who is from elsewhere, and goes on after as many as the service sent', () => {
		const only = { at: 'domain', equals: 'here' };
		const list = users({
			query: { from: '{cursor}' },
			pages: { by: 'offset' },
			answer: { at: 'users', id: 'userId', only },
		});
		const page = read(list, {
			users: [{ userId: 'a', domain: 'here' }, { userId: 'b', domain: 'there' }, { userId: 'c' }],
		});
		expect([recordsOf(page).map(({ id }) => id), page.next]).toEqual([['a'], 3]);
	});

	it.each([
		['has no list', {}],
		['has a list that is none', { users: { length: 1 } }],
		['is no object', 'users'],
		['names somebody without an id', { users: [{ userId: 'a' }, {}] }],
		['has an id of another type', { users: [{ userId: 'a' }, { userId: true }] }],
		['has an empty id', { users: [{ userId: '' }] }],
		['has a number that JSON cannot carry', { users: [{ userId: 2 ** 53 }] }],
		['has an id beyond all measure', { users: [{ userId: 'x'.repeat(513) }] }],
		['has null in the list', { users: [null] }],
	])('that %s is none', (_what, body) => {
		expect(isUnreadable(users({}), body)).toBe(true);
	});

	it('of half a million is read, one beyond that is none', () => {
		const list = users({ answer: { at: '@' }, query: {}, pages: { by: 'whole' } });
		const many = Array.from({ length: 500_000 }, (_, index) => index);
		expect(read(list, many).length).toBe(500_000);
		expect(isUnreadable(list, [...many, 1])).toBe(true);
	});

	it('has nobody beyond its end', () => {
		expect(() => read(users({}), { users: [] }).at(0)).toThrow(RangeError);
	});
});

describe('the next page', () => {
	it.each([
		['there is no cursor', {}, undefined],
		['it is null', { nextCursor: null }, undefined],
		['it is empty', { nextCursor: '' }, undefined],
		['it is false', { nextCursor: false }, undefined],
		['it is a text', { nextCursor: 'x y' }, 'x y'],
		['it is a number', { nextCursor: 12 }, 12],
		['it is 0, which the profile does not name', { nextCursor: 0 }, 0],
	])('is known where %s', (_what, more, next) => {
		expect(read(users({}), { users: [], ...more }).next).toBe(next);
	});

	it.each([
		['an object', {}],
		['a list', ['x']],
		['true', true],
		['a fraction', 1.5],
		['a number that JSON cannot carry', 2 ** 60],
		['a text beyond all measure', 'x'.repeat(4_097)],
	])('is not guessed where the cursor is %s', (_what, nextCursor) => {
		expect(isUnreadable(users({}), { users: [], nextCursor })).toBe(true);
	});

	it.each([0, '0', 'done'])('there is none after %s, where the profile says so', (nextCursor) => {
		const list = users({ pages: { by: 'cursor', next: 'nextCursor', end: [0, 'done'] } });
		expect(read(list, { users: [], nextCursor }).next).toBeUndefined();
	});

	it.each([
		['https://elsewhere.example/users?limit=2&from=a%2Bb%3D', 'a+b='],
		['/users?from=x#from=y', 'x'],
		['?from=1', '1'],
	])('is read out of the link %s, which is never called', (nextCursor, cursor) => {
		const list = users({
			query: { from: '{cursor}' },
			pages: { by: 'cursor', next: 'nextCursor', link: 'from' },
		});
		const { next } = read(list, { users: [], nextCursor });
		expect(next).toBe(cursor);
		expect(asked(list, next)).toBe(`GET /users?from=${encodeURIComponent(cursor)}`);
	});

	it.each(['https://im.example.com/users?limit=2', 'from=x', 'https://im.example.com/users?from=', 7])(
		'is not guessed where the link %s does not hold it',
		(nextCursor) => {
			const list = users({ pages: { by: 'cursor', next: 'nextCursor', link: 'from' } });
			expect(isUnreadable(list, { users: [], nextCursor })).toBe(true);
		},
	);

	const two = [{ userId: 'a' }, { userId: 'b' }];
	it.each<[string, Change, object, number | undefined, number | undefined]>([
		['an empty numbered page', { by: 'number' }, { users: [] }, 3, undefined],
		['a numbered page', { by: 'number' }, { users: two }, 3, 4],
		['the first numbered page', { by: 'number' }, { users: two }, undefined, 2],
		['the first of pages from 0', { by: 'number', first: 0 }, { users: two }, undefined, 1],
		['an empty page by offset', { by: 'offset' }, { users: [] }, 4, undefined],
		['a short page by offset', { by: 'offset' }, { users: two }, 4, 6],
		['the total by offset', { by: 'offset', total: 'n' }, { users: two, n: 6 }, 4, undefined],
		['less than the total', { by: 'offset', total: 'n' }, { users: two, n: 7 }, 4, 6],
		['an empty page below the total', { by: 'offset', total: 'n' }, { users: [], n: 7 }, 4, undefined],
	])('after %s', (_what, pages, body, from, next) => {
		const list = users({ query: { from: '{cursor}' }, pages });
		expect(read(list, body, from).next).toBe(next);
	});

	it('there is none where one answer lists all', () => {
		const list = users({ query: {}, pages: { by: 'whole' } });
		expect(read(list, { users: two, nextCursor: 'x' }).next).toBeUndefined();
	});
});

describe('refusals of pages', () => {
	it('know a cursor that expired', () => {
		const reading = users({})
			.page('c', undefined)
			.read(answer(410, { code: 'cursor_expired' }), 0);
		expect(refusalOf(reading)).toMatchObject({ class: 'expired', code: 'cursor_expired' });
		expect(refusalOf(users({}).page('c', undefined).read(answer(410, {}), 0))).toMatchObject({ class: 'stop' });
	});

	it('know a group that does not exist', () => {
		const list = createProtocol(profileOf({})).listMembers('g');
		const reading = list.page(undefined, undefined).read(answer(404, { code: 'group_not_found' }), 0);
		expect(refusalOf(reading)).toMatchObject({ class: 'absent', code: 'group_not_found' });
	});
});

describe('a profile of a service without lists', () => {
	it.each([
		['does not name them', undefined, 'It names no operation for this.'],
		['says why', { unsupported: 'It keeps them to itself.' }, 'It keeps them to itself.'],
	])('that %s lists nobody', (_what, rule, why) => {
		const protocol = createProtocol(
			profileOf({ listUsers: rule, listMembers: rule, suspendUsers: rule, deleteGroups: rule }),
		);
		const calls = [
			() => protocol.listUsers(),
			() => protocol.listMembers('g'),
			() => protocol.suspendUsers(),
			() => protocol.deleteGroups(),
		];
		for (const call of calls) expect(call).toThrow(Unsupported);
		expect(protocol.unsupported('listUsers')).toMatchObject({ message: 'TokenIM REST v1 cannot list users', why });
		expect(protocol.unsupported('listGroups')).toBeUndefined();
	});
});

describe('a list that contradicts itself is refused at', () => {
	const { listUsers, listMembers } = json.operations;
	it.each<[string, Change, string, RegExp]>([
		[
			'pages that are all the same',
			{ listUsers: { ...listUsers, query: {} } },
			'operations.listUsers.pages.by',
			/whole/,
		],
		[
			'a cursor for one answer',
			{ listUsers: { ...listUsers, pages: { by: 'whole' } } },
			'operations.listUsers.pages.by',
			/cursor, number or offset/,
		],
		[
			'a cursor in the path',
			{ listUsers: { ...listUsers, path: '/users/{cursor}' } },
			'operations.listUsers.path',
			/not in the path/,
		],
		['no group', { listMembers: { ...listMembers, path: '/members' } }, 'operations.listMembers.path', /\{groupId\}/],
		[
			'members taken out of no group',
			{ removeMembers: { ...json.operations.removeMembers, path: '/members' } },
			'operations.removeMembers.path',
			/\{groupId\}/,
		],
		[
			'a group for everybody',
			{ listUsers: { ...listUsers, path: '/{groupId}/users' } },
			'operations.listUsers.path',
			/no meaning here/,
		],
		[
			'a body for a GET',
			{ listUsers: { ...listUsers, body: { container: 'single', json: { c: '{cursor}' } } } },
			'operations.listUsers.body.as',
			/a GET has no body/,
		],
		[
			'a cursor where there is none',
			{ queryUsers: { ...json.operations.queryUsers, path: '/{cursor}' } },
			'operations.queryUsers.path',
			/no meaning here/,
		],
		[
			'a form without an id',
			{ listUsers: { ...listUsers, answer: { ...listUsers.answer, form: 'x' } } },
			'operations.listUsers.answer.form',
			/write \{id\} once/,
		],
		[
			'a secret in what is left out',
			{ listUsers: { ...listUsers, answer: { ...listUsers.answer, only: { at: 'a', equals: '{apiSecret}' } } } },
			'operations.listUsers.answer.only.equals',
			/no meaning here/,
		],
		[
			'a look-up that cannot tell who is there',
			{
				queryUsers: { unsupported: 'It tells nothing.' },
				suspendUsers: { ...json.operations.suspendUsers, onlyIfFound: true },
			},
			'operations.suspendUsers.onlyIfFound',
			/queryUsers cannot tell/,
		],
		[
			'a way of paging that is none',
			{ listUsers: { ...listUsers, pages: { by: 'magic' } } },
			'operations.listUsers',
			/./,
		],
	])('%s', (_what, operations, path, allowed) => {
		const mistake = (): unknown => {
			try {
				return profileOf(operations);
			} catch (error) {
				return error;
			}
		};
		const found = mistake();
		if (!(found instanceof ProfileMistake)) throw new Error('it was accepted');
		expect(found.path.startsWith(path)).toBe(true);
		expect(found.allowed).toMatch(allowed);
	});
});
