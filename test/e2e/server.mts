// A real n8n as a server: workflows that wait for a person or for a request. Credentials and workflows go in as the
// editor puts them in; a workflow finds its credentials by their names, as it does for a person who imports it.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeTypeDescription } from 'n8n-workflow';
import type { Credential, Workflow, WorkflowNode } from '../../scripts/lib/n8n-cli.mts';
import { startEditor } from '../../scripts/lib/n8n-editor.mts';
import type { N8nSettings } from '../../scripts/lib/n8n-env.mts';
import { HOST_FOLDER } from '../../scripts/lib/paths.mts';
import { freePort } from '../../scripts/lib/ports.mts';
import type { RunResult } from '../../scripts/lib/run-data.mts';

const ASK_EVERY_MS = 150;
const PATIENCE_MS = 120_000;
const ENDED = new Set(['success', 'error', 'crashed', 'canceled']);

export interface Server {
	/** e.g. `http://127.0.0.1:5678` */
	readonly url: string;
	/** Stores a credential under its name. */
	addCredential(credential: Omit<Credential, 'id'>): Promise<void>;
	/** Stores and publishes a workflow; a manual trigger or a schedule is started by `start` from then on. Returns its id. */
	add(workflow: Workflow): Promise<string>;
	/** Starts a workflow; returns the id of its execution. */
	start(workflowId: string): Promise<string>;
	/** Waits until an execution has one of these states; returns what its nodes put out so far. */
	until(executionId: string, ...states: readonly string[]): Promise<RunResult>;
	/** Starts a workflow and waits for its end. */
	run(workflowId: string): Promise<RunResult>;
	/** The ids of the workflow's executions, the last first. */
	executions(workflowId: string): Promise<string[]>;
	/** What this n8n knows of nodes, as its editor gets it. */
	nodeTypes(): Promise<INodeTypeDescription[]>;
	stop(): Promise<void>;
}

/** Starts n8n in a folder of its own, with the packed node in it. @throws Trouble where it does not start */
export async function startServer(settings: N8nSettings): Promise<Server> {
	const editor = await startEditor({ ...settings, port: await freePort() });
	const headers: Record<string, string> = { 'content-type': 'application/json', 'browser-id': 'test' };

	async function rest<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
		const answer = await fetch(`${editor.url}/rest${path}`, { method, headers, body: JSON.stringify(body) });
		const text = await answer.text();
		if (!answer.ok) throw new Error(`${method} ${path}: n8n answered ${answer.status}: ${text.slice(0, 500)}`);
		const [cookie] = answer.headers.getSetCookie();
		if (cookie !== undefined) headers.cookie = cookie.split(';')[0] ?? '';
		return (JSON.parse(text) as { data: Answer }).data;
	}

	const { email, password } = editor.owner;
	await rest('POST', '/login', { emailOrLdapLoginId: email, password });

	const server: Server = {
		url: editor.url,
		async addCredential({ name, type, data }) {
			await rest('POST', '/credentials', { name, type, data });
		},
		async add({ id: path, ...workflow }) {
			const nodes = workflow.nodes.map((node) => startable(node, path));
			const stored = await rest<{ id: string; versionId: string }>('POST', '/workflows', { ...workflow, nodes });
			const { id, versionId } = stored;
			await rest('POST', `/workflows/${id}/activate`, { versionId });
			await Promise.all(nodes.map(async (node) => await soon(async () => await isListening(editor.url, node))));
			paths.set(id, path);
			return id;
		},
		async start(workflowId) {
			const before = (await server.executions(workflowId)).length;
			const answer = await fetch(`${editor.url}/webhook/start-${paths.get(workflowId)}`);
			if (!answer.ok) throw new Error(`n8n did not start the workflow: ${answer.status} ${await answer.text()}`);
			return await soon(async () => {
				const ids = await server.executions(workflowId);
				return ids.length > before ? ids[0] : undefined;
			});
		},
		async until(executionId, ...states) {
			return await soon(async () => {
				const { status, data } = await rest<{ status: string; data: string }>('GET', `/executions/${executionId}`);
				return states.includes(status) ? resultOf(status, data) : undefined;
			});
		},
		async run(workflowId) {
			return await server.until(await server.start(workflowId), ...ENDED);
		},
		async executions(workflowId) {
			const filter = encodeURIComponent(JSON.stringify({ workflowId }));
			const { results } = await rest<{ results: Array<{ id: string }> }>(
				'GET',
				`/executions?filter=${filter}&limit=100`,
			);
			return results.map(({ id }) => id).sort((a, b) => Number(b) - Number(a));
		},
		async nodeTypes() {
			const answer = await fetch(`${editor.url}/types/nodes.json`, { headers });
			if (!answer.ok) throw new Error(`n8n does not tell its nodes: ${answer.status}`);
			return (await answer.json()) as INodeTypeDescription[];
		},
		stop: () => editor.stop(),
	};
	const paths = new Map<string, string>();
	return server;
}

/** A workflow that a person starts, or the clock, is started by a request. */
function startable(node: WorkflowNode, path: string): WorkflowNode {
	if (!/\.(manualTrigger|scheduleTrigger)$/.test(node.type)) return node;
	const parameters = { path: `start-${path}`, responseMode: 'onReceived', options: {} };
	return { ...node, type: 'n8n-nodes-base.webhook', typeVersion: 2, parameters };
}

/** A webhook is there some moments after its workflow was published: asked with a wrong method, n8n then names the right one. */
async function isListening(url: string, { type, parameters: { path } }: WorkflowNode): Promise<true | undefined> {
	if (!type.endsWith('.webhook')) return true;
	const answer = await fetch(`${url}/webhook/${String(path)}`, { method: 'DELETE' });
	return (await answer.text()).includes('Did you mean') ? true : undefined;
}

/** How n8n writes down what an execution came to; the library comes with every n8n. */
interface Flatted {
	parse(text: string): { readonly resultData: Pick<RunResult, 'runData' | 'error'> };
}

function resultOf(status: string, data: string): RunResult {
	const flatted: Flatted = createRequire(join(HOST_FOLDER, 'node_modules', 'n8n', 'package.json'))('flatted');
	const { runData = {}, error } = flatted.parse(data).resultData;
	return { status, runData, error };
}

async function soon<T>(ask: () => Promise<T | undefined>): Promise<T> {
	const deadline = Date.now() + PATIENCE_MS;
	for (;;) {
		const answer = await ask();
		if (answer !== undefined) return answer;
		if (Date.now() > deadline) throw new Error('n8n did not get there in time');
		await sleep(ASK_EVERY_MS);
	}
}
