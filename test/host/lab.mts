// The sandbox and the node in n8n's own engine, for the tests of what a user sees.

import type { INodeExecutionData } from 'n8n-workflow';
import { afterEach, beforeEach } from 'vitest';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/server.mts';
import { runWorkflow, type WorkflowOptions, type WorkflowResult } from './engine.mts';

export interface Lab {
	readonly sandbox: Sandbox;
	/** Runs the node with the credential of the sandbox. */
	run(options: WorkflowOptions): Promise<WorkflowResult>;
	restart(options: SandboxOptions): Promise<void>;
	/** How many requests wrote something. */
	writes(): number;
}

/** A new sandbox for each test of the file. */
export function useLab(): Lab {
	let sandbox: Sandbox;
	let executionId = 0;
	beforeEach(async () => void (sandbox = await startSandbox({ plan: 'unpaced' })));
	afterEach(async () => await sandbox.close());
	return {
		get sandbox() {
			return sandbox;
		},
		async run(options) {
			const { baseUrl, apiKey, apiSecret } = sandbox;
			executionId++;
			const credentials = { baseUrl, apiKey, apiSecret };
			return await runWorkflow({ executionId: String(executionId), credentials, ...options });
		},
		async restart(options) {
			await sandbox.close();
			sandbox = await startSandbox({ plan: 'unpaced', ...options });
		},
		writes: () => sandbox.requests.filter(({ endpoint }) => endpoint !== undefined && !READS.has(endpoint)).length,
	};
}

const READS: ReadonlySet<string> = new Set([
	'limits',
	'users/query',
	'groups/query',
	'groups/members/query',
	'users/list',
	'groups/list',
	'groups/members/list',
	'jobs',
]);

export const pairs = (items: readonly INodeExecutionData[] = []) => items.map(({ pairedItem }) => pairedItem);
export const statuses = (items: readonly INodeExecutionData[] = []) => items.map(({ json }) => json.status);
