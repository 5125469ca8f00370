// A measuring process beside this one: sent one order at a time, it sends one reading back.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { NODE_24, ROOT } from '../scripts/lib/paths.mts';

export interface Worker<Order, Reading> {
	ask(order: Order): Promise<Reading>;
	end(): void;
}

/** Starts a file of this folder. It ends with this process, for its channel closes. */
export function startWorker<Order extends object, Reading>(file: string): Worker<Order, Reading> {
	const child = fork(join(ROOT, 'bench', file), { execPath: NODE_24, execArgv: [] });
	const broken = once(child, 'exit').then(([code]) => {
		throw new Error(`${file} ended with code ${code}`);
	});
	broken.catch(() => undefined); // nobody may be waiting when it ends
	return {
		async ask(order) {
			child.send(order);
			const [reading] = await Promise.race([once(child, 'message'), broken]);
			return reading;
		},
		end: () => {
			child.disconnect();
		},
	};
}
