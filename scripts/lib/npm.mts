// npm, the one that belongs to the Node on this machine, run so that a reader sees that something happens.

import { dirname, delimiter, win32 } from 'node:path';
import { ended, start } from './processes.mts';
import { say, Trouble } from './terminal.mts';
import { NODE_24 } from './paths.mts';

const STILL_BUSY_EVERY_MS = 20_000;

export interface NpmOptions {
	readonly cwd: string;
	/** What is said while it runs, e.g. "installing n8n". */
	readonly doing: string;
	/** What to do when it fails. */
	readonly remedy: string;
	/** How often in all; a registry that hiccups usually answers the second time. */
	readonly tries?: number;
}

/**
 * Runs npm and returns what it printed.
 * @throws Trouble with npm's last lines
 */
export async function npm(args: readonly string[], { cwd, doing, remedy, tries = 1 }: NpmOptions): Promise<string> {
	for (let attempt = 1; ; attempt++) {
		const { code, stdout, stderr } = await runOnce(args, cwd, doing);
		if (code === 0) return stdout;
		if (attempt < tries) {
			say(`  npm did not manage it (code ${code}); once more.`);
			continue;
		}
		const tail = stderr.trim().split('\n').slice(-12).join('\n');
		throw new Trouble(
			`${doing}: "npm ${args.join(' ')}" ended with code ${code}. Its last lines:\n\n${tail}\n`,
			remedy,
		);
	}
}

async function runOnce(
	args: readonly string[],
	cwd: string,
	doing: string,
): Promise<{ code: number; stdout: string; stderr: string }> {
	const { command, before } = npmProgram();
	const startedAt = Date.now();
	const child = start(command, [...before, ...args], { cwd, env: npmEnv(), stdio: ['ignore', 'pipe', 'pipe'] });
	const out: Buffer[] = [];
	const err: Buffer[] = [];
	child.stdout?.on('data', (part: Buffer) => out.push(part));
	child.stderr?.on('data', (part: Buffer) => err.push(part));
	const busy = setInterval(
		() => say(`  still ${doing}, ${Math.round((Date.now() - startedAt) / 1000)} s`),
		STILL_BUSY_EVERY_MS,
	);
	try {
		const code = await ended(child);
		return { code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() };
	} finally {
		clearInterval(busy);
	}
}

/**
 * Under `npm start` npm says where it lies; else it is looked up on the PATH. On Windows that is a script of the shell,
 * which Node.js starts no more without one (since 20.12, CVE-2024-27980): npm's own program lies beside Node.js there.
 */
export function npmProgram(
	platform: string = process.platform,
	npmScript: string = process.env.npm_execpath ?? '',
	node: string = process.execPath,
): { command: string; before: readonly string[] } {
	if (npmScript.endsWith('.js')) return { command: node, before: [npmScript] };
	if (platform !== 'win32') return { command: 'npm', before: [] };
	return { command: node, before: [win32.join(win32.dirname(node), 'node_modules', 'npm', 'bin', 'npm-cli.js')] };
}

/** Install scripts find Node 24 first; settings that npm passes to its own scripts stay out. */
function npmEnv(): NodeJS.ProcessEnv {
	const kept = Object.entries(process.env).filter(
		([name]) => !/^npm_(lifecycle|package|command)/.test(name) && name !== 'NODE_ENV',
	);
	return { ...Object.fromEntries(kept), PATH: `${dirname(NODE_24)}${delimiter}${process.env.PATH ?? ''}` };
}
