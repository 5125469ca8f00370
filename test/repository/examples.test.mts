// The workflows that people copy: what each owes to whoever imports it.

import { describe, expect, test } from 'vitest';
import type { Workflow, WorkflowNode } from '../../scripts/lib/n8n-cli.mts';
import { properties } from '../../nodes/TokenIm/description';
import { filesLike, textOf } from '../architecture/sources.mts';

const FOLDER = 'examples/workflows/';
const files = filesLike(/^examples\/workflows\/[^/]+\.json$/);

/** With its name below it. */
const NODE = { width: 100, height: 140 };

/** Nodes that reach something of somebody's own, and how n8n calls the credential for it. */
const NEED: ReadonlyArray<readonly [type: RegExp, credential: string]> = [
	[/\.tokenIm$/, 'tokenImApi'],
	[/\.emailSend$/, 'smtp'],
	[/\.googleSheets$/, 'googleSheetsOAuth2Api'],
	[/\.hubspot$/, 'hubspotAppToken'],
	[/\.webhook$/, 'httpHeaderAuth'],
	[/\.formTrigger$/, 'httpBasicAuth'],
];

/** What the editor shows of our node. */
const LABELS = JSON.stringify(properties);

/** Other words in italics: workflows, and n8n's own buttons and settings. */
const KNOWN = new Set([
	...files.map((file) => workflowOf(file).name),
	'Execute workflow',
	'On Error',
	'Continue',
	'Response Type',
	'Custom Form',
	'Send and Wait for Response',
	'General Formatting',
	'Values (formatted)',
	'In A only',
	'Basic Auth',
	'Production URL',
	'Limit Wait Time',
]);

test('the README has each in its table, once, and no other', () => {
	const [, section = ''] = textOf('README.md').split('## Example workflows');
	const [, table = ''] = /(\n\|.*\n)\n/s.exec(section) ?? [];
	const cells = table.split('\n').map((line) => line.split('|')[2] ?? '');
	const named = cells.flatMap((cell) => [...cell.matchAll(/`([\w-]+\.json)`/g)].map(([, file]) => `${FOLDER}${file}`));
	expect(named.sort()).toEqual(files);
});

test('no two have the same ID or name', () => {
	const workflows = files.map(workflowOf);
	expect(new Set(workflows.map(({ id }) => id)).size).toBe(files.length);
	expect(new Set(workflows.map(({ name }) => name)).size).toBe(files.length);
});

describe.each(files)('%s', (file) => {
	const { nodes } = workflowOf(file);

	test('says on a note what to change', () => {
		expect(nodes.filter(isNote).map(({ parameters }) => String(parameters.content))).toContainEqual(
			expect.stringContaining('**To make it yours**'),
		);
	});

	test('calls nodes, workflows and settings on its notes as they are called', () => {
		const words = nodes.filter(isNote).flatMap(({ parameters }) => italics(String(parameters.content)));
		const names = new Set(nodes.map(({ name }) => name));
		expect(words.filter((word) => !names.has(word) && !KNOWN.has(word) && !LABELS.includes(`"${word}"`))).toEqual([]);
	});

	test('holds credentials by their name alone, and each where one is needed', () => {
		for (const { name, type, credentials = {} } of nodes) {
			const needed = NEED.filter(([pattern]) => pattern.test(type)).map(([, credential]) => credential);
			expect([name, Object.keys(credentials)]).toEqual([name, expect.arrayContaining(needed)]);
			for (const credential of Object.values(credentials))
				expect([name, credential]).toEqual([name, { id: '', name: expect.stringMatching(/\S/) }]);
		}
	});

	test('writes no file over that of an earlier run', () => {
		const writing = nodes.filter(
			({ type, parameters }) => type.endsWith('.readWriteFile') && parameters.operation === 'write',
		);
		for (const { parameters } of writing) expect(parameters.fileName).toMatch(/^=.*-\{\{ \$execution\.id \}\}\.\w+$/);
	});

	test('lays no node over another', () => {
		const overlaps = nodes.flatMap((node, index) =>
			nodes
				.slice(index + 1)
				.filter((other) => overlap(node, other))
				.map((other) => `${node.name} and ${other.name}`),
		);
		expect(overlaps).toEqual([]);
	});
});

function workflowOf(file: string): Workflow {
	return JSON.parse(textOf(file));
}

function isNote({ type }: WorkflowNode): boolean {
	return type.endsWith('.stickyNote');
}

function italics(text: string): string[] {
	return [...text.matchAll(/(?<![*\w])\*([^*\n]+)\*(?![*\w])/g)].map(([, words = '']) => words.split(': ')).flat();
}

function overlap(one: WorkflowNode, other: WorkflowNode): boolean {
	const [a, b] = [sizeOf(one), sizeOf(other)];
	const [x, y] = [one.position[0] - other.position[0], one.position[1] - other.position[1]];
	return x < b.width && -x < a.width && y < b.height && -y < a.height;
}

function sizeOf({ type, parameters: { width, height } }: WorkflowNode): { width: number; height: number } {
	return type.endsWith('.stickyNote') ? { width: Number(width), height: Number(height) } : NODE;
}
