// Small workflows for tests: a CSV file into TokenIM nodes.

import { TOKENIM_NODE, withCredential } from '../../scripts/lib/example-workflow.mts';
import type { Credential, Workflow, WorkflowNode } from '../../scripts/lib/n8n-cli.mts';

export interface TokenImNode {
	readonly name: string;
	readonly parameters?: Readonly<Record<string, unknown>>;
	readonly onError?: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
}

export const USERS_CREATE = { resource: 'user', operation: 'batchCreate' };

/** Manual Trigger, Read/Write Files from Disk, Extract From File, then these TokenIM nodes side by side, in order. */
export function csvInto(id: string, csvFile: string, credential: Credential, nodes: readonly TokenImNode[]): Workflow {
	const tokenIm = nodes.map(({ name, parameters = USERS_CREATE, onError }, index) =>
		withCredential(
			{ ...node(name, TOKENIM_NODE, 1, parameters, [600, index * 200]), ...(onError && { onError }) },
			credential,
		),
	);
	return {
		id,
		name: id,
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			node('Read', 'n8n-nodes-base.readWriteFile', 1.1, { operation: 'read', fileSelector: csvFile, options: {} }),
			node('Rows', 'n8n-nodes-base.extractFromFile', 1.1, { operation: 'csv', options: { includeEmptyCells: true } }),
			...tokenIm,
		],
		connections: { Start: to('Read'), Read: to('Rows'), Rows: to(...nodes.map(({ name }) => name)) },
		settings: { executionOrder: 'v1' },
	};
}

/** Manual Trigger, Read/Write Files from Disk, one TokenIM node that reads the file; its results into another as CSV. */
export function fileInto(
	id: string,
	file: string,
	credential: Credential,
	{ name, parameters = USERS_CREATE }: TokenImNode,
	results?: string,
): Workflow {
	const written = [
		node('As CSV', 'n8n-nodes-base.convertToFile', 1.1, { operation: 'csv', options: {} }),
		node('Write', 'n8n-nodes-base.readWriteFile', 1.1, { operation: 'write', fileName: results ?? '', options: {} }),
	];
	return {
		id,
		name: id,
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			node('Read', 'n8n-nodes-base.readWriteFile', 1.1, { operation: 'read', fileSelector: file, options: {} }),
			withCredential(node(name, TOKENIM_NODE, 1, { ...parameters, input: 'file' }), credential),
			...(results === undefined ? [] : written),
		],
		connections: {
			Start: to('Read'),
			Read: to(name),
			...(results === undefined ? {} : { [name]: to('As CSV'), 'As CSV': to('Write') }),
		},
		settings: { executionOrder: 'v1' },
	};
}

function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: WorkflowNode['parameters'],
	position: [number, number] = [0, 0],
): WorkflowNode {
	return { id: name, name, type, typeVersion, position, parameters };
}

function to(...names: readonly string[]) {
	return { main: [names.map((name) => ({ node: name, type: 'main', index: 0 }))] };
}
