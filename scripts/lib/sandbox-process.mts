// The TokenIM sandbox as a process of its own, with a data folder that outlives it.

import type { ChildProcess } from 'node:child_process';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NODE_24, ROOT } from './paths.mts';
import { freePort } from './ports.mts';
import { start, stop } from './processes.mts';
import { Trouble } from './terminal.mts';
import { ask, type ServiceAccess } from './tokenim-client.mts';

const PORT = 4010;
const START_TIMEOUT_MS = 20_000;
const ASK_EVERY_MS = 100;

export interface Sandbox {
	readonly access: ServiceAccess;
	readonly process: ChildProcess;
	stop(): Promise<void>;
}

/**
 * Starts the sandbox on its usual port, or on another one where that is taken.
 * @throws Trouble where it does not answer within 20 s
 */
export async function startSandbox({ dataFolder }: { readonly dataFolder: string }): Promise<Sandbox> {
	await mkdir(dataFolder, { recursive: true });
	const port = await freePort(PORT);
	const logFile = join(dataFolder, 'sandbox.log');
	const log = await open(logFile, 'w', 0o600);
	const args = [join(ROOT, 'sandbox', 'main.mts'), '--port', String(port), '--data', dataFolder];
	const child = start(NODE_24, args, { cwd: ROOT, stdio: ['ignore', log.fd, log.fd] });
	await log.close();
	try {
		const access = await firstAnswer(child, `http://127.0.0.1:${port}/v1`, join(dataFolder, 'credentials.json'));
		return { access, process: child, stop: () => stop(child) };
	} catch (error) {
		await stop(child);
		const tail = (await readFile(logFile, 'utf8')).trim().split('\n').slice(-8).join('\n');
		throw new Trouble(
			`The TokenIM sandbox did not start. Its last lines:\n\n${tail}\n`,
			'If they do not help, begin anew: npm start -- --reset',
			{ cause: error },
		);
	}
}

/** The sandbox writes its key and secret before it listens. */
async function firstAnswer(child: ChildProcess, baseUrl: string, credentialsFile: string): Promise<ServiceAccess> {
	const deadline = Date.now() + START_TIMEOUT_MS;
	for (;;) {
		try {
			const { apiKey, apiSecret } = JSON.parse(await readFile(credentialsFile, 'utf8'));
			const access: ServiceAccess = { baseUrl, apiKey, apiSecret };
			await ask(access, 'GET', '/limits');
			return access;
		} catch (error) {
			const over = child.exitCode !== null || child.signalCode !== null || Date.now() > deadline;
			if (over) throw error;
			await sleep(ASK_EVERY_MS);
		}
	}
}
