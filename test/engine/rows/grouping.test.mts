// Group By: rows of one group become one entry.

import { describe, expect, it } from 'vitest';

import { Gatherer } from '../../../nodes/TokenIm/engine/rows/grouping';
import type { Passenger } from '../../../nodes/TokenIm/engine/rows/sharedTask';

const passenger = (
	place: number,
	id: string,
	memberIds: readonly string[],
	fields: Record<string, unknown> = {},
): Passenger => ({
	row: { number: place + 1, item: place, columns: {} },
	entry: { id, fields, memberIds },
	place,
});

describe('rows of a group', () => {
	it('make one entry with every member once, in the order of the first rows', () => {
		const gatherer = new Gatherer();
		gatherer.add('b', passenger(0, 'b', ['m1']));
		gatherer.add('a', passenger(1, 'a', ['m1', 'm2']));
		gatherer.add('b', passenger(2, 'b', ['m2', 'm1']));
		const groups = [...gatherer.gathered()];
		expect(groups.map(({ entry }) => [entry.id, entry.memberIds])).toEqual([
			['b', ['m1', 'm2']],
			['a', ['m1', 'm2']],
		]);
		expect(groups.map(({ passengers }) => passengers.map(({ place }) => place))).toEqual([[0, 2], [1]]);
	});

	it.each([
		['another value', { name: 'One' }, { name: 'Two' }, 'name'],
		['a value where there was none', { name: 'One' }, { name: 'One', description: 'x' }, 'description'],
		['no value where there was one', { name: 'One', description: 'x' }, { name: 'One' }, 'description'],
		['other attributes', { attributes: { a: 1 } }, { attributes: { a: 2 } }, 'attributes'],
	])('that contradict each other are told apart, by field and row: %s', (_why, first, second, field) => {
		const gatherer = new Gatherer();
		expect(gatherer.add('g', passenger(0, 'g', ['m1'], first))).toBeUndefined();
		expect(gatherer.add('g', passenger(1, 'g', ['m2'], second))).toEqual({ field, row: 1 });
		const [group] = [...gatherer.gathered()];
		expect([group?.entry.memberIds, group?.passengers.length]).toEqual([['m1'], 1]);
	});

	it('may name a group like anything', () => {
		const gatherer = new Gatherer();
		for (const [place, id] of ['__proto__', 'constructor', '__proto__'].entries())
			gatherer.add(id, passenger(place, id, [`m${place}`]));
		expect([...gatherer.gathered()].map(({ entry }) => entry.memberIds)).toEqual([['m0', 'm2'], ['m1']]);
	});
});
