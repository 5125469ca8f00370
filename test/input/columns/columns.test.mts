import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Row } from '../../../nodes/TokenIm/engine/types';
import { mapColumns } from '../../../nodes/TokenIm/input/columns/columns';
import { GROUP_FIELDS, USER_FIELDS } from '../../../nodes/TokenIm/input/columns/fields';

const breathe = async () => {};
const users = (emptyCells: 'leave' | 'clear' = 'leave') =>
	mapColumns(USER_FIELDS, { required: ['userId', 'username'], emptyCells });
const row = (columns: Record<string, unknown>, number = 1): Row => ({ number, item: number - 1, columns });
const valuesOf = (columns: Record<string, unknown>, emptyCells?: 'leave' | 'clear') => ({
	...users(emptyCells).map(row(columns)).values,
});

describe('which column is which field', () => {
	test.each([
		'userId',
		'userid',
		'USER_ID',
		'User ID',
		' user-id ',
		'\uFEFFuserId',
		'user\u200BId',
		'ｕｓｅｒＩｄ',
		'user\u00A0id',
	])('%j is the user id', (column) => {
		const mapped = users().map(row({ [column]: 's001' }));
		expect(mapped.values.userId).toBe('s001');
		expect(mapped.columnOf('userId')).toBe(column);
	});

	test('a column that is no field is never sent', () => {
		expect(valuesOf({ userId: 's1', password: 'secret', row_number: 7, status: 'created', imId: 'x' })).toEqual({
			userId: 's1',
		});
	});

	test.each(['__proto__', 'constructor', 'toString', 'attributes.', '.', ''])(
		'the column name %j is no field',
		(column) => {
			const columns = Object.fromEntries([
				[column, 'x'],
				['userId', 's1'],
			]);
			expect(valuesOf(columns)).toEqual({ userId: 's1' });
		},
	);

	test('two columns for one field stop the run before anything is sent, and are named', async () => {
		const rows = [row({ userId: 's1', username: 'A' }), row({ userId: 's2', 'User ID': 's3', username: 'B' }, 2)];
		await expect(users().check(rows, breathe)).rejects.toMatchObject({
			message: 'Two columns hold the User ID: "userId" and "User ID"',
			description: expect.stringContaining('Rename or remove one'),
		});
	});

	test('two columns for one attribute are named too', async () => {
		const rows = [row({ userId: 's1', username: 'A', 'attributes.class': '3A', 'Attributes.class ': '3B' })];
		await expect(users().check(rows, breathe)).rejects.toThrow(
			'Two columns hold the attribute "class": "attributes.class" and "Attributes.class "',
		);
	});

	test('a required field without a column stops the run and names the columns that there are', async () => {
		await expect(users().check([row({ Phone: '+4930123456', Alter: 36 })], breathe)).rejects.toMatchObject({
			message: 'No columns hold the User ID and the Username',
			description:
				'Name the columns "userId" and "username" (case, spaces, "_" and "-" don\'t matter), or choose the columns yourself under Columns. Columns found: "Phone", "Alter". Nothing was sent.',
		});
	});

	test('where no name is known they are not repeated: they may be the first row of a file without a header', async () => {
		const headerless = { s001: 's002', 'Ada Lovelace': 'Grace Hopper', 'ada@home.example': 'g@home.example' };
		await expect(users().check([row(headerless)], breathe)).rejects.toMatchObject({
			message: 'No columns hold the User ID and the Username',
			description: expect.stringContaining(
				'3 columns were found, and none of their names is known; the name of column 3 is an e-mail address.',
			),
		});
		await expect(users().check([row(headerless)], breathe)).rejects.toMatchObject({
			description: expect.not.stringMatching(/s001|Ada|home/),
		});
	});

	test('where one column is missing, it alone is spoken of', async () => {
		await expect(users().check([row({ userId: 's1', Alter: 36 })], breathe)).rejects.toMatchObject({
			message: 'No column holds the Username',
			description: expect.stringMatching(/^Name the column "username" \(/),
		});
	});

	test('rows may differ in their columns: one row with the column is enough', async () => {
		await users().check([row({ user_id: 's1', name: 'x' }), row({ userId: 's2', username: 'B' }, 2)], breathe);
	});

	test('no rows at all have nothing wrong with their columns', async () => {
		await users().check([], breathe);
	});

	test('the check gives the event loop a turn every 10,000 rows', async () => {
		let turns = 0;
		const rows = Array.from({ length: 35_000 }, (_, index) => row({ userId: `s${index}`, username: 'x' }, index + 1));
		await users().check(rows, async () => void turns++);
		expect(turns).toBe(3);
	});

	test('rows that all have other columns are mapped right', () => {
		const map = users();
		for (let index = 0; index < 3_000; index++) {
			expect(map.map(row({ [`extra ${index}`]: 1, userId: `s${index}` })).values.userId).toBe(`s${index}`);
		}
	});
});

describe('values by field', () => {
	test('every field of a user is taken', () => {
		const given = {
			userId: 's001',
			username: '李雷',
			avatarUrl: 'https://cdn.example.com/a.png',
			registeredAt: '2026-09-01T08:00:00+08:00',
			email: 'li@example.com',
			phone: '+8613800000000',
			attributes: { class: '3B' },
		};
		expect(valuesOf(given)).toEqual(given);
	});

	test('every field of a group is taken, members as a list', () => {
		const given = {
			groupId: 'g1',
			name: '3B',
			ownerId: 't1',
			memberIds: 's1, s2',
			description: 'd',
			avatarUrl: 'https://x.test/a',
			attributes: '{"a":1}',
		};
		const mapped = mapColumns(GROUP_FIELDS, { required: ['groupId'] }).map(row(given));
		expect({ ...mapped.values }).toEqual({ ...given, memberIds: ['s1', 's2'], attributes: { a: 1 } });
	});

	test.each([undefined, null, '', '   ', '\uFEFF', '\u00A0'])('%j counts as not given', (empty) => {
		expect(valuesOf({ userId: 's1', email: empty, 'attributes.class': empty, attributes: empty })).toEqual({
			userId: 's1',
		});
	});

	test('with Empty Cells at Clear an empty cell asks to clear, but never an id, a name or all attributes', () => {
		const empty = {
			userId: '',
			username: '',
			email: '',
			phone: null,
			'attributes.class': '',
			attributes: '',
			avatarUrl: ' ',
		};
		expect(valuesOf(empty, 'clear')).toEqual({
			email: null,
			phone: null,
			avatarUrl: null,
			attributes: { class: null },
		});
		expect(valuesOf({ userId: 's1', attributes: { class: null, year: '' } }, 'clear')).toEqual({
			userId: 's1',
			attributes: { class: null, year: null },
		});
	});

	test('a column that is not there clears nothing', () => {
		expect(valuesOf({ userId: 's1' }, 'clear')).toEqual({ userId: 's1' });
	});

	test('attributes come from an object, from JSON text and from columns of their own, together', () => {
		const attributes = { class: '3B', year: 2026, boarder: true };
		expect(valuesOf({ attributes: { class: '3B' }, 'attributes.year': 2026, 'Attributes.boarder': true })).toEqual({
			attributes,
		});
		expect(
			valuesOf({
				attributes: JSON.stringify({ class: '3B', empty: null }),
				'attributes.year': 2026,
				'attributes.boarder': true,
			}),
		).toEqual({ attributes });
	});

	test('an attribute that two columns give differently is an issue of its row', () => {
		const mapped = users().map(row({ userId: 's1', attributes: { class: '3A' }, 'attributes.class': '3B' }));
		expect(mapped.issues).toMatchObject([{ column: 'attributes', field: 'attributes.class', code: 'given_twice' }]);
	});

	test('an attribute that two columns give alike is none', () => {
		expect(users().map(row({ attributes: { class: '3A' }, 'attributes.class': '3A' })).issues).toEqual([]);
	});

	test('an attribute named __proto__ or constructor is an attribute', () => {
		const mapped = users().map(row({ attributes: '{"__proto__":"a"}', 'attributes.constructor': 'b' }));
		expect(JSON.stringify(mapped.values)).toBe('{"attributes":{"constructor":"b","__proto__":"a"}}');
		expect(Object.getPrototypeOf(mapped.values.attributes)).toBe(null);
	});

	test('a cell that cannot be read is an issue with its column, and the field is left out', () => {
		const mapped = users().map(row({ 'User ID': 1.5, username: ['a'], 'attributes.year': 2026 }));
		expect(mapped.issues).toMatchObject([
			{ column: 'User ID', field: 'userId', code: 'number_not_whole', found: '1.5' },
			{ column: 'username', field: 'username', code: 'not_text', found: '["a"]' },
		]);
		expect({ ...mapped.values }).toEqual({ attributes: { year: 2026 } });
	});

	test('an attribute says which column it came from', () => {
		const { columnOf } = users().map(row({ attributes: '{"year":2026}', 'attributes.class': '3B' }));
		expect([
			columnOf('attributes.class'),
			columnOf('attributes.year'),
			columnOf('attributes'),
			columnOf('email'),
		]).toEqual(['attributes.class', 'attributes', 'attributes', null]);
	});

	test('two columns for one field in a row that was not checked are an issue of that row', () => {
		expect(users().map(row({ userId: 's1', 'User ID': 's2' })).issues).toMatchObject([
			{
				column: null,
				field: 'row',
				code: 'columns_unclear',
				found: 'Two columns hold the User ID: "userId" and "User ID"',
			},
		]);
	});

	test('no row is changed, whatever it holds, and mapping never throws', () => {
		fc.assert(
			fc.property(
				fc.dictionary(
					fc.oneof(fc.constantFrom('userId', 'email', 'attributes', 'attributes.x', '__proto__'), fc.string()),
					fc.jsonValue(),
				),
				(columns) => {
					const before = JSON.stringify(columns);
					users('clear').map(row(columns));
					expect(JSON.stringify(columns)).toBe(before);
				},
			),
		);
	});
});
