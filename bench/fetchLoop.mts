// The floor for any program: batches of 100 over `fetch`, signed, nothing checked, nothing repaired. A process of its
// own that does what its parent sends it, one run for each message, so that it is as warm as n8n.

import { createRequire } from 'node:module';
import { ask, type ServiceAccess } from '../scripts/lib/tokenim-client.mts';
import { BATCH_SIZE } from './workflow.mts';

export interface FetchOrder {
	readonly access: ServiceAccess;
	readonly rows: number;
	readonly concurrency: number;
}

export interface FetchReading {
	readonly wholeMs: number;
	readonly cpuMs: number;
	readonly requests: number;
	readonly peakMb: number;
}

interface Batch {
	readonly results: readonly unknown[];
}

const { rowAt }: { rowAt(index: number): unknown } = createRequire(import.meta.url)('./inside/rows.cjs');

process.on('message', (order: FetchOrder) => {
	void carryOut(order).then((reading) => process.send?.(reading));
});

async function carryOut({ access, rows, concurrency }: FetchOrder): Promise<FetchReading> {
	const people = Array.from({ length: rows }, (_, index) => rowAt(index));
	const cpu = process.cpuUsage();
	const startedAt = performance.now();
	const results: unknown[] = new Array(rows);
	let next = 0;
	let requests = 0;
	const work = async (): Promise<void> => {
		while (next < rows) {
			const from = next;
			next += BATCH_SIZE;
			requests++;
			const answer = await ask<Batch>(access, 'POST', '/users/batch', {
				onConflict: 'skip',
				users: people.slice(from, from + BATCH_SIZE),
			});
			for (const [index, result] of answer.results.entries()) results[from + index] = result;
		}
	};
	await Promise.all(Array.from({ length: concurrency }, work));
	const { user, system } = process.cpuUsage(cpu);
	return {
		wholeMs: performance.now() - startedAt,
		cpuMs: (user + system) / 1000,
		requests,
		peakMb: process.memoryUsage.rss() / 2 ** 20,
	};
}
