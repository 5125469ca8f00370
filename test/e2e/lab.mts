// A real n8n of a test's own: temporary user folder, the packed node in it, a sandbox in this process.

import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sandboxCredential } from '../../scripts/lib/example-workflow.mts';
import {
	execute,
	importCredentials,
	importWorkflows,
	type Credential,
	type Workflow,
} from '../../scripts/lib/n8n-cli.mts';
import { filesFolder, type N8nSettings } from '../../scripts/lib/n8n-env.mts';
import { build, packAndInstall } from '../../scripts/lib/package-install.mts';
import { ROOT } from '../../scripts/lib/paths.mts';
import type { RunResult } from '../../scripts/lib/run-data.mts';
import type { ServiceAccess } from '../../scripts/lib/tokenim-client.mts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/server.mts';

export interface Lab {
	readonly sandbox: Sandbox;
	readonly settings: N8nSettings;
	/** Reaches the lab's sandbox. */
	readonly credential: Credential;
	/** Puts a file where n8n may read it; returns its path. */
	write(name: string, content: string | Uint8Array): Promise<string>;
	store(credentials: readonly Credential[], workflows: readonly Workflow[]): Promise<void>;
	run(workflowId: string): Promise<RunResult>;
	close(): Promise<void>;
}

/** Sets a lab up: n8n makes its database at the first command, which takes some seconds. */
export async function openLab(options: SandboxOptions = {}): Promise<Lab> {
	const userFolder = await mkdtemp(join(tmpdir(), 'tokenim-e2e-'));
	const settings: N8nSettings = { userFolder };
	if (await isStale()) await build();
	await packAndInstall(userFolder);
	const sandbox = await startSandbox(options);
	return {
		sandbox,
		settings,
		credential: sandboxCredential(accessTo(sandbox)),
		write: async (name, text) => {
			const folder = filesFolder(userFolder);
			await mkdir(folder, { recursive: true });
			await writeFile(join(folder, name), text);
			return join(folder, name);
		},
		store: async (credentials, workflows) => {
			if (credentials.length > 0) await importCredentials(settings, ...credentials);
			if (workflows.length > 0) await importWorkflows(settings, ...workflows);
		},
		run: (workflowId) => execute(settings, workflowId),
		close: async () => {
			await sandbox.close();
			await rm(userFolder, { recursive: true, force: true });
		},
	};
}

/** Exactly what a credential needs, and nothing else of the sandbox. */
export function accessTo({ baseUrl, apiKey, apiSecret }: ServiceAccess): ServiceAccess {
	return { baseUrl, apiKey, apiSecret };
}

/** Whether a source is newer than what was built of it. */
async function isStale(): Promise<boolean> {
	const built = await newest(join(ROOT, 'dist'));
	const sources = await Promise.all(
		['nodes', 'credentials', 'package.json', 'scripts/build.mjs'].map((path) => newest(join(ROOT, path))),
	);
	return built === 0 || Math.max(...sources) > built;
}

/** When the newest file at a path was written; 0 where there is none. */
async function newest(path: string): Promise<number> {
	const found = await stat(path).catch(() => undefined);
	if (!found) return 0;
	if (!found.isDirectory()) return found.mtimeMs;
	const entries = await readdir(path);
	return Math.max(0, ...(await Promise.all(entries.map((entry) => newest(join(path, entry))))));
}
