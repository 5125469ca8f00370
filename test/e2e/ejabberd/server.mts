// A live ejabberd of a test's own: own configuration, database, logs and ports, on this machine only.

import { mkdir, mkdtemp, open, readFile, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EJABBERD_LAUNCHER } from '../../../scripts/lib/needs.mts';
import { freePort } from '../../../scripts/lib/ports.mts';
import { ended, start, stop } from '../../../scripts/lib/processes.mts';
import { listenersOf, processesOf } from './processes.mts';

export const HOST = 'school.example';
export const ROOMS = `conference.${HOST}`;

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 10_000;
const ASK_EVERY_MS = 200;

export interface Ejabberd {
	/** Of its HTTP API. */
	readonly baseUrl: string;
	/** An administrator, as the credential names one: a JID and a password. */
	readonly admin: { readonly jid: string; readonly password: string };
	/** The ports that it was told to listen on. */
	readonly ports: readonly number[];
	/** Asks its HTTP API as the administrator; throws where it refuses. */
	ask(command: string, args: Readonly<Record<string, unknown>>): Promise<unknown>;
	/** Where its processes listen, such as `127.0.0.1:5280`. */
	listeners(): Promise<readonly string[]>;
	/** The ids of its processes. */
	processes(): Promise<readonly number[]>;
	/** Ends it and all that it started, and removes its folder. */
	stop(): Promise<void>;
}

/**
 * Starts the installed ejabberd and makes its administrator.
 * @throws Error with the last lines of its log where it does not answer within a minute
 */
export async function startEjabberd(): Promise<Ejabberd> {
	const folder = await mkdtemp(join(tmpdir(), 'tokenim-ejabberd-'));
	const [httpPort, nodePort] = [await freePort(), await freePort()];
	const admin = { jid: `admin@${HOST}`, password: 'the secret of the administrator' };
	const baseUrl = `http://127.0.0.1:${httpPort}/api`;
	await configure(folder, httpPort, nodePort);
	const output = await open(join(folder, 'output'), 'a', 0o600);
	const child = ejabberdctl(folder, output, 'foreground');
	const end = async (): Promise<void> => {
		await stop(child);
		await endAll(folder);
		await output.close();
		await rm(folder, { recursive: true, force: true, maxRetries: 10 });
	};
	try {
		await answers(baseUrl, () => child.exitCode !== null || child.signalCode !== null);
		const made = await ended(ejabberdctl(folder, output, 'register', 'admin', HOST, admin.password));
		if (made !== 0) throw new Error(`ejabberdctl register ended with ${made}.`);
	} catch (error) {
		const tail = (await readFile(join(folder, 'output'), 'utf8')).trim().split('\n').slice(-12).join('\n');
		await end();
		throw new Error(`ejabberd did not start. Its last lines:\n\n${tail}\n`, { cause: error });
	}
	return {
		baseUrl,
		admin,
		ports: [httpPort, nodePort],
		ask: async (command, args) => await ask(`${baseUrl}/${command}`, admin, args),
		listeners: async () => await listenersOf(await processesOf(folder)),
		processes: async () => await processesOf(folder),
		stop: end,
	};
}

/** What the package configures would listen on every address, and belong to the system. */
async function configure(folder: string, httpPort: number, nodePort: number): Promise<void> {
	for (const name of ['conf', 'spool', 'logs']) await mkdir(join(folder, name));
	// The packaged launcher runs for root and its own user only; without that user's name it runs as who calls it.
	// With exec ejabberd takes the place of the script, and whoever stops it waits for ejabberd itself.
	const launcher = (await readFile(EJABBERD_LAUNCHER, 'utf8'))
		.replace(/^INSTALLUSER=.*$/m, 'INSTALLUSER=')
		.replace('as_current_user) "$@"', () => 'as_current_user) exec "$@"');
	await writeFile(join(folder, 'ejabberdctl'), launcher);
	await writeFile(join(folder, 'conf', 'ejabberd.yml'), CONFIGURATION.replace('HTTP_PORT', String(httpPort)));
	await writeFile(join(folder, 'conf', 'inetrc'), '{lookup,["file","native"]}.\n{host,{127,0,0,1},["localhost"]}.\n');
	// With a port of its own the node needs no epmd, the port mapper that all Erlang nodes of a machine share.
	const variables = ['INET_DIST_INTERFACE=127.0.0.1', 'ERL_EPMD_ADDRESS=127.0.0.1', `ERL_DIST_PORT=${nodePort}`];
	await writeFile(join(folder, 'conf', 'ejabberdctl.cfg'), variables.map((line) => `${line}\n`).join(''));
}

/** The home folder, which is to hold its cookie, also tells its processes from those of others. */
function ejabberdctl(folder: string, output: FileHandle, ...command: readonly string[]) {
	const folders = [
		'--config-dir',
		join(folder, 'conf'),
		'--spool',
		join(folder, 'spool'),
		'--logs',
		join(folder, 'logs'),
	];
	return start('bash', [join(folder, 'ejabberdctl'), ...folders, ...command], {
		cwd: folder,
		env: { PATH: process.env.PATH, LANG: 'C.UTF-8', HOME: folder },
		stdio: ['ignore', output.fd, output.fd],
	});
}

/** It listens once it has started; without a name and password it answers 401 or 403. */
async function answers(baseUrl: string, isOver: () => boolean): Promise<void> {
	const deadline = Date.now() + START_TIMEOUT_MS;
	for (;;) {
		try {
			await fetch(`${baseUrl}/status`, { method: 'POST', body: '{}' });
			return;
		} catch (error) {
			if (isOver() || Date.now() > deadline) throw error;
			await sleep(ASK_EVERY_MS);
		}
	}
}

async function ask(
	url: string,
	{ jid, password }: Ejabberd['admin'],
	args: Readonly<Record<string, unknown>>,
): Promise<unknown> {
	const authorization = `Basic ${Buffer.from(`${jid}:${password}`).toString('base64')}`;
	const response = await fetch(url, { method: 'POST', headers: { authorization }, body: JSON.stringify(args) });
	const text = await response.text();
	if (!response.ok) throw new Error(`${new URL(url).pathname} answered ${response.status}: ${text}`);
	return JSON.parse(text);
}

/** What left its group ends with it, but not at once. @throws Error where something is left all the same */
async function endAll(folder: string): Promise<void> {
	const deadline = Date.now() + STOP_TIMEOUT_MS;
	for (;;) {
		const left = await processesOf(folder);
		if (left.length === 0) return;
		if (Date.now() > deadline) throw new Error(`These processes of ejabberd did not end: ${left.join(', ')}.`);
		for (const id of left) endNow(id);
		await sleep(ASK_EVERY_MS);
	}
}

function endNow(processId: number): void {
	try {
		process.kill(processId, 'SIGKILL');
	} catch {
		// It has ended by itself.
	}
}

const CONFIGURATION = `
hosts: ["${HOST}"]
loglevel: warning
listen:
  - port: HTTP_PORT
    ip: "127.0.0.1"
    module: ejabberd_http
    request_handlers: {/api: mod_http_api}
acl:
  admin: {user: "admin@${HOST}"}
api_permissions:
  "console commands": {from: [ejabberd_ctl], who: all, what: "*"}
  "admin access": {who: {access: {allow: {acl: admin}}}, what: ["*", "!stop", "!start"]}
modules:
  mod_admin_extra: {}
  mod_http_api: {}
  mod_muc: {}
  mod_muc_admin: {}
`;
