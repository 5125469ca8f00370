// The frame of every command here: it ends what it started, whatever ends the command, and says troubles plainly.

import { stopAll } from './processes.mts';
import { Trouble } from './terminal.mts';

const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Runs the work and ends this process with the exit code that it returns; 1 where it throws.
 * The signal that the work is given tells that the end has begun: what stops now was stopped from here.
 */
export async function runCommand(work: (ending: AbortSignal) => Promise<number>): Promise<void> {
	const ending = new AbortController();
	const end = async (code: number) => {
		if (ending.signal.aborted) return;
		ending.abort();
		await stopAll();
		process.exit(code);
	};
	for (const [signal, code] of Object.entries(SIGNALS)) process.on(signal, () => void end(code));
	process.on('disconnect', () => void end(1)); // whoever started this is gone
	try {
		await end(await work(ending.signal));
	} catch (error) {
		if (ending.signal.aborted) return;
		process.stderr.write(`\n${told(error)}\n`);
		await end(1);
	}
}

function told(error: unknown): string {
	if (error instanceof Trouble) return `${error.message}\nWhat to do: ${error.remedy}`;
	return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
