// Group By: rows of one group become one entry.

import { describe, expect, it } from 'vitest';

import { Grouping } from '../../../nodes/TokenIm/engine/rows/grouping';
import type { WaitingRow } from '../../../nodes/TokenIm/engine/rows/sharedTask';

const waiting = (
	place: number,
	id: string,
	memberIds: readonly string[],
	fields: Record<string, unknown> = {},
): WaitingRow => ({
	row: { number: place + 1, item: place, columns: {} },
	entry: { id, fields, memberIds },
	place,
});

describe('rows of a group', () => {
	it('make one entry with every member once, in the order of the first rows', () => {
		const grouping = new Grouping();
		grouping.add('b', waiting(0, 'b', ['m1']));
		grouping.add('a', waiting(1, 'a', ['m1', 'm2']));
		grouping.add('b', waiting(2, 'b', ['m2', 'm1']));
		const groups = [...grouping.grouped()];
		expect(groups.map(({ entry }) => [entry.id, entry.memberIds])).toEqual([
			['b', ['m1', 'm2']],
			['a', ['m1', 'm2']],
		]);
		expect(groups.map(({ rows }) => rows.map(({ place }) => place))).toEqual([[0, 2], [1]]);
	});

	it.each([
		['another value', { name: 'One' }, { name: 'Two' }, 'name'],
		['a value where there was none', { name: 'One' }, { name: 'One', description: 'x' }, 'description'],
		['no value where there was one', { name: 'One', description: 'x' }, { name: 'One' }, 'description'],
		['other attributes', { attributes: { a: 1 } }, { attributes: { a: 2 } }, 'attributes'],
	])('that contradict each other are told apart, by field and row: %s', (_why, first, second, field) => {
		const grouping = new Grouping();
		expect(grouping.add('g', waiting(0, 'g', ['m1'], first))).toBeUndefined();
		expect(grouping.add('g', waiting(1, 'g', ['m2'], second))).toEqual({ field, row: 1 });
		const [group] = [...grouping.grouped()];
		expect([group?.entry.memberIds, group?.rows.length]).toEqual([['m1'], 1]);
	});

	it('may name a group like anything', () => {
		const grouping = new Grouping();
		for (const [place, id] of ['__proto__', 'constructor', '__proto__'].entries())
			grouping.add(id, waiting(place, id, [`m${place}`]));
		expect([...grouping.grouped()].map(({ entry }) => entry.memberIds)).toEqual([['m0', 'm2'], ['m1']]);
	});
});
