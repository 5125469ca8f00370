// Ends that no service brings about: what Output does with them, in n8n's own engine.

import type { INode } from 'n8n-workflow';
import { expect, test } from 'vitest';
import { Output } from '../../nodes/TokenIm/output';
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
		{ status: 'created', userId: 's1', row: 12, ...NUMBERS },
		{ status: 'unknown', row: 13, attempts: 0, reason: 'Out of ideas' },
		{ status: 'unknown', row: 14, attempts: 0, reason: 'Out of ideas' },
	]);
	expect(hints[0]?.message).toBe('1 created, 2 need attention (2 × no answer). Out of ideas');
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
