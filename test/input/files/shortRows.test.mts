// Short rows of a sheet: which of them are the pieces of one row, and which are rows.

import { describe, expect, test } from 'vitest';
import type { Piece } from '../../../nodes/TokenIm/input/files/seams.ts';
import { ShortRows } from '../../../nodes/TokenIm/input/files/shortRows.ts';

type Told = [first: number, spread: Piece['spread']];
const piece = ([number, cells]: readonly [number, readonly string[]]): Piece => ({
	record: { kind: 'whole', number, text: '', cells, lineEnd: 'lf', isDamaged: false },
	spread: undefined,
});

/** @returns by row, the rows that it is spread over */
function told(width: number, rows: ReadonlyArray<readonly [number, readonly string[]]>): Told[] {
	const short = new ShortRows(width);
	const settled = rows.map(piece).flatMap((one) => (short.passes(one) ? [one] : short.take(one)));
	return [...settled, ...short.rest(true)].map(({ record, spread: over }): Told => [record.number, over]);
}

const PEOPLE = [
	[2, ['s1', 'Ada', 'a@x.org']],
	[3, ['s2', 'Bob', 'b@x.org']],
] as const;
const rowsOf = (...numbers: number[]): Told[] => numbers.map((number) => [number, undefined]);
const spread = (first: number, last: number): Told[] => [
	[first, [first, last]],
	[last, [first, last]],
];

describe('short rows that follow one another', () => {
	test('are one row where they have its cells, and hold what its columns do not', () => {
		const rows = [...PEOPLE, [4, ['s3', 'Cem']], [5, ['Doe', 'c@x.org']]] as const;
		expect(told(3, rows)).toEqual([...rowsOf(2, 3), ...spread(4, 5)]);
	});

	test('are rows where each holds in its columns what rows hold there', () => {
		const rows = [...PEOPLE, [4, ['s3', 'Cem']], [5, ['s4', 'Dee']]] as const;
		expect(told(3, rows)).toEqual(rowsOf(2, 3, 4, 5));
	});

	test('are not told apart by a column that holds of everything', () => {
		const rows = [
			...[[2, ['s1', 'Ada', 'x']] as const, [3, ['Bo', 'Bob', 'x']] as const],
			...[[4, ['s3', 'Cem']] as const, [5, ['s4', 'Dee']] as const],
		];
		expect(told(3, rows)).toEqual([...rowsOf(2, 3), ...spread(4, 5)]);
	});

	test('are rows where they are more than the pieces of one, and so are those behind them', () => {
		const short = [4, 5, 6, 7, 8].map((number) => [number, ['a b', 'c d']] as const);
		expect(told(3, [...PEOPLE, ...short, [9, ['s9', 'Eve', 'e@x.org']]])).toEqual(rowsOf(2, 3, 4, 5, 6, 7, 8, 9));
	});

	test('are held back a hundred at most', () => {
		const short = new ShortRows(3);
		const counts = Array.from({ length: 102 }, (_, at) => short.take(piece([at + 2, ['a']])).length);
		expect(counts.filter((count) => count > 0)).toEqual([101, 1]);
	});
});

describe('a block of 16 rows as Excel writes it, without its empty columns', () => {
	const two = (first: number, last: number) =>
		[[first, ['Doe', 'x y']] as const, [last, ['z z', 'y y']] as const] as const;
	test('is rows, up to its last one or the end of the file', () => {
		expect(told(3, two(33, 48))).toEqual(rowsOf(33, 48));
		expect(told(3, two(33, 34))).toEqual(rowsOf(33, 34));
	});

	test('begins and ends where Excel begins and ends one', () => {
		expect(told(3, two(34, 48))).toEqual(spread(34, 48));
		expect(told(3, [...two(33, 34), [35, ['s1', 'Ada', 'x']]])).toEqual([...spread(33, 34), ...rowsOf(35)]);
	});

	test('leaves out as many columns in each', () => {
		const rows = [[33, ['Doe', 'x y']] as const, [34, ['z z', 'y y', 'w w']] as const];
		expect(told(4, rows)).toEqual(spread(33, 34));
	});
});
