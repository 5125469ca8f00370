// The workflow of the bench: a webhook, the rows, and from there each way to send them to a TokenIM service.

import { TOKENIM_NODE, withCredential } from '../scripts/lib/example-workflow.mts';
import type { Credential, Workflow, WorkflowNode } from '../scripts/lib/n8n-cli.mts';

export const BATCH_SIZE = 100;

/** What the caller of the webhook asked for. */
const queryOf = (name: string): string => `={{ $('Webhook').first().json.query.${name} }}`;

/** Nodes named as in the order of the outputs of *Rows*; each way ends in *Reading*. */
export function benchWorkflow(credential: Credential): Workflow {
	const url = `${credential.data.baseUrl}/users/batch`;
	const ways: ReadonlyArray<readonly WorkflowNode[]> = [
		[node('TokenIM', TOKENIM_NODE, 1, { resource: 'user', operation: 'batchCreate' })],
		[
			node('TokenIM Summary', TOKENIM_NODE, 1, {
				resource: 'user',
				operation: 'batchCreate',
				options: { output: 'summary' },
			}),
		],
		[
			node('Bare Loop', 'n8n-nodes-tokenimbench.bareLoop', 1, {
				concurrency: queryOf('concurrency'),
				answerAs: queryOf('answerAs'),
				credential: queryOf('credential'),
			}),
		],
		[batches(), request('Send Batches', url, '={{ { onConflict: "skip", users: $json.users } }}'), splitOut()],
		[request('Send Each', url, '={{ { onConflict: "skip", users: [$json] } }}')],
		[readFile('Read File'), fileNode('TokenIM File', 'batchCreate', { output: 'attention', reportFile: true })],
		[readFile('Read Changed File'), fileNode('TokenIM Changed File', 'batchUpsert', { output: 'summary' })],
		[
			node('Bare Loop From Memory', 'n8n-nodes-tokenimbench.bareLoop', 1, {
				concurrency: queryOf('concurrency'),
				ownRows: queryOf('rows'),
			}),
		],
	];
	const nodes = [
		node('Webhook', 'n8n-nodes-base.webhook', 2, { path: 'bench', responseMode: 'lastNode', options: {} }),
		node('Rows', 'n8n-nodes-tokenimbench.rows', 1, {}),
		...ways.flat(),
		node('Reading', 'n8n-nodes-tokenimbench.reading', 1, {}),
	];
	return {
		id: 'tokenimBench0001',
		name: 'Bench',
		nodes: nodes.map((each) => withBenchCredential(each, credential)),
		connections: {
			Webhook: { main: [[to('Rows')]] },
			Rows: { main: ways.map((way) => [to(way[0]?.name ?? 'Reading')]) },
			...Object.fromEntries(
				ways.flatMap((way) =>
					way.map((each, index) => [each.name, { main: [[to(way[index + 1]?.name ?? 'Reading')]] }]),
				),
			),
		},
		settings: { executionOrder: 'v1', saveDataSuccessExecution: 'none' },
	};
}

function readFile(name: string): WorkflowNode {
	return node(name, 'n8n-nodes-base.readWriteFile', 1, {
		operation: 'read',
		fileSelector: queryOf('file'),
		options: {},
	});
}

function fileNode(name: string, operation: string, options: Readonly<Record<string, unknown>>): WorkflowNode {
	return node(name, TOKENIM_NODE, 1, {
		resource: 'user',
		operation,
		input: 'file',
		options,
	});
}

/** What a user writes who knows that batches are faster. */
function batches(): WorkflowNode {
	const jsCode = `const users = $input.all().map((item) => item.json);
const batches = [];
for (let from = 0; from < users.length; from += ${BATCH_SIZE}) batches.push({ json: { users: users.slice(from, from + ${BATCH_SIZE}) } });
return batches;`;
	return node('Make Batches', 'n8n-nodes-base.code', 2, { jsCode });
}

/** HTTP Request with the credential and the settings as they come, which is: everything at once. */
function request(name: string, url: string, jsonBody: string): WorkflowNode {
	return node(name, 'n8n-nodes-base.httpRequest', 4.2, {
		method: 'POST',
		url,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'tokenImApi',
		sendBody: true,
		specifyBody: 'json',
		jsonBody,
		options: {},
	});
}

function splitOut(): WorkflowNode {
	return node('One Item per Result', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'results', options: {} });
}

function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Readonly<Record<string, unknown>>,
): WorkflowNode {
	const id = name.toLowerCase().replaceAll(' ', '-');
	return {
		id,
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters,
		...(type.endsWith('.webhook') ? { webhookId: 'bench' } : {}),
	};
}

function withBenchCredential(each: WorkflowNode, credential: Credential): WorkflowNode {
	const needsIt = each.type.endsWith('.bareLoop') || each.type.endsWith('.httpRequest');
	return needsIt
		? { ...each, credentials: { [credential.type]: { id: credential.id, name: credential.name } } }
		: withCredential(each, credential);
}

function to(name: string): { readonly node: string; readonly type: string; readonly index: number } {
	return { node: name, type: 'main', index: 0 };
}
