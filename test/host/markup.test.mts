// n8n shows hints and errors as HTML: what a stranger wrote into a sheet, a file, a service's answer is text there.

import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { asHtml, asTitle } from '../../nodes/TokenIm/output/markup';
import { PEOPLE, workbook } from '../input/files/workbooks.mts';
import { testCredential } from './credentialTest.mts';
import type { WorkflowOptions, WorkflowResult } from './engine.mts';
import { statuses, useLab } from './lab.mts';

const lab = useLab();

/** As in a column's name that called home; and again too long to be read. */
const IMAGE = '<img src="http://127.0.0.1:1/hint">';
const LONG = `${IMAGE}${'x'.repeat(50_000)}`;
const USER = { userId: 'u1', username: 'Ada' };

/** All that n8n shows of a run outside its table. */
function shownOf({ handedOver, error }: WorkflowResult): readonly string[] {
	return [...handedOver, error?.message ?? ''];
}

const WAYS: ReadonlyArray<readonly [name: string, options: WorkflowOptions]> = [
	['columns that are not used', { items: [{ ...USER, [IMAGE]: 1, [LONG]: 1 }] }],
	['columns of which none is the id', { items: [{ [IMAGE]: 1, [LONG]: 1 }] }],
	[
		'two columns of one name',
		{ items: [{ userId: 'u1', username: 'A', [`attributes.${IMAGE}`]: 1, [`Attributes.${IMAGE}`]: 2 }] },
	],
	['an attribute that is wrong', { items: [{ ...USER, attributes: { [IMAGE]: [] } }] }],
	[
		'the field of a file',
		{ items: [{}], files: [{ [IMAGE]: { content: 'a' }, [LONG]: { content: 'a' } }], parameters: { input: 'file' } },
	],
	['the field that was entered', { items: [{}], parameters: { input: 'file', inputDataFieldName: IMAGE } }],
	[
		'columns of a file',
		{
			items: [{}],
			files: [{ data: { content: `"${IMAGE.replaceAll('"', '""')}",b\n1,2\n` } }],
			parameters: { input: 'file' },
		},
	],
	['a list in a row', { items: [{ a: 1, [IMAGE]: [{ userId: 'u1', username: 'Ada' }] }] }],
	[
		'a column that is chosen',
		{
			items: [USER],
			parameters: {
				columns: 'choose',
				chosenColumns: { mappingMode: 'defineBelow', value: { userId: IMAGE, username: 'username' } },
			},
		},
	],
	['an operation', { items: [USER], parameters: { operation: IMAGE } }],
	[
		'an expression that cannot be worked out',
		{
			items: [USER],
			parameters: {
				columns: 'set',
				values: {
					mappingMode: 'defineBelow',
					value: { userId: `={{ (() => { throw new Error('${IMAGE.replaceAll('"', '')}') })() }}`, username: 'a' },
				},
			},
		},
	],
];

describe.each<WorkflowOptions['onError']>(['stopWorkflow', 'continueRegularOutput'])(
	'with On Error at %s',
	(onError) => {
		test.each(WAYS)('%s is text', async (_name, options) => {
			const result = await lab.run({ ...options, onError });
			const shown = shownOf(result);
			expect(shown.join('')).not.toBe('');
			expect(shown.filter((text) => /[<>]/.test(text))).toEqual([]);
			expect(result.handedOver.filter((text) => text.includes('"'))).toEqual([]);
			expect(Math.max(...shown.map(({ length }) => length))).toBeLessThan(6_000);
		});
	},
);

test('the names of sheets are', async () => {
	const content = workbook({
		sheets: [
			{ name: '<i>A', rows: PEOPLE },
			{ name: '<b>B', rows: PEOPLE },
		],
	});
	for (const sheet of ['', '<u>']) {
		const shown = shownOf(
			await lab.run({
				items: [{}],
				files: [{ data: { content } }],
				parameters: { input: 'file', fileOptions: { sheet } },
			}),
		);
		expect(shown.join('')).toContain('b&gt;B');
		expect(shown.filter((text) => /[<>]/.test(text))).toEqual([]);
	}
});

test('what a service says is; items and their verdicts stay as they are', async () => {
	const answer = {
		error: { code: IMAGE, message: IMAGE },
		results: [{ userId: 'u1', status: 'failed', error: { code: 'c', message: IMAGE } }],
	};
	const server = createServer((request, response) => {
		response.statusCode = request.url?.includes('limits') ? 404 : 200;
		response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer));
	});
	await once(server.listen(0, '127.0.0.1'), 'listening');
	const address = server.address();
	const baseUrl = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
	const credentials = { baseUrl, apiKey: 'key', apiSecret: 'secret' };
	const result = await lab.run({ items: [USER], credentials, onError: 'continueRegularOutput' });
	expect(statuses(result.outputs[0])).toEqual(['failed']);
	expect(result.outputs[0]?.[0]?.json.message).toBe(IMAGE);
	expect(shownOf(result).filter((text) => /[<>]/.test(text))).toEqual([]);
	expect((await testCredential(credentials)).message).not.toMatch(/[<>]/);
	server.close();
});

test('reads in the editor as it was written', () => {
	expect(asHtml(`${IMAGE} & Co`)).toBe('&lt;img src=&quot;http://127.0.0.1:1/hint&quot;&gt; &amp; Co');
	expect(asTitle(IMAGE)).toBe('‹img src="http://127.0.0.1:1/hint"›');
});

test('nothing else of the node makes hints, errors or answers of credential tests', () => {
	const folder = resolve(import.meta.dirname, '../../nodes/TokenIm');
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
	const makers = (pattern: RegExp) => files.filter((file) => pattern.test(readFileSync(join(folder, file), 'utf8')));
	expect(makers(/addExecutionHints\(/)).toEqual([join('output', 'output.ts')]);
	expect(makers(/new Node(?:Operation|Api)Error\(/)).toEqual([join('output', 'failure.ts')]);
	expect(makers(/await testCredential\(/)).toEqual(['TokenIm.node.ts']);
});
