// A CSV file with a million people through *Input: File*, *Only Rows That Need Attention* and *Report File*: how much
// memory n8n takes for it beyond what it takes idle.

import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { count, say } from '../scripts/lib/terminal.mts';
import type { Bench } from './measure.mts';

/** One row in so many has no name: it needs attention and stands in the report. */
const BAD_EVERY = 1_000;
const ROWS_A_CHUNK = 1_000;

const { rowAt }: { rowAt(index: number): Readonly<Record<string, string>> } = createRequire(import.meta.url)(
	'./inside/rows.cjs',
);

export interface BigFile {
	readonly rows: number;
	readonly fileMb: number;
	/** Resident memory of n8n before, garbage collected, and at its highest. */
	readonly idleMb: number;
	readonly peakMb: number;
	readonly wholeMs: number;
	readonly cpuMs: number;
	readonly blockMs: number;
	readonly blockCpuMs: number;
}

/** Runs the file through a fresh n8n, which keeps binary data on disk. */
export async function measureBigFile({ sandbox, n8n }: Bench, rows: number): Promise<BigFile> {
	const file = join(n8n.files, `${rows}.csv`);
	await pipeline(Readable.from(csv(rows)), createWriteStream(file));
	await n8n.restart();
	await sandbox.prepare(0, 16);
	const bad = Math.floor(rows / BAD_EVERY);
	// What needs attention comes out, and the report, which counts all rows.
	const expects = { invalid: 2 * bad, created: rows - bad };
	const { peakMb, grownMb, wholeMs, cpuMs, blockMs, blockCpuMs } = await n8n.call({
		way: 'file',
		rows,
		concurrency: 16,
		file,
		expects,
	});
	const held = await sandbox.users();
	if (held !== rows - bad) throw new Error(`The service holds ${held} users, not ${rows - bad}`);
	const { size } = await stat(file);
	const result = { rows, fileMb: size / 1e6, idleMb: peakMb - grownMb, peakMb, wholeMs, cpuMs, blockMs, blockCpuMs };
	say(
		`A file of ${count(rows)} rows, ${Math.round(result.fileMb)} MB: ${Math.round(wholeMs / 1000)} s, n8n grew from ${Math.round(result.idleMb)} to ${Math.round(peakMb)} MB`,
	);
	return result;
}

function* csv(rows: number): Generator<string> {
	yield `${Object.keys(rowAt(0)).join(',')}\n`;
	for (let from = 0; from < rows; from += ROWS_A_CHUNK) {
		let text = '';
		for (let index = from; index < Math.min(rows, from + ROWS_A_CHUNK); index++) text += `${line(index)}\n`;
		yield text;
	}
}

function line(index: number): string {
	const row = rowAt(index);
	return Object.values((index + 1) % BAD_EVERY === 0 ? { ...row, username: '' } : row).join(',');
}
