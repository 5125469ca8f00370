import { expect, test } from 'vitest';
import { columnsHint } from '../../nodes/TokenIm/output/columnsHint';

const use = (column: string, field: string, label: string) => ({ column, field, label });

test('says which column became which field, and which were not used', () => {
	const used = [
		use('学号', 'userId', 'User ID'),
		use('Username', 'username', 'Username'),
		use('班级', 'attributes.班级', '班级'),
	];
	expect(columnsHint({ used, leftOut: [], unfit: [], contested: [], ignored: ['备注', 'No.'] })).toBe(
		'Columns: User ID from "学号", Username, 班级. Not used: "备注", "No.".',
	);
});

test('is silent where every column is named like its field', () => {
	expect(
		columnsHint({ used: [use('userId', 'userId', 'User ID')], leftOut: [], unfit: [], contested: [], ignored: [] }),
	).toBe(undefined);
});

test.each([
	[
		{ by: { column: 'class' }, isMade: false, named: { column: 'title' }, owned: { column: 'teacher' } },
		'Groups by "class", named by "title", owned by "teacher".',
	],
	[{ by: { column: 'class' }, isMade: false, named: { column: 'class' } }, 'Groups by "class".'],
	[
		{ by: { column: '班级' }, isMade: true, named: { column: '班级' }, owned: { text: 't1' } },
		'Groups by "班级", owned by t1. Their IDs are made from these names: a renamed class is a new group.',
	],
	[{ by: { text: 'staff' }, isMade: false, named: { text: 'All' } }, 'All rows are of the group staff, named by All.'],
])('says of a roster what told, named and owned the groups: %j', (groups, text) => {
	const report = { leftOut: [], unfit: [], contested: [], ignored: ['x'], groups };
	expect(columnsHint({ ...report, used: [use('userId', 'userId', 'User ID')] })).toBe(
		`Columns: User ID from "userId". ${text} Not used: "x".`,
	);
});

test('names thirty columns of a wide sheet', () => {
	const ignored = Array.from({ length: 200 }, (_, index) => `c${index}`);
	expect(columnsHint({ used: [], leftOut: [], unfit: [], contested: [], ignored })).toMatch(
		/^No column was used\. Not used: "c0", .*"c29" and 170 more\.$/,
	);
});

test('says which columns the service has no use for', () => {
	const report = {
		used: [use('userId', 'userId', 'User ID')],
		leftOut: [use('手机', 'phone', 'Phone'), use('Email', 'email', 'Email')],
		unfit: [],
		contested: [],
		ignored: [],
	};
	expect(columnsHint(report)).toBe(
		'Columns: User ID from "userId". Not sent, for by its API profile the service has no such field: Phone from "手机", Email.',
	);
	expect(columnsHint(report, { compares: true })).toContain(
		'Not compared, for the service does not give it back: Phone',
	);
});
