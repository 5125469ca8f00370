// What n8n's engine does with what a node returns, measured with a node that returns just that. Our output.ts is built
// on these answers: when a new n8n answers differently, this file says so.

import type { INodeExecutionData, INodeType } from 'n8n-workflow';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { runWorkflow } from './engine.mts';
import { nodeThat } from './fakeNode.mts';

const require = createRequire(import.meta.url);
const { NodeApiError, NodeOperationError }: typeof import('n8n-workflow') = require('n8n-workflow');

const ITEMS = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
const good = (item: number): INodeExecutionData => ({ json: { ok: item }, pairedItem: { item } });

const returning = (make: () => INodeExecutionData[]): INodeType => nodeThat(async () => make());

const withErrorOutput = async (make: () => INodeExecutionData[]) =>
	await runWorkflow({ items: ITEMS, onError: 'continueErrorOutput', nodeType: returning(make) });
const jsonOf = (outputs: ReadonlyArray<readonly INodeExecutionData[]>) =>
	outputs.map((items) => items.map(({ json }) => json));

describe('the error output', () => {
	test('takes an item whose only key is error, and adds the columns of its row', async () => {
		const error = { code: 'x', nested: { deep: [1] } };
		const { outputs } = await withErrorOutput(() => [good(0), { json: { error }, pairedItem: { item: 1 } }, good(2)]);
		expect(jsonOf(outputs)).toEqual([[{ ok: 0 }, { ok: 2 }], [{ id: 'b', error }]]);
	});

	test('does not take an item with any other key', async () => {
		const { outputs } = await withErrorOutput(() => [
			good(0),
			{ json: { status: 'failed', error: 'x' }, pairedItem: { item: 1 } },
			good(2),
		]);
		expect(outputs.map((items) => items.length)).toEqual([3, 0]);
	});

	test('gets nothing of an item.error but its message', async () => {
		const { outputs } = await withErrorOutput(() => {
			const node = {
				id: '',
				name: '',
				type: '',
				typeVersion: 1,
				position: [0, 0] satisfies [number, number],
				parameters: {},
			};
			return [
				good(0),
				{ json: { status: 'failed' }, error: new NodeApiError(node, { message: 'told' }), pairedItem: { item: 1 } },
				good(2),
			];
		});
		expect(outputs[1]?.map(({ json }) => json)).toEqual([{ error: 'told' }]);
	});

	test.each([
		[
			'a thrown error',
			() => {
				throw new Error('x');
			},
		],
		['a pairedItem out of range', () => [good(0), { json: { error: 'x' }, pairedItem: { item: 7 } }]],
	])('hands on the untouched input, as if all were well, after %s', async (_what, make) => {
		const { outputs, ranAfter, status } = await withErrorOutput(make);
		expect(jsonOf(outputs)).toEqual([ITEMS]);
		expect([ranAfter, status]).toEqual([['Done'], 'success']);
	});

	test('merges an item that is paired with several rows with the first of them only', async () => {
		const { outputs } = await withErrorOutput(() => [{ json: { error: 'x' }, pairedItem: [{ item: 0 }, { item: 1 }] }]);
		expect(jsonOf(outputs)).toEqual([[], [{ id: 'a', error: 'x' }]]);
	});
});

test('items without a pairedItem are paired by their place, wrongly where they were reordered', async () => {
	const reordered = [{ json: { of: 'c' } }, { json: { of: 'b' } }, { json: { of: 'a' } }];
	const { outputs } = await runWorkflow({ items: ITEMS, nodeType: returning(() => reordered) });
	expect(outputs[0]?.map(({ json, pairedItem }) => [json.of, pairedItem])).toEqual([
		['c', { item: 0 }],
		['b', { item: 1 }],
		['a', { item: 2 }],
	]);
});

describe('Retry On Fail', () => {
	const retrying = async (first: INodeExecutionData, second: INodeExecutionData) =>
		await runWorkflow({
			items: ITEMS,
			tries: 3,
			onError: 'continueErrorOutput',
			nodeType: returning(() => [first, second]),
		});
	const failed: INodeExecutionData = { json: { error: { code: 'x' } }, pairedItem: { item: 1 } };

	test('runs the node again when its first item has an error', async () => {
		expect((await retrying(failed, good(0))).executions).toBe(3);
	});

	test('does not when another item has one', async () => {
		expect((await retrying(good(0), failed)).executions).toBe(1);
	});
});

test.each([
	['USER_EEXIST: id 2 is taken', 'The file or directory already exists'],
	['serviceAccess denied', 'Forbidden by access permissions, make sure you have the right permissions'],
])('the message %j becomes another one', (message, becomes) => {
	const node = {
		id: '',
		name: '',
		type: '',
		typeVersion: 1,
		position: [0, 0] satisfies [number, number],
		parameters: {},
	};
	expect(new NodeOperationError(node, message).message).toBe(becomes);
});
