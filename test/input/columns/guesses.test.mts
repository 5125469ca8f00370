// A guess that rests on a column's name gives way to what its cells hold; the contract's own names are no guess.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnsHint } from '../../../nodes/TokenIm/output/columnsHint';
import { mapColumns } from '../../../nodes/TokenIm/input/columns/columns';
import { GROUP_FIELDS, USER_FIELDS } from '../../../nodes/TokenIm/input/columns/fields';

const breathe = async () => {};

async function read(
	rows: ReadonlyArray<Record<string, unknown>>,
	required = ['userId', 'username'],
	fields = USER_FIELDS,
) {
	const map = mapColumns(fields, { required });
	const all = rows.map((columns, item) => ({ number: item + 1, item, columns }));
	await map.check(all, breathe);
	const mapped = all.map((row) => map.map(row));
	return {
		values: mapped.map(({ values }) => ({ ...values })),
		codes: mapped.flatMap(({ issues }) => issues.map(({ code }) => code)),
		hint: columnsHint(map.report()) ?? '',
	};
}

const ADA = { Name: 'Ada', Mail: 'ada@x.test' };
const BOB = { Name: 'Bob', Mail: 'bob@x.test' };

describe('the id', () => {
	test.each(['Account', '学号', 'UID', 'Student No', 'ID', 'Login', 'Contact ID'])(
		'is not in %s, where that is empty in every row',
		async (column) => {
			const { values } = await read([
				{ [column]: '', ...ADA },
				{ [column]: ' ', ...BOB },
				{ [column]: null, ...BOB },
			]);
			expect(values.map(({ userId }) => userId)).toEqual(['ada@x.test', 'bob@x.test', 'bob@x.test']);
		},
	);

	test('one filled cell makes it the id for all rows: nobody is known by two things', async () => {
		const { values } = await read([
			{ UID: '', ...ADA },
			{ UID: '7', ...BOB },
		]);
		expect(values.map(({ userId }) => userId)).toEqual([undefined, '7']);
	});

	test('an empty column beside another id is not in its way', async () => {
		const { values } = await read([{ 学号: '', 工号: 't1', 姓名: 'A' }]);
		expect(values[0]?.userId).toBe('t1');
	});

	test("an empty column with the contract's own name stays the id, and so does one that nothing can replace", async () => {
		expect((await read([{ userId: '', ...ADA }])).values[0]?.userId).toBe(undefined);
		expect((await read([{ UID: '', Name: 'Ada' }])).values[0]?.userId).toBe(undefined);
	});

	test('Account beside the id of a contact is its company, also in one row', async () => {
		expect((await read([{ Account: 'Acme', 'Contact ID': 'c1', ...ADA }])).values[0]?.userId).toBe('c1');
	});

	test.each<[string, unknown[], unknown[]]>([
		['the same in several rows', ['Acme', 'Acme'], ['ada@x.test', 'bob@x.test']],
		['of several words', ['Acme Ltd', 'Stone & Co'], ['ada@x.test', 'bob@x.test']],
		['of each person', ['ada1', 'bob2'], ['ada1', 'bob2']],
	])('Account %s', async (_, accounts, expected) => {
		const { values } = await read([
			{ Account: accounts[0], ...ADA },
			{ Account: accounts[1], ...BOB },
		]);
		expect(values.map(({ userId }) => userId)).toEqual(expected);
	});
});

describe('a column that only its name made a field', () => {
	const KINDS = [
		['Registered', 'registeredAt', ['Yes', 'no', true, 1, 'x'], '2026-09-01'],
		['注册时间', 'registeredAt', ['是', '否', '-'], '2026-09-01'],
		['Mobile', 'phone', ['Yes', 'iPhone 13', 'ada@x.test'], '+4915112345678'],
		['Primary Email', 'email', ['yes', 'no', 3], 'a@x.test'],
		['头像', 'avatarUrl', ['有', '无', 'yes'], 'https://x.test/a.png'],
	] as const;

	test.each(KINDS)('%s is left out with a hint, where none of its cells is one', async (column, field, cells) => {
		const { values, codes, hint } = await read(
			cells.map((cell, at) => ({ userId: `s${at}`, username: 'A', [column]: cell })),
		);
		expect(codes).toEqual([]);
		expect(values.some((value) => field in value)).toBe(false);
		expect(hint).toContain('Left out, for what it holds is none');
		expect(hint).toContain(`from "${column}"`);
	});

	test.each(KINDS)('%s stays the field where one cell is', async (column, field, cells, good) => {
		const { values, hint } = await read(
			[good, ...cells].map((cell, at) => ({ userId: `s${at}`, username: 'A', [column]: cell })),
		);
		expect(values[0]).toHaveProperty(field);
		expect(hint).not.toContain('Left out');
	});

	test("with the contract's own name each row is told", async () => {
		const { codes } = await read([{ userId: 's1', username: 'A', registeredAt: 'Yes' }]);
		expect(codes).toEqual(['not_a_time']);
	});

	test('no kind of cell that is left out is ever sent', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.oneof(fc.constantFrom('Yes', 'No', 'n/a', '-', '是'), fc.boolean(), fc.nat(999)), { minLength: 1 }),
				async (cells) => {
					const { values, codes } = await read(
						cells.map((cell, at) => ({ userId: `s${at}`, username: 'A', Registered: cell, Mobile: cell })),
					);
					expect(codes).toEqual([]);
					expect(values.map((value) => Object.keys(value))).toEqual(cells.map(() => ['userId', 'username']));
				},
			),
		);
	});
});

describe('attributes of other tools', () => {
	const person = { userId: 's1', username: 'A' };
	test.each<[string, unknown]>([
		['Salesforce', { type: 'Contact', url: '/services/data/v59.0/sobjects/Contact/003' }],
		['Keycloak', { locale: ['de'], phone: [] }],
		['Keycloak as text', '{"locale":["de"]}'],
	])('%s', async (_, attributes) => {
		const { values, hint } = await read([{ ...person, attributes }]);
		expect(values).toEqual([person]);
		expect(hint).toContain('Attributes from "attributes"');
	});

	test.each<[unknown]>([[{ type: 'pupil', url: 'https://x.test' }], [{ class: '3B', tags: ['x'] }], [{ class: '3B' }]])(
		'%j are ours',
		async (attributes) => {
			expect((await read([{ ...person, attributes }])).values).toEqual([{ ...person, attributes }]);
		},
	);
});

describe('names', () => {
	test.each<[Record<string, unknown>, string | undefined]>([
		[{ 'First Name': '', 'Last Name': ' ', 'Display Name': 'Ada L' }, 'Ada L'],
		[{ 'First Name': '', 'Last Name': '', username: 'ada' }, 'ada'],
		[{ 姓名: '', 昵称: '小一' }, '小一'],
		[{ 'First Name': 'Ada', 'Last Name': '', 'Display Name': 'X' }, 'Ada'],
		[{ 'First Name': '', 'Last Name': '', Nickname: '' }, undefined],
		[{ userId: 's', username: '', Nickname: 'X' }, undefined],
	])('%j is %s', async (columns, name) => {
		const { values } = await read([
			{ id: 'x', ...columns },
			{ id: 'y', 'First Name': 'B', 姓名: 'B', username: 'b' },
		]);
		expect(values[0]?.username).toBe(name);
	});

	test('an empty name that may stay as it is takes nothing else', async () => {
		const { values } = await read([{ UID: '1', 姓名: '', 昵称: '小一' }], ['userId']);
		expect(values[0]?.username).toBe(undefined);
	});
});

describe('two columns for a class', () => {
	const person = { userId: 's1', username: 'A' };
	test('class, as the contract has it, before 班级', async () => {
		expect((await read([{ ...person, 班级: 'x', class: 'y' }])).values).toEqual([
			{ ...person, attributes: { class: 'y' } },
		]);
	});

	test('two of equal standing are left out with a hint', async () => {
		const { values, hint } = await read([{ ...person, 班级: 'x', 所在班级: 'y' }]);
		expect(values).toEqual([person]);
		expect(hint).toContain(
			'more than one column could be it: attribute "class" from "班级", attribute "class" from "所在班级"',
		);
	});
});

describe('members in numbered columns', () => {
	const group = { groupId: 'g', name: 'G' };
	test.each<[Record<string, unknown>, string[]]>([
		[{ member1: 's1', member2: 's2' }, ['s1', 's2']],
		[{ 'Member 10': 's10', 'Member 2': 's2', 'Member 1': '' }, ['s2', 's10']],
		[{ 成员1: 's1', 成员2: 's2,s3' }, ['s1', 's2', 's3']],
		[{ member: 's1', member_2: 's2' }, ['s1', 's2']],
		[{ member0: 's1', member1: 's2' }, ['s1', 's2']],
		[{ 'member 09': 's1', 'member 10': 's2', 'member 2026': 's3' }, ['s1', 's2']],
		[{ memberIds: 's9', member1: 's1' }, ['s9']],
	])('%j', async (columns, memberIds) => {
		const { values } = await read([{ ...group, ...columns }], ['groupId'], GROUP_FIELDS);
		expect(values).toEqual([{ ...group, memberIds }]);
	});
});
