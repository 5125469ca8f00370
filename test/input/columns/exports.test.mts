// The header rows of the usual exports, unchanged: each makes users without any setting. The people are invented.

import { describe, expect, it } from 'vitest';

import type { Row } from '../../../nodes/TokenIm/engine/types';
import { mapColumns } from '../../../nodes/TokenIm/input/columns/columns';
import { USER_FIELDS } from '../../../nodes/TokenIm/input/columns/fields';

/** A sheet of one row: the header as the product writes it, and a cell for each column that matters here. */
async function read(header: string, cells: Readonly<Record<string, string>>) {
	const columns = Object.fromEntries(header.split(',').map((name) => [name, cells[name] ?? '']));
	const map = mapColumns(USER_FIELDS, { required: ['userId', 'username'], values: { defaultCountryCode: '+86' } });
	const row: Row = { number: 1, item: 0, columns };
	await map.check([row], async () => undefined);
	const { values, issues } = map.map(row);
	return { values: { ...values }, issues, report: map.report() };
}

describe('an export with its header row unchanged', () => {
	it('of Google Workspace: the e-mail address is the id', async () => {
		const { values, issues } = await read(
			'First Name [Required],Last Name [Required],Email Address [Required],Password [Required],Password Hash Function [UPLOAD ONLY],Org Unit Path [Required],New Primary Email [UPLOAD ONLY],Recovery Email,Home Secondary Email,Work Secondary Email,Recovery Phone [MUST BE IN THE E.164 FORMAT],Work Phone,Home Phone,Mobile Phone,Work Address,Home Address,Employee ID,Employee Type,Employee Title,Manager Email,Department,Cost Center',
			{
				'First Name [Required]': 'Example',
				'Last Name [Required]': 'One',
				'Email Address [Required]': 'one@example.com',
				'Mobile Phone': '+8613800000001',
				Department: 'Chess',
			},
		);
		expect(issues).toEqual([]);
		expect(values).toEqual({
			userId: 'one@example.com',
			username: 'Example One',
			email: 'one@example.com',
			phone: '+8613800000001',
		});
	});

	it('for Moodle: the username is the login', async () => {
		const { values } = await read(
			'username,password,firstname,lastname,email,idnumber,institution,department,phone1,course1',
			{
				username: 'example.one',
				firstname: 'Example',
				lastname: 'One',
				email: 'one@example.com',
			},
		);
		expect(values).toMatchObject({ userId: 'example.one', username: 'Example One', email: 'one@example.com' });
	});

	it('of Okta: the login is the id', async () => {
		const { values } = await read(
			'login,firstName,lastName,middleName,honorificPrefix,honorificSuffix,email,title,displayName,nickName,profileUrl,secondEmail,mobilePhone,primaryPhone,streetAddress,city,employeeNumber,department',
			{
				login: 'one@example.com',
				firstName: 'Example',
				lastName: 'One',
				email: 'one@example.com',
				profileUrl: 'https://example.com/one',
			},
		);
		expect(values).toEqual({ userId: 'one@example.com', username: 'Example One', email: 'one@example.com' });
	});

	it('of HubSpot: the record id is the id', async () => {
		const { values } = await read(
			'Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Last Activity Date (GMT+8),Lead Status,Marketing contact status,Associated Company',
			{
				'Record ID': '1051',
				'First Name': 'Example',
				'Last Name': 'One',
				Email: 'one@example.com',
				'Phone Number': '138 0000 0001',
				'Contact owner': 'Example Two',
			},
		);
		expect(values).toEqual({
			userId: '1051',
			username: 'Example One',
			email: 'one@example.com',
			phone: '+8613800000001',
		});
	});

	it.each([
		[
			'Contact ID,First Name,Last Name,Email,Phone,Account Name,Title',
			'Contact ID',
			'First Name',
			'Last Name',
			'Phone',
		],
		[
			'Id,AccountId,LastName,FirstName,Salutation,Phone,MobilePhone,Email,Title,OwnerId',
			'Id',
			'FirstName',
			'LastName',
			'Phone',
		],
	])('of Salesforce: %s', async (header, id, first, last, phone) => {
		const { values } = await read(header, {
			[id]: '003xx000004TmiQAAS',
			[first]: 'Example',
			[last]: 'One',
			Email: 'one@example.com',
			[phone]: '+8613800000001',
		});
		expect(values).toMatchObject({ userId: '003xx000004TmiQAAS', username: 'Example One', email: 'one@example.com' });
	});

	it('of 企业微信: the 帐号 is the id', async () => {
		const { values, report } = await read('姓名,帐号,别名,职务,部门,性别,手机,座机,个人邮箱,企业邮箱,地址,激活状态', {
			姓名: '示例一',
			帐号: 'shili1',
			手机: '13800000001',
			企业邮箱: 'one@example.com',
			部门: '象棋社',
		});
		expect(values).toEqual({ userId: 'shili1', username: '示例一', phone: '+8613800000001', email: 'one@example.com' });
		expect(report.ignored).toContain('部门');
		expect(report.used.map(({ column, field }) => [column, field])).toContainEqual(['帐号', 'userId']);
	});

	it('with 姓 and 名 joins them without a space', async () => {
		const { values } = await read('学号,姓,名,班级', { 学号: 's001', 姓: '示', 名: '例', 班级: '三年级二班' });
		expect(values).toMatchObject({ userId: 's001', username: '示例', attributes: { class: '三年级二班' } });
	});
});
