// The cells of a workbook: what a CSV file of the sheet would say, with nothing lost.

import { describe, expect, test } from 'vitest';
import { readCell } from '../../../nodes/TokenIm/input/cells/values.ts';
import { allRows, rowsOf } from './reading.mts';
import { number, PEOPLE, row, sheetXml, text, workbook, type BookParts } from './workbooks.mts';

/** The values of column A below its header, which is in row 1. */
async function column(cells: readonly string[], parts: BookParts = {}): Promise<readonly unknown[]> {
	const rows = cells.map((cell, index) => row(index + 2, cell, text('.'))).join('');
	const read = await allRows(workbook({ ...parts, sheets: [{ rows: row(1, text('a'), text('b')) + rows }] }));
	return read.map(({ columns }) => columns.a);
}

describe('a number', () => {
	test.each<[written: string, format: number | string, read: string]>([
		['123', '000000', '000123'],
		['0', '0000', '0000'],
		['1234567', '000000', '1234567'],
		['42', '00000;[Red]\\-00000', '00042'],
		['138001', '[$-804]00000000', '00138001'],
		['12', '"S"0000', 'S0012'],
		['13800138000', '"+86 "00000000000', '+86 13800138000'],
		['5551234567', '(000)\\ 000\\-0000', '(555) 123-4567'],
		['5551234567', '[<=9999999]###\\-####;\\(###\\)\\ ###\\-####', '5551234567'],
		['20230101', 'General', '20230101'],
		['20230101', '0', '20230101'],
		['20230101', '0_);\\(0\\)', '20230101'],
		['20230101', '#,##0', '20230101'],
		['20230101', '0.00', '20230101'],
		['20230101', '0.00E+00', '20230101'],
		['20230101', '@', '20230101'],
		['12.5', '000000', '12.5'],
		['-7', '0000', '-7'],
		['0.30000000000000004', 'General', '0.3'],
		['2.0230101E7', 'General', '20230101'],
		['20230101.0', 'General', '20230101'],
		['1.3800138E+10', 'General', '13800138000'],
		['999999999999999', 'General', '999999999999999'],
	])('%s with the format %j is %s', async (written, format, read) => {
		expect(await column([number(written, 0)], { formats: [format] })).toEqual([read]);
	});

	test.each(['1234567890123456', '123456789012345678', '1.23456789012346E+18', '1000000000000000'])(
		'%s has more than 15 digits: as an ID, a phone or one of a list it is refused',
		async (written) => {
			const [cell] = await column([number(written)]);
			for (const kind of ['id', 'phone', 'ids'] as const)
				expect(readCell(cell, kind)).toMatchObject({ kind: 'refused', finding: { code: 'number_too_long' } });
		},
	);

	test('with zeros before it beyond 15 digits is not made up', async () => {
		const [cell] = await column([number('1234567890123456', 0)], { formats: ['000000000000000000'] });
		expect(readCell(cell, 'id')).toMatchObject({ kind: 'refused' });
	});
});

describe('a date', () => {
	const DATE = 'yyyy\\-mm\\-dd';
	test.each<[serial: string, format: number | string, read: string]>([
		['46266', 14, '2026-09-01'],
		['46266.333333333336', 22, '2026-09-01T08:00:00'],
		['46266.3333333', 14, '2026-09-01T08:00:00'],
		['46266.999999', 22, '2026-09-02'],
		['46266', 31, '2026-09-01'],
		['46266', 57, '2026-09-01'],
		['46266', 'd/m/yy', '2026-09-01'],
		['46266', '[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', '2026-09-01'],
		['46266', '[$-411]ggge"年"m"月"d"日"', '2026-09-01'],
		['46266', 'yyyy"年"m"月"d"日";@', '2026-09-01'],
		['46266', 'mmm', '2026-09-01'],
		['46266.75', 'm/d/yy h:mm AM/PM', '2026-09-01T18:00:00'],
		['0.75', 'h:mm AM/PM', '18:00:00'],
		['0.75', 20, '18:00:00'],
		['1.25', '[h]:mm:ss', '30:00:00'],
		['1.25', 46, '30:00:00'],
		['59', DATE, '1900-02-28'],
		['60', DATE, '1900-02-29'],
		['61', DATE, '1900-03-01'],
		['1', DATE, '1900-01-01'],
		['0', DATE, '1900-01-00'],
		['-1', DATE, '-1'],
		['2958466', DATE, '2958466'],
		['46266', '"day "0', 'day 46266'],
		['46266', '0" days"', '46266 days'],
		['46266', '[Red]0', '46266'],
		['46266', '# ?/?', '46266'],
	])('%s with the format %j is %s', async (serial, format, read) => {
		expect(await column([number(serial, 0)], { formats: [format] })).toEqual([read]);
	});

	test.each<[serial: string, read: string]>([
		['44804', '2026-09-01'],
		['0', '1904-01-01'],
	])('counted from 1904, %s is %s', async (serial, read) => {
		expect(await column([number(serial, 0)], { formats: [14], countsFrom1904: true })).toEqual([read]);
	});

	test('is understood in the time zone of the workflow', async () => {
		const [day, moment] = await column([number('46266', 0), number('46266.5', 0)], { formats: [14] });
		const values = { timeZone: 'Asia/Shanghai' };
		expect(readCell(day, 'time', values)).toEqual({ kind: 'value', value: '2026-09-01T00:00:00+08:00' });
		expect(readCell(moment, 'time', values)).toEqual({ kind: 'value', value: '2026-09-01T12:00:00+08:00' });
	});

	test('that the calendar does not have is refused', async () => {
		const [zero, leap] = await column([number('0', 0), number('60', 0)], { formats: [14] });
		for (const cell of [zero, leap]) expect(readCell(cell, 'time')).toMatchObject({ kind: 'refused' });
	});

	test('a format for cells that meet a condition, and one of named styles, are not those of the cell', async () => {
		expect(await column([number('46266', 0)], { formats: ['000000'] })).toEqual(['046266']);
	});
});

describe('a cell', () => {
	test('with a formula that gives nothing is empty, and a row of such cells is none', async () => {
		expect(await column(['<c t="str"><f>""</f></c>'])).toEqual([]);
	});

	test.each<[what: string, cell: string, read: string]>([
		['true', '<c t="b"><v>1</v></c>', 'TRUE'],
		['false', '<c t="b"><v>0</v></c>', 'FALSE'],
		['an error', '<c t="e"><v>#N/A</v></c>', '#N/A'],
		['a formula that gives text', '<c t="str"><f>A1&amp;"x"</f><v>Ada x</v></c>', 'Ada x'],
		['a formula that gives a number', '<c><f>1+1</f><v>2</v></c>', '2'],
		['a date as ISO 8601', '<c t="d"><v>2026-09-01T08:00:00</v></c>', '2026-09-01T08:00:00'],
		['text in its cell', text('Ada & "Bob" <x>, née'), 'Ada & "Bob" <x>, née'],
		['text of lines', text('Ada\nLind'), 'Ada\nLind'],
		[
			'text of runs',
			'<c t="inlineStr"><is><r><t>Ada</t></r><r><rPr><b/></rPr><t xml:space="preserve"> Lind</t></r></is></c>',
			'Ada Lind',
		],
		['text in CDATA', '<c t="inlineStr"><is><t><![CDATA[A<da]]></t></is></c>', 'A<da'],
		['an escape', text('_x4F60_好_x000D_'), '你好\r'],
		['an escaped escape', text('a_x005F_x000D_b'), 'a_x000D_b'],
		['a formula as text', text('=1+1'), '=1+1'],
		['text that is called a number', '<c><v>s1</v></c>', 's1'],
	])('%s', async (_, cell, read) => {
		expect(await column([cell])).toEqual([read]);
	});

	test('shares its text with others: runs are joined, what is read aloud is left out', async () => {
		const texts = [
			'<t>Ada</t>',
			'<r><t>A</t></r><r><rPr><sz val="9"/></rPr><t>da</t></r>',
			'<t>王小明</t><rPh sb="0" eb="1"><t>オウ</t></rPh><phoneticPr fontId="1"/>',
			'',
		];
		const cells = texts.map((_, index) => `<c t="s"><v>${index}</v></c>`);
		expect(await column(cells, { texts })).toEqual(['Ada', 'Ada', '王小明']);
	});

	test('with a formula that was never worked out counts as an error, and a note says so', async () => {
		const rows = row(1, text('userId'), text('username')) + row(2, text('s1'), '<c><f>A1</f></c>');
		const { rows: read, hints } = await rowsOf(workbook(rows));
		expect(read[0]?.columns.username).toBe('#N/A');
		expect(hints).toEqual([expect.stringContaining('1 cell holds a formula without its result')]);
	});
});

describe('a row', () => {
	const numbers = async (rows: string) => (await allRows(workbook(rows))).map((read) => read.number);

	test('has the number of the sheet, over gaps, empty rows and rows with formats alone', async () => {
		const rows =
			row(2, text('userId'), text('username')) +
			row(3) +
			row(4, '<c s="1"/>', '<c s="1"/>') +
			row(7, text('s1'), text('Ada')) +
			row(30_000, text('s2'), text('Bob'));
		expect(await numbers(rows)).toEqual([7, 30_000]);
	});

	test('counts on where it has no number of its own, and its cells no names', async () => {
		const rows = '<row><c t="str"><v>userId</v></c><c t="str"><v>username</v></c></row><row><c><v>7</v></c></row>';
		const [read] = await allRows(workbook(rows));
		expect([read?.number, read?.columns]).toEqual([2, { userId: '7', username: '' }]);
	});

	test('has its cells where they stand, whatever is left out between them', async () => {
		const rows =
			row(1, text('userId'), text('username'), text('class')) + '<row r="2"><c r="C2" t="str"><v>7a</v></c></row>';
		expect((await allRows(workbook(rows)))[0]?.columns).toEqual({ userId: '', username: '', class: '7a' });
	});

	test('with cells to the right of the table is read, and loses none of them', async () => {
		const rows = PEOPLE + row(3, text('s2'), text('Bob'), '<c/>', text('a note'));
		const [, read] = await allRows(workbook(rows));
		expect(read).toMatchObject({ number: 3, columns: { userId: 's2', username: 'Bob' } });
		expect(Object.values(read?.columns ?? {})).toContain('a note');
		expect(read?.issues).toBe(undefined);
	});

	test('above the header with one cell is a note, merged or not', async () => {
		const rows =
			row(1, text('Class list 7a')) + row(3, text('userId'), text('username')) + row(4, text('s1'), text('Ada'));
		const merged = '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>';
		const { rows: read, hints } = await rowsOf(workbook({ sheets: [{ rows, after: merged }] }));
		expect(read).toEqual([{ number: 4, item: 0, columns: { userId: 's1', username: 'Ada' } }]);
		expect(hints).toEqual([expect.stringMatching(/^1 row of the file was left out.*row 1 \(above the header row\)/)]);
	});

	test('of a sheet with one column is no note', async () => {
		const rows = row(1, text('userId')) + row(2, text('s1')) + row(3, text('s2'));
		expect((await allRows(workbook(rows))).map(({ columns }) => columns)).toEqual([{ userId: 's1' }, { userId: 's2' }]);
	});

	test('that starts like a comment is left out', async () => {
		const rows = PEOPLE + row(3, text('#"s2"'), text('Bob')) + row(4, text('s3'), text('Cem'));
		expect((await allRows(workbook(rows), { comment: '#' })).map((read) => read.number)).toEqual([2, 4]);
	});

	test('that is hidden is read, and counted in a note', async () => {
		const rows = PEOPLE + row(3, text('s2'), text('Bob')).replace('<row', '<row hidden="1"');
		const { rows: read, hints } = await rowsOf(workbook(rows));
		expect(read.map(({ columns }) => columns.userId)).toEqual(['s1', 's2']);
		expect(hints).toEqual([expect.stringMatching(/^1 row is hidden in the sheet "Sheet1"/)]);
	});

	test('a header that is hidden is not counted', async () => {
		const { hints } = await rowsOf(workbook(PEOPLE.replace('<row', '<row hidden="1"')));
		expect(hints).toEqual([]);
	});

	test('of merged cells has the value in the first cell alone, and a note says so', async () => {
		const rows = row(1, text('userId'), text('class')) + row(2, text('s1'), text('7a')) + row(3, text('s2'));
		const after = '<mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>';
		const { rows: read, hints } = await rowsOf(workbook({ sheets: [{ rows, after }] }));
		expect(read.map(({ columns }) => columns.class)).toEqual(['7a', '']);
		expect(hints).toEqual([expect.stringContaining('B2:B3')]);
	});

	test('is read without a header where there is none', async () => {
		const rows = row(1, number(7), text('Ada'));
		expect((await allRows(workbook(rows), { hasHeader: false }))[0]).toMatchObject({
			number: 1,
			columns: { column1: '7', column2: 'Ada' },
		});
	});
});

test('elements may have a prefix, the XML may be UTF-16, and the parts may have other names', async () => {
	const prefixed = sheetXml(PEOPLE)
		.replace('UTF-8', 'UTF-16')
		.replaceAll(/<(\/?)(?=[a-zA-Z])/g, '<$1x:')
		.replace('xmlns=', 'xmlns:x=');
	const utf16 = Buffer.from(`\uFEFF${prefixed}`, 'utf16le');
	const book = workbook({
		sheets: [{ rows: PEOPLE }],
		parts: { 'xl/worksheets/sheet1.xml': undefined, 'xl\\worksheets\\SHEET1.xml': new Uint8Array(utf16) },
	});
	expect((await allRows(book))[0]?.columns).toEqual({ userId: 's1', username: 'Ada' });
});
