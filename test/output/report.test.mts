import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import type { Judgement, Verdict } from '../../nodes/TokenIm/engine/types';
import { csvLine } from '../../nodes/TokenIm/output/csv';
import { reasonText } from '../../nodes/TokenIm/output/reason';
import { Report } from '../../nodes/TokenIm/output/report';

const NUMBERS = { attempts: 1, requestId: undefined, batch: 1 };
const verdict = (row: number, judgement: Judgement): Verdict => ({ ...judgement, row, ...NUMBERS });
const UNKNOWN: Judgement = { status: 'unknown', reason: 'No answer came.' };
const breathe = async () => undefined;

async function reportOf(rows: ReadonlyArray<Readonly<Record<string, unknown>>>, escapesFormulas = false) {
	const report = new Report('csv', escapesFormulas, breathe);
	for (const [item, columns] of rows.entries())
		report.add(verdict(item + 1, UNKNOWN), { number: item + 1, item, columns });
	return (await report.file(breathe)).bytes.toString();
}

async function readBack(rows: ReadonlyArray<Readonly<Record<string, unknown>>>): Promise<readonly unknown[]> {
	return parse(await reportOf(rows), { bom: true, columns: true });
}

describe('the report file', () => {
	test('has the number and the reason before the columns of the sheet, which come back as they were', async () => {
		const row = { userId: '007', 'Full Name': 'Ada "A", née\r\nX', 姓名: '王小明', tags: ['a', 'b'], n: 7, none: null };
		expect(await readBack([row])).toEqual([
			{
				row: '1',
				reason: 'Unknown whether this was done. No answer came. Run the same rows again, or run Verify.',
				userId: '007',
				'Full Name': 'Ada "A", née\r\nX',
				姓名: '王小明',
				tags: '["a","b"]',
				n: '7',
				none: '',
			},
		]);
	});

	test('starts with a byte order mark, for Excel', async () => {
		expect((await reportOf([{ a: 1 }])).codePointAt(0)).toBe(0xfeff);
	});

	test('gives every row a cell for every column, whichever row brought it first', async () => {
		const rows = await readBack([{ a: '1' }, { b: '2' }, { a: '3', b: '4' }]);
		expect(rows).toMatchObject([
			{ a: '1', b: '' },
			{ a: '', b: '2' },
			{ a: '3', b: '4' },
		]);
	});

	test('replaces number and reason of an earlier report', async () => {
		const [first] = await readBack([{ row: '99', Reason: 'old', userId: 's1' }]);
		expect(first).toEqual({ row: '1', reason: expect.stringContaining('No answer'), userId: 's1' });
	});

	test('takes columns named as parts of objects for columns', async () => {
		const columns = JSON.parse('{"__proto__": "p", "constructor": "c"}');
		expect((await reportOf([columns])).split('\r\n')[0]).toBe('\uFEFFrow,reason,__proto__,constructor');
	});
});

describe('a cell that a spreadsheet would run', () => {
	test.each([
		['=1+1', "'=1+1"],
		['@SUM(A1)', "'@SUM(A1)"],
		['+cmd|calc', "'+cmd|calc"],
		['-2+3+cmd', "'-2+3+cmd"],
		['+44 20 7946 0000', '+44 20 7946 0000'],
		['-12.5', '-12.5'],
		['Ada', 'Ada'],
		['＝1+1', "'＝1+1"],
		['＠SUM(A1)', "'＠SUM(A1)"],
		['＋cmd', "'＋cmd"],
		['－2+cmd', "'－2+cmd"],
		['-12.5', '-12.5'],
		["O'Hara", "O'Hara"],
		["'Ada", "'Ada"],
	])('%j becomes %s with Escape Formulas, and stays as it is without', (cell, escaped) => {
		expect(csvLine([cell], true)).toBe(escaped);
		expect(csvLine([cell], false)).toBe(cell);
	});

	test.each(["'@ada", "'=1", "''=1", "\u200B'=1"])(
		'%j has one apostrophe more either way, for one is taken off',
		(cell) => {
			const one = cell.replace("'", "''");
			expect([csvLine([cell], true), csvLine([cell], false)]).toEqual([one, one]);
		},
	);

	test.each([
		...['\u200B', '\uFEFF', '\u00AD', '\u2060', '\u200E', '\u200F', '\u202A', '\u202E', '\u2066', '\u2069', '\u061C'],
		...[
			'\u180E',
			'\u200C',
			'\u200D',
			'\u2064',
			'\u206F',
			'\u034F',
			'\uFE0F',
			'\u3164',
			'\uFFA0',
			'\u{E0001}',
			'\uFFF9',
		],
		...[' ', '\u00A0', '\u2003', '\u3000', '\x01', '\x1B', '\x7F', '\x80'],
	])('is escaped behind %j, as if that were not there', (invisible) => {
		for (const sign of ['=', '@', '+x', '\uFF1D'])
			expect(csvLine([`${invisible}${invisible}${sign}`], true).replace(/^"|"$/g, '')).toBe(
				`${invisible}${invisible}'${sign}`,
			);
	});

	test.each(['\x0B', '\f', '\x85', '\u2028', '\u2029'])('is escaped behind the line end %j', (lineEnd) => {
		expect(csvLine([`a${lineEnd}=1`], true)).toBe(`a${lineEnd}'=1`);
	});
});

test.each([
	['\n=1+1', "\n'=1+1"],
	['\t=1+1', "\t'=1+1"],
	['\r=1+1', "\r'=1+1"],
	['x;=HYPERLINK("http://evil")', 'x;\'=HYPERLINK("http://evil")'],
	['x,"@SUM(1)"', 'x,"\'@SUM(1)"'],
	['x\t-2+3', "x\t'-2+3"],
	['Li; +44 20 7946 0000', 'Li; +44 20 7946 0000'],
])('%j cannot be run wherever a spreadsheet parts its cells', (cell, escaped) => {
	expect(parse(csvLine([cell], true), { trim: false })).toEqual([[escaped]]);
});

describe('a reason', () => {
	test.each<[Judgement, string]>([
		[
			{
				status: 'invalid',
				issues: [
					{
						column: 'Phone',
						field: 'phone',
						code: 'format',
						found: '12',
						expected: 'a phone number',
						fix: 'Write it with + and its country code.',
					},
					{
						column: null,
						field: 'userId',
						code: 'required',
						found: 'nothing',
						expected: 'a User ID',
						fix: 'Enter one.',
					},
				],
			},
			'Phone: found "12", expected a phone number. Write it with + and its country code. | userId: found "nothing", expected a User ID. Enter one.',
		],
		[
			{ status: 'failed', code: 'username_blocked', message: 'The name is blocked.', retryable: false },
			'Refused by the service (username_blocked): The name is blocked.',
		],
		[{ status: 'notAttempted', reason: 'The plan is full.' }, 'Not sent. The plan is full.'],
		[{ status: 'missing', userId: 's1' }, 'Not there: the service knows no such ID.'],
		[
			{ status: 'mismatch', differences: [{ field: 'username', expected: 'Ada', actual: null }] },
			'username: "Ada" here, nothing in the service',
		],
		[
			{
				status: 'created',
				members: {
					added: 1,
					exists: 0,
					failed: [{ userId: 's9', code: 'c', message: 'no such user' }],
					unknown: ['s8'],
					notAttempted: [],
				},
			},
			'Members not added: s9 (no such user), s8',
		],
		[{ status: 'created' }, ''],
	])('%j', (judgement, text) => {
		expect(reasonText(verdict(1, judgement))).toBe(text);
	});

	test('is one line, however long the service talks', () => {
		const message = `${'long\n'.repeat(1_000)}`;
		const text = reasonText(verdict(1, { status: 'failed', code: 'c', message, retryable: false }));
		expect([text.length, text.includes('\n')]).toEqual([1_000, false]);
	});
});
