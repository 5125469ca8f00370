// Ends that no service brings about: what Output does with them, in n8n's own engine.

import type { INode } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { readOptions } from '../../nodes/TokenIm/host/readOptions';
import { Output } from '../../nodes/TokenIm/output/output';
import type { RowSource } from '../../nodes/TokenIm/host/rowSource';
import { runWorkflow } from './engine.mts';
import { nodeThat } from './fakeNode.mts';

const ITEMS = [
	{ userId: 's1', row_number: 12 },
	{ userId: 's2', row_number: 13 },
	{ userId: 's3', row_number: 14 },
];
const NUMBERS = { attempts: 1, requestId: 'r1', batch: 1 };

/** A run that breaks down after the verdict of its first row. */
async function brokenRun(hasSent: boolean, onError: INode['onError']) {
	const nodeType = nodeThat(async (host) => {
		const output = new Output(host);
		output.take({ status: 'created', userId: 's1', row: 12, ...NUMBERS }, { number: 12, item: 0, columns: {} });
		return (await output.giveUp(new Error('Out of ideas.'), { hasSent, breathe: async () => undefined })).flat();
	});
	return await runWorkflow({ items: ITEMS, nodeType, onError });
}

test('a run that breaks down keeps the verdicts that it has; rows that may have been sent are unknown', async () => {
	const { outputs, hints } = await brokenRun(true, 'continueRegularOutput');
	expect(outputs[0]?.map(({ json }) => json)).toEqual([
		{ status: 'created', userId: 's1', reason: '', row: 12, ...NUMBERS },
		{ status: 'unknown', row: 13, attempts: 0, reason: 'Out of ideas' },
		{ status: 'unknown', row: 14, attempts: 0, reason: 'Out of ideas' },
	]);
	expect(hints[0]?.message).toBe('1 created, 2 need attention (2 × no answer). Out of ideas');
});

test('what a person reads first stands first in every result, also where the first row has no reason', async () => {
	const columns = {};
	const issue = {
		column: 'User ID',
		field: 'userId',
		code: 'bad_characters',
		found: 's 2',
		expected: 'no space',
		fix: 'Take it\nout.',
	};
	const nodeType = nodeThat(async (host) => {
		const output = new Output(host);
		output.take(
			{ row: 12, status: 'created', imId: 'im1', userId: 's1', ...NUMBERS },
			{ number: 12, item: 0, columns },
		);
		output.take({ row: 13, status: 'invalid', issues: [issue], ...NUMBERS }, { number: 13, item: 1, columns });
		output.take(
			{
				row: 14,
				status: 'failed',
				code: 'c',
				message: 'Not this name.',
				retryable: false,
				groupId: 'g',
				userId: 's3',
				...NUMBERS,
			},
			{ number: 14, item: 2, columns },
		);
		return (
			await output.finish({ counts: new Map(), createdByUnknown: 0, requests: 1 }, { breathe: async () => undefined })
		).flat();
	});
	const { outputs } = await runWorkflow({ items: ITEMS, nodeType });
	expect(outputs[0]?.map(({ json }) => Object.entries(json).slice(0, Object.keys(json).indexOf('row') + 1))).toEqual([
		[
			['status', 'created'],
			['userId', 's1'],
			['reason', ''],
			['row', 12],
		],
		[
			['status', 'invalid'],
			['userId', 's 2'],
			['reason', 'User ID: found "s 2", expected no space. Take it out.'],
			['row', 13],
		],
		[
			['status', 'failed'],
			['groupId', 'g'],
			['userId', 's3'],
			['reason', 'Not this name.'],
			['row', 14],
		],
	]);
	expect(outputs[0]?.[1]?.json).toMatchObject({ issues: [issue] });
});

test('a run that breaks down before it sent anything attempted nothing', async () => {
	const { outputs } = await brokenRun(false, 'continueErrorOutput');
	expect(outputs[0]).toHaveLength(1);
	expect(outputs[1]?.map(({ json }) => json)).toMatchObject([
		{ userId: 's2', error: { status: 'notAttempted', row: 13 } },
		{ userId: 's3', error: { status: 'notAttempted', row: 14 } },
	]);
});

test('with On Error at Stop Workflow it stops with what happened', async () => {
	const { status, error } = await brokenRun(true, undefined);
	expect([status, error?.message]).toEqual(['error', 'Out of ideas']);
});

describe('rows that cannot be read to their end', () => {
	const source: RowSource = {
		async *rows() {
			yield [{ number: 2, item: 0, columns: { userId: 's1' } }];
			yield [{ number: 3, item: 1, columns: { userId: 's2' } }];
			throw new Error('A quote is opened in row 4 and never closed.');
		},
		heads: async () => [],
		sheetOf: () => 0,
		count: undefined,
		holdsColumns: true,
	};

	async function run(onError: INode['onError']) {
		const nodeType = nodeThat(async (host) => {
			const output = new Output(host);
			output.follow(readOptions({}), source);
			output.take({ status: 'created', userId: 's1', row: 2, ...NUMBERS }, { number: 2, item: 0, columns: {} });
			const broken = new Error('A quote is opened in row 4 and never closed.');
			return (await output.giveUp(broken, { hasSent: true, breathe: async () => undefined })).flat();
		});
		return await runWorkflow({ items: ITEMS, nodeType, onError });
	}

	test('leave one verdict for the rest of their file, and one for each file that follows', async () => {
		const { outputs } = await run('continueRegularOutput');
		const reason = 'A quote is opened in row 4 and never closed';
		expect(outputs[0]?.map(({ json }) => json)).toMatchObject([
			{ status: 'created', row: 2 },
			{ status: 'unknown', row: 3, reason, input: { userId: 's2' } },
			{ status: 'notAttempted', row: 4, reason },
			{ status: 'notAttempted', row: 1, reason },
		]);
	});

	test('stop the workflow with what is done and need not be sent again', async () => {
		const { error } = await run(undefined);
		expect(error).toMatchObject({
			message: 'A quote is opened in row 4 and never closed',
			description: '1 row succeeded (1 created) and need not be sent again.',
		});
	});
});
