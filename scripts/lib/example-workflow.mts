// The example workflow, read from examples/ and pointed at one roster file and one credential.

import { readFile } from 'node:fs/promises';
import type { Credential, Workflow, WorkflowNode } from './n8n-cli.mts';
import { EXAMPLE_WORKFLOW } from './paths.mts';
import type { ServiceAccess } from './tokenim-client.mts';

export const TOKENIM_NODE = 'n8n-nodes-tokenim.tokenIm';
const READ_FILE_NODE = 'n8n-nodes-base.readWriteFile';

/** The credential under which the sandbox is reached. */
export function sandboxCredential(access: ServiceAccess, id = 'tokenimSandbox01'): Credential {
	return { id, name: 'TokenIM sandbox', type: 'tokenImApi', data: { ...access } };
}

/** The example as it stands in the repository, but with this roster and this credential. */
export async function exampleWorkflow(rosterFile: string, credential: Credential): Promise<Workflow> {
	const workflow: Workflow = JSON.parse(await readFile(EXAMPLE_WORKFLOW, 'utf8'));
	return { ...workflow, nodes: workflow.nodes.map((node) => withCredential(withFile(node, rosterFile), credential)) };
}

/** Gives a TokenIM node its credential; every other node stays as it is. */
export function withCredential(node: WorkflowNode, { id, name, type }: Credential): WorkflowNode {
	return node.type === TOKENIM_NODE ? { ...node, credentials: { [type]: { id, name } } } : node;
}

function withFile(node: WorkflowNode, rosterFile: string): WorkflowNode {
	if (node.type !== READ_FILE_NODE) return node;
	return { ...node, parameters: { ...node.parameters, fileSelector: rosterFile.replaceAll('\\', '/') } };
}
