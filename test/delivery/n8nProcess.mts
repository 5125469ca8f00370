// One n8n command as a process that a test may watch and kill.

import type { ChildProcess } from 'node:child_process';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8N_PROGRAM } from '../../scripts/lib/n8n-cli.mts';
import { n8nEnv, type N8nSettings } from '../../scripts/lib/n8n-env.mts';
import { NODE_24 } from '../../scripts/lib/paths.mts';
import { ended, start } from '../../scripts/lib/processes.mts';

export interface N8nProcess {
	readonly process: ChildProcess;
	/** Ends it and all its children at once, as the system does when memory runs out. */
	kill(): void;
	/** Waits for its end; what it printed, standard output and errors together. */
	readonly printed: Promise<string>;
}

/** Starts a command, e.g. `execute --id=…`. It prints to a file: in a pipe n8n loses the end. */
export async function startN8n(
	settings: N8nSettings,
	args: readonly string[],
	env: NodeJS.ProcessEnv = {},
): Promise<N8nProcess> {
	const folder = await mkdtemp(join(tmpdir(), 'tokenim-n8n-'));
	const file = join(folder, 'printed');
	const output = await open(file, 'w', 0o600);
	const child = start(NODE_24, [N8N_PROGRAM, ...args], {
		env: { ...(await n8nEnv(settings)), ...env },
		stdio: ['ignore', output.fd, output.fd],
	});
	await output.close();
	const printed = ended(child).then(async () => {
		const text = await readFile(file, 'utf8');
		await rm(folder, { recursive: true, force: true });
		return text;
	});
	return { process: child, kill: () => killGroup(child), printed };
}

/** `start` makes each process the first of a group of its own. */
function killGroup({ pid }: ChildProcess): void {
	if (pid !== undefined) process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
}
