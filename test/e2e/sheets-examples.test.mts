// The examples of people who work in a Google Sheet or in Excel, in the real n8n. n8n's Google Sheets node speaks to
// Google and to no other address, so requests to a web server of the test stand in its two places.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { excelFile } from '../../nodes/TokenIm/output/excel.ts';
import type { RunResult } from '../../scripts/lib/run-data.mts';
import { ask } from '../../scripts/lib/tokenim-client.mts';
import { verdictsOf } from '../../scripts/lib/verdicts.mts';
import { allRows } from '../input/files/reading.mts';
import { describeWithN8n } from './describe.mts';
import { plainExample, standIn, type StandIn } from './examples.mts';
import { accessTo, openLab, type Lab } from './lab.mts';
import { startServer, type Server } from './server.mts';
import { lastWritten, written } from './written.mts';

const NODE = 'Create or Update Users';
const breathe = async () => undefined;

await describeWithN8n('the example', () => {
	let lab: Lab;
	let n8n: Server;
	let others: StandIn;
	let sheets: string;
	let workbook: string;

	beforeAll(async () => {
		lab = await openLab();
		others = await standIn();
		n8n = await startServer(lab.settings);
		await n8n.addCredential({ ...lab.credential, name: 'TokenIM account' });
		const given = others.reads(await plainExample('google-sheets.json', lab), 'Read Sheet');
		sheets = await n8n.add(
			others.sends(given, 'Write Status', ({ columns }) => (columns as { value: Record<string, string> }).value),
		);
		workbook = await n8n.add(await plainExample('workbook-import.json', lab));
	});
	afterAll(async () => {
		await n8n?.stop();
		others?.close();
		await lab?.close();
	});
	beforeEach(async () => {
		lab.sandbox.reset();
		const users = [
			{ userId: 'old', username: '老师' },
			{ userId: 'moved', username: 'Ada', phone: '+8613800000001' },
		];
		await ask(accessTo(lab.sandbox), 'POST', '/users/batch', { onConflict: 'fail', users });
	});

	async function run(id: string): Promise<RunResult> {
		const result = await n8n.run(id);
		expect(result.error).toBeUndefined();
		return result;
	}

	/** What was written beside the rows by the run that this carries out. */
	async function notes(): Promise<unknown[]> {
		const before = others.sent('Write Status').length;
		await run(sheets);
		return others.sent('Write Status').slice(before);
	}

	const noteOf = (row: number, status: string, note: unknown = '') => ({
		row_number: row,
		'TokenIM status': status,
		'TokenIM note': note,
	});
	const SPACE = expect.stringContaining('Take the space out');

	test('Google Sheets writes beside each row of the sheet what became of it, and writes to the service what differs', async () => {
		others.give('Read Sheet', [
			{ row_number: 2, userId: 'new', username: '林小雨', 'TokenIM status': '', 'TokenIM note': '' },
			{ row_number: 3, userId: 'sheet 2', username: '魏来' },
			{ row_number: 4, userId: 'moved', username: 'Ada', phone: '+8613800000002' },
			{ row_number: 7, userId: 'old', username: '老师' },
		]);
		const first = [noteOf(2, 'created'), noteOf(3, 'invalid', SPACE), noteOf(4, 'updated'), noteOf(7, 'unchanged')];
		expect(await notes()).toEqual(first);
		expect(lab.sandbox.users().find(({ userId }) => userId === 'moved')).toMatchObject({ phone: '+8613800000002' });
		const writes = () => lab.sandbox.requests.filter(({ path }) => path === '/v1/users/batch').length;
		const before = writes();
		const second = [2, 4, 7].map((row) => noteOf(row, 'unchanged'));
		expect(await notes()).toEqual([second[0], noteOf(3, 'invalid', SPACE), ...second.slice(1)]);
		expect(writes()).toBe(before);
	});

	test('Google Sheets writes its notes also where every row is bad', async () => {
		others.give('Read Sheet', [{ row_number: 2, userId: 'a b', username: 'Ada' }]);
		expect(await notes()).toEqual([noteOf(2, 'invalid', SPACE)]);
	});

	test('workbook takes a sheet of Excel, and gives the rows to mend back as a workbook that is fed in again', async () => {
		const rows = [
			['007', '张三', '+8613800000007'],
			['moved', 'Ada', '+8613800000003'],
			['008', '李四', '1.38E+10'],
		];
		await lab.write('people.xlsx', await excelFile(['学号', '姓名', '手机'], rows, breathe));
		expect(verdictsOf(await run(workbook), NODE).map(({ status, row }) => `${row} ${status}`)).toEqual([
			'2 created',
			'3 updated',
			'4 invalid',
			'undefined report',
		]);
		const report = (await allRows(await lastWritten(lab, 'users-to-mend', 'xlsx'))).map(({ columns }) => columns);
		const reason = expect.stringContaining('Format the column as Text');
		expect(report).toEqual([{ row: '4', reason, 学号: '008', 姓名: '李四', 手机: '1.38E+10' }]);

		const mended = report.map((row) => ({ ...row, 手机: '+8613800000008' }));
		const [header = []] = mended.map((row) => Object.keys(row));
		await lab.write('people.xlsx', await excelFile(header, mended.map(Object.values), breathe));
		expect(verdictsOf(await run(workbook), NODE)).toMatchObject([{ status: 'created', userId: '008' }]);
		expect(await written(lab, 'users-to-mend', 'xlsx')).toHaveLength(1);
		const phones = lab.sandbox.users().map(({ userId, phone }) => [userId, phone]);
		expect(Object.fromEntries(phones)).toMatchObject({
			'007': '+8613800000007',
			'008': '+8613800000008',
			moved: '+8613800000003',
		});
	});
});
