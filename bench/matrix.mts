// What the bench measures: cases, and the ways that each of them compares.

import type { Call, OneItemWay } from './n8n.mts';

/** A way to send the rows; `fetch` runs outside n8n. */
export type Way = Exclude<Call['way'], OneItemWay> | 'fetch';

export interface Case {
	readonly latencyMs: number;
	readonly concurrency: number;
	readonly rows: number;
	readonly ways: readonly Way[];
	/** How often; the median counts. Once where 10,000 calls take most of a minute and no goal asks. */
	readonly rounds: number;
}

/** How each way is called in the report. */
export const NAMES: Readonly<Record<Way, string>> = {
	node: 'TokenIM node',
	summary: 'TokenIM node, *One Summary*',
	loop: 'Bare loop in n8n',
	fetch: 'Bare loop over `fetch`',
	batches: 'HTTP Request, batches by hand',
	single: 'HTTP Request, one call an item',
};

const ALL: readonly Way[] = ['node', 'loop', 'fetch', 'batches', 'single'];
const BATCHED: readonly Way[] = ['node', 'loop', 'fetch', 'batches'];
const LARGE: readonly Way[] = ['node', 'summary', 'loop', 'fetch', 'batches'];

/** The case that the goals are about. */
export const GOAL = { latencyMs: 20, rows: 10_000 } as const;

/**
 * All latencies and both concurrencies at 10,000 rows; the other sizes at 20 ms, the largest also at 0 ms. HTTP Request
 * with one call an item knows no concurrency, so it stands in the cases with 16 only.
 */
export const FULL: readonly Case[] = [
	{ latencyMs: 20, concurrency: 4, rows: 1_000, ways: BATCHED, rounds: 3 },
	{ latencyMs: 20, concurrency: 16, rows: 1_000, ways: ALL, rounds: 3 },
	...[0, 20, 200].flatMap((latencyMs) => [
		{ latencyMs, concurrency: 4, rows: 10_000, ways: BATCHED, rounds: latencyMs === 20 ? 7 : 3 },
		{ latencyMs, concurrency: 16, rows: 10_000, ways: BATCHED, rounds: latencyMs === 20 ? 7 : 3 },
		{ latencyMs, concurrency: 16, rows: 10_000, ways: ['single'] as const, rounds: latencyMs === 20 ? 3 : 1 },
	]),
	{ latencyMs: 20, concurrency: 4, rows: 100_000, ways: ['node', 'loop'], rounds: 3 },
	...[0, 20].map((latencyMs) => ({ latencyMs, concurrency: 16, rows: 100_000, ways: LARGE, rounds: 3 })),
];

export const QUICK: readonly Case[] = [
	{ latencyMs: 20, concurrency: 4, rows: 10_000, ways: BATCHED, rounds: 3 },
	{ latencyMs: 20, concurrency: 16, rows: 10_000, ways: BATCHED, rounds: 3 },
	{ latencyMs: 20, concurrency: 16, rows: 1_000, ways: ALL, rounds: 1 },
];
