// The two example workflows of queue mode, with the address, the key and the credential of this cluster.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withCredential } from '../lib/example-workflow.mts';
import type { Credential, Workflow, WorkflowNode } from '../lib/n8n-cli.mts';
import { EXAMPLE_WORKFLOWS } from '../lib/paths.mts';

/** The workflow that a CSV file is sent to; the other one takes its parts. */
export const IMPORT_WORKFLOW_ID = 'tokenimQueueImp1';

/** As it stands in the example. */
export const ROWS_PER_PART = 5_000;

const FILES = ['queue-mode-import.json', 'queue-mode-part.json'];
const EXAMPLE_URL = 'http://127.0.0.1:5678';
const HEADER_AUTH = 'httpHeaderAuth';
const HEADER = 'X-Part-Secret';

export interface Gate {
	readonly credential: Credential;
	/** What opens the webhooks. */
	readonly headers: Readonly<Record<string, string>>;
}

/** The key that the webhooks ask for. */
export function gateOf(secret: string): Gate {
	return {
		credential: {
			id: 'tokenimPartGate1',
			name: 'Parts of an import',
			type: HEADER_AUTH,
			data: { name: HEADER, value: secret },
		},
		headers: { [HEADER]: secret },
	};
}

/** The examples as they stand in the repository, fit for an n8n at this address. */
export async function queueWorkflows(url: string, gate: Gate, tokenIm: Credential): Promise<Workflow[]> {
	return await Promise.all(
		FILES.map(async (file) => {
			const workflow: Workflow = JSON.parse(
				(await readFile(join(EXAMPLE_WORKFLOWS, file), 'utf8')).replaceAll(EXAMPLE_URL, url),
			);
			return { ...workflow, nodes: workflow.nodes.map((node) => withGate(withCredential(node, tokenIm), gate)) };
		}),
	);
}

function withGate(node: WorkflowNode, { credential: { id, name } }: Gate): WorkflowNode {
	return node.credentials?.[HEADER_AUTH] === undefined
		? node
		: { ...node, credentials: { ...node.credentials, [HEADER_AUTH]: { id, name } } };
}
