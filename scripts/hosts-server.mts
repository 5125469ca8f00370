// Runs a workflow in n8n's server instead of on its command line: the manual trigger becomes a webhook.

import { setTimeout as sleep } from 'node:timers/promises';
import { importWorkflows, publishWorkflow, type Workflow } from './lib/n8n-cli.mts';
import { startEditor } from './lib/n8n-editor.mts';
import type { N8nSettings } from './lib/n8n-env.mts';

const START_TRIES = 100;
const TRY_EVERY_MS = 300;
const RUN_TIMEOUT_MS = 300_000;

/** @returns what went wrong, or undefined */
export async function executeOnServer(settings: N8nSettings, workflow: Workflow): Promise<string | undefined> {
	await importWorkflows(settings, withWebhook(workflow));
	await publishWorkflow(settings, workflow.id);
	const editor = await startEditor(settings);
	try {
		for (let attempt = 1; ; attempt++) {
			const answer = await fetch(`${editor.url}/webhook/host`, { signal: AbortSignal.timeout(RUN_TIMEOUT_MS) });
			const text = await answer.text();
			if (answer.ok) return undefined;
			if (answer.status !== 404 || attempt === START_TRIES) return `The webhook answered ${answer.status}: ${text}`;
			await sleep(TRY_EVERY_MS);
		}
	} finally {
		await editor.stop();
	}
}

function withWebhook(workflow: Workflow): Workflow {
	const parameters = { path: 'host', responseMode: 'lastNode', options: {} };
	const nodes = workflow.nodes.map((node) =>
		node.type === 'n8n-nodes-base.manualTrigger'
			? { ...node, type: 'n8n-nodes-base.webhook', typeVersion: 2, webhookId: 'host', parameters }
			: node,
	);
	return { ...workflow, nodes };
}
