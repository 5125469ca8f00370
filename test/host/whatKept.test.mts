// What is told of rows that did not come through: why, what mends most of them, and where they are.

import type { IDataObject } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { useLab } from './lab.mts';

const lab = useLab();
const people = (fields: IDataObject) =>
	Array.from({ length: 3 }, (_, index) => ({ userId: `s${index}`, username: 'Ada', ...fields }));
const GOOD = { userId: 's9', username: 'Ada' };
const BAD = { userId: 's 1', username: 'Bob' };

describe('where every row failed, the message has the cure of the most frequent reason', () => {
	test.each([
		['phones', { phone: '020 7946 0000' }, 'Set Default Country Code in the options, e.g. +86.'],
		['dates', { registeredAt: '02/03/2026' }, 'Set Date Format in the options, e.g. dd/MM/yyyy.'],
		['ids', { userId: 'a b' }, 'Row 1: Take the space out of column "userId".'],
	])('%s', async (_what, fields, cure) => {
		const { error } = await lab.run({ items: people(fields) });
		expect(error?.message).toBe('None of the 3 rows succeeded');
		expect(error?.description).toMatch(/^What kept them: 3 × /);
		expect(error?.description).toContain(` ${cure} A run that stops has no output. To see each row, set "On Error"`);
	});

	test('which holds nothing of a row, and no text of the service, for errors go to logs', async () => {
		const parameters = { resource: 'group', operation: 'addMembers' };
		const refused = await lab.run({ items: [{ groupId: 'g-secret', memberIds: 's1' }], parameters });
		expect(refused.error?.description).toMatch(/^What kept them: 1 × group not found\. A run that stops/);
		const { error } = await lab.run({ items: people({ userId: 'a secret' }) });
		expect(error?.description).not.toContain('secret');
	});

	test('where some did not fail, it speaks of the others', async () => {
		const { error } = await lab.run({ items: [GOOD, BAD], parameters: { options: { failRunWhen: 'anyRow' } } });
		expect(error?.description).toContain('What kept the others: 1 × User ID holds');
	});
});

describe('where some rows failed and the canvas is green, a hint names the ways to get them', () => {
	const REPORT = 'To get the rows that need attention: turn on the option Report File';
	const told = async (...[options]: Parameters<typeof lab.run>) =>
		(await lab.run(options)).hints
			.map(({ message }) => message)
			.find((message) => message.startsWith('To get the rows'));

	test('the report file and the error output', async () => {
		const hint = await told({ items: [GOOD, BAD] });
		expect(hint).toContain(REPORT);
		expect(hint).toContain('or set "On Error" under Settings to Continue (using error output).');
	});

	test('of rows that Verify found to differ, the report file and the option Output', async () => {
		const hint = await told({ items: [GOOD], parameters: { operation: 'verify' } });
		expect(hint).toContain('or set the option Output to Only Rows That Need Attention.');
	});

	test.each([
		['all is well', { items: [GOOD] }],
		['they go to the error output', { items: [GOOD, BAD], onError: 'continueErrorOutput' as const }],
		['there is a report file', { items: [GOOD, BAD], parameters: { options: { reportFile: true } } }],
		['they alone come out', { items: [GOOD, BAD], parameters: { options: { output: 'attention' } } }],
	])('but not where %s', async (_what, options) => {
		expect(await told(options)).toBe(undefined);
	});
});

test('a row with a bad ID shows the value that was found, where its ID would stand', async () => {
	const items = [GOOD, BAD, { username: 'Nobody' }, { userId: '1.38E+10', username: 'Cem' }];
	const { outputs } = await lab.run({ items });
	expect(outputs[0]?.map(({ json }) => [json.status, json.userId])).toEqual([
		['created', 's9'],
		['invalid', 's 1'],
		['invalid', undefined],
		['invalid', '1.38E+10'],
	]);
	const groups = await lab.run({
		items: [{ groupId: 'g 1', memberIds: 's9' }],
		parameters: { resource: 'group', operation: 'addMembers' },
		onError: 'continueRegularOutput',
	});
	expect(groups.outputs[0]?.[0]?.json).toMatchObject({ status: 'invalid', groupId: 'g 1' });
});

test('the result of such a row, fed in again, is as wrong as before', async () => {
	const { outputs } = await lab.run({ items: [GOOD, BAD] });
	const items = outputs[0]?.map(({ json }) => json) ?? [];
	const parameters = { operation: 'deleteEvery' };
	const deleted = await lab.run({ items, parameters });
	expect(deleted.outputs[0]?.map(({ json }) => json.status)).toEqual(['deleted', 'invalid']);
});

describe('messages name other rows by the number that those have under "row"', () => {
	const TWICE = [GOOD, BAD, GOOD];
	const csv = { content: 'userId,username\ns9,Ada\ns 1,Bob\ns9,Ada\n', fileName: 'a.csv' };

	test.each([
		['items', { items: TWICE }],
		['a Google Sheet', { items: TWICE.map((row, index) => ({ row_number: index + 40, ...row })) }],
		['a file', { items: [{}], files: [{ data: csv }], parameters: { input: 'file' } }],
	])('of %s', async (_what, options) => {
		const { outputs } = await lab.run(options);
		const [first, , repeated] = outputs[0] ?? [];
		expect(repeated?.json.reason).toContain(`Same as row ${String(first?.json.row)}.`);
	});
});
