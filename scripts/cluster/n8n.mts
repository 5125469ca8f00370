// One main and workers of n8n in queue mode, each with a user folder of its own and the package installed in it.

import { randomBytes } from 'node:crypto';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
	importCredentials,
	importWorkflows,
	n8nProgram,
	publishWorkflow,
	type Credential,
	type Workflow,
} from '../lib/n8n-cli.mts';
import { n8nEnv, type N8nSettings } from '../lib/n8n-env.mts';
import { packAndInstall } from '../lib/package-install.mts';
import { NODE_24 } from '../lib/paths.mts';
import { start, stop } from '../lib/processes.mts';
import { Trouble } from '../lib/terminal.mts';

const START_TIMEOUT_MS = 180_000;

export interface Instance {
	readonly name: string;
	readonly process: ChildProcess;
	/** What it printed so far. */
	printed(): Promise<string>;
	/** At its highest since the start, of the n8n process alone. */
	peakMb(): Promise<number>;
	stop(): Promise<void>;
	/** Ends it at once, as the system does when memory runs out. */
	kill(): void;
}

export interface Cluster {
	readonly url: string;
	readonly main: Instance;
	startWorker(name: string): Promise<Instance>;
	close(): Promise<void>;
}

export interface ClusterOptions {
	/** How to reach PostgreSQL and Redis. */
	readonly env: NodeJS.ProcessEnv;
	readonly port: number;
	readonly credentials: readonly Credential[];
	readonly workflows: readonly Workflow[];
	/** Executions that a worker runs at once. */
	readonly concurrency: number;
}

/** Fills the database, starts main. @throws Trouble where that fails */
export async function openCluster({
	env,
	port,
	credentials,
	workflows,
	concurrency,
}: ClusterOptions): Promise<Cluster> {
	const folder = await mkdtemp(join(tmpdir(), 'tokenim-cluster-'));
	const shared = {
		...env,
		EXECUTIONS_MODE: 'queue',
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
		QUEUE_HEALTH_CHECK_ACTIVE: 'false',
	};
	const settingsOf = async (name: string): Promise<N8nSettings> => {
		const settings = { userFolder: join(folder, name), env: shared };
		await packAndInstall(settings.userFolder);
		return settings;
	};
	const instances: Instance[] = [];
	const close = async () => {
		for (const instance of [...instances].reverse()) await instance.stop();
		await rm(folder, { recursive: true, force: true });
	};
	const open = async (
		name: string,
		settings: N8nSettings,
		args: readonly string[],
		isUp: (printed: string) => Promise<boolean>,
	) => {
		const instance = await startInstance(name, settings, args);
		instances.push(instance);
		await untilUp(instance, isUp);
		return instance;
	};
	try {
		const settings = await settingsOf('main');
		await importCredentials(settings, ...credentials);
		await importWorkflows(settings, ...workflows);
		for (const { id } of workflows) await publishWorkflow(settings, id);
		const url = `http://127.0.0.1:${port}`;
		const main = await open('main', { ...settings, port }, ['start'], async () => await hasWebhooks(url, workflows));
		return {
			url,
			main,
			startWorker: async (name) =>
				await open(name, await settingsOf(name), ['worker', `--concurrency=${concurrency}`], async (printed) =>
					printed.includes('worker is now ready'),
				),
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}

async function startInstance(name: string, settings: N8nSettings, args: readonly string[]): Promise<Instance> {
	const logFile = join(settings.userFolder, 'n8n.log');
	const log = await open(logFile, 'w', 0o600);
	const child = start(NODE_24, [n8nProgram(), ...args], {
		env: await n8nEnv(settings),
		stdio: ['ignore', log.fd, log.fd],
	});
	await log.close();
	return {
		name,
		process: child,
		printed: async () => await readFile(logFile, 'utf8'),
		async peakMb() {
			const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
			return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024);
		},
		stop: async () => await stop(child),
		kill: () => void (child.pid !== undefined && process.kill(-child.pid, 'SIGKILL')), // `start` makes it the first of a group
	};
}

async function untilUp(
	{ name, process: child, printed }: Instance,
	isUp: (printed: string) => Promise<boolean>,
): Promise<void> {
	const deadline = Date.now() + START_TIMEOUT_MS;
	while (!(await isUp(await printed()))) {
		if (child.exitCode !== null || Date.now() > deadline) {
			throw new Trouble(
				`n8n (${name}) did not start. Its last lines:\n\n${(await printed()).slice(-2_000)}`,
				'If they do not help, run "npm run n8n:install" again.',
			);
		}
		await sleep(300);
	}
}

/** Asked with the wrong method, a webhook that is there says so: 404 with its name, or 403 without its key. */
async function hasWebhooks(url: string, workflows: readonly Workflow[]): Promise<boolean> {
	const paths = workflows.flatMap(({ nodes }) =>
		nodes.flatMap(({ parameters }) => (typeof parameters.path === 'string' ? [parameters.path] : [])),
	);
	for (const path of paths) {
		const status = await fetch(`${url}/webhook/${path}`, {
			method: 'POST',
			body: '{}',
			headers: { 'content-type': 'application/json' },
		})
			.then(({ status }) => status)
			.catch(() => 0);
		if (status !== 403) return false;
	}
	return true;
}
