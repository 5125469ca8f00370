// Child processes that never outlive this one. Each runs in a group of its own, so that its own children end with it.

import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** How long a process may take to end by itself before it is ended for good. */
const STOP_TIMEOUT_MS = 10_000;

export interface StartOptions {
	readonly env?: NodeJS.ProcessEnv;
	readonly cwd?: string;
	readonly stdio?: StdioOptions;
}

const running = new Set<ChildProcess>();
const ownGroup = process.platform !== 'win32';

process.on('exit', () => {
	for (const child of running) signal(child, 'SIGKILL');
});

/** Starts a program and remembers it until it ends. */
export function start(command: string, args: readonly string[], options: StartOptions = {}): ChildProcess {
	const child = spawn(command, [...args], { ...options, detached: ownGroup });
	if (child.pid === undefined) return child; // "error" follows
	running.add(child);
	guardian().write(`+${child.pid}\n`);
	const forget = () => {
		running.delete(child);
		guardian().write(`-${child.pid}\n`);
	};
	child.once('exit', forget);
	return child;
}

/** Waits for the end; returns the exit code (128 and more when a signal ended it). Throws where the program could not start. */
export async function ended(child: ChildProcess): Promise<number> {
	if (hasEnded(child)) return child.exitCode ?? 128;
	const [code] = await once(child, 'exit');
	return typeof code === 'number' ? code : 128;
}

/** Asks the process and its children to end, and insists after ten seconds. */
export async function stop(child: ChildProcess): Promise<void> {
	if (child.pid === undefined || hasEnded(child)) return;
	const end = once(child, 'exit');
	signal(child, 'SIGTERM');
	const insist = setTimeout(() => signal(child, 'SIGKILL'), STOP_TIMEOUT_MS);
	await end;
	clearTimeout(insist);
	signal(child, 'SIGKILL'); // what is left of its group
}

/** Ends everything that `start` started, the youngest first. */
export async function stopAll(): Promise<void> {
	for (const child of [...running].reverse()) await stop(child);
}

let toGuardian: Writable | undefined;

/** The process that ends the others where this one was killed and could not. It does not keep this one alive. */
function guardian(): Writable {
	if (toGuardian) return toGuardian;
	const child = spawn(process.execPath, [fileURLToPath(new URL('guardian.mjs', import.meta.url))], {
		detached: ownGroup,
		stdio: ['pipe', 'ignore', 'ignore'],
	});
	child.unref();
	const { stdin } = child;
	stdin.on('error', () => undefined);
	if ('unref' in stdin && typeof stdin.unref === 'function') stdin.unref();
	toGuardian = stdin;
	return stdin;
}

function hasEnded(child: ChildProcess): boolean {
	return child.exitCode !== null || child.signalCode !== null;
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
	if (child.pid === undefined) return;
	try {
		process.kill(ownGroup ? -child.pid : child.pid, name);
	} catch {
		// Nobody of that group is left.
	}
}
