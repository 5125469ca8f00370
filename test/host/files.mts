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
			// As plain an object as every other in an item.
			expect(outputs[0]?.[1]?.json.input).toStrictEqual({ userId: 's 2', username: 'Bob' });
			expect(outputs[0]?.[0]?.json).not.toHaveProperty('input');
			expect(pairs(outputs[0])).toEqual([{ item: 0 }, { item: 0 }, { item: 0 }]);
		});

		test('is where the test says', async () => {
			const { outputs } = await lab.run({
				items: [{}],
				files: [{ data: file(CSV) }],
				parameters: { input: 'file', options: { reportFile: true } },
			});
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

		const TWO = [
			{ userId: 's1', username: 'Ada' },
			{ userId: 's2', username: '王小明' },
		];
		test.each([
			['JSON', JSON.stringify(TWO), 'people.json', [1, 2]],
			['JSON with the list inside an object', JSON.stringify({ users: TWO }, null, 2), 'people.json', [1, 2]],
			['JSON Lines', TWO.map((row) => JSON.stringify(row)).join('\n'), 'people.jsonl', [1, 2]],
			['TSV', 'userId\tusername\ns1\tAda\ns2\t王小明\n', 'people.tsv', [2, 3]],
			['semicolons', '\uFEFFuserId;username\r\ns1;Ada\r\ns2;王小明\r\n', 'people.csv', [2, 3]],
			['UTF-16', Buffer.from('\uFEFFuserId\tusername\r\ns1\tAda\r\ns2\t王小明\r\n', 'utf16le'), 'people.txt', [2, 3]],
		])('of %s is told from the file alone', async (_format, content, fileName, numbers) => {
			const { outputs } = await runFile(content, {}, fileName);
			expect(outputs[0]?.map(({ json }) => [json.row, json.status])).toEqual(numbers.map((row) => [row, 'created']));
			expect(lab.sandbox.users()).toMatchObject(TWO);
		});

		test.each([
			['json', 'userId,username\ns1,Ada\n', 'The file is not valid JSON: see character 1'],
			['yaml', CSV, '"yaml" is no format of files that this node reads'],
		])('is taken for %s where File Format says so', async (format, content, message) => {
			const { error } = await lab.run({
				items: [{}],
				files: [{ data: file(content) }],
				parameters: { input: 'file', fileOptions: { format } },
			});
			expect(error?.message).toBe(message);
			expect(error?.description).toMatch(/Nothing was sent\.$/);
		});

		test.each(['::', '"', '\n', 'abc'])('has no delimiter %j, and nothing is sent', async (delimiter) => {
			const { error } = await lab.run({
				items: [{}],
				files: [{ data: file(CSV) }],
				parameters: { input: 'file', fileOptions: { delimiter } },
			});
			expect(error?.message).toMatch(/^The delimiter ".*" is not one that can stand between cells$/s);
			expect(error?.description).toMatch(/Detect Automatically.*Nothing was sent\.$/);
			expect(lab.writes()).toBe(0);
		});

		test('has rows with too few or too many cells: each is named by its row, and its neighbours go on', async () => {
			const { outputs } = await runFile(
				'userId,username,email\ns1,Ada,a@example.com\ns2\n\ns3,Cem,c@example.com,x\ns4,Dan,d@example.com\n',
			);
			expect(outputs[0]?.map(({ json }) => [json.row, json.status])).toEqual([
				[2, 'created'],
				[3, 'invalid'],
				[5, 'invalid'],
				[6, 'created'],
			]);
			expect(outputs[0]?.[1]?.json.reason).toMatch(/Fill in column "username"/);
			expect(outputs[0]?.[2]?.json.reason).toMatch(/found "4 cells", expected 3 cells\. Row 5 has more cells/);
		});

		test('has a quote that is never closed: its row is named, and the rows before it are created', async () => {
			const { outputs } = await runFile('userId,username\ns1,Ada\ns2,"Bob\ns3,Cem\n');
			expect(outputs[0]?.[0]?.json).toMatchObject({ row: 2, status: 'created' });
			expect(outputs[0]?.[1]?.json).toMatchObject({
				row: 3,
				status: 'invalid',
				reason: expect.stringContaining('In row 3 a quote (") opens a cell and does not close it.'),
			});
		});

		describe('where the workflow hands files on among the JSON of an item', () => {
			const runCombined = async (field?: string) =>
				await lab.run({
					items: [{ from: 'school' }],
					files: [{ data: file(CSV) }],
					parameters: {
						input: 'file',
						options: { reportFile: true },
						...(field === undefined ? {} : { inputDataFieldName: field }),
					},
					binaryMode: 'combined',
				});

			test.each([
				['by its name', undefined],
				['by its path', '_files.data'],
				['by an expression', '={{ $json._files?.data ?? $binary.data }}'],
			])('is found %s', async (_how, field) => {
				const { outputs, error } = await runCombined(field);
				expect([error?.message, ...statuses(outputs[0])]).toEqual([
					undefined,
					'created',
					'invalid',
					'created',
					'report',
				]);
			});

			test('is named where Input is at Incoming Items', async () => {
				const { error } = await lab.run({
					items: [{}],
					files: [{ data: file(CSV) }],
					binaryMode: 'combined',
				});
				expect(error?.message).toBe('These items carry a file (data: people.csv)');
			});

			test('is named where another one was asked for', async () => {
				const { error } = await runCombined('sheet');
				expect(error?.message).toBe('Item 1 has no file in the field "sheet"');
				expect(error?.description).toContain('The item has files in: data.');
			});
		});

		describe('among several with other headers', () => {
			const runTwo = async (one: string, other: string, parameters: INodeParameters = {}) =>
				await lab.run({
					items: [{}, {}],
					files: [{ data: file(one) }, { data: file(other) }],
					parameters: { input: 'file', ...parameters },
					onError: 'continueRegularOutput',
				});

			test('is matched by its own header: what is a login in one is a name in the other', async () => {
				const { outputs } = await runTwo(
					'userId,username\ns1,Ada\n',
					'username,firstname,lastname\nlogin2,Bob,Stone\n',
				);
				expect(statuses(outputs[0])).toEqual(['created', 'created']);
				expect(lab.sandbox.users()).toMatchObject([
					{ userId: 's1', username: 'Ada' },
					{ userId: 'login2', username: 'Bob Stone' },
				]);
			});

			test('is known by its own ids: the e-mail address stands in for them in one file alone', async () => {
				const { outputs } = await runTwo(
					'学号,姓名,邮箱\n007,王小明,w@example.com\n,李雷,l@example.com\n',
					'Name,Email\nBob,b@example.com\n',
				);
				expect(outputs[0]?.map(({ json }) => [json.userId, json.status])).toEqual([
					['007', 'created'],
					[undefined, 'invalid'],
					['b@example.com', 'created'],
				]);
			});

			test('is named where its header lacks a field, and nothing of any file is sent', async () => {
				const { outputs } = await runTwo('userId,username\ns1,Ada\n', 'userId,city\ns2,Ulm\n');
				expect(outputs[0]?.[1]?.json).toMatchObject({
					status: 'notAttempted',
					reason: expect.stringMatching(/^In the file of item 2: no column holds the Username/),
				});
				expect(lab.writes()).toBe(0);
			});

			test('clears only what its own columns give', async () => {
				await runTwo('userId,username,email\ns1,Ada,a@example.com\n', 'userId,username,email\ns2,Bob,b@example.com\n');
				await runTwo('userId,email\ns1,\n', 'userId,username\ns2,Bobby\n', {
					operation: 'batchUpsert',
					emptyCells: 'clear',
				});
				expect(lab.sandbox.users().map(({ userId, email }) => [userId, email])).toEqual([
					['s1', null],
					['s2', 'b@example.com'],
				]);
			});
		});

		test('imports what stands in it after GB18030, tabs and comments', async () => {
			// 姓名 in GB18030, as Excel in China writes it.
			const header = Buffer.concat([
				Buffer.from('# school\nuserId\t'),
				Buffer.from([0xd0, 0xd5, 0xc3, 0xfb]),
				Buffer.from('\ns1\t'),
			]);
			const bytes = Buffer.concat([header, Buffer.from([0xcd, 0xf5, 0xd0, 0xa1, 0xc3, 0xf7]), Buffer.from('\n')]);
			const fileOptions = { comment: '#', delimiter: '\t', encoding: 'gb18030' };
			const { outputs } = await runFile(bytes, { fileOptions });
			expect(statuses(outputs[0])).toEqual(['created']);
			expect(lab.sandbox.users()).toMatchObject([{ username: '王小明' }]);
		});

		test('without a header row has columns that can be chosen by number', async () => {
			const value = { userId: 'column1', username: '={{ $json.column2 }}' };
			const chosenColumns = {
				mappingMode: 'defineBelow',
				value,
				matchingColumns: [],
				schema: [],
				attemptToConvertTypes: false,
				convertFieldsToString: true,
			};
			const { outputs } = await runFile('s1,Ada\ns2,Bob\n', {
				columns: 'choose',
				chosenColumns,
				fileOptions: { headerRow: false },
			});
			expect(statuses(outputs[0])).toEqual(['created', 'created']);
		});

		test('that cannot be read leaves one verdict that says why, and nothing is sent', async () => {
			const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]);
			const { outputs } = await runFile(png);
			expect(outputs[0]).toMatchObject([
				{ json: { status: 'notAttempted', reason: expect.stringMatching(/^The file /) }, pairedItem: { item: 0 } },
			]);
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
