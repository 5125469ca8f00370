// The real n8n for the bench: this package and the bench's own nodes in it, meters on, one workflow behind a webhook.

import { cp, mkdir, mkdtemp, readFile, rm, writeFile, open } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { importCredentials, importWorkflows, N8N_PROGRAM, publishWorkflow } from '../scripts/lib/n8n-cli.mts';
import { filesFolder, n8nEnv, type N8nSettings } from '../scripts/lib/n8n-env.mts';
import { sandboxCredential } from '../scripts/lib/example-workflow.mts';
import { build, packAndInstall } from '../scripts/lib/package-install.mts';
import { NODE_24, ROOT } from '../scripts/lib/paths.mts';
import { freePort } from '../scripts/lib/ports.mts';
import { start, stop } from '../scripts/lib/processes.mts';
import type { ServiceAccess } from '../scripts/lib/tokenim-client.mts';
import { benchWorkflow } from './workflow.mts';

const INSIDE = join(ROOT, 'bench', 'inside');
const BENCH_PACKAGE = 'n8n-nodes-tokenimbench';
const START_TIMEOUT_MS = 120_000;
const CALL_TIMEOUT_MS = 1_800_000;

/** What the meters say of one call; times in milliseconds. */
export interface Reading {
	/** From the rows being made to the last node. */
	readonly wholeMs: number;
	/** The `execute()` of the node under test alone. */
	readonly executeMs: number;
	readonly cpuMs: number;
	readonly requests: number;
	/** The longest time in which `execute()` did not let the event loop come round, … */
	readonly blockMs: number;
	/** … and the same in CPU time of the thread, in which other programs on the machine do not show. */
	readonly blockCpuMs: number;
	readonly wholeBlockMs: number;
	readonly peakMb: number;
	/** By how much that is more than at the start, garbage collected. */
	readonly grownMb: number;
	readonly heapPeakBytes?: number;
	readonly statuses: Readonly<Record<string, number>>;
}

/** Ways that get no rows: these are in a file, or made by the node itself. */
export type OneItemWay = 'file' | 'differing' | 'memory';

export interface Call {
	readonly way: 'node' | 'summary' | 'loop' | 'batches' | 'single' | OneItemWay;
	readonly rows: number;
	readonly concurrency: number;
	/** Weigh the living heap now and then; such a call is slow and its times mean nothing. */
	readonly weigh?: boolean;
	/** Where to write a CPU profile of the call; it slows the call down. */
	readonly profile?: string;
	/** The ways that read a file: where it lies, and what comes out of it where not every row is `created`. */
	readonly file?: string;
	readonly expects?: Readonly<Record<string, number>>;
	/** What the bare loop may do differently, to see what it costs. */
	readonly answerAs?: 'arraybuffer' | 'stream';
	readonly credential?: 'each' | 'once';
}

export interface BenchN8n {
	/** The folder from which n8n may read files. */
	readonly files: string;
	/** Starts a fresh process; ends the one before. */
	restart(options?: { readonly nodeArgs?: readonly string[] }): Promise<void>;
	call(call: Call): Promise<Reading>;
	close(): Promise<void>;
}

/** Sets n8n up in a folder of its own. @throws Trouble where it does not start */
export async function openBenchN8n(access: ServiceAccess): Promise<BenchN8n> {
	const userFolder = await mkdtemp(join(tmpdir(), 'tokenim-bench-'));
	const settings: N8nSettings = { userFolder };
	await build();
	await packAndInstall(userFolder);
	await installBenchNodes(userFolder);
	const credential = sandboxCredential(access);
	const workflow = benchWorkflow(credential);
	await importCredentials(settings, credential);
	await importWorkflows(settings, workflow);
	await publishWorkflow(settings, workflow.id);
	let running: { readonly url: string; stop(): Promise<void> } | undefined;
	const files = filesFolder(userFolder);
	await mkdir(files, { recursive: true });
	return {
		files,
		async restart({ nodeArgs = [] } = {}) {
			await running?.stop();
			running = await startServer(settings, nodeArgs);
		},
		async call({
			way,
			rows,
			concurrency,
			weigh = false,
			profile = '',
			answerAs = 'arraybuffer',
			credential: read = 'each',
			file = '',
			expects = { created: rows },
		}) {
			if (!running) throw new Error('n8n is not running');
			const query = new URLSearchParams({
				way,
				rows: String(rows),
				concurrency: String(concurrency),
				weigh: String(weigh),
				profile,
				answerAs,
				credential: read,
				file,
			});
			const { status, text } = await answerOf(`${running.url}/webhook/bench?${query}`);
			if (status !== 200) throw new Error(`n8n answered ${status}: ${text}\n${await tail(userFolder)}`);
			const reading: Reading = JSON.parse(text);
			return checked(reading, expects);
		},
		async close() {
			await running?.stop();
			await rm(userFolder, { recursive: true, force: true });
		},
	};
}

/** Not by `fetch`: that waits no longer than five minutes for an answer to begin. */
async function answerOf(url: string): Promise<{ readonly status: number | undefined; readonly text: string }> {
	const signal = AbortSignal.timeout(CALL_TIMEOUT_MS);
	const answer = await new Promise<IncomingMessage>((resolve, reject) => {
		get(url, { signal }, resolve).once('error', reject);
	});
	let text = '';
	for await (const part of answer.setEncoding('utf8')) text += String(part);
	return { status: answer.statusCode, text };
}

/** A way that loses rows is not fast, it is wrong. */
function checked(reading: Reading, expects: Readonly<Record<string, number>>): Reading {
	if (isDeepStrictEqual(reading.statuses, expects)) return reading;
	throw new Error(`Expected ${JSON.stringify(expects)}, but what came out was ${JSON.stringify(reading.statuses)}`);
}

async function installBenchNodes(userFolder: string): Promise<void> {
	const folder = join(userFolder, '.n8n', 'nodes');
	await cp(INSIDE, join(folder, 'node_modules', BENCH_PACKAGE), { recursive: true });
	const ledger = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
	await writeFile(
		join(folder, 'package.json'),
		JSON.stringify({ ...ledger, dependencies: { ...ledger.dependencies, [BENCH_PACKAGE]: '0.0.0' } }),
	);
}

async function startServer(
	settings: N8nSettings,
	nodeArgs: readonly string[],
): Promise<{ url: string; stop(): Promise<void> }> {
	const port = await freePort(5690);
	const env = {
		...(await n8nEnv({ ...settings, port })),
		EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'none',
		N8N_LOG_LEVEL: 'warn',
		N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
	};
	const log = await open(join(settings.userFolder, 'n8n.log'), 'a', 0o600);
	const args = ['--require', join(INSIDE, 'meters.cjs'), ...nodeArgs, N8N_PROGRAM, 'start'];
	const child = start(NODE_24, args, { env, stdio: ['ignore', log.fd, log.fd] });
	await log.close();
	const url = `http://127.0.0.1:${port}`;
	const deadline = Date.now() + START_TIMEOUT_MS;
	while (!(await isUp(url))) {
		if (child.exitCode !== null || Date.now() > deadline) {
			await stop(child);
			throw new Error(`n8n did not start:\n${await tail(settings.userFolder)}`);
		}
		await sleep(200);
	}
	return { url, stop: () => stop(child) };
}

/** While it starts n8n answers 200 with a text; until the webhook is there, 404 with a page. */
async function isUp(url: string): Promise<boolean> {
	try {
		const answer = await fetch(`${url}/webhook/bench?way=none`);
		const told: unknown = await answer.json();
		return answer.status !== 404 && answer.status !== 503 && typeof told === 'object';
	} catch {
		return false;
	}
}

async function tail(userFolder: string): Promise<string> {
	return (await readFile(join(userFolder, 'n8n.log'), 'utf8')).slice(-2000);
}
