// Workflows for the real n8n, written as a list of nodes and a list of arrows.

import { TOKENIM_NODE, withCredential } from '../../scripts/lib/example-workflow.mts';
import type { Credential, Workflow, WorkflowNode } from '../../scripts/lib/n8n-cli.mts';

type Parameters = WorkflowNode['parameters'];

export interface NodeSpec extends Pick<WorkflowNode, 'name' | 'type' | 'typeVersion' | 'onError'> {
	readonly parameters?: Parameters;
	readonly credentials?: WorkflowNode['credentials'];
	readonly executeOnce?: boolean;
	readonly retryOnFail?: boolean;
}

/** From one node to another; from its first output and over `main` where nothing else is said. */
export interface Arrow {
	readonly from: string;
	readonly to: string;
	readonly output?: number;
	readonly type?: string;
}

export function workflowOf(id: string, nodes: readonly NodeSpec[], arrows: readonly Arrow[]): Workflow {
	const connections: Record<string, Record<string, Array<Array<{ node: string; type: string; index: number }>>>> = {};
	for (const { from, to, output = 0, type = 'main' } of arrows) {
		const outputs = ((connections[from] ??= {})[type] ??= []);
		while (outputs.length <= output) outputs.push([]);
		outputs[output]?.push({ node: to, type, index: 0 });
	}
	const placed = nodes.map((node, index) => ({
		parameters: {},
		...node,
		id: node.name,
		position: [index * 200, 0] as const,
	}));
	return { id, name: id, nodes: placed, connections, settings: { executionOrder: 'v1' } };
}

/** Arrows from each node to the next. */
export function inARow(...names: readonly string[]): Arrow[] {
	return names.slice(1).map((to, index) => ({ from: names[index] ?? '', to }));
}

export const start: NodeSpec = { name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1 };

/** Two nodes: `Read` and `Rows`, the second with an item for each line of a CSV file. Read once however many items come. */
export function csv(file: string, suffix = ''): NodeSpec[] {
	const read = { operation: 'read', fileSelector: file, options: {} };
	return [
		{
			name: `Read${suffix}`,
			type: 'n8n-nodes-base.readWriteFile',
			typeVersion: 1.1,
			parameters: read,
			executeOnce: true,
		},
		{
			name: `Rows${suffix}`,
			type: 'n8n-nodes-base.extractFromFile',
			typeVersion: 1.1,
			parameters: { operation: 'csv', options: {} },
		},
	];
}

export function tokenIm(
	name: string,
	credential: Credential,
	parameters: Parameters = {},
	more: Partial<NodeSpec> = {},
): NodeSpec {
	const node: NodeSpec = { name, type: TOKENIM_NODE, typeVersion: 1, parameters, ...more };
	const { credentials } = withCredential({ ...node, parameters, id: name, position: [0, 0] }, credential);
	return { ...node, credentials };
}

export const CREATE: Parameters = { resource: 'user', operation: 'batchCreate' };
export const DELETE: Parameters = { resource: 'user', operation: 'deleteEvery', deleteAtMost: 0 };
