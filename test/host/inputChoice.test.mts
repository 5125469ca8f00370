// Input at the wrong choice: the most natural first try gets its cure, both ways.

import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { statuses, useLab } from './lab.mts';

const lab = useLab();
const CSV = { content: 'userId,username\ns1,Ada\n', fileName: 'students.csv', mimeType: 'text/csv' };
/** As n8n's Read Files node describes a file. */
const READ = {
	mimeType: 'text/csv',
	fileType: 'text',
	fileName: 'students.csv',
	fileExtension: 'csv',
	fileSize: '30 B',
};
const PHOTO = { content: 'x', fileName: 'ada.png', mimeType: 'image/png' };

describe('items that carry a file, with Input at Incoming Items', () => {
	test.each<[string, object, string, string]>([
		['the file', { data: CSV }, '(data: students.csv)', 'Set Input to File.'],
		[
			'a workbook in a field of its own',
			{ sheet: { ...CSV, fileName: 'students.xlsx', mimeType: '' } },
			'(sheet: students.xlsx)',
			'Set Input to File and Input Data Field Name to sheet.',
		],
		[
			'a file without a name',
			{ data: { content: CSV.content, mimeType: 'text/csv' } },
			'(data: ',
			'Set Input to File.',
		],
	])('are told to set Input to File: %s', async (_what, files, named, cure) => {
		const { error } = await lab.run({ items: [READ], files: [{ ...files }] });
		expect(error?.message).toContain(`These items carry a file ${named}`);
		expect(error?.description).toContain(cure);
		expect(error?.description).toContain('Nothing was sent.');
		expect(lab.writes()).toBe(0);
	});

	test('are so told in the Continue modes too', async () => {
		const { outputs } = await lab.run({ items: [READ], files: [{ data: CSV }], onError: 'continueRegularOutput' });
		expect(outputs[0]?.[0]?.json).toMatchObject({
			status: 'notAttempted',
			reason: expect.stringMatching(/^These items carry a file \(data: students\.csv\).*Set Input to File\./),
		});
	});

	test('and whose own columns are those of the file, as a drive gives them, make no user of it', async () => {
		const drive = { kind: 'drive#file', id: '1AbC', name: 'students.csv', mimeType: 'text/csv' };
		for (const operation of ['batchCreate', 'verify', 'deleteEvery']) {
			const { error } = await lab.run({ items: [drive], files: [{ data: CSV }], parameters: { operation } });
			expect(error?.message).toBe('These items carry a file (data: students.csv)');
		}
		expect(lab.writes()).toBe(0);
	});

	test('and are rows all the same are rows: a picture, or a file beside the columns', async () => {
		const items = [
			{ userId: 's1', username: 'Ada' },
			{ userId: 's2', username: 'Bob' },
		];
		const { outputs } = await lab.run({ items, files: [{ data: PHOTO }, { data: CSV }] });
		expect(statuses(outputs[0])).toEqual(['created', 'created']);
	});

	test('but none that could be a sheet, are told of their columns', async () => {
		const { error } = await lab.run({ items: [{ town: 'Hangzhou' }], files: [{ data: PHOTO }] });
		expect(error?.message).toBe('No columns hold the User ID and the Username');
	});
});

describe('items without a file, with Input at File', () => {
	const inFile = async (item: IDataObject, parameters: INodeParameters = {}) =>
		await lab.run({ items: [item], parameters: { input: 'file', ...parameters } });

	test.each<[string, IDataObject, INodeParameters]>([
		['users', { 学号: 's1', 姓名: 'Ada' }, {}],
		['an id alone', { userId: 's1' }, { operation: 'verify' }],
		['groups', { groupId: 'g1', name: 'G', ownerId: 't' }, { resource: 'group' }],
		[
			'a roster',
			{ userId: 's1', class: '3b' },
			{ resource: 'group', operation: 'addMembers', rows: 'membership', groupBy: 'class' },
		],
	])('that look like rows of %s are told to set Input to Incoming Items', async (_what, item, parameters) => {
		const { error } = await inFile(item, parameters);
		expect(error?.message).toBe('The items carry no file, and look like rows themselves');
		expect(error?.description).toMatch(/^Set Input to Incoming Items\. Columns found: ".*Nothing was sent\.$/);
	});

	test('that are rows by names nobody knows, as of a workbook that was extracted, are told of both ways', async () => {
		const { error } = await inFile({ 编号X: 's1', 叫什么: 'Ada' });
		expect(error?.message).toBe('Item 1 has no file in the field "data"');
		expect(error?.description).toContain('Where the items are the rows themselves, set Input to Incoming Items.');
	});

	test('that hold nothing are not taken for rows', async () => {
		const { error } = await inFile({});
		expect(error?.description).toContain('The item has no file at all.');
		expect(error?.description).not.toContain('Incoming Items');
	});
});
