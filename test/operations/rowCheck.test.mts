import { expect, it } from 'vitest';
import type { Issue } from '../../nodes/TokenIm/engine/types.ts';
import { createRowCheck } from '../../nodes/TokenIm/operations/rowCheck.ts';

const UNCLOSED: Issue = {
	column: null,
	field: 'row',
	code: 'quote_unclosed',
	found: '"Ada',
	expected: 'a quote at both ends of the cell, or none',
	fix: 'Close the quote.',
};

it('answers a row that could not be read with its issues, and looks at none of its columns', () => {
	const rowCheck = createRowCheck(
		'userId',
		{
			check: async () => undefined,
			hasOwnIds: () => true,
			report: () => ({ used: [], leftOut: [], unfit: [], contested: [], ignored: [] }),
			map: () => expect.fail('columns were read'),
		},
		() => expect.fail('values were validated'),
	);

	expect(rowCheck.prepare({ number: 7, item: 0, columns: { userId: 's001' }, issues: [UNCLOSED] })).toEqual({
		ok: false,
		issues: [UNCLOSED],
	});
});

it('reads a row without issues as ever', () => {
	const entry = { id: 's001', fields: { userId: 's001' } };
	const rowCheck = createRowCheck(
		'userId',
		{
			check: async () => undefined,
			hasOwnIds: () => true,
			report: () => ({ used: [], leftOut: [], unfit: [], contested: [], ignored: [] }),
			map: ({ columns }) => ({ values: columns, columnOf: () => null, lacks: () => false, issues: [] }),
		},
		() => ({ ok: true, entry }),
	);

	expect(rowCheck.prepare({ number: 7, item: 0, columns: { userId: 's001' }, issues: [] })).toEqual({
		ok: true,
		entry,
	});
});

it.each([
	[20, 20, undefined],
	[21, 21, '1 more'],
	[1_500, 21, '1,480 more'],
])('of %i findings tells %i, and how many more there are', (count, told, more) => {
	const issues = Array.from(
		{ length: count },
		(_, index): Issue => ({ ...UNCLOSED, column: `c${index}`, field: `f${index}` }),
	);
	for (const [ofColumns, ofRules] of [
		[issues, []],
		[[], issues],
		[issues.slice(0, 10), issues.slice(10)],
	]) {
		const rowCheck = createRowCheck(
			'userId',
			{
				check: async () => undefined,
				hasOwnIds: () => true,
				report: () => ({ used: [], leftOut: [], unfit: [], contested: [], ignored: [] }),
				map: ({ columns }) => ({ values: columns, columnOf: () => null, lacks: () => false, issues: ofColumns ?? [] }),
			},
			() => ({ ok: false, issues: ofRules ?? [] }),
		);
		const prepared = rowCheck.prepare({ number: 7, item: 0, columns: { userId: 's001' } });
		if (prepared.ok) expect.fail('the row is invalid');
		expect(prepared.issues).toHaveLength(told);
		expect(prepared.issues.slice(0, 20)).toEqual(issues.slice(0, 20));
		expect(prepared.issues[20]?.found).toBe(more);
	}
});
