import { describe, expect, test } from 'vitest';
import { itemRows } from '../../nodes/TokenIm/input/rows';

const numbers = (...json: Array<Record<string, unknown>>) =>
	[...itemRows(json.map((columns) => ({ json: JSON.parse(JSON.stringify(columns)) })))].map(({ number }) => number);

test("a row is known by the sheet's own row number", () => {
	expect(numbers({ row_number: 2 }, { row_number: 17 })).toEqual([2, 17]);
});

test.each([0, -1, 1.5, '3', null, true])(
	'a row_number of %j is none: the row counts from the first item',
	(row_number) => {
		expect(numbers({ row_number }, { row_number })).toEqual([1, 2]);
	},
);

test('a row is the item as it came, not a copy', () => {
	const items = [{ json: { userId: 's1' } }, { json: { userId: 's2' } }];
	const rows = [...itemRows(items)];
	expect(rows.map(({ item }) => item)).toEqual([0, 1]);
	expect(rows[1]?.columns).toBe(items[1]?.json);
});

describe('an item that sums up others', () => {
	const asked = (json: Record<string, unknown>) =>
		[...itemRows([{ json: JSON.parse(JSON.stringify(json)) }])].flatMap(({ issues = [] }) =>
			issues.map(({ code }) => code),
		);

	test.each([
		[{ row_number: 32, 学号: '合计', 姓名: 30, 手机: '' }],
		[{ row_number: 32, ID: 'Total', Name: '30' }],
		[{ ID: ' TOTAL ', Name: '', Points: '1,234.5', Phone: null }],
		[{ ID: '', Name: 'Grand Total', Points: 12 }],
		[{ ID: 30, Name: '总计' }],
		[{ ID: '小计' }],
		[{ ID: 'Total: 30', Name: '' }],
		[{ ID: 'Summe', Name: '#N/A' }],
		[{ ID: 'Итого', Name: '=COUNTA(A2:A31)' }],
	])('is asked about: %j', (json) => {
		expect(asked(json)).toEqual(['total_unclear']);
	});

	test.each([
		[{ userId: 'total' }],
		[{ userId: 'total', username: 'Total' }],
		[{ userId: 'total', username: '30', class: 'A' }],
		[{ userId: 7, username: 'Total' }],
		[{ userId: 'sum', username: 30 }],
		[{ userId: 'Total', phone: '+8613800000001' }],
		[{ userId: '合计', username: '王小明' }],
		[{ userId: '合计', email: 'a@x.test', username: 3 }],
		[{ userId: 'total', quota: 3, isActive: true }],
		[{ userId: 'total', quota: 3, tags: ['a'] }],
		[{ userId: 'totals1', quota: 3 }],
		[{ userId: 's1', username: 3 }],
		[{ userId: 12, username: 30 }],
		[{}],
	])('is somebody: %j', (json) => {
		expect(asked(json)).toEqual([]);
	});

	test('the question names it', () => {
		const [row] = itemRows([{ json: { row_number: 32, ID: 'Total', Name: 30 } }]);
		expect(row?.issues?.[0]).toMatchObject({
			found: 'row 32: Total, 30',
			fix: expect.stringMatching(/^Row 32 may be a total of the rows above it, or somebody of that name\. Delete it/),
		});
	});
});
