// n8n with its editor, for people and for browsers in tests: started, its owner set up, stopped.

import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { n8nProgram } from './n8n-cli.mts';
import { n8nEnv, type N8nSettings } from './n8n-env.mts';
import { ownerEnv, ownerOf, type Owner } from './owner.mts';
import { HOST_FOLDER, NODE_24 } from './paths.mts';
import { freePort } from './ports.mts';
import { start, stop } from './processes.mts';
import { Trouble } from './terminal.mts';

const START_TIMEOUT_MS = 120_000;
const ASK_EVERY_MS = 300;

export interface Editor {
	/** e.g. `http://127.0.0.1:5678` */
	readonly url: string;
	readonly owner: Owner;
	readonly process: ChildProcess;
	/** What n8n prints. */
	readonly logFile: string;
	stop(): Promise<void>;
}

/**
 * Starts n8n on the wished port, or on another one where that is taken.
 * @throws Trouble where n8n is not up within two minutes
 */
export async function startEditor(settings: N8nSettings): Promise<Editor> {
	await mkdir(settings.userFolder, { recursive: true });
	const owner = await ownerOf(settings.userFolder);
	const port = await freePort(settings.port ?? 5678);
	const byEnv = await ownerEnv(settings.userFolder, settings.hostFolder ?? HOST_FOLDER);
	const env = await n8nEnv({ ...settings, port, env: { ...byEnv, ...settings.env } });
	const logFile = join(settings.userFolder, 'editor.log');
	const log = await open(logFile, 'w', 0o600);
	const child = start(NODE_24, [n8nProgram(settings.hostFolder), 'start'], { env, stdio: ['ignore', log.fd, log.fd] });
	await log.close();
	const url = `http://127.0.0.1:${port}`;
	try {
		await setUpOwner(url, owner, child, Date.now() + START_TIMEOUT_MS);
	} catch (error) {
		await stop(child);
		const tail = (await readFile(logFile, 'utf8')).trim().split('\n').slice(-12).join('\n');
		throw new Trouble(
			`The n8n editor did not start. Its last lines:\n\n${tail}\n`,
			'If they do not help, begin anew: npm start -- --reset',
			{ cause: error },
		);
	}
	return { url, owner, process: child, logFile, stop: () => stop(child) };
}

/** n8n answers `/healthz` before its routes are there, so the wait is for the settings and for the owner itself. */
async function setUpOwner(url: string, owner: Owner, child: ChildProcess, deadline: number): Promise<void> {
	const settings = await until(child, deadline, async () => {
		const answer = await fetch(`${url}/rest/settings`);
		return answer.ok
			? ((await answer.json()) as { data?: { userManagement?: { showSetupOnFirstLoad?: boolean } } })
			: undefined;
	});
	if (settings.data?.userManagement?.showSetupOnFirstLoad === false) return;
	await until(child, deadline, async () => {
		const answer = await fetch(`${url}/rest/owner/setup`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ ...owner, firstName: 'TokenIM', lastName: 'Tester' }),
		});
		return answer.ok || undefined;
	});
}

async function until<T>(child: ChildProcess, deadline: number, ask: () => Promise<T | undefined>): Promise<T> {
	for (;;) {
		const answer = await ask().catch(() => undefined);
		if (answer !== undefined) return answer;
		if (child.exitCode !== null || child.signalCode !== null) throw new Error('n8n ended');
		if (Date.now() > deadline) throw new Error('n8n did not answer in time');
		await sleep(ASK_EVERY_MS);
	}
}
