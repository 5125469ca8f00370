// One step of `npm test`: a command that passes or does not, and how long it took.

import { once } from 'node:events';
import { npmProgram, npmEnv } from '../lib/npm.mts';
import { NODE_24, ROOT } from '../lib/paths.mts';
import { ended, start } from '../lib/processes.mts';

export interface Step {
	/** As the table calls it. */
	readonly name: string;
	readonly passed: boolean;
	readonly seconds: number;
	/** What it printed; empty where it printed to the terminal itself. */
	readonly printed: string;
}

export interface StepOptions {
	/** Keeps what it prints, for steps that run beside each other. */
	readonly isQuiet?: boolean;
}

/** Runs a command of package.json. */
export async function npmStep(name: string, script: string, options?: StepOptions): Promise<Step> {
	const { command, before } = npmProgram();
	return await step(name, command, [...before, 'run', '--silent', script], options);
}

/** Runs vitest; its report goes to the file. */
export async function vitestStep(
	name: string,
	report: string,
	args: readonly string[],
	options?: StepOptions,
): Promise<Step> {
	const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
	return await step(name, NODE_24, ['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...args], options);
}

async function step(
	name: string,
	command: string,
	args: readonly string[],
	{ isQuiet = false }: StepOptions = {},
): Promise<Step> {
	const startedAt = Date.now();
	const child = start(command, args, {
		cwd: ROOT,
		env: npmEnv(),
		stdio: isQuiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
	});
	const parts: Buffer[] = [];
	for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part: Buffer) => parts.push(part));
	const closed = isQuiet ? once(child, 'close') : undefined;
	const code = await ended(child);
	await closed; // the last words come after the end
	return {
		name,
		passed: code === 0,
		seconds: Math.round((Date.now() - startedAt) / 1000),
		printed: Buffer.concat(parts).toString(),
	};
}
