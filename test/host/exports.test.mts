// The usual exports through the node, in n8n's own engine: header rows as the products write them, the people invented.
// No setting is touched but Input and, where phones are national, Default Country Code.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { useLab } from './lab.mts';

const lab = useLab();

interface Export {
	readonly product: string;
	/** Where the product says what its columns are called. */
	readonly source: string;
	readonly file: string;
	/** Where phones are national. */
	readonly countryCode?: string;
	/** `userId`, `username` and `phone` of each row. */
	readonly users: ReadonlyArray<readonly [string, string, string?]>;
}

const EXPORTS: readonly Export[] = [
	{
		product: 'Google Workspace',
		source:
			'Admin console, Directory > Users > Download users, all columns; column reference at https://support.google.com/a/answer/40057',
		file: 'google-workspace.csv',
		countryCode: '+1',
		users: [
			['example.one@example.com', 'Example One'],
			['example.two@example.com', 'Example Two', '+14155550102'],
		],
	},
	{
		product: 'Moodle',
		source: 'Site administration > Users > Upload users; field names as in admin/tool/uploaduser of moodle/moodle',
		file: 'moodle.csv',
		countryCode: '+49',
		users: [
			['example.one', 'Example One'],
			['example.two', 'Example Two', '+49301234567'],
		],
	},
	{
		product: 'Okta',
		source:
			'Directory > People > Import users from CSV, its template: the attributes of the default user profile by their variable names',
		file: 'okta.csv',
		countryCode: '+1',
		users: [
			['example.one@example.com', 'Example One', '+14155550101'],
			['example.two@example.com', 'Example Two'],
		],
	},
	{
		product: 'HubSpot',
		source: 'CRM > Contacts > Export, the columns of the view "All contacts"',
		file: 'hubspot.csv',
		countryCode: '+1',
		users: [
			['101', 'Example One', '+14155550101'],
			['102', 'Example Two', '+442079460000'],
		],
	},
	{
		product: 'a Salesforce report of contacts',
		source: 'Reports > Contacts & Accounts > Export > Details Only, field labels of the Contact object',
		file: 'salesforce-report.csv',
		countryCode: '+1',
		users: [
			['003000000000001', 'Example One', '+14155550101'],
			['003000000000002', 'Example Two', '+14155550102'],
		],
	},
	{
		product: "Salesforce's Data Loader",
		source: 'Export of Contact: API names in capitals, as Data Loader writes them',
		file: 'salesforce-data-loader.csv',
		users: [
			['003000000000001AAA', 'Example One', '+14155550101'],
			['003000000000002AAA', 'Example Two'],
		],
	},
	{
		product: 'Discourse',
		source: 'Admin > Users > Export; HEADER_ATTRS_FOR in app/jobs/regular/export_csv_file.rb of discourse/discourse',
		file: 'discourse.csv',
		users: [
			['101', 'Example One'],
			['102', 'example.two'],
		],
	},
	{
		product: 'Active Directory',
		source: 'csvde -f users.csv -r "(objectClass=user)" -l "givenName,sn,mail"; attributes as in RFC 4519',
		file: 'active-directory-csvde.csv',
		users: [
			['example.one@example.com', 'Example One'],
			['example.two@example.com', 'Example Two'],
		],
	},
	{
		product: '企业微信',
		source: '管理后台 > 通讯录 > 批量导入/导出 > 文件导出: 姓名、帐号、别名、职务、部门、性别、手机 …',
		file: 'wecom.csv',
		countryCode: '+86',
		users: [
			['example-one', '示例一', '+8613800000001'],
			['example-two', '示例二', '+8613800000002'],
		],
	},
	{
		product: 'a sheet that Excel saved as CSV on a Chinese Windows, in GB18030',
		source: 'Excel, Save As > CSV (Comma delimited), which writes the code page of Windows: 936, a part of GB18030',
		file: 'excel-chinese-windows.csv',
		countryCode: '+86',
		users: [
			['00012', '示例一', '+8613800000001'],
			['00013', '示例二', '+8613800000002'],
			['00014', '示例㐂', '+8613800000003'],
		],
	},
];

test.each(EXPORTS)('$product', async ({ file, countryCode, users }) => {
	const content = readFileSync(resolve(import.meta.dirname, '../input/fixtures', file));
	const options = countryCode === undefined ? {} : { options: { defaultCountryCode: countryCode } };
	const { outputs, error } = await lab.run({
		items: [{}],
		files: [{ data: { content, fileName: file } }],
		parameters: { input: 'file', ...options },
		timeZone: 'Asia/Shanghai',
	});
	expect(error).toBe(undefined);
	expect(outputs[0]?.map(({ json }) => [json.status, json.userId])).toEqual(
		users.map(([userId]) => ['created', userId]),
	);
	expect(lab.sandbox.users().map(({ userId, username, phone }) => [userId, username, phone ?? undefined])).toEqual(
		users.map(([userId, username, phone]) => [userId, username, phone]),
	);
});
