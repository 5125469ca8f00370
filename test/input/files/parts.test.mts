// Rows that are no people, by what their cells hold; and what comes so near to one that it has to stay a row.

import { describe, expect, test } from 'vitest';
import { knownColumns } from '../../../nodes/TokenIm/input/columns/knownColumns.ts';
import { Parts } from '../../../nodes/TokenIm/input/files/parts.ts';

const AMONG = { isFirst: false, isApart: false };
const FIRST = { isFirst: true, isApart: false };
const APART = { isFirst: false, isApart: true };
const TWO = ['userId', 'username'];

describe('a row of', () => {
	test.each<[string, readonly string[], readonly string[], typeof AMONG, string | undefined]>([
		['a word that sums up, without a number', TWO, ['Total'], AMONG, undefined],
		['a word that sums up, and a number', TWO, ['Total: 12'], AMONG, 'total'],
		['a word that sums up and names nobody, and a number beside it', TWO, ['Grand Total', '12'], AMONG, 'total'],
		['a count, under one column', ['userId'], ['3 rows'], AMONG, undefined],
		['a count in brackets, under one column', ['userId'], ['(3 rows affected)'], AMONG, 'total'],
		['a count, under two', TWO, ['3 rows'], AMONG, 'total'],
		['one word, apart', TWO, ['Ada'], APART, undefined],
		['words, apart', TWO, ['Made by Ada'], APART, 'footer'],
		['words, not apart', TWO, ['Made by Ada'], AMONG, undefined],
		['words, apart, under one column', ['userId'], ['Made by Ada'], APART, undefined],
		['one type', ['userId'], ['text'], FIRST, undefined],
		['types', TWO, ['text', 'number'], FIRST, 'explanation'],
		['types, further down', TWO, ['text', 'number'], AMONG, undefined],
		['what is needed', ['userId'], ['(required)'], FIRST, 'explanation'],
		['dashes', TWO, ['---', '===='], AMONG, 'ruler'],
		['more dashes than anybody draws', TWO, ['-'.repeat(1_001)], AMONG, undefined],
	])('%s', (_, header, cells, place, part) => {
		expect(new Parts(header, undefined).of(cells, place)).toBe(part);
	});

	test('a word that sums up, and a number beside it: what follows tells', () => {
		expect(new Parts(TWO, knownColumns).of(['Total', '12'], AMONG)).toEqual({ within: 'unclear', atEnd: 'total' });
	});

	test.each<[string, readonly string[], string | undefined]>([
		['names of columns, an id among them', ['Phone', 'User No'], 'otherHeader'],
		['names of columns', ['Phone', 'Class'], 'names'],
		['names of its own columns', ['User No', 'Name'], 'sameNames'],
		['one name of a column', ['Phone'], undefined],
		['names of columns with a digit', ['Phone', 'Class 2'], undefined],
		['the names of its own header', ['USERID ', 'username'], 'header'],
	])('%s', (_, cells, part) => {
		expect(new Parts(TWO, knownColumns).of(cells, AMONG)).toBe(part);
	});
});
