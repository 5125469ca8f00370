// The example workflows as they stand in examples/, made fit for a test: files in the lab's folder, the lab's
// credential, and for a service of somebody else (Google, a CRM, e-mail) a small web server that plays its part.

import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { withCredential } from '../../scripts/lib/example-workflow.mts';
import type { Workflow, WorkflowNode } from '../../scripts/lib/n8n-cli.mts';
import { filesFolder } from '../../scripts/lib/n8n-env.mts';
import { EXAMPLE_WORKFLOWS } from '../../scripts/lib/paths.mts';
import { freePort } from '../../scripts/lib/ports.mts';
import type { Lab } from './lab.mts';

/** Where the files of the examples lie: the folder that n8n may read in its container. */
const FILES_FOLDER = '/home/node/.n8n-files';

/** Reads an example as it stands, but with its files in the lab's folder. */
export async function plainExample(file: string, lab: Lab): Promise<Workflow> {
	const workflow: Workflow = JSON.parse(await readFile(join(EXAMPLE_WORKFLOWS, file), 'utf8'));
	const here = filesFolder(lab.settings.userFolder);
	return { ...workflow, nodes: workflow.nodes.map((node) => (isNote(node) ? node : within(node, here))) };
}

function isNote({ type }: WorkflowNode): boolean {
	return type === 'n8n-nodes-base.stickyNote';
}

function within(node: WorkflowNode, folder: string): WorkflowNode {
	return JSON.parse(JSON.stringify(node).replaceAll(FILES_FOLDER, folder));
}

/** Reads an example. A headless run begins at a manual trigger, so a schedule becomes one. */
export async function example(file: string, lab: Lab): Promise<Workflow> {
	const workflow = await plainExample(file, lab);
	return { ...workflow, nodes: workflow.nodes.map((node) => withCredential(startable(node), lab.credential)) };
}

function startable(node: WorkflowNode): WorkflowNode {
	return node.type === 'n8n-nodes-base.scheduleTrigger'
		? { ...node, type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} }
		: node;
}

/** Puts another node under the name of one, so that everything else stays as it is. */
function replaced(workflow: Workflow, name: string, change: (node: WorkflowNode) => WorkflowNode): Workflow {
	if (!workflow.nodes.some((node) => node.name === name)) throw new Error(`${workflow.name} has no node "${name}"`);
	return { ...workflow, nodes: workflow.nodes.map((node) => (node.name === name ? change(node) : node)) };
}

/** Plays the services of others: gives rows, takes what is sent. */
export interface StandIn {
	/** What the node of this name gives from now on. */
	give(name: string, rows: readonly unknown[]): void;
	/** What the nodes of this name sent so far. */
	sent(name: string): unknown[];
	/** Puts a request for the rows in the place of a node. */
	reads(workflow: Workflow, name: string): Workflow;
	/** Puts a request in the place of a node; it sends the values that the node would have sent, its own expressions. */
	sends(
		workflow: Workflow,
		name: string,
		values: (parameters: WorkflowNode['parameters']) => Readonly<Record<string, unknown>>,
	): Workflow;
	close(): void;
}

export async function standIn(): Promise<StandIn> {
	const given = new Map<string, readonly unknown[]>();
	const taken = new Map<string, unknown[]>();
	const port = await freePort();
	const server: Server = createServer((request, response) => {
		const name = decodeURIComponent((request.url ?? '/').slice(1));
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', () => {
			if (request.method === 'POST')
				taken.set(name, [...(taken.get(name) ?? []), JSON.parse(Buffer.concat(parts).toString())]);
			response.setHeader('content-type', 'application/json').end(JSON.stringify(given.get(name) ?? []));
		});
	});
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	const request = (node: WorkflowNode, parameters: WorkflowNode['parameters']): WorkflowNode => {
		const url = `http://127.0.0.1:${port}/${encodeURIComponent(node.name)}`;
		const { credentials: _, ...rest } = node;
		return {
			...rest,
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: { url, options: {}, ...parameters },
		};
	};
	return {
		give: (name, rows) => void given.set(name, rows),
		sent: (name) => taken.get(name) ?? [],
		reads: (workflow, name) => replaced(workflow, name, (node) => request(node, { method: 'GET' })),
		sends: (workflow, name, values) =>
			replaced(workflow, name, (node) => {
				const parameters = Object.entries(values(node.parameters)).map(([key, value]) => ({ name: key, value }));
				return request(node, {
					method: 'POST',
					sendBody: true,
					specifyBody: 'keypair',
					bodyParameters: { parameters },
				});
			}),
		close: () => server.close(),
	};
}
