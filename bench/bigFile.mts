// Large files through *Input: File*, each in a fresh n8n that keeps binary data on disk, with little coming out: how
// much memory n8n takes for one beyond what it takes idle, how much CPU time, and for how long the event loop stands
// still.

import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { count, say } from '../scripts/lib/terminal.mts';
import { csv, sheet } from './fileContents.mts';
import type { Bench } from './measure.mts';
import type { Call, Reading } from './n8n.mts';

/** One row in so many has no name: it needs attention and stands in the report. */
const BAD_EVERY = 1_000;
/** One row in so many has another name than the service. */
const CHANGED_EVERY = 100;
const AT_ONCE = 16;
/** By how much n8n may grow for a CSV file of a million new people. */
export const MOST_FILE_MB = 120;

export interface BigFile {
	readonly rows: number;
	readonly fileMb: number;
	/** Resident memory of n8n before, garbage collected, and by how much it grew at most. */
	readonly idleMb: number;
	readonly grownMb: number;
	readonly wholeMs: number;
	readonly cpuMs: number;
	readonly blockMs: number;
	readonly blockCpuMs: number;
	readonly requests: number;
}

/** A CSV file of new people; *Only Rows That Need Attention* and *Report File*. */
export async function measureBigFile(bench: Bench, rows: number): Promise<BigFile> {
	const file = await written(bench, `${rows}.csv`, csv(rows, { badEvery: BAD_EVERY }));
	return await created(bench, file, rows, 'A file');
}

/** An Excel workbook of new people, its texts kept as Excel keeps them. */
export async function measureWorkbook(bench: Bench, rows: number): Promise<BigFile> {
	const file = await written(bench, `${rows}.xlsx`, [sheet(rows, { badEvery: BAD_EVERY })]);
	return await created(bench, file, rows, 'A workbook');
}

/** A night's CSV file, *Send* at Only What Differs: one row in a hundred differs from what the service has. */
export async function measureDiffering(bench: Bench, rows: number): Promise<BigFile> {
	const file = await written(bench, `${rows}-after.csv`, csv(rows, { changedEvery: CHANGED_EVERY }));
	await measureFromMemory(bench, rows);
	await bench.n8n.restart();
	const updated = Math.floor(rows / CHANGED_EVERY);
	const reading = await bench.n8n.call({
		way: 'differing',
		rows,
		concurrency: AT_ONCE,
		file,
		expects: { updated, unchanged: rows - updated },
	});
	return await told(file, rows, reading, 'A file of which 1 % differs,');
}

/** The same requests from memory, in a bare loop inside n8n: what reading a file is measured against. */
export async function measureFromMemory({ sandbox, n8n }: Bench, rows: number): Promise<Reading> {
	await n8n.restart();
	await sandbox.prepare(0, AT_ONCE);
	const call: Call = { way: 'memory', rows, concurrency: AT_ONCE, expects: { created: rows } };
	const reading = await n8n.call(call);
	say(
		`${count(rows)} rows from memory, bare loop: ${Math.round(reading.cpuMs)} ms of CPU time, n8n grew by ${Math.round(reading.grownMb)} MB`,
	);
	return reading;
}

interface LargeFile {
	measure(bench: Bench, rows: number): Promise<{ readonly grownMb: number }>;
	/** As usual. */
	readonly rows: number;
	/** By how much n8n may grow for so many. */
	readonly mostMb: number;
}

/** By their names, as they can be measured alone. */
export const LARGE_FILES: Readonly<Record<string, LargeFile>> = {
	'big-file': { measure: measureBigFile, rows: 1_000_000, mostMb: MOST_FILE_MB },
	workbook: { measure: measureWorkbook, rows: 100_000, mostMb: 300 },
	differing: { measure: measureDiffering, rows: 1_000_000, mostMb: 150 },
	'from-memory': { measure: measureFromMemory, rows: 1_000_000, mostMb: Infinity },
};

async function created({ sandbox, n8n }: Bench, file: string, rows: number, what: string): Promise<BigFile> {
	await n8n.restart();
	await sandbox.prepare(0, AT_ONCE);
	const bad = Math.floor(rows / BAD_EVERY);
	// What needs attention comes out, and the report, which counts all rows.
	const expects = { invalid: 2 * bad, created: rows - bad };
	const reading = await n8n.call({ way: 'file', rows, concurrency: AT_ONCE, file, expects });
	const held = await sandbox.users();
	if (held !== rows - bad) throw new Error(`The service holds ${held} users, not ${rows - bad}`);
	return await told(file, rows, reading, what);
}

async function written({ n8n }: Bench, name: string, parts: Iterable<string | Uint8Array>): Promise<string> {
	const file = join(n8n.files, name);
	await pipeline(Readable.from(parts), createWriteStream(file));
	return file;
}

async function told(file: string, rows: number, reading: Reading, what: string): Promise<BigFile> {
	const { peakMb, grownMb, wholeMs, cpuMs, blockMs, blockCpuMs, requests } = reading;
	const { size } = await stat(file);
	const idleMb = peakMb - grownMb;
	say(
		`${what} of ${count(rows)} rows, ${Math.round(size / 1e6)} MB: ${Math.round(wholeMs / 1000)} s, ${Math.round(cpuMs)} ms of CPU time, ${count(requests)} requests, ` +
			`n8n grew by ${Math.round(grownMb)} MB from ${Math.round(idleMb)} MB, longest block ${Math.round(blockMs)} ms (${Math.round(blockCpuMs)} ms of CPU time)`,
	);
	return { rows, fileMb: size / 1e6, idleMb, grownMb, wholeMs, cpuMs, blockMs, blockCpuMs, requests };
}
