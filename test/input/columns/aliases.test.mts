import { describe, expect, test } from 'vitest';
import { GROUP_ALIASES, USER_ALIASES } from '../../../nodes/TokenIm/input/columns/aliases';
import { mapColumns, type ColumnMapOptions } from '../../../nodes/TokenIm/input/columns/columns';
import { GROUP_FIELDS, USER_FIELDS } from '../../../nodes/TokenIm/input/columns/fields';
import { columnKey } from '../../../nodes/TokenIm/input/cells/text';

const breathe = async () => {};
const row = (columns: Record<string, unknown>, number = 1) => ({ number, item: number - 1, columns });
const users = (options: Partial<ColumnMapOptions> = {}) =>
	mapColumns(USER_FIELDS, { required: ['userId', 'username'], ...options });
const valuesOf = (columns: Record<string, unknown>) => {
	const { values, issues } = users().map(row(columns));
	expect(issues).toEqual([]);
	return { ...values };
};

describe('the names that people use', () => {
	test.each([
		['用户ID', 'userId'],
		['学号', 'userId'],
		['工号', 'userId'],
		['帐号', 'userId'],
		['账号(必填)', 'userId'],
		['Student No', 'userId'],
		['ID', 'userId'],
		['姓名', 'username'],
		['姓 名', 'username'],
		['姓名 *', 'username'],
		['昵称', 'username'],
		['Full Name', 'username'],
		['头像', 'avatarUrl'],
		['手机', 'phone'],
		['手机号', 'phone'],
		['手机号码（选填）', 'phone'],
		['邮箱', 'email'],
		['E-Mail', 'email'],
		['注册时间', 'registeredAt'],
	])('%s is %s', (column, field) => {
		const mapped = users().map(row({ [column]: '46205' }));
		expect(mapped.columnOf(field)).toBe(column);
	});

	test('班级 becomes the attribute "class"', () => {
		expect(valuesOf({ 学号: '1', 班级: '3B' })).toEqual({ userId: '1', attributes: { class: '3B' } });
	});

	test('groups: 群ID 群名称 群主 成员', () => {
		const map = mapColumns(GROUP_FIELDS, { required: ['groupId', 'name', 'ownerId'] });
		expect({ ...map.map(row({ 群ID: 'g1', 群名称: '一班', 群主: 's1', 成员: 's1、s2', 简介: 'x' })).values }).toEqual({
			groupId: 'g1',
			name: '一班',
			ownerId: 's1',
			memberIds: ['s1', 's2'],
			description: 'x',
		});
	});

	test.each(Object.entries({ user: USER_ALIASES, group: GROUP_ALIASES }))(
		'no name of a %s stands in two tiers of a field',
		(_, table) => {
			for (const tiers of Object.values(table)) {
				const keys = tiers.flat().map(columnKey);
				expect(new Set(keys).size).toBe(keys.length);
			}
		},
	);
});

describe('which name wins', () => {
	test("the contract's own name, over any other", () => {
		expect(valuesOf({ 学号: '1', userId: 's1', 姓名: 'A', username: 'B' })).toEqual({ userId: 's1', username: 'B' });
	});

	test('the better name: a mobile number over a work number, a name over a nickname', () => {
		expect(valuesOf({ 'Work Phone': '1', Mobile: '2', 昵称: 'Nick', 姓名: 'Name', ID: 'x' })).toEqual({
			userId: 'x',
			phone: '2',
			username: 'Name',
		});
	});

	test('two names of equal standing stop the run and are named', async () => {
		await expect(users().check([row({ 学号: '1', 工号: '2', 姓名: 'A' })], breathe)).rejects.toThrow(
			'Two columns hold the User ID: "学号" and "工号"',
		);
		await expect(users().check([row({ ID: '1', 'First Name': 'A', 'Given Name': 'B' })], breathe)).rejects.toThrow(
			'Two columns hold the Username: "First Name" and "Given Name"',
		);
	});
});

describe('names in parts', () => {
	test.each([
		[{ 'First Name': 'Example', 'Last Name': 'One' }, 'Example One'],
		[{ lastname: 'One', firstname: 'Example' }, 'Example One'],
		[{ 'First Name [Required]': 'Example', 'Last Name [Required]': ' ' }, 'Example'],
		[{ 姓: '例', 名: '一' }, '例一'],
		[{ 名: '一', 姓: '例' }, '例一'],
		[{ 'First Name': 'A', 'Last Name': 'B', 'Full Name': 'Example One' }, 'Example One'],
		[{ 'First Name': 'A', 'Last Name': 'B', Nickname: 'C' }, 'A B'],
	])('%j is %s', (columns, name) => {
		expect(valuesOf({ userId: 's1', ...columns }).username).toBe(name);
	});

	test('both columns are named in a message', () => {
		const mapped = users().map(row({ userId: 's1', 'First Name': ['A'], 'Last Name': 'B' }));
		expect(mapped.issues).toMatchObject([{ column: 'First Name + Last Name', field: 'username', code: 'not_text' }]);
	});
});

describe('sheets without an id', () => {
	test('are known by the login, else by the e-mail address', () => {
		expect(valuesOf({ login: 'one', Name: 'A', Email: 'a@x.test' }).userId).toBe('one');
		expect(valuesOf({ Name: 'A', Email: 'a@x.test' })).toEqual({
			userId: 'a@x.test',
			username: 'A',
			email: 'a@x.test',
		});
	});

	test('username beside first and last name is a login', () => {
		expect(valuesOf({ username: 'one', firstname: 'Example', lastname: 'One' })).toEqual({
			userId: 'one',
			username: 'Example One',
		});
		expect(valuesOf({ Id: '003', Username: 'one', FirstName: 'Example', LastName: 'One' })).toEqual({
			userId: '003',
			username: 'Example One',
		});
	});

	test('用户名 beside a name is a login, but not where the sheet has ids', () => {
		expect(valuesOf({ 用户名: 'one', 昵称: '小一' })).toEqual({ userId: 'one', username: '小一' });
		expect(valuesOf({ 学号: '1', 用户名: '小一' })).toEqual({ userId: '1', username: '小一' });
	});

	test('username beside userId is the name, whatever else there is', () => {
		expect(valuesOf({ userId: 's1', username: 'A', firstname: 'B', lastname: 'C' })).toEqual({
			userId: 's1',
			username: 'A',
		});
	});

	test('a row without its id is not known by its e-mail address where other rows have ids', async () => {
		const map = users();
		const rows = [
			row({ userId: 's1', username: 'A', email: 'a@x.test' }),
			row({ username: 'B', email: 'b@x.test' }, 2),
		];
		await map.check(rows, breathe);
		expect(map.map(row({ username: 'B', email: 'b@x.test' })).values).toMatchObject({
			username: 'B',
			email: 'b@x.test',
		});
		expect(map.map(row({ username: 'B', email: 'b@x.test' })).values.userId).toBe(undefined);
		expect(map.map(row({ username: 'B', email: 'b@x.test' })).columnOf('userId')).toBe('userId');
	});
});

describe('the report', () => {
	test('says which column became which field, in the order of the sheet, and which were not used', () => {
		const map = users();
		map.map(row({ 备注: 'x', 学号: '1', 姓: 'A', 名: 'B', row_number: 2, 班级: '3' }));
		expect(map.report()).toEqual({
			used: [
				{ column: '学号', field: 'userId', label: 'User ID' },
				{ column: '姓', field: 'username', label: 'Username' },
				{ column: '名', field: 'username', label: 'Username' },
				{ column: '班级', field: 'attributes.class', label: 'attribute "class"' },
			],
			leftOut: [],
			unfit: [],
			contested: [],
			ignored: ['备注'],
		});
	});

	test('names an e-mail address twice where it is the id too', () => {
		const map = users();
		map.map(row({ Name: 'A', Email: 'a@x.test' }));
		expect(map.report().used).toMatchObject([
			{ column: 'Name', field: 'username' },
			{ column: 'Email', field: 'email' },
			{ column: 'Email', field: 'userId' },
		]);
	});

	test('cells of fields that the operation does not read are not read', () => {
		const map = users({ reads: ['userId'] });
		expect(map.map(row({ 学号: '1', 注册时间: 'soon' }))).toMatchObject({ values: { userId: '1' }, issues: [] });
	});
});
