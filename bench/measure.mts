// Runs the cases. Within a case the ways take turns, so that whatever else the machine does meanwhile touches all alike.

import { loadavg } from 'node:os';
import { count, say } from '../scripts/lib/terminal.mts';
import type { CeilingOrder, CeilingReading } from './ceiling.mts';
import type { FetchOrder, FetchReading } from './fetchLoop.mts';
import { GOAL, type Case, type Way } from './matrix.mts';
import type { BenchN8n, Reading } from './n8n.mts';
import type { BenchSandbox } from './sandbox.mts';
import type { Worker } from './worker.mts';

/** What is known of every way; what only n8n's meters see is missing for `fetch`. */
export type Measured = Pick<Reading, 'wholeMs' | 'cpuMs' | 'requests' | 'peakMb'> &
	Partial<Reading> & { readonly sandboxMs: number };

export type CaseResult = Case & { readonly load: number; readonly readings: ReadonlyMap<Way, readonly Measured[]> };

export interface Bench {
	readonly sandbox: BenchSandbox;
	readonly n8n: BenchN8n;
	readonly fetchLoop: Worker<FetchOrder, FetchReading>;
	readonly ceiling: Worker<CeilingOrder, CeilingReading>;
}

/** All rounds of one case, after one that does not count. */
export async function measureCase(bench: Bench, one: Case): Promise<CaseResult> {
	const readings = new Map<Way, Measured[]>(one.ways.map((way) => [way, []]));
	const warmUp = { ...one, rows: Math.min(one.rows, 1_000) };
	for (const way of one.ways) await measure(bench, warmUp, way);
	for (let round = 0; round < one.rounds; round++) {
		for (const way of one.ways) readings.get(way)?.push(await measure(bench, one, way));
	}
	const line = [...readings]
		.map(([way, all]) => `${way} ${all.map(({ wholeMs }) => Math.round(wholeMs)).join('/')}`)
		.join(', ');
	const load = loadavg()[0] ?? 0;
	say(`${count(one.rows)} rows, ${one.latencyMs} ms, ${one.concurrency} at once (load ${load.toFixed(1)}): ${line}`);
	return { ...one, load, readings };
}

async function measure(
	{ sandbox, n8n, fetchLoop }: Bench,
	{ latencyMs, concurrency, rows }: Case,
	way: Way,
): Promise<Measured> {
	await sandbox.prepare(latencyMs, concurrency);
	const before = await sandbox.cpuMs();
	const reading =
		way === 'fetch'
			? await fetchLoop.ask({ access: sandbox.access, rows, concurrency })
			: await n8n.call({ way, rows, concurrency });
	const sandboxMs = (await sandbox.cpuMs()) - before;
	const held = await sandbox.users();
	if (held !== rows) throw new Error(`${way}: the service holds ${held} users, not ${rows}`);
	return { ...reading, sandboxMs };
}

export interface FirstUse {
	readonly way: Way;
	readonly firstMs: number;
	readonly warmMs: number;
}

/** The first call after n8n was started against later ones. */
export async function measureFirstUse(
	{ sandbox, n8n }: Bench,
	ways: ReadonlyArray<Exclude<Way, 'fetch'>>,
	rounds: number,
): Promise<FirstUse[]> {
	const results: FirstUse[] = [];
	for (const way of ways) {
		await n8n.restart();
		const times: number[] = [];
		for (let call = 0; call <= rounds; call++) {
			await sandbox.prepare(GOAL.latencyMs, 16);
			times.push((await n8n.call({ way, rows: GOAL.rows, concurrency: 16 })).wholeMs);
		}
		const [firstMs = Number.NaN, ...later] = times;
		results.push({ way, firstMs, warmMs: Math.min(...later) });
		say(`First use of ${way}: ${times.map(Math.round).join('/')} ms`);
	}
	return results;
}

export interface Scale {
	readonly rows: number;
	/** Living heap beyond the input items at its highest, in bytes for each row. */
	readonly heapBytesPerRow: number;
}

/** Weighs the living heap inside `execute()`, with the input items taken off. */
export async function measureHeap({ sandbox, n8n }: Bench, way: 'node' | 'summary', rows: number): Promise<Scale> {
	await sandbox.prepare(0, 16);
	const { heapPeakBytes = Number.NaN } = await n8n.call({ way, rows, concurrency: 16, weigh: true });
	const result = { rows, heapBytesPerRow: heapPeakBytes / rows };
	say(`Heap of ${way} at ${count(rows)} rows: ${(heapPeakBytes / 1024 / rows).toFixed(2)} KB a row`);
	return result;
}

export interface Ceiling {
	readonly rowsPerRequest: number;
	readonly requestsPerSecond: number;
	readonly rowsPerSecond: number;
}

/** What the sandbox can take without latency, from requests that were signed beforehand. */
export async function measureCeiling(
	{ sandbox, ceiling }: Bench,
	rowsPerRequest: number,
	rows: number,
): Promise<Ceiling> {
	await sandbox.prepare(0, 16);
	const { ms, requests, refused } = await ceiling.ask({
		access: sandbox.access,
		rows,
		rowsPerRequest,
		concurrency: 16,
	});
	if (refused > 0) throw new Error(`The sandbox refused ${refused} requests`);
	const result = { rowsPerRequest, requestsPerSecond: (requests * 1000) / ms, rowsPerSecond: (rows * 1000) / ms };
	say(`The sandbox takes ${count(Math.round(result.requestsPerSecond))} requests of ${rowsPerRequest} rows a second`);
	return result;
}
