// Two `npm start` at once would spoil each other's n8n: the second is told so.

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { rmSync } from 'node:fs';
import { Trouble } from './terminal.mts';

/**
 * Takes the lock until this process ends.
 * @throws Trouble where another process that is alive holds it
 */
export async function takeLock(file: string): Promise<void> {
	await mkdir(dirname(file), { recursive: true });
	if (await tryTake(file)) return;
	const holder = Number(await readFile(file, 'utf8').catch(() => ''));
	if (isAlive(holder)) {
		throw new Trouble(
			`npm start is running already, as process ${holder}.`,
			'End it with Ctrl-C in its window, then start again. (If no such window is open, delete the file .n8n/start.lock.)',
		);
	}
	await rm(file, { force: true }); // left by one that was killed
	if (!(await tryTake(file))) throw new Trouble('npm start was started twice at the same moment.', 'Start it again.');
}

async function tryTake(file: string): Promise<boolean> {
	try {
		await writeFile(file, String(process.pid), { flag: 'wx' });
	} catch {
		return false;
	}
	process.on('exit', () => rmSync(file, { force: true }));
	return true;
}

function isAlive(pid: number): boolean {
	if (!Number.isInteger(pid) || pid <= 0) return false;
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}
