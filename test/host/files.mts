// Input: File, in n8n's own engine: the same tests wherever n8n keeps files.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { INodeParameters } from 'n8n-workflow';
import { beforeAll, describe, expect, test } from 'vitest';
import type { IncomingFile } from './engine.mts';
import { pairs, statuses, useLab } from './lab.mts';

const CSV = 'userId,username\ns1,Ada\ns 2,Bob\ns3,Cem\n';
const file = (content: string | Uint8Array, fileName = 'people.csv'): IncomingFile => ({ content, fileName });

/** @param prepare decides where n8n keeps files; @param isKept whether the item then holds none of the content */
export function filesAreRead(where: string, prepare: () => Promise<void>, isKept: boolean): void {
	const lab = useLab();
	beforeAll(prepare);

	const runFile = async (content: string | Uint8Array, parameters: INodeParameters = {}, fileName?: string) =>
		await lab.run({
			items: [{}],
			files: [{ data: file(content, fileName) }],
			parameters: { input: 'file', ...parameters },
			onError: 'continueRegularOutput',
		});

	describe(`a file that n8n keeps ${where}`, () => {
		test('is read row by row, numbered as in the sheet; a failed row carries its columns', async () => {
			const { outputs } = await runFile(CSV);
			expect(outputs[0]?.map(({ json }) => [json.row, json.status])).toEqual([
				[2, 'created'],
				[3, 'invalid'],
				[4, 'created'],
			]);
			expect(outputs[0]?.[1]?.json).toMatchObject({ input: { userId: 's 2', username: 'Bob' } });
			expect(outputs[0]?.[0]?.json).not.toHaveProperty('input');
			expect(pairs(outputs[0])).toEqual([{ item: 0 }, { item: 0 }, { item: 0 }]);
		});

		test('is where the test says', async () => {
			const { outputs } = await lab.run({ items: [{}], files: [{ data: file(CSV) }], parameters: { input: 'file', options: { reportFile: true } } });
			const { id, data } = outputs[0]?.at(-1)?.binary?.report ?? { data: undefined };
			expect([id !== undefined, data !== undefined && data.length > 40]).toEqual([isKept, !isKept]);
		});

		test('goes to the error output with its item and its columns', async () => {
			const { outputs } = await lab.run({
				items: [{ from: 'school' }],
				files: [{ data: file(CSV) }],
				parameters: { input: 'file' },
				onError: 'continueErrorOutput',
			});
			expect(outputs[1]).toMatchObject([
				{ json: { from: 'school', error: { row: 3, input: { userId: 's 2' } } }, pairedItem: { item: 0 } },
			]);
		});

		test('may be one of several, each with an item of its own', async () => {
			const { outputs } = await lab.run({
				items: [{}, {}],
				files: [{ sheet: file(CSV) }, { sheet: file('userId;username\ns4;Dan\n') }],
				parameters: { input: 'file', inputDataFieldName: 'sheet' },
				onError: 'continueRegularOutput',
			});
			expect(outputs[0]?.map(({ json, pairedItem }) => [json.row, json.status, pairedItem])).toEqual([
				[2, 'created', { item: 0 }],
				[3, 'invalid', { item: 0 }],
				[4, 'created', { item: 0 }],
				[2, 'created', { item: 1 }],
			]);
		});

		describe('among several with other headers', () => {
			const runTwo = async (one: string, other: string, parameters: INodeParameters = {}) =>
				await lab.run({ items: [{}, {}], files: [{ data: file(one) }, { data: file(other) }], parameters: { input: 'file', ...parameters }, onError: 'continueRegularOutput' });

			test('is matched by its own header: what is a login in one is a name in the other', async () => {
				const { outputs } = await runTwo('userId,username\ns1,Ada\n', 'username,firstname,lastname\nlogin2,Bob,Stone\n');
				expect(statuses(outputs[0])).toEqual(['created', 'created']);
				expect(lab.sandbox.users()).toMatchObject([{ userId: 's1', username: 'Ada' }, { userId: 'login2', username: 'Bob Stone' }]);
			});

			test('is known by its own ids: the e-mail address stands in for them in one file alone', async () => {
				const { outputs } = await runTwo('学号,姓名,邮箱\n007,王小明,w@example.com\n,李雷,l@example.com\n', 'Name,Email\nBob,b@example.com\n');
				expect(outputs[0]?.map(({ json }) => [json.userId, json.status])).toEqual([['007', 'created'], [undefined, 'invalid'], ['b@example.com', 'created']]);
			});

			test('is named where its header lacks a field, and nothing of any file is sent', async () => {
				const { outputs } = await runTwo('userId,username\ns1,Ada\n', 'userId,city\ns2,Ulm\n');
				expect(outputs[0]?.[1]?.json).toMatchObject({ status: 'notAttempted', reason: expect.stringMatching(/^In the file of item 2: no column holds the Username/) });
				expect(lab.writes()).toBe(0);
			});

			test('clears only what its own columns give', async () => {
				await runTwo('userId,username,email\ns1,Ada,a@example.com\n', 'userId,username,email\ns2,Bob,b@example.com\n');
				await runTwo('userId,email\ns1,\n', 'userId,username\ns2,Bobby\n', { operation: 'batchUpsert', emptyCells: 'clear' });
				expect(lab.sandbox.users().map(({ userId, email }) => [userId, email])).toEqual([['s1', null], ['s2', 'b@example.com']]);
			});
		});

		test('imports what stands in it after GB18030, tabs and comments', async () => {
			// 姓名 in GB18030, as Excel in China writes it.
			const header = Buffer.concat([Buffer.from('# school\nuserId\t'), Buffer.from([0xd0, 0xd5, 0xc3, 0xfb]), Buffer.from('\ns1\t')]);
			const bytes = Buffer.concat([header, Buffer.from([0xcd, 0xf5, 0xd0, 0xa1, 0xc3, 0xf7]), Buffer.from('\n')]);
			const fileOptions = { comment: '#', delimiter: '\t', encoding: 'gb18030' };
			const { outputs } = await runFile(bytes, { fileOptions });
			expect(statuses(outputs[0])).toEqual(['created']);
			expect(lab.sandbox.users()).toMatchObject([{ username: '王小明' }]);
		});

		test('without a header row has columns that can be chosen by number', async () => {
			const value = { userId: 'column1', username: '={{ $json.column2 }}' };
			const chosenColumns = { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [], attemptToConvertTypes: false, convertFieldsToString: true };
			const { outputs } = await runFile('s1,Ada\ns2,Bob\n', { columns: 'choose', chosenColumns, fileOptions: { headerRow: false } });
			expect(statuses(outputs[0])).toEqual(['created', 'created']);
		});

		test('that cannot be read leaves one verdict that says why, and nothing is sent', async () => {
			const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]);
			const { outputs } = await runFile(png);
			expect(outputs[0]).toMatchObject([{ json: { status: 'notAttempted', reason: expect.stringMatching(/^The file /) }, pairedItem: { item: 0 } }]);
			expect(lab.writes()).toBe(0);
		});

		test('that is not there is named with the fields that are', async () => {
			const { error } = await lab.run({ items: [{}], files: [{ sheet: file(CSV) }], parameters: { input: 'file' } });
			expect(error?.message).toBe('Item 1 has no file in the field "data"');
			expect(error?.description).toContain('The item has files in: sheet.');
		});

		test('warns of the quota once its rows are counted', async () => {
			await lab.restart({ quota: 1 });
			const { hints } = await runFile(CSV);
			expect(hints.map(({ message }) => message).join(' ')).toContain('room for 1 more users and 3 rows came in');
		});

		test('each template imports clean', async () => {
			const content = readFileSync(resolve(import.meta.dirname, '../../docs/templates/users.csv'));
			expect(statuses((await runFile(content)).outputs[0])).toEqual(['created', 'created']);
		});
	});
}
