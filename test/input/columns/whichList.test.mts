import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Holds } from '../../../nodes/TokenIm/input/columns/listNames';
import { mapColumns } from '../../../nodes/TokenIm/input/columns/columns';
import { USER_FIELDS } from '../../../nodes/TokenIm/input/columns/fields';
import { whichList } from '../../../nodes/TokenIm/input/columns/whichList';
import { allRows } from '../files/reading.mts';

const PERSON = { id: 's1', name: 'Ada' };
const GROUP = { groupId: 'g1', name: 'G' };

/** The ids of the rows, or why there are none. */
async function read(content: object, holds: Holds = 'users'): Promise<unknown> {
	try {
		const rows = await allRows(JSON.stringify(content), { holds }, { fileName: 'x.json' });
		return rows.map(({ columns }) => columns.id ?? columns.userId ?? columns.groupId ?? columns.mail);
	} catch (error) {
		return error instanceof Error ? error.message : error;
	}
}

const UNCLEAR = 'It is not clear which list of the JSON file holds the users';

describe('of the lists in an object', () => {
	test.each<[string, object, unknown]>([
		[
			'the one with a name for people, wherever it stands',
			{ groups: [GROUP], clients: [PERSON], users: [PERSON] },
			['s1'],
		],
		['two deep', { data: { users: [PERSON], groups: [PERSON] } }, ['s1']],
		['four deep', { data: { org: { users: { nodes: [PERSON] } } } }, ['s1']],
		['a plain one, whose objects are people', { result: [PERSON], result_info: { page: 1 } }, ['s1']],
		['SCIM', { schemas: ['x'], totalResults: 1, Resources: [{ id: 's1', userName: 'Ada' }] }, ['s1']],
		['OData', { '@odata.context': 'x', value: [{ id: 's1', displayName: 'Ada' }] }, ['s1']],
		['JSON:API beside what is included', { data: [PERSON], included: [{ id: 'x', name: 'y' }] }, ['s1']],
		['an unknown name, where there is no other', { klasse7a: [PERSON] }, ['s1']],
		['Chinese', { 部门列表: [], 学生列表: [PERSON], 班级: [PERSON] }, ['s1']],
		[
			'the one with names, of two that nobody knows',
			{ kurse: [{ id: 'k', titel: 'x' }], teilnehmer: [PERSON] },
			['s1'],
		],
		['a filled one before an empty one of a better name', { users: [], data: [PERSON] }, ['s1']],
		['an empty one, where there is no other', { users: [], errors: [] }, []],
		['none of two that nobody knows', { east: [PERSON], west: [PERSON] }, UNCLEAR],
		['none of two plain ones', { data: [PERSON], result: [PERSON] }, UNCLEAR],
		['none of two with names for people', { users: [PERSON], members: [PERSON] }, UNCLEAR],
		['no groups, roles or clients', { realm: 'x', roles: [PERSON], groups: [PERSON] }, UNCLEAR],
		['not the roles of a realm', { roles: { realm: [PERSON] } }, UNCLEAR],
	])('%s', async (_, content, expected) => {
		expect(await read(content)).toEqual(expected);
	});

	test('groups, where groups are asked for', async () => {
		expect(await read({ users: [PERSON], groups: [GROUP] }, 'groups')).toEqual(['g1']);
		expect(await read({ users: [PERSON] }, 'groups')).toContain('holds the groups');
	});
});

describe('incoming items', () => {
	const check = async (...rows: object[]) => {
		const map = mapColumns(USER_FIELDS, { required: ['userId', 'username'] });
		const all = rows.map((columns, item) => ({ number: item + 1, item, columns: { ...columns } }));
		return await map.check(all, async () => {}).catch((error: unknown) => String(error));
	};

	test.each<[string, object[]]>([
		['one answer', [{ total: 1, users: [PERSON] }]],
		['one answer with an id and a name', [{ id: '7', name: 'Export', users: [PERSON] }]],
		[
			'pages',
			[
				{ page: 1, data: { items: [PERSON] } },
				{ page: 2, data: { items: [PERSON] } },
			],
		],
	])('that hold the list are no rows: %s', async (_, items) => {
		expect(await check(...items)).toContain('The rows hold a list of users, and are none themselves');
	});

	test.each<[string, object[]]>([
		['with roles', [{ ...PERSON, roles: [PERSON] }]],
		[
			'with friends, where each item is a person',
			[
				{ ...PERSON, friends: [PERSON] },
				{ ...PERSON, friends: [] },
			],
		],
		['as the contract has them', [{ userId: 's1', username: 'A', users: [PERSON] }]],
	])('that are people stay so: %s', async (_, items) => {
		expect(await check(...items)).toBe(undefined);
	});
});

describe('the object itself', () => {
	test.each<[string, object, unknown]>([
		['is the person, where it has a userId', { userId: 'u', username: 'A', users: [PERSON] }, ['u']],
		['with roles', { id: 'u', name: 'A', roles: [PERSON], groups: [PERSON] }, ['u']],
		[
			'with things that nobody knows, where it has an address',
			{ id: 'u', name: 'A', email: 'a@x', foo: [PERSON] },
			['u'],
		],
		['without a list', { id: 'u', name: 'A' }, ['u']],
		['may be a class with pupils', { id: '7a', name: 'Class 7a', students: [PERSON] }, UNCLEAR],
		['or with a list that nobody knows', { id: '7a', name: 'Class 7a', kinder: [PERSON] }, UNCLEAR],
		['is no person with an id alone', { id: 'req-1', users: [PERSON] }, ['s1']],
		['nor with an empty name', { id: 'x', name: '', users: [PERSON] }, ['s1']],
	])('%s', async (_, content, expected) => {
		expect(await read(content)).toEqual(expected);
	});
});

test('lists whose names say that they are something else never become people, whatever stands around them', () => {
	const others = fc.constantFrom(
		'groups',
		'Groups',
		'roles',
		'clients',
		'permissions',
		'errors',
		'群组',
		'角色',
		'sub_groups',
	);
	const around = fc.constantFrom('data', 'result', 'realm', 'x', 'roles');
	fc.assert(
		fc.property(fc.array(others, { minLength: 1 }), fc.option(around, { nil: undefined }), (names, outer) => {
			const lists = names.map((name) => ({
				path: outer === undefined ? [name] : [outer, name],
				size: 2,
				names: ['id', 'name', 'email'],
			}));
			expect(whichList({ own: ['realm', 'total'], lists }, 'users').kind).toBe('unclear');
			const users = { path: ['users'], size: 1, names: ['id', 'name'] };
			expect(whichList({ own: [], lists: [...lists, users] }, 'users')).toMatchObject({
				kind: 'list',
				list: { path: ['users'] },
			});
		}),
	);
});
