// n8n without its editor: put credentials and workflows in, run a workflow, read what came out.

import { mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HOST_FOLDER, NODE_24 } from './paths.mts';
import { n8nEnv, type N8nSettings } from './n8n-env.mts';
import { ended, start } from './processes.mts';
import { parseRun, type RunResult } from './run-data.mts';
import { Trouble } from './terminal.mts';

export const N8N_PROGRAM = n8nProgram();

export interface Credential {
	readonly id: string;
	readonly name: string;
	readonly type: string;
	readonly data: Readonly<Record<string, unknown>>;
}

export interface Workflow {
	readonly id: string;
	readonly name: string;
	readonly nodes: readonly WorkflowNode[];
	readonly connections: Readonly<Record<string, unknown>>;
	readonly settings?: Readonly<Record<string, unknown>>;
}

export interface WorkflowNode {
	readonly id: string;
	readonly name: string;
	readonly type: string;
	readonly typeVersion: number;
	readonly position: readonly [number, number];
	readonly parameters: Readonly<Record<string, unknown>>;
	readonly credentials?: Readonly<Record<string, { readonly id: string; readonly name: string }>>;
	readonly onError?: string;
}

/** Stores credentials, encrypted by n8n; one with the same id is replaced. */
export async function importCredentials(settings: N8nSettings, ...credentials: readonly Credential[]): Promise<void> {
	await importFile(settings, 'import:credentials', credentials);
}

/** Stores workflows; one with the same id is replaced. */
export async function importWorkflows(settings: N8nSettings, ...workflows: readonly Workflow[]): Promise<void> {
	await importFile(
		settings,
		'import:workflow',
		workflows.map((workflow) => ({ ...workflow, active: false })),
	);
}

/**
 * Runs a stored workflow to its end.
 * @returns what every node put out; `error` is set where the run failed
 * @throws Trouble where n8n itself did not get to run it
 */
export async function execute(settings: N8nSettings, workflowId: string): Promise<RunResult> {
	const printed = await n8n(settings, ['execute', `--id=${workflowId}`, '--rawOutput']);
	const result = parseRun(printed.stdout);
	if (!result) throw cliTrouble('n8n could not run the workflow.', printed);
	return result;
}

/** The program of an installed n8n. */
export function n8nProgram(hostFolder = HOST_FOLDER): string {
	return join(hostFolder, 'node_modules', 'n8n', 'bin', 'n8n');
}

/** Makes a stored workflow answer to its webhooks from n8n's next start on. */
export async function publishWorkflow(settings: N8nSettings, workflowId: string): Promise<void> {
	await n8n(settings, ['publish:workflow', `--id=${workflowId}`]);
}

async function importFile(settings: N8nSettings, command: string, content: readonly unknown[]): Promise<void> {
	await withTempFolder(async (folder) => {
		const input = join(folder, 'import.json');
		await writeFile(input, JSON.stringify(content), { mode: 0o600 });
		const printed = await n8n(settings, [command, `--input=${input}`]);
		// n8n ends with code 0 in any case.
		if (!printed.stdout.includes(`Successfully imported ${content.length} `))
			throw cliTrouble(`n8n refused "${command}".`, printed);
	});
}

interface Printed {
	readonly stdout: string;
	readonly stderr: string;
}

/** Runs one n8n command. Its output goes to files: in a pipe n8n loses the end of it. */
async function n8n(settings: N8nSettings, args: readonly string[]): Promise<Printed> {
	await mkdir(settings.userFolder, { recursive: true });
	const env = await n8nEnv(settings);
	return await withTempFolder(async (folder) => {
		const stdout = await open(join(folder, 'stdout'), 'w', 0o600);
		const stderr = await open(join(folder, 'stderr'), 'w', 0o600);
		try {
			await ended(
				start(NODE_24, [n8nProgram(settings.hostFolder), ...args], { env, stdio: ['ignore', stdout.fd, stderr.fd] }),
			);
		} finally {
			await stdout.close();
			await stderr.close();
		}
		return {
			stdout: await readFile(join(folder, 'stdout'), 'utf8'),
			stderr: await readFile(join(folder, 'stderr'), 'utf8'),
		};
	});
}

async function withTempFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
	const folder = await mkdtemp(join(tmpdir(), 'tokenim-n8n-'));
	try {
		return await work(folder);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

function cliTrouble(message: string, printed: Printed): Trouble {
	const tail = `${printed.stdout}\n${printed.stderr}`.trim().split('\n').slice(-12).join('\n');
	return new Trouble(
		`${message} Its last lines:\n\n${tail}\n`,
		'If they do not help, begin anew: npm start -- --reset',
	);
}
