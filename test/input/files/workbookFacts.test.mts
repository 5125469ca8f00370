// What a workbook knows of its cells beside their text: formulas that were never worked out, what Excel made a date of, and
// from which day it counts.

import { describe, expect, test } from 'vitest';
import type { Row } from '../../../nodes/TokenIm/engine/types.ts';
import { mapColumns, type ColumnMapOptions } from '../../../nodes/TokenIm/input/columns/columns.ts';
import { GROUP_FIELDS, USER_FIELDS, userFields, type Field } from '../../../nodes/TokenIm/input/columns/fields.ts';
import { knownColumns } from '../../../nodes/TokenIm/input/columns/knownColumns.ts';
import { shownDate } from '../../../nodes/TokenIm/input/files/workbook/shownDate.ts';
import { mapMemberships } from '../../../nodes/TokenIm/operations/groupBy.ts';
import { allRows, rowsOf } from './reading.mts';
import { number, row, text, workbook, type BookParts } from './workbooks.mts';

async function mapped(
	rows: readonly Row[],
	fields: readonly Field[] = USER_FIELDS,
	options: Partial<ColumnMapOptions> = {},
) {
	const columns = mapColumns(fields, { required: [], emptyCells: 'clear', ...options });
	await columns.check(rows, async () => undefined);
	return rows.map((one) => columns.map(one));
}

/** What a sheet of these columns and one row gives. */
async function read(
	header: readonly string[],
	cells: readonly string[],
	parts: BookParts = {},
	fields?: readonly Field[],
) {
	const rows = row(1, ...header.map(text)) + row(2, ...cells);
	const [one] = await mapped(await allRows(workbook({ ...parts, sheets: [{ rows }] })), fields);
	return { values: { ...one?.values }, issues: one?.issues ?? [] };
}

const formula = (result: string, attributes = '') => `<c${attributes}><f>B2&amp;C2</f>${result}</c>`;

describe('a formula', () => {
	const people = async (cell: string, asksForResults = false) =>
		await read(['userId', 'username', 'email'], [text('s1'), text('Ada'), cell], { asksForResults });

	test.each(['', '<v/>', '<v></v>', '<v> </v>'])('with %j is not worked out', async (result) => {
		const { values, issues } = await people(formula(result));
		expect(values).not.toHaveProperty('email');
		expect(issues).toEqual([
			{
				column: 'email',
				field: 'email',
				code: 'not_computed',
				found: 'a formula without its result',
				expected: 'what the formula gives',
				fix: expect.stringContaining('Open the workbook in Excel or LibreOffice, save it there'),
			},
		]);
	});

	test.each<[what: string, result: string, type: string]>([
		['0', '<v>0</v>', ''],
		['0 with decimals', '<v>0.0</v>', ''],
		['0 that is called text (PhpSpreadsheet)', '<v>0</v>', ' t="str"'],
	])('that gives %s is not worked out where all are to be worked out', async (_, result, type) => {
		const told = await people(formula(result, type), true);
		expect(told.issues.map(({ code, field }) => [code, field])).toEqual([['not_computed', 'email']]);
		expect((await people(formula(result, type))).issues).not.toEqual(told.issues);
	});

	test.each<[what: string, result: string, type: string, username: string]>([
		['a number', '<v>7</v>', '', '7'],
		['text', '<v>Ada</v>', ' t="str"', 'Ada'],
		['false', '<v>0</v>', ' t="b"', 'FALSE'],
	])('that gives %s stays where all are to be worked out (Apache POI)', async (_, result, type, username) => {
		const { values, issues } = await read(['userId', 'username'], [text('s1'), formula(result, type)], {
			asksForResults: true,
		});
		expect([values.username, issues]).toEqual([username, []]);
	});

	test('that gives an empty text is an empty cell', async () => {
		const { values, issues } = await people(formula('<v></v>', ' t="str"'), true);
		expect([values.email, issues]).toEqual([null, []]);
	});

	test('a 0 that was typed is a 0', async () => {
		expect((await read(['userId', 'username'], [number(0), text('Ada')], { asksForResults: true })).values.userId).toBe(
			'0',
		);
	});

	test('in a column that is not used refuses nobody, and is counted', async () => {
		const rows =
			row(1, text('userId'), text('username'), text('remark')) + row(2, text('s1'), text('Ada'), formula('<v/>'));
		const { rows: all, hints } = await rowsOf(workbook(rows));
		expect((await mapped(all))[0]?.issues).toEqual([]);
		expect(hints).toEqual([expect.stringContaining('1 cell holds a formula without its result')]);
	});

	test('is told of a secret too', async () => {
		const fields = userFields({ loginPassword: { type: 'text', required: 'never', secret: true } });
		const { issues } = await read(['userId', 'loginPassword'], [text('s1'), formula('<v/>')], {}, fields);
		expect(issues).toEqual([expect.objectContaining({ fix: expect.stringContaining('Open the workbook in Excel') })]);
	});

	describe('of several cells', () => {
		const array = (result: string) => `<c><f t="array" ref="B2:B3">A2:A3&amp;"x"</f>${result}</c>`;
		const usernames = async (rows: string, asksForResults: boolean) => {
			const sheet = row(1, text('userId'), text('username')) + rows;
			const all = await allRows(workbook({ asksForResults, sheets: [{ rows: sheet }] }));
			return (await mapped(all)).map(({ values, issues }) => issues[0]?.code ?? values.username);
		};

		test('that was never worked out is so for all of them, and no others (XlsxWriter)', async () => {
			const rows =
				row(2, text('s1'), array('<v>0</v>')) + row(3, text('s2'), number(0)) + row(4, text('s3'), number(0));
			expect(await usernames(rows, true)).toEqual(['not_computed', 'not_computed', '0']);
			expect(await usernames(rows, false)).toEqual(['0', '0', '0']);
		});

		test('also where each row has one of its own', async () => {
			const one = (at: number) =>
				row(at, text('s'), `<c><f t="array" ref="B${at}:C${at}">1</f><v>0</v></c>`, number(0));
			const rows = Array.from({ length: 60 }, (_, index) => one(index + 2)).join('');
			const sheet = row(1, text('userId'), text('username'), text('class')) + rows;
			const all = await allRows(workbook({ asksForResults: true, sheets: [{ rows: sheet }] }));
			const told = (await mapped(all)).map(({ issues }) => issues.map(({ field }) => field).join());
			expect([...new Set(told)]).toEqual(['username,attributes.class']);
		});

		test('also where the others are left out (openpyxl)', async () => {
			const rows = row(2, text('s1'), array('<v/>')) + row(3, text('s2')) + row(4, text('s3'), text('Cem'));
			expect(await usernames(rows, false)).toEqual(['not_computed', 'not_computed', 'Cem']);
		});
	});
});

describe('what Excel made a date of', () => {
	const formats = ['m"月"d"日"', 16, 'h:mm', '[h]:mm:ss'];
	const date = number(46082, 0);
	const codes = (issues: ReadonlyArray<{ code: string; field: string }>) =>
		issues.map(({ code, field }) => [field, code]);

	test('is refused as an ID and as a class, and told as the sheet shows it', async () => {
		const { values, issues } = await read(['学号', '姓名', '班级'], [date, text('王小明'), number(46082, 1)], {
			formats,
		});
		expect(values).toEqual({ username: '王小明' });
		expect(issues).toEqual([
			{
				column: '学号',
				field: 'userId',
				code: 'became_date',
				found: '2026-03-01',
				expected: 'the text that was meant, such as 3-1',
				fix: 'Excel made a date of what was typed, which the sheet shows as 3月1日; what it was is lost. Format column "学号" as Text in the sheet, then type the value again.',
			},
			expect.objectContaining({
				field: 'attributes.class',
				code: 'became_date',
				fix: expect.stringContaining('the sheet shows as 1-Mar;'),
			}),
		]);
	});

	test.each(['class', '班级名称', '所在班级', 'attributes.class', 'attributes.班级'])(
		'is refused in %j',
		async (column) => {
			const { issues } = await read(['userId', 'username', column], [text('s1'), text('Ada'), date], { formats });
			expect(issues.map(({ code }) => code)).toEqual(['became_date']);
		},
	);

	test.each<[field: string, header: readonly string[]]>([
		['username', ['userId', 'username']],
		['username', ['userId', 'First Name', 'Last Name']],
		['phone', ['userId', 'phone']],
	])('is refused as %s of %j', async (field, header) => {
		const { issues } = await read(
			header,
			header.map((_, at) => (at === header.length - 1 ? date : text('s1'))),
			{ formats },
		);
		expect(codes(issues)).toEqual([[field, 'became_date']]);
	});

	test.each(['groupId', 'name', 'ownerId', 'memberIds', 'member2'])('is refused as %s of a group', async (column) => {
		const header = [...['groupId', 'name'].filter((name) => name !== column), column];
		const cells = header.map((name) => (name === column ? date : text('x')));
		const { issues } = await read(header, cells, { formats }, GROUP_FIELDS);
		expect(issues.map(({ code }) => code)).toEqual(['became_date']);
	});

	test('is right as a date, in other attributes and in a description', async () => {
		const header = ['userId', 'username', 'registeredAt', 'attributes.birthday', 'remark'];
		const { values, issues } = await read(header, [text('s1'), text('Ada'), date, date, date], { formats });
		expect(issues).toEqual([]);
		expect(values).toMatchObject({ registeredAt: '2026-03-01T00:00:00Z', attributes: { birthday: '2026-03-01' } });
		const group = await read(
			['groupId', 'name', 'description'],
			[text('g'), text('G'), date],
			{ formats },
			GROUP_FIELDS,
		);
		expect([group.values.description, group.issues]).toEqual(['2026-03-01', []]);
	});

	test.each<[what: string, cell: string]>([
		['a time', number(0.75, 2)],
		['a length of time', number(1.25, 3)],
	])('is refused as an ID where it is %s', async (_, cell) => {
		const { issues } = await read(['userId', 'username'], [cell, text('Ada')], { formats });
		expect(issues).toEqual([
			expect.objectContaining({ code: 'became_date', fix: expect.stringContaining('made a time of') }),
		]);
	});

	test('is refused where the cell says that it is a date', async () => {
		const { issues } = await read(['userId', 'username'], ['<c t="d"><v>2026-03-01</v></c>', text('Ada')]);
		expect(codes(issues)).toEqual([['userId', 'became_date']]);
	});

	test('a number beyond the calendar has kept its digits', async () => {
		const { values } = await read(['userId', 'username'], [number(20230101, 0), text('Ada')], { formats });
		expect(values.userId).toBe('20230101');
	});

	test('text of a date is what was typed', async () => {
		const cells = [text('2026-03-01'), text('Ada'), text('2026-03-01')];
		const { values, issues } = await read(['userId', 'username', 'class'], cells, { formats });
		expect([values.userId, issues]).toEqual(['2026-03-01', []]);
	});

	test('is found below notes, empty rows and rows that are left out, each in its own row', async () => {
		const rows =
			row(1, date) +
			row(3, text('userId'), text('username')) +
			row(4, text('s1'), text('Ada')) +
			row(6, date, text('Bob')) +
			row(7, text('userId'), text('username')) +
			row(9, text('s2'), text('Cem'));
		const all = await allRows(workbook({ formats, sheets: [{ rows }] }), { knownColumns });
		const told = (await mapped(all)).map(({ issues }, index) => [all[index]?.number, issues.length]);
		expect(told).toEqual([
			[4, 0],
			[6, 1],
			[9, 0],
		]);
	});

	test('is found in each of thousands of rows', async () => {
		const people = Array.from({ length: 3_000 }, (_, index) => row(index + 2, date, text('Ada'))).join('');
		const rows = row(1, text('userId'), text('username')) + people;
		const all = await allRows(workbook({ formats, sheets: [{ rows }] }));
		expect((await mapped(all)).filter(({ issues }) => issues.length === 1)).toHaveLength(3_000);
	});

	test('is found below ten thousand rows that are none', async () => {
		const notes = Array.from({ length: 12_000 }, (_, index) => row(index + 2, text('# note'), date)).join('');
		const rows = row(1, text('userId'), text('username')) + notes + row(12_002, date, text('Ada'));
		const all = await allRows(workbook({ formats, sheets: [{ rows }] }), { comment: '#' });
		expect((await mapped(all)).map(({ issues }) => codes(issues))).toEqual([[['userId', 'became_date']]]);
	});

	test('is refused in a column that was chosen, and as the group of a roster', async () => {
		const rows = row(1, text('a'), text('b')) + row(2, date, text('Ada'));
		const all = await allRows(workbook({ formats, sheets: [{ rows }] }));
		const choices = new Map([
			['userId', { column: 'a' }],
			['username', { column: 'b' }],
		]);
		expect(codes((await mapped(all, USER_FIELDS, { choices }))[0]?.issues ?? [])).toEqual([['userId', 'became_date']]);
		const users = mapColumns(USER_FIELDS, { required: [], choices: new Map([['userId', { column: 'b' }]]) });
		const groups = mapMemberships(users, { group: { column: 'a', holdsNames: false } }, true);
		await groups.check(all, async () => undefined);
		expect(all.flatMap((one) => codes(groups.map(one).issues))).toEqual([
			['groupId', 'became_date'],
			['name', 'became_date'],
		]);
	});

	test('is refused in other files where it shows for certain', async () => {
		const all = await allRows('学号,姓名,班级,attributes.birthday\ns1,王小明,3月1日,3月1日\n3月2日,李雷,三(1)班,\n');
		expect((await mapped(all)).map(({ issues }) => codes(issues))).toEqual([
			[['attributes.class', 'became_date']],
			[['userId', 'became_date']],
		]);
	});

	test.each<[code: string, shown: string | undefined]>([
		['m"月"d"日"', '3月1日'],
		['m"月"d"日";@', '3月1日'],
		['[$-804]yyyy"年"m"月"d"日"', '2026年3月1日'],
		['d-mmm', '1-Mar'],
		['mmm-yy', 'Mar-26'],
		['dd/mm/yyyy', '01/03/2026'],
		['[Red]d\\.m\\.yy', '1.3.26'],
		['MMMM', 'March'],
		['[$-407]d/ mmm', undefined],
		['[$-F800]dddd', undefined],
		['[DBNum1]m"月"', undefined],
		['ddd d', undefined],
		['ggge', undefined],
		['d/m h:mm', undefined],
		['', undefined],
	])('with the format %j it shows %s', (code, shown) => {
		expect(shownDate('2026-03-01', code)).toBe(shown);
	});
});

describe('a workbook that counts from 1904', () => {
	const header = ['userId', 'username', 'registeredAt'];
	const registered = async (cell: string, countsFrom1904: boolean) =>
		(await read(header, [text('s1'), text('Ada'), cell], { countsFrom1904, formats: [14, 'General'] })).values
			.registeredAt;

	test.each<[what: string, cell: string, at: string]>([
		['without a format', number(44804), '2026-09-01T00:00:00Z'],
		['with the format General', number(44804, 1), '2026-09-01T00:00:00Z'],
		['with a time', number(44804.5), '2026-09-01T12:00:00Z'],
		['with the format of a date', number(44804, 0), '2026-09-01T00:00:00Z'],
	])('counts a day %s so', async (_, cell, at) => {
		expect(await registered(cell, true)).toBe(at);
	});

	test('others count from 1900', async () => {
		expect(await registered(number(46266), false)).toBe('2026-09-01T00:00:00Z');
	});

	test('has the same numbers in all other fields', async () => {
		expect(
			(await read(['userId', 'username'], [number(44804), text('Ada')], { countsFrom1904: true })).values.userId,
		).toBe('44804');
	});
});
