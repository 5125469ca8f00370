// One measurement in a process of its own, so that nothing of an earlier one is in its memory: the node as built, or a
// bare loop in its place, in n8n's own engine and over HTTP. The clock and the meters begin with its `execute()`.

import { subscribe } from 'node:diagnostics_channel';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeParameters, INodeType } from 'n8n-workflow';
import { loadPackage } from '../../scripts/lib/built.mts';
import { ROOT } from '../../scripts/lib/paths.mts';
import { nodeThat } from '../../test/host/fakeNode.mts';
import { instanceFolder, keepFilesOnDisk, runNode } from '../../test/host/workflow.mts';
import { BARE_LOOPS, type What } from './bareLoops.mts';
import { sheetOf } from './file.mts';

export type Way = 'node' | 'loop';

export interface MeasureOrder {
	readonly what: What;
	readonly way: Way;
	readonly origin: string;
	/** Rows, and users beside those whom no row names. */
	readonly people: number;
	/** Users whom no row names. */
	readonly leavers: number;
	readonly concurrency: number;
}

export interface MeasureReading {
	readonly wholeMs: number;
	readonly cpuMs: number;
	readonly requests: number;
	/** Resident memory at its highest, beyond that at the start, garbage collected. */
	readonly grownMb: number;
	/** What came out. */
	readonly items: number;
	readonly updated: number;
}

const WARM_UP = 1_000;
const GC_ROUNDS = 4;
const GC_PAUSE_MS = 250;

const PARAMETERS: Readonly<Record<What, INodeParameters>> = {
	getAll: { operation: 'getAll', returnAll: true },
	find: { operation: 'findUnlisted', input: 'file' },
	differs: { operation: 'batchUpsert', send: 'differs', input: 'file', options: { output: 'summary' } },
};

let requests = 0;
subscribe('http.client.request.start', () => requests++);

process.on('message', (order: MeasureOrder) => {
	void measureWarm(order).then(
		(reading) => process.send?.(reading),
		(error) => {
			console.error(error);
			process.exit(1);
		},
	);
});

async function measureWarm(order: MeasureOrder): Promise<MeasureReading> {
	try {
		await keepFilesOnDisk();
		await measure({ ...order, people: WARM_UP, leavers: 1 });
		return await measure(order);
	} finally {
		rmSync(instanceFolder, { recursive: true, force: true });
	}
}

async function measure({ what, way, origin, people, leavers, concurrency }: MeasureOrder): Promise<MeasureReading> {
	const built = loadPackage(join(ROOT, 'dist'));
	const { nodeType } = built;
	let reading: Omit<MeasureReading, 'items' | 'updated'> | undefined;
	const under: INodeType =
		way === 'node' ? nodeType : nodeThat(async (host) => await BARE_LOOPS[what](host, concurrency));
	const measured: INodeType = {
		...under,
		description: under.description,
		async execute() {
			const end = await begin();
			const output = (await under.execute?.call(this)) ?? [[]];
			reading = end();
			return output;
		},
	};
	const { outputs, error } = await runNode(built, {
		items: [{}],
		...(what === 'getAll' ? {} : { files: [{ data: { content: sheetOf(people), fileName: 'people.csv' } }] }),
		parameters: PARAMETERS[what],
		credentials: { baseUrl: `${origin}/${people + leavers}`, apiKey: 'key', apiSecret: 'secret' },
		nodeType: measured,
		executionId: String(people),
	});
	if (reading === undefined || error !== undefined) throw new Error(error?.message ?? 'The node did not run');
	const items = outputs[0] ?? [];
	const statuses: unknown = items[0]?.json.statuses;
	const updated = typeof statuses === 'object' && statuses !== null ? Reflect.get(statuses, 'updated') : 0;
	return { ...reading, items: items.length, updated: Number(updated) };
}

/** Starts the meters. Returns how to read them. */
async function begin(): Promise<() => Omit<MeasureReading, 'items' | 'updated'>> {
	// What the file was made of is given back to the system some time after it was collected.
	for (let time = 0; time < GC_ROUNDS; time++) {
		globalThis.gc?.();
		await sleep(GC_PAUSE_MS);
	}
	// Linux counts the highest resident memory of a process and can be told to count anew.
	if (process.platform === 'linux') writeFileSync('/proc/self/clear_refs', '5');
	const rssAtStart = process.memoryUsage.rss();
	const [cpu, startedAt, requestsBefore] = [process.cpuUsage(), performance.now(), requests];
	return () => {
		const { user, system } = process.cpuUsage(cpu);
		return {
			wholeMs: performance.now() - startedAt,
			cpuMs: (user + system) / 1_000,
			requests: requests - requestsBefore,
			grownMb: (peakBytes() - rssAtStart) / 2 ** 20,
		};
	};
}

function peakBytes(): number {
	if (process.platform !== 'linux') return process.memoryUsage.rss();
	return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024;
}
