import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureCredentials, readCredentials } from '../../sandbox/credentials.mts';
import { startSandbox } from '../../sandbox/server.mts';
import { signed } from './client.mts';

const node = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));
const main = fileURLToPath(new URL('../../sandbox/main.mts', import.meta.url));

let folder: string;
let children: ChildProcess[] = [];

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
});

afterEach(async () => {
	for (const child of children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
		child.kill('SIGKILL');
		await once(child, 'exit');
	}
	children = [];
	rmSync(folder, { recursive: true });
});

/** Runs the command line; `up` waits for its welcome, `end` for its exit. */
function run(...options: string[]) {
	const child = spawn(node, [main, '--data', folder, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
	children.push(child);
	let output = '';
	const note = (text: Buffer) => {
		output += text.toString();
	};
	child.stdout.on('data', note);
	child.stderr.on('data', note);
	const closed = once(child, 'close');
	return {
		child,
		up: async () => {
			await expect.poll(() => output, { timeout: 10_000 }).toContain('Ctrl-C stops the sandbox.');
			return /http:\/\/127\.0\.0\.1:\d+\/v1/.exec(output)?.[0] ?? '';
		},
		end: async () => {
			await closed;
			return { code: child.exitCode, output };
		},
		output: () => output,
	};
}

test('key and secret are made at the first start, kept for the next, and readable by their owner only', () => {
	const first = ensureCredentials(folder);
	expect(first.apiSecret).toMatch(/^[0-9a-f]{64}$/);
	expect(ensureCredentials(folder)).toEqual(first);
	expect(readCredentials(folder)).toEqual(first);
	expect(statSync(join(folder, 'credentials.json')).mode & 0o777).toBe(0o600);
});

test('credentials that are none are refused, not replaced', () => {
	writeFileSync(join(folder, 'credentials.json'), '{"apiKey":""}');
	expect(() => ensureCredentials(folder)).toThrow('apiKey');
	expect(readFileSync(join(folder, 'credentials.json'), 'utf8')).toBe('{"apiKey":""}');
});

test('the command says where it is and with which key, answers, and ends cleanly', { timeout: 20_000 }, async () => {
	const { up, output, child, end } = run('--port', '0', '--plan', 'small');
	const baseUrl = await up();
	const key = readCredentials(folder);
	expect(output()).toContain(key.apiKey);
	expect(output()).toContain(key.apiSecret);
	expect(statSync(join(folder, 'sandbox.sqlite')).mode & 0o777).toBe(0o600);
	const { headers } = signed(key, Date.now(), 'GET', '/v1/limits');
	const limits: unknown = await (await fetch(`${baseUrl}/limits`, { headers })).json();
	expect(limits).toMatchObject({ plan: 'small' });
	child.kill('SIGTERM');
	expect(await end()).toMatchObject({ code: 0 });
});

test('--reset forgets the people, and a plan can come from a file', { timeout: 20_000 }, async () => {
	const key = ensureCredentials(folder);
	const before = await startSandbox({ ...key, database: join(folder, 'sandbox.sqlite') });
	const body = { onConflict: 'skip', users: [{ userId: 'a', username: 'A' }] };
	const { headers, body: bytes } = signed(key, Date.now(), 'POST', '/v1/users/batch', body);
	await fetch(`${before.baseUrl}/users/batch`, { method: 'POST', headers, body: Buffer.from(bytes) });
	expect(before.userCount()).toBe(1);
	await before.close();

	const plan = join(folder, 'plan.json');
	writeFileSync(plan, '{"limits":{"usersPerRequest":7},"quota":5}');
	const { up, child, end } = run('--port', '0', '--reset', '--plan', plan);
	const baseUrl = await up();
	const limits: unknown = await (
		await fetch(`${baseUrl}/limits`, { headers: signed(key, Date.now(), 'GET', '/v1/limits').headers })
	).json();
	expect(limits).toMatchObject({ limits: { usersPerRequest: 7 }, quota: { users: { limit: 5, used: 0 } } });
	child.kill('SIGINT');
	expect(await end()).toMatchObject({ code: 0 });
});

test('a taken port, a wrong option and a wrong plan are told plainly', { timeout: 20_000 }, async () => {
	const taken = await startSandbox();
	const ends = await Promise.all([
		run('--port', String(taken.port)).end(),
		run('--port', 'x').end(),
		run('--plan', 'gold').end(),
		run('--nonsense').end(),
	]);
	await taken.close();
	expect(ends.map(({ code }) => code)).toEqual([1, 1, 1, 1]);
	expect(ends[0]?.output).toContain(`Port ${taken.port} is taken`);
	expect(ends[1]?.output).toContain('--port: "x" is not a whole number from 0 to 65535.');
	expect(ends[2]?.output).toContain('plans are standard, small, unpaced.');
	expect(ends[3]?.output).toContain('--nonsense');
	expect(ends.some(({ output }) => output.includes('    at '))).toBe(false);
});

test('--help names every option', { timeout: 20_000 }, async () => {
	const { output, code } = await run('--help').end();
	expect(code).toBe(0);
	for (const option of ['--port', '--data', '--plan', '--latency', '--reset']) expect(output).toContain(option);
});
