// A measuring process beside this one: sent one order at a time, it sends one reading back.

import { fork } from 'node:child_process';
import { join } from 'node:path';
import { NODE_24, ROOT } from '../scripts/lib/paths.mts';

export interface Worker<Order, Reading> {
	/** @throws Error where the process ended before it answered */
	ask(order: Order): Promise<Reading>;
	end(): void;
}

/** Starts a file of this folder, with flags for Node and more environment. It ends with this process, for its channel closes. */
export function startWorker<Order extends object, Reading>(
	file: string,
	flags: readonly string[] = [],
	env: NodeJS.ProcessEnv = {},
): Worker<Order, Reading> {
	const child = fork(join(ROOT, 'bench', file), {
		execPath: NODE_24,
		execArgv: [...flags],
		env: { ...process.env, ...env },
	});
	let over: Error | undefined;
	/** One who waits, and no promise that outlives him: that would hold every answer until the process ends. */
	let waiting: { readonly answered: (reading: Reading) => void; readonly failed: (error: Error) => void } | undefined;
	child.on('message', (reading: Reading) => waiting?.answered(reading));
	child.on('error', (error) => waiting?.failed(error));
	child.on('exit', (code, signal) => {
		over = new Error(`${file} ended with ${signal === null ? `code ${code}` : `signal ${signal}`}`);
		waiting?.failed(over);
	});
	return {
		async ask(order) {
			if (over !== undefined) throw over;
			return await new Promise<Reading>((answered, failed) => {
				waiting = { answered, failed };
				child.send(order);
			}).finally(() => {
				waiting = undefined;
			});
		},
		end: () => {
			if (child.connected) child.disconnect();
		},
	};
}
