// Tables of a whole run's ids: they hold what a Map or a Set would.

import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';

import { IdMap, IdSet, partOf } from '../../../nodes/TokenIm/engine/rows/idTable';

const MANY = 4_000;
const KINDS: ReadonlyArray<[name: string, idOf: (index: number) => string]> = [
	['numbers', String],
	['numbers of one length', (index) => String(index).padStart(20, '0')],
	['addresses', (index) => `s${index}@school.example`],
	['letters', (index) => `学生${index.toString(26)}`],
	['long names that begin alike', (index) => `a-tenant-with-a-long-name/its-own-school/class-of-2026/${index}`],
	['long names that end alike', (index) => `${index}-student-of-a-school-with-a-long-name-that-goes-on-and-on`],
];

describe.each(KINDS)('%s', (_name, idOf) => {
	it('are known once they came, with the last value, and no others are', () => {
		const map = new IdMap<number>();
		const set = new IdSet();
		for (let index = 0; index < MANY; index++) {
			map.set(idOf(index), -1);
			set.add(idOf(index));
		}
		for (let index = 0; index < MANY; index++) {
			map.set(idOf(index), index);
			set.add(idOf(index));
		}
		expect(set.size).toBe(MANY);
		const all = Array.from({ length: MANY }, (_, index) => index);
		expect(all.every((index) => map.get(idOf(index)) === index)).toBe(true);
		expect(all.every((index) => map.has(idOf(index)) && set.has(idOf(index)))).toBe(true);
		const others = all.map((index) => idOf(index + MANY));
		expect(others.some((id) => map.has(id) || map.get(id) !== undefined || set.has(id))).toBe(false);
	});

	it('spread over the parts: none grows as large as one table of all would', () => {
		const counts = new Map<number, number>();
		for (let index = 0; index < MANY; index++) {
			const part = partOf(idOf(index));
			counts.set(part, (counts.get(part) ?? 0) + 1);
		}
		expect([...counts.keys()].every((part) => Number.isInteger(part) && part >= 0 && part < 16)).toBe(true);
		expect(Math.max(...counts.values())).toBeLessThan(MANY / 8);
	});
});

it('an id without a value is known all the same', () => {
	const map = new IdMap<undefined>();
	for (let index = 0; index < MANY; index++) map.set(`u${index}`, undefined);
	expect([map.has('u1'), map.has(`u${MANY - 1}`), map.has('u')]).toEqual([true, true, false]);
});

it('names of a prototype are ids like others', () => {
	const set = new IdSet();
	expect(['__proto__', 'constructor', ''].map((id) => set.has(id))).toEqual([false, false, false]);
	for (const id of ['__proto__', 'constructor', '']) set.add(id);
	expect([set.size, set.has('__proto__'), set.has(''), set.has('toString')]).toEqual([3, true, true, false]);
});

test('property: a table says what a Map says', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.string({ maxLength: 3 }), fc.nat())), (entries) => {
			const map = new IdMap<number>();
			const known = new Map<string, number>();
			for (const [id, value] of entries) {
				expect(map.get(id)).toBe(known.get(id));
				map.set(id, value);
				known.set(id, value);
			}
			for (const [id, value] of known) expect(map.get(id)).toBe(value);
		}),
		{ numRuns: Number(process.env.TOKENIM_PROPERTY_RUNS ?? 200) },
	);
});
