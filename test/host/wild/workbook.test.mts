// Workbooks through the node: as a file, by way of Extract from File, and the report file and its way back.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { expect, test } from 'vitest';
import { number, row, text, workbook } from '../../input/files/workbooks.mts';
import { useWild } from './wild.mts';

const wild = useWild();
const FOLDER = '18-xlsx-merged-title';

const reportOf = async (content: string | Uint8Array, fileName: string) => {
	const { outputs } = await wild.lab.run({
		items: [{}],
		files: [{ data: { content, fileName } }],
		parameters: { input: 'file', options: { reportFile: true, reportFileFormat: 'excel' } },
		onError: 'continueRegularOutput',
	});
	const { data = '', mimeType, fileName: name } = outputs[0]?.at(-1)?.binary?.report ?? { mimeType: '' };
	return { bytes: Buffer.from(data, 'base64'), mimeType, name };
};

test('a sheet with a merged title makes its people', async () => {
	const { users, verdicts } = await wild.run(FOLDER);
	expect(users).toEqual([['s1', 'Ada']]);
	expect(verdicts).toMatchObject([{ row: 3, status: 'created' }]);
});

test('the same sheet through Extract from File is told before anything is sent', async () => {
	// What n8n 2.41's Extract from File makes of it: the title is the first column's name.
	const items: IDataObject[] = [
		{ 'Class list 7a': 'userId', __EMPTY: 'username', __EMPTY_1: 'email' },
		{ 'Class list 7a': 's1', __EMPTY: 'Ada', __EMPTY_1: 'ada@school.example' },
	];
	const { users, writes, verdicts } = await wild.runItems(items);
	expect([users, writes]).toEqual([[], 0]);
	expect(verdicts[0]?.reason).toMatch(
		/No columns hold the User ID and the Username.*3 columns were found, and none of their names is known/,
	);
});

test('a roster of a tool makes its people, and hints tell of sheets and hidden rows', async () => {
	const content = readFileSync(join(import.meta.dirname, '../../input/fixtures/roster-libreoffice.xlsx'));
	const { users, verdicts, hints } = await wild.runFile(content, 'roster.xlsx');
	// The phone of the first is a number without its country's +, that of the last an error.
	expect(users).toEqual([['000124', '王小明']]);
	expect(verdicts.map(({ row: at, userId, status }) => [at, userId, status])).toEqual([
		[4, '000123', 'invalid'],
		[5, '000124', 'created'],
		[9, '000125', 'invalid'],
	]);
	expect(hints).toEqual(
		expect.arrayContaining([expect.stringContaining('Not read: "Notes"'), expect.stringContaining('1 row is hidden')]),
	);
});

test('a sheet is chosen by its name; one that is not there stops the run before anything is sent', async () => {
	const rows = (id: string) => row(1, text('userId'), text('username')) + row(2, text(id), text('Ada'));
	const content = workbook({
		sheets: [
			{ name: '7a', rows: rows('a1') },
			{ name: '7b', rows: rows('b1') },
		],
	});
	const none = await wild.runFile(content, 'x.xlsx', { fileOptions: { sheet: '8a' } });
	expect(none.verdicts[0]?.reason).toMatch(/no sheet "8a".*"7a", "7b".*Nothing was sent/);
	expect(none.writes).toBe(0);
	expect((await wild.runFile(content, 'x.xlsx', { fileOptions: { sheet: '7b' } })).users).toEqual([['b1', 'Ada']]);
});

test('IDs keep their zeros, a number beyond 15 digits is refused, a date is in the time zone of the workflow', async () => {
	const header = row(1, text('userId'), text('username'), text('createTime'));
	const content = workbook({
		sheets: [
			{
				rows:
					header +
					row(2, number(7, 0), text('Ada'), number('46266.5', 1)) +
					row(3, number('1234567890123456'), text('Bob'), text('')),
			},
		],
		formats: ['000', 'dd/mm/yyyy hh:mm'],
	});
	const { users, verdicts } = await wild.runFile(content, 'x.xlsx');
	expect(users).toEqual([['007', 'Ada']]);
	expect(verdicts[1]).toMatchObject({ status: 'invalid', issues: [{ code: 'number_too_long' }] });
});

test('the report as a workbook, mended, makes the people with the very same IDs', async () => {
	const csv = 'userId,username,phone\n007,,+8613800138000\n"0 08",Bob,+8613800138001\n009,Cem,+8613800138002\n';
	const { bytes, mimeType, name } = await reportOf(csv, 'people.csv');
	expect([mimeType, name]).toEqual([
		'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
		'tokenim-report.xlsx',
	]);
	expect(wild.lab.sandbox.users().map(({ userId }) => userId)).toEqual(['009']);
	const first = await wild.runFile(bytes, 'report.xlsx');
	expect(first.verdicts.map(({ status }) => status)).toEqual(['invalid', 'invalid']);

	// Mended by hand in a cell each, as a spreadsheet would write it.
	const mended = workbook(
		row(1, text('row'), text('reason'), text('userId'), text('username'), text('phone')) +
			row(2, number(2), text('…'), text('007'), text('Ada'), text('+8613800138000')) +
			row(3, number(3), text('…'), text('008'), text('Bob'), text('+8613800138001')),
	);
	const { users } = await wild.runFile(mended, 'report.xlsx');
	expect(users.map(([id]) => id).sort()).toEqual(['007', '008', '009']);
});

test.each(['roster.ods', 'roster.xls'])('%s stops the run with the way out', async (name) => {
	const content = readFileSync(join(import.meta.dirname, '../../input/fixtures', name));
	const { verdicts, writes } = await wild.runFile(content, name);
	expect(verdicts[0]?.reason).toMatch(/save it as "Excel Workbook \(\.xlsx\)" or "CSV UTF-8"\. Nothing was sent\./);
	expect(writes).toBe(0);
});
