// Report File: rows that need attention as a file, in n8n's own engine.

import { parse } from 'csv-parse/sync';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { expect, test } from 'vitest';
import { nodeThat } from './fakeNode.mts';
import { runWorkflow } from './engine.mts';
import { pairs, statuses, useLab } from './lab.mts';

const lab = useLab();
const GOOD = { userId: 's1', username: 'Ada', class: '3B' };
const BAD = { userId: 's 2', username: 'Bob', class: '3B' };
const ALSO_GOOD = { userId: 's3', username: 'Cem', class: '3C' };
const reportFile = { options: { reportFile: true } };

/** The rows of the file that an item carries. */
function fileOf(item: INodeExecutionData | undefined): readonly unknown[] {
	const { data = '', mimeType, fileName } = item?.binary?.report ?? { mimeType: '' };
	expect([mimeType, fileName]).toEqual(['text/csv', 'tokenim-report.csv']);
	return parse(Buffer.from(data, 'base64'), { bom: true, columns: true });
}

const BAD_ROW = { row: '2', reason: expect.stringContaining('userId: found "s 2"'), ...BAD };

test('one item more carries the file and the counts; the items of the rows are as without it', async () => {
	const { outputs } = await lab.run({ items: [GOOD, BAD, ALSO_GOOD], parameters: reportFile });
	expect(statuses(outputs[0])).toEqual(['created', 'invalid', 'created', 'report']);
	expect(pairs(outputs[0])).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }, { item: 0 }]);
	const report = outputs[0]?.at(-1);
	expect(report?.json).toMatchObject({ status: 'report', rows: 3, succeeded: 2, needAttention: 1 });
	expect(fileOf(report)).toEqual([BAD_ROW]);
});

test('with the error output it comes out beside the good rows, and failed rows go where they went', async () => {
	const { outputs, ranAfter } = await lab.run({
		items: [GOOD, BAD, ALSO_GOOD],
		parameters: reportFile,
		onError: 'continueErrorOutput',
	});
	expect(statuses(outputs[0])).toEqual(['created', 'created', 'report']);
	expect(outputs[1]).toMatchObject([{ json: { ...BAD, error: { row: 2 } }, pairedItem: { item: 1 } }]);
	expect(ranAfter).toEqual(['Done', 'Failed']);
});

test('with the error output and no good row, Retry On Fail does not run the node again', async () => {
	const { outputs, executions } = await lab.run({
		items: [BAD, BAD],
		parameters: reportFile,
		onError: 'continueErrorOutput',
		tries: 3,
	});
	expect([statuses(outputs[0]), outputs[1]?.length, executions]).toEqual([['report'], 2, 1]);
});

test('One Summary carries it itself', async () => {
	const { outputs } = await lab.run({
		items: [GOOD, BAD],
		parameters: { options: { reportFile: true, output: 'summary' } },
	});
	expect(outputs[0]).toHaveLength(1);
	expect(outputs[0]?.[0]?.json).toMatchObject({ rows: 2, needAttention: 1 });
	expect(fileOf(outputs[0]?.[0])).toEqual([BAD_ROW]);
});

test('where nothing needs attention there is no file and no item more', async () => {
	const { outputs } = await lab.run({ items: [GOOD], parameters: reportFile });
	expect(statuses(outputs[0])).toEqual(['created']);
});

test('the rows of the file, mended, are read like any sheet: number and reason are ignored', async () => {
	const { outputs } = await lab.run({ items: [GOOD, BAD, ALSO_GOOD], parameters: reportFile });
	const mended = fileOf(outputs[0]?.at(-1)).map((row): IDataObject => ({ ...Object(row), userId: 's2' }));
	const again = await lab.run({ items: mended, parameters: reportFile });
	expect(statuses(again.outputs[0])).toEqual(['created']);
	expect(again.hints.map(({ message }) => message).join()).not.toMatch(/Not used.*"(row|reason)"/);
	expect(lab.sandbox.userCount()).toBe(3);
});

test('a run without a credential reports every row', async () => {
	const { outputs } = await lab.run({
		items: [GOOD, ALSO_GOOD],
		credentials: null,
		parameters: reportFile,
		onError: 'continueRegularOutput',
	});
	expect(fileOf(outputs[0]?.at(-1))).toMatchObject([
		{ row: '1', reason: expect.stringMatching(/^Not sent\. .*credential/i), userId: 's1' },
		{ row: '2', userId: 's3' },
	]);
});

test('n8n leaves binary data of an item alone whose json has a status and no error', async () => {
	const nodeType = nodeThat(async (host) => [
		{
			json: { status: 'report' },
			binary: { report: await host.helpers.prepareBinaryData(Buffer.from('a\n'), 'a.csv', 'text/csv') },
			pairedItem: { item: 0 },
		},
	]);
	const { outputs } = await runWorkflow({ items: [{}], nodeType, onError: 'continueErrorOutput' });
	expect(outputs[0]?.[0]?.binary?.report?.fileExtension).toBe('csv');
});
