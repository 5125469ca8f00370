// However `npm start` ends, the sandbox and n8n end with it.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { NODE_24, ROOT } from '../../scripts/lib/paths.mts';
import { describeWithN8n } from './describe.mts';

interface Up {
	readonly urls: readonly string[];
	readonly pids: readonly number[];
	readonly owner: { readonly email: string; readonly password: string };
}

await describeWithN8n('the sandbox and the n8n editor', () => {
	let folder: string;
	let command: ChildProcess | undefined;

	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'tokenim-e2e-'));
	});
	afterEach(async () => {
		command?.kill('SIGTERM'); // where a test broke off half-way
		await exitCode();
		await rm(folder, { recursive: true, force: true, maxRetries: 5 });
	});

	async function start(...args: readonly string[]): Promise<Up> {
		command = spawn(NODE_24, [join(ROOT, 'test', 'e2e', 'fixtures', 'editor.mts'), folder, ...args], {
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		if (!command.stdout) throw new Error('no output');
		for await (const line of createInterface({ input: command.stdout })) return JSON.parse(line);
		throw new Error('it did not come up');
	}

	async function exitCode(): Promise<number | null> {
		if (command && command.exitCode === null && command.signalCode === null) await once(command, 'exit');
		return command?.exitCode ?? null;
	}

	test.each([
		['SIGINT', 130],
		['SIGTERM', 143],
	] as const)('end on %s and leave no process and no port behind', async (signal, code) => {
		const up = await start();
		expect(await answering(up)).toEqual(up.urls);
		command?.kill(signal);
		expect(await exitCode()).toBe(code);
		expect(await answering(up)).toEqual([]);
		expect(up.pids.filter(groupLives)).toEqual([]);
	});

	test('end when the command is killed and can do nothing about it', async () => {
		const up = await start();
		command?.kill('SIGKILL');
		await exitCode();
		await expect.poll(() => up.pids.filter(groupLives), { timeout: 15_000 }).toEqual([]);
		expect(await answering(up)).toEqual([]);
	});

	test('end when the command breaks down, which says why', async () => {
		const up = await start('fail');
		let printed = '';
		command?.stderr?.on('data', (part: Buffer) => (printed += part.toString()));
		expect(await exitCode()).toBe(1);
		expect(printed).toContain('It broke.\nWhat to do: Nothing, this is a test.');
		expect(await answering(up)).toEqual([]);
		expect(up.pids.filter(groupLives)).toEqual([]);
	});

	test('let the owner in with the password that only the owner of the folder can read', async () => {
		const { urls, owner } = await start();
		const file = join(folder, 'home', 'owner.json');
		expect((await stat(file)).mode & 0o777).toBe(0o600);
		// Beside them the hash of the password, by which n8n knows its owner before it listens.
		expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
			...owner,
			passwordHash: expect.stringMatching(/^\$2[ab]\$/),
		});
		const login = await fetch(`${urls[1]}/rest/login`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ emailOrLdapLoginId: owner.email, password: owner.password }),
		});
		expect(login.status).toBe(200);
		command?.kill('SIGTERM');
		await exitCode();
	});
});

/** Those of the two that answer, in whatever way. */
async function answering({ urls }: Up): Promise<string[]> {
	const answers = await Promise.all(
		urls.map((url) =>
			fetch(url).then(
				() => [url],
				() => [],
			),
		),
	);
	return answers.flat();
}

/** Each was the first of its process group: a child of it that still runs keeps the group alive. */
function groupLives(pid: number): boolean {
	try {
		process.kill(-pid, 0);
		return true;
	} catch {
		return false;
	}
}
