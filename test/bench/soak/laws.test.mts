// The laws of the soak, tried on runs that break them, and the rounds that it draws.

import { describe, expect, test } from 'vitest';
import { lawsOfAgain, lawsOfRun, lawsOfVerify, verdictEach, verdictsOf, type Item } from '../../../bench/soak/laws.mts';
import { drawRound, type Round } from '../../../bench/soak/round.mts';

const round: Round = {
	...drawRound(1),
	operation: 'batchCreate',
	input: 'items',
	existing: ['b'],
	rows: [
		{ userId: 'a', username: 'A', bad: '' },
		{ userId: 'b', username: 'B', bad: '' },
		{ userId: 'c d', username: 'C', bad: 'invalid' },
	],
};
const people = (...ids: string[]) => new Map(ids.map((id) => [id, `im-${id}`]));
const verdict = (row: number, status: string, userId?: string): Item => ({
	row,
	status,
	...(userId === undefined ? {} : { userId }),
});
const failed = (item: Item): Item => ({ userId: 'column', error: item });
const good = [[verdict(1, 'created', 'a'), verdict(2, 'exists', 'b')], [failed(verdict(3, 'invalid'))]];

describe('a run under faults', () => {
	const holds = { before: people('b'), after: people('a', 'b') };

	test('that tells the truth breaks nothing, with the failed rows on the error output', () => {
		expect(lawsOfRun(round, good, holds)).toEqual([]);
	});

	test.each<[string, Item[][], string]>([
		[
			'a row without a verdict',
			[[verdict(1, 'created', 'a'), verdict(2, 'exists', 'b')]],
			'1 rows have no verdict, the first is 3',
		],
		[
			'a row with two',
			[[verdict(1, 'created', 'a'), verdict(1, 'created', 'a'), verdict(2, 'exists', 'b'), verdict(3, 'invalid')]],
			'4 verdicts for 3 rows',
		],
		[
			'another order',
			[[verdict(2, 'exists', 'b'), verdict(1, 'created', 'a')], [failed(verdict(3, 'invalid'))]],
			'verdicts are not in row order',
		],
		[
			'somebody denied',
			[[verdict(1, 'failed', 'a'), verdict(2, 'exists', 'b'), verdict(3, 'invalid')]],
			'a was created, and every row of it says otherwise',
		],
	])('%s is told', (_what, outputs, mistake) => {
		expect(lawsOfRun(round, outputs, holds)).toContain(mistake);
	});

	test('that replaces who was there is told', () => {
		expect(lawsOfRun(round, good, { ...holds, after: new Map([...holds.after, ['b', 'im-new']]) })).toEqual([
			'b was im-b and is im-new',
		]);
	});

	test('in a file counts the header as line 1', () => {
		const verdicts = verdictsOf([[verdict(2, 'created', 'a'), verdict(3, 'exists', 'b'), verdict(4, 'invalid')]]);
		expect(verdictEach({ ...round, input: 'file' }, verdicts)).toEqual([]);
		expect(verdictEach(round, verdicts)).toEqual(['1 rows have no verdict, the first is 1']);
	});
});

describe('verify', () => {
	test('finds who is there and misses who is not', () => {
		expect(
			lawsOfVerify(
				round,
				[[verdict(1, 'missing', 'a'), verdict(2, 'mismatch', 'b'), verdict(3, 'invalid')]],
				people('b'),
			),
		).toEqual([]);
	});

	test('that misses somebody who is there is told', () => {
		expect(
			lawsOfVerify(
				round,
				[[verdict(1, 'missing', 'a'), verdict(2, 'found', 'b'), verdict(3, 'invalid')]],
				people('a', 'b'),
			),
		).toEqual(['a is missing, not found']);
	});
});

describe('the same rows again', () => {
	test('create who was not there, and nobody else', () => {
		expect(lawsOfAgain(round, good, { before: people('b'), after: people('a', 'b') })).toEqual([]);
	});

	test('that leave somebody open, lose somebody or bring a stranger are told', () => {
		const open = [[verdict(1, 'unknown', 'a'), verdict(2, 'exists', 'b'), verdict(3, 'invalid')]];
		expect(lawsOfAgain(round, open, { before: people('b'), after: people('b') })).toEqual([
			'a is unknown when sent again, not created',
			'a was lost',
			'-1 people too many',
		]);
		expect(lawsOfAgain(round, good, { before: people('b', 'x'), after: people('a', 'b', 'x') })).toEqual([
			'1 people too many',
		]);
	});
});

describe('the rounds', () => {
	test('are the same for the same seed, and others for others', () => {
		expect(drawRound(7)).toEqual(drawRound(7));
		expect(drawRound(8)).not.toEqual(drawRound(7));
	});

	test('meet every kind of fault, setting and end within 400 seeds', () => {
		const all = Array.from({ length: 400 }, (_, seed) => drawRound(seed));
		const kinds = new Set(all.flatMap(({ faults }) => faults.map(({ do: action }) => action.kind)));
		expect(kinds.size).toBe(21);
		expect(new Set(all.map(({ operation, input, onError }) => [operation, input, onError].join(' '))).size).toBe(8);
		expect(all.filter(({ stopAfterMs }) => stopAfterMs !== undefined).length).toBeGreaterThan(10);
	});
});
