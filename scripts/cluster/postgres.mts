// A PostgreSQL of its own: a new data folder, a free port on 127.0.0.1, a password made at the start.

import { randomBytes } from 'node:crypto';
import { chown, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../lib/ports.mts';
import { ended, start, stop } from '../lib/processes.mts';
import { Trouble } from '../lib/terminal.mts';
import { output } from './output.mts';

const VERSIONS = '/usr/lib/postgresql';
const USER = 'n8n';
const START_TIMEOUT_MS = 30_000;
const REMEDY = 'On Debian: apt-get install --no-install-recommends postgresql redis-server';

export interface Postgres {
	/** For n8n. */
	readonly env: NodeJS.ProcessEnv;
	/** The first column of the first row, as text. */
	value(sql: string): Promise<string>;
	stop(): Promise<void>;
}

/** @throws Trouble where PostgreSQL is not installed or does not start */
export async function startPostgres(): Promise<Postgres> {
	const programs = await programsFolder();
	const folder = await mkdtemp(join(tmpdir(), 'tokenim-postgres-'));
	const account = await unprivileged();
	const password = randomBytes(18).toString('hex');
	const secret = join(folder, 'password');
	const data = join(folder, 'data');
	await writeFile(secret, password, { mode: 0o600 });
	if (account) for (const path of [folder, secret]) await chown(path, account.uid, account.gid);
	const run = (program: string, args: readonly string[], log: number) =>
		start(...asAccount(account, join(programs, program), args), { cwd: folder, stdio: ['ignore', log, log] });

	const log = await open(join(folder, 'postgres.log'), 'w', 0o600);
	const port = await freePort(5440);
	const made = await ended(
		run(
			'initdb',
			['-D', data, '-U', USER, '-A', 'scram-sha-256', '--pwfile', secret, '-E', 'UTF8', '--locale=C'],
			log.fd,
		),
	);
	const child = run(
		'postgres',
		['-D', data, '-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1'],
		log.fd,
	);
	await log.close();
	const value = async (sql: string) =>
		(
			await output(
				join(programs, 'psql'),
				['-h', '127.0.0.1', '-p', String(port), '-U', USER, '-d', 'postgres', '-Atc', sql],
				{ PGPASSWORD: password },
			)
		).trim();
	const close = async () => {
		await stop(child);
		await rm(folder, { recursive: true, force: true });
	};
	try {
		if (made !== 0) throw new Error('initdb failed');
		await upWithin(START_TIMEOUT_MS, async () => await value('select 1'));
	} catch (error) {
		const said = await readFile(join(folder, 'postgres.log'), 'utf8');
		await close();
		throw new Trouble(`PostgreSQL did not start:\n${said.slice(-1_500)}`, REMEDY, { cause: error });
	}
	const env = {
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(port),
		DB_POSTGRESDB_DATABASE: 'postgres',
		DB_POSTGRESDB_USER: USER,
		DB_POSTGRESDB_PASSWORD: password,
	};
	return { env, value, stop: close };
}

/** Asks until it answers. */
export async function upWithin(ms: number, ask: () => Promise<unknown>): Promise<void> {
	const deadline = Date.now() + ms;
	for (;;) {
		try {
			await ask();
			return;
		} catch (error) {
			if (Date.now() > deadline) throw error;
			await sleep(200);
		}
	}
}

/** Debian keeps the programs of each version apart. */
async function programsFolder(): Promise<string> {
	const versions = await readdir(VERSIONS).catch(() => []);
	const newest = versions
		.map(Number)
		.filter(Number.isFinite)
		.sort((one, other) => other - one)[0];
	if (newest === undefined) throw new Trouble(`There is no PostgreSQL in ${VERSIONS}.`, REMEDY);
	return join(VERSIONS, String(newest), 'bin');
}

interface Account {
	readonly uid: number;
	readonly gid: number;
}

/** PostgreSQL refuses to run as root; Debian's package brings the user "postgres". */
async function unprivileged(): Promise<Account | undefined> {
	if (userInfo().uid !== 0) return undefined;
	const line = (await readFile('/etc/passwd', 'utf8')).split('\n').find((entry) => entry.startsWith('postgres:'));
	const [, , uid = '', gid = ''] = line?.split(':') ?? [];
	if (uid === '') throw new Trouble('PostgreSQL does not run as root, and there is no user "postgres".', REMEDY);
	return { uid: Number(uid), gid: Number(gid) };
}

function asAccount(
	account: Account | undefined,
	program: string,
	args: readonly string[],
): [string, readonly string[]] {
	if (account === undefined) return [program, args];
	return ['setpriv', [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups', program, ...args]];
}
