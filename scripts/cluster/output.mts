// What a program prints.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Its standard output. Rejects where it ends with another code than 0. */
export async function output(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
	const { stdout } = await run(program, [...args], { env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 });
	return stdout;
}
