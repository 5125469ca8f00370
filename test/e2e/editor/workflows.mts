// Workflows to begin a test of the editor with: rows that are there without running anything.

import type { PinData, Session } from './session.mts';

export type Row = Readonly<Record<string, unknown>>;

/** A trigger and a node "Rows" that holds these rows pinned. A node goes behind it: `addByAction(…, ROWS)`. */
export const ROWS = 'Rows';

/** A trigger and a node "File" that reads a file from disk. A node goes behind it: `addByAction(…, FILE)`. */
export const FILE = 'File';

/** Puts the file where n8n may read it, stores such a workflow and opens it. */
export async function openFile(session: Session, name: string, text: string): Promise<void> {
	const fileSelector = await session.lab.write(name, text);
	const workflowId = await session.store({
		name,
		nodes: [
			{
				id: 'start',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'file',
				name: FILE,
				type: 'n8n-nodes-base.readWriteFile',
				typeVersion: 1,
				position: [220, 0],
				parameters: { fileSelector, options: {} },
			},
		],
		connections: { Start: { main: [[{ node: FILE, type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	});
	await session.canvas.open(workflowId);
}

/** Stores a workflow with these rows and opens it. */
export async function openRows(session: Session, name: string, rows: readonly Row[]): Promise<void> {
	const pinData: PinData = { [ROWS]: rows.map((json) => ({ json })) };
	const workflowId = await session.store({
		name,
		nodes: [
			{
				id: 'start',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{ id: 'rows', name: ROWS, type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [220, 0], parameters: {} },
		],
		connections: { Start: { main: [[{ node: ROWS, type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
		pinData,
	});
	await session.canvas.open(workflowId);
}

/** Stores a workflow with an agent that has the node as its tool under this name, and opens it. */
export async function openTool(session: Session, name: string): Promise<void> {
	const node = (id: string, type: string, typeVersion: number, parameters: object) => ({
		id,
		name: id,
		type,
		typeVersion,
		position: [0, id === name ? 220 : 0] as const,
		parameters: { ...parameters },
	});
	const workflowId = await session.store({
		name,
		nodes: [
			node('Agent', '@n8n/n8n-nodes-langchain.agent', 3, { promptType: 'define', text: 'Create people' }),
			node(name, 'n8n-nodes-tokenim.tokenImTool', 1, { resource: 'user', operation: 'batchCreate' }),
		],
		connections: { [name]: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	});
	await session.canvas.open(workflowId);
}
