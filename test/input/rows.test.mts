import { expect, test } from 'vitest';
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
