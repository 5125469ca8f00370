// The usual exports as files, with their header rows unchanged. Every person in them is invented.

import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { mapColumns } from '../../../nodes/TokenIm/input/columns/columns';
import { USER_FIELDS } from '../../../nodes/TokenIm/input/columns/fields';
import { chunksOf } from '../../../nodes/TokenIm/input/files/pieces';
import { eachRow } from '../../../nodes/TokenIm/engine/rows/rowReader';
import { readFileRows } from '../../../nodes/TokenIm/input/files/readFile';
import { compileFields } from '../../../nodes/TokenIm/input/rules/entryRules';
import { defaultProfile } from '../../../nodes/TokenIm/protocol/profiles';

const place = (file: string) => join(import.meta.dirname, '../fixtures', file);

/** The users that a file makes, as Batch Create would send them, and what the columns were taken for. */
async function usersOf(file: string, defaultCountryCode?: string) {
	const map = mapColumns(USER_FIELDS, {
		required: ['userId', 'username'],
		values: { timeZone: 'Asia/Shanghai', defaultCountryCode },
	});
	const validate = compileFields(defaultProfile, 'user', 'create');
	const source = { chunks: chunksOf(createReadStream(place(file))), fileName: file, item: 0 };
	const users: unknown[] = [];
	for await (const row of eachRow(readFileRows(source))) {
		expect(row.issues).toBe(undefined);
		const { values, columnOf, issues } = map.map(row);
		expect(issues).toEqual([]);
		const prepared = validate(values, columnOf);
		users.push(prepared.ok ? { row: row.number, ...prepared.entry.fields } : prepared.issues);
	}
	return { users, report: map.report() };
}

describe('an export, its header row unchanged, makes users', () => {
	test('Google Workspace: the e-mail address is the id', async () => {
		const { users } = await usersOf('google-workspace.csv', '+1');
		expect(users).toEqual([
			{ row: 2, userId: 'example.one@example.com', username: 'Example One', email: 'example.one@example.com' },
			{
				row: 3,
				userId: 'example.two@example.com',
				username: 'Example Two',
				email: 'example.two@example.com',
				phone: '+14155550102',
			},
		]);
	});

	test('Moodle: the username is the id, not the name', async () => {
		const { users } = await usersOf('moodle.csv', '+49');
		expect(users).toEqual([
			{ row: 2, userId: 'example.one', username: 'Example One', email: 'example.one@example.com' },
			{
				row: 3,
				userId: 'example.two',
				username: 'Example Two',
				email: 'example.two@example.com',
				phone: '+49301234567',
			},
		]);
	});

	test('Okta: the login is the id', async () => {
		const { users } = await usersOf('okta.csv', '+1');
		expect(users).toEqual([
			{
				row: 2,
				userId: 'example.one@example.com',
				username: 'Example One',
				email: 'example.one@example.com',
				phone: '+14155550101',
			},
			{ row: 3, userId: 'example.two@example.com', username: 'Example Two', email: 'two@example.com' },
		]);
	});

	test('HubSpot: the record id is the id', async () => {
		const { users, report } = await usersOf('hubspot.csv', '+1');
		expect(users).toEqual([
			{ row: 2, userId: '101', username: 'Example One', email: 'example.one@example.com', phone: '+14155550101' },
			{ row: 3, userId: '102', username: 'Example Two', email: 'example.two@example.com', phone: '+442079460000' },
		]);
		expect(report.ignored).toContain('Contact owner');
	});

	test('Salesforce: a report', async () => {
		const { users } = await usersOf('salesforce-report.csv', '+1');
		expect(users).toMatchObject([
			{ row: 2, userId: '003000000000001', username: 'Example One', phone: '+14155550101' },
			{ row: 3, userId: '003000000000002', username: 'Example Two', phone: '+14155550102' },
		]);
	});

	test('Salesforce: Data Loader', async () => {
		const { users } = await usersOf('salesforce-data-loader.csv');
		expect(users).toEqual([
			{
				row: 2,
				userId: '003000000000001AAA',
				username: 'Example One',
				email: 'example.one@example.com',
				phone: '+14155550101',
			},
			{ row: 3, userId: '003000000000002AAA', username: 'Example Two', email: 'example.two@example.com' },
		]);
	});

	test('Discourse: the username is the login, and the name where somebody gave none', async () => {
		const { users } = await usersOf('discourse.csv');
		expect(users).toEqual([
			{
				row: 2,
				userId: '101',
				username: 'Example One',
				email: 'one@example.com',
				registeredAt: '2026-07-02T08:00:00Z',
			},
			{
				row: 3,
				userId: '102',
				username: 'example.two',
				email: 'two@example.com',
				registeredAt: '2026-07-02T09:30:00Z',
			},
		]);
	});

	test('Active Directory: givenName and sn are the name', async () => {
		const { users } = await usersOf('active-directory-csvde.csv');
		expect(users).toEqual([
			{ row: 2, userId: 'example.one@example.com', username: 'Example One', email: 'example.one@example.com' },
			{ row: 3, userId: 'example.two@example.com', username: 'Example Two', email: 'example.two@example.com' },
		]);
	});

	test('企业微信: the 帐号 is the id', async () => {
		const { users, report } = await usersOf('wecom.csv', '+86');
		expect(users).toEqual([
			{ row: 2, userId: 'example-one', username: '示例一', email: 'example.one@example.com', phone: '+8613800000001' },
			{ row: 3, userId: 'example-two', username: '示例二', email: 'example.two@example.com', phone: '+8613800000002' },
		]);
		expect(report.ignored).toContain('部门');
	});

	test('a sheet that Excel for Chinese Windows saved, in GB18030', async () => {
		const { users } = await usersOf('excel-chinese-windows.csv', '+86');
		const shared = { attributes: { class: '三年级二班' } };
		expect(users).toEqual([
			{
				row: 2,
				userId: '00012',
				username: '示例一',
				email: 'example.one@example.com',
				phone: '+8613800000001',
				registeredAt: '2026-07-02T00:00:00+08:00',
				...shared,
			},
			{
				row: 3,
				userId: '00013',
				username: '示例二',
				email: 'example.two@example.com',
				phone: '+8613800000002',
				registeredAt: '2026-07-02T08:05:00+08:00',
				...shared,
			},
			{
				row: 4,
				userId: '00014',
				username: '示例㐂',
				email: 'example.three@example.com',
				phone: '+8613800000003',
				registeredAt: '2026-07-02T00:00:00+08:00',
				attributes: { class: '三年级三班' },
			},
		]);
	});
});

test('notes above the header, as the template of 企业微信 has them, are no header, and count as rows', async () => {
	const text = '"填写须知：\n1、姓名和帐号必填",,\n姓名,帐号,手机\n示例一,example-one,13800000001\n';
	const rows = [];
	for await (const row of eachRow(readFileRows({ chunks: chunksOf(Buffer.from(text)), item: 0 })))
		rows.push({ ...row, columns: { ...row.columns } });
	expect(rows).toEqual([{ number: 3, item: 0, columns: { 姓名: '示例一', 帐号: 'example-one', 手机: '13800000001' } }]);
});

test("a Buffer of n8n's memory reads like a stream of its files", async () => {
	const read = async (data: Parameters<typeof chunksOf>[0]) => {
		const rows = [];
		const file = readFileRows({ chunks: chunksOf(data), fileName: 'wecom.csv', item: 0 });
		for await (const row of eachRow(file)) rows.push(row);
		return rows;
	};
	expect(await read(await readFile(place('wecom.csv')))).toEqual(
		await read(createReadStream(place('wecom.csv'), { highWaterMark: 7 })),
	);
});
