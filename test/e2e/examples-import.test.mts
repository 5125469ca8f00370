// Every example in an n8n that has nothing yet: n8n takes it, knows each node and each parameter, and misses nothing but
// what only its user can choose.

import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { INode, INodeParameters, INodeTypeDescription } from 'n8n-workflow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Workflow, WorkflowNode } from '../../scripts/lib/n8n-cli.mts';
import { EXAMPLE_WORKFLOWS } from '../../scripts/lib/paths.mts';
import { describeWithN8n } from './describe.mts';
import { plainExample } from './examples.mts';
import { openLab, type Lab } from './lab.mts';
import { startServer, type Server } from './server.mts';

const { NodeHelpers }: typeof import('n8n-workflow') = createRequire(import.meta.url)('n8n-workflow');

const FILES = (await readdir(EXAMPLE_WORKFLOWS)).filter((file) => file.endsWith('.json'));

await describeWithN8n('an empty n8n', () => {
	let lab: Lab;
	let n8n: Server;
	let types: INodeTypeDescription[];
	const examples = new Map<string, Workflow>();

	beforeAll(async () => {
		lab = await openLab();
		for (const file of FILES) examples.set(file, await plainExample(file, lab));
		n8n = await startServer(lab.settings);
		types = await n8n.nodeTypes();
	});
	afterAll(async () => {
		await n8n?.stop();
		await lab?.close();
	});

	test('imports all examples', async () => {
		await lab.store([], [...examples.values()]);
	});

	test.each(FILES)('shows %s without a warning beyond what is to be chosen', (file) => {
		for (const node of examples.get(file)?.nodes ?? []) {
			const type = typeOf(node);
			const shown = shownOf(node, type);
			const issues = NodeHelpers.getNodeParametersIssues(type.properties, { ...asNode(node), parameters: shown }, type);
			expect([node.name, issues?.parameters]).toEqual([node.name, undefined]);
			// Parameters that the editor would not show: of another operation, say, or misspelt.
			const leftOver = Object.keys(node.parameters).filter((name) => !(name in shown));
			expect([node.name, leftOver]).toEqual([node.name, []]);
		}
	});

	function typeOf({ type, typeVersion }: WorkflowNode): INodeTypeDescription {
		const found = types.find(({ name, version }) => name === type && [version].flat().includes(typeVersion));
		if (found === undefined) throw new Error(`This n8n has no ${type} of version ${typeVersion}.`);
		return found;
	}

	/** What the editor makes of the parameters when it opens the node. */
	function shownOf(node: WorkflowNode, type: INodeTypeDescription): INodeParameters {
		const { parameters } = asNode(node);
		const shown = NodeHelpers.getNodeParameters(type.properties, parameters, true, false, asNode(node), type);
		if (shown === null) throw new Error(`n8n shows nothing of ${node.name}.`);
		return shown;
	}
});

/** As if its user had chosen what only the user can: the sheet. */
function asNode(node: WorkflowNode): INode {
	return JSON.parse(JSON.stringify(node).replaceAll('"mode":"list","value":""', '"mode":"list","value":"chosen"'));
}
