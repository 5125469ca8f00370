// The package as it is built, in n8n's own engine, for tests.

import { rmSync } from 'node:fs';
import { afterAll } from 'vitest';
import { builtPackage } from './package.mts';
import { instanceFolder, runNode, type WorkflowOptions, type WorkflowResult } from './workflow.mts';

export {
	hostData,
	keepFilesOnDisk,
	type IncomingFile,
	type WorkflowOptions,
	type WorkflowResult,
} from './workflow.mts';

afterAll(() => rmSync(instanceFolder, { recursive: true, force: true }));

export async function runWorkflow(options: WorkflowOptions): Promise<WorkflowResult> {
	return await runNode(await builtPackage(), options);
}
