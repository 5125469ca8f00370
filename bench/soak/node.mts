// The process whose memory is watched: the built node in n8n's own engine, and nothing else. Sent a run, it answers with
// what came out and what it holds after a full garbage collection.

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeHeapSnapshot } from 'node:v8';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { loadPackage } from '../../scripts/lib/built.mts';
import { ROOT } from '../../scripts/lib/paths.mts';
import { instanceFolder, runNode, type WorkflowOptions } from '../../test/host/workflow.mts';
import type { Item } from './laws.mts';
import { readMemory, type Memory } from './memory.mts';
import { nothing } from './nothing.mts';

export interface SoakOrder extends Pick<WorkflowOptions, 'items' | 'parameters' | 'onError' | 'executionId'> {
	readonly credentials: ICredentialDataDecryptedObject;
	/** A CSV file in place of the items. */
	readonly csv?: string;
	readonly stopAfterMs?: number;
	/** Run by a node that does nothing, in place of the built one. */
	readonly doesNothing?: boolean;
	/** The file that a heap snapshot goes to, after the run. */
	readonly snapshot?: string;
}

export interface SoakReading extends Memory {
	/** What the node put out; nothing where it was stopped, n8n throws that away. */
	readonly outputs: ReadonlyArray<readonly Item[]>;
	readonly status: string;
	readonly error?: string;
}

const built = loadPackage(join(ROOT, 'dist'));

process.on('message', (order: SoakOrder) => void carryOut(order).then((reading) => process.send?.(reading)));
process.on('disconnect', () => process.exit());
process.on('exit', () => rmSync(instanceFolder, { recursive: true, force: true }));

async function carryOut(order: SoakOrder): Promise<SoakReading> {
	const reading = { ...(await run(order)), ...(await readMemory()) };
	if (order.snapshot !== undefined) writeHeapSnapshot(order.snapshot);
	return reading;
}

async function run({
	csv,
	stopAfterMs,
	doesNothing = false,
	...order
}: SoakOrder): Promise<Pick<SoakReading, 'outputs' | 'status' | 'error'>> {
	const stop = stopAfterMs === undefined ? undefined : AbortSignal.timeout(stopAfterMs);
	const files =
		csv === undefined ? undefined : [{ data: { content: csv, fileName: 'roster.csv', mimeType: 'text/csv' } }];
	const { outputs, status, error } = await runNode(built, {
		...order,
		files,
		stop,
		...(doesNothing ? { nodeType: nothing } : {}),
	});
	return { outputs: outputs.map((items) => items.map(({ json }) => json)), status, error: error?.message };
}
