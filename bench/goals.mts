// The goals, each with what was measured and whether it is met.

import { MOST_FILE_MB } from './bigFile.mts';
import type { Findings } from './findings.mts';
import { GOAL, type Way } from './matrix.mts';
import type { CaseResult, Measured } from './measure.mts';
import { median, ratio } from './statistics.mts';

const ENGINE_PARTS = ['engine', 'protocol', 'operations'];
const OUTSIDE = ['the stand-in service', '(garbage collector)', '(program)', 'Node.js'];

export function goalsOf({
	cases,
	heap,
	bigFile,
	cpu,
}: Pick<Findings, 'cases' | 'heap' | 'bigFile' | 'cpu'>): string[][] {
	const four = find(cases, { ...GOAL, concurrency: 4 }, 'loop');
	const sixteen = find(cases, { ...GOAL, concurrency: 16 }, 'loop');
	const single = find(cases, { ...GOAL, concurrency: 16 }, 'single');
	const large = find(cases, { latencyMs: 20, concurrency: 16, rows: 100_000 }, 'summary');
	const toLoop = (one: CaseResult) => ratio(...(pairs(one, 'node', 'loop') ?? [[], []]));
	const faster = timeOf(single, 'single') / timeOf(sixteen, 'node');
	const linear = timeOf(large, 'node') / timeOf(sixteen, 'node');
	const block = Math.max(...['node', 'summary'].map((way) => of(large, way as Way, ({ blockMs }) => blockMs)));
	const blockCpu = Math.max(...['node', 'summary'].map((way) => of(large, way as Way, ({ blockCpuMs }) => blockCpuMs)));
	const heapKb = (heap.summary.at(-1)?.heapBytesPerRow ?? Number.NaN) / 1024;
	const engineMicros = engineShare(cpu.shares) * cpu.warmMicroseconds;
	return [
		goal(
			'20 ms, 10,000 rows, 4 at once: at most 1.25 × the bare loop in n8n',
			`${toLoop(four).toFixed(2)} ×`,
			toLoop(four) <= 1.25,
		),
		goal('the same with 16 at once: at most 1.35 ×', `${toLoop(sixteen).toFixed(2)} ×`, toLoop(sixteen) <= 1.35),
		goal(
			'16 at once: at least 20 × faster than HTTP Request, one call an item',
			`${faster.toFixed(0)} ×`,
			faster >= 20,
		),
		goal(
			'CPU of a row in input, engine, protocol and Node.js: at most 7 µs',
			`${cpu.warmMicroseconds.toFixed(1)} µs (without input ${engineMicros.toFixed(1)} µs)`,
			cpu.warmMicroseconds <= 7,
		),
		goal('100,000 rows take at most 11 × the time of 10,000', `${linear.toFixed(1)} ×`, linear <= 11),
		goal(
			'no event-loop block over 50 ms inside `execute()` at 100,000 rows',
			`${block.toFixed(0)} ms by the clock, ${blockCpu.toFixed(0)} ms in CPU time`,
			block <= 50,
		),
		goal(
			'heap beyond the input items, *One Summary*, 100,000 rows: at most 0.5 KB a row',
			`${heapKb.toFixed(2)} KB`,
			heapKb <= 0.5,
		),
		goal(
			`a CSV file of 1,000,000 rows: peak memory at most ${MOST_FILE_MB} MB above idle n8n`,
			`${bigFile.grownMb.toFixed(0)} MB`,
			bigFile.grownMb <= MOST_FILE_MB,
		),
		goal(
			'the same: no event-loop block over 50 ms of CPU time',
			`${bigFile.blockMs.toFixed(0)} ms by the clock, ${bigFile.blockCpuMs.toFixed(0)} ms in CPU time`,
			bigFile.blockCpuMs <= 50,
		),
	];
}

/** The times of a way and those of another, round by round; undefined where either did not run. */
export function pairs(one: CaseResult, way: Way, base: Way): [values: number[], bases: number[]] | undefined {
	const values = one.readings.get(way);
	const bases = one.readings.get(base);
	return values && bases && [values.map(({ wholeMs }) => wholeMs), bases.map(({ wholeMs }) => wholeMs)];
}

/** Garbage and Node's own work are shared out among the parts as the parts themselves are. */
function engineShare(shares: Findings['cpu']['shares']): number {
	const sum = (wanted: (name: string) => boolean) =>
		shares.reduce((total, [name, percent]) => total + (wanted(name) ? percent : 0), 0);
	return sum((name) => ENGINE_PARTS.includes(name)) / sum((name) => !OUTSIDE.includes(name));
}

function find(
	cases: readonly CaseResult[],
	wanted: Pick<CaseResult, 'latencyMs' | 'concurrency' | 'rows'>,
	way: Way,
): CaseResult {
	const found = cases.find(
		(one) =>
			one.latencyMs === wanted.latencyMs &&
			one.concurrency === wanted.concurrency &&
			one.rows === wanted.rows &&
			one.readings.has(way),
	);
	if (!found) throw new Error(`The case ${JSON.stringify(wanted)} was not measured`);
	return found;
}

function timeOf(one: CaseResult, way: Way): number {
	return of(one, way, ({ wholeMs }) => wholeMs);
}

function of(one: CaseResult, way: Way, pick: (reading: Measured) => number | undefined): number {
	return median((one.readings.get(way) ?? []).map((reading) => pick(reading) ?? Number.NaN));
}

function goal(what: string, measured: string, isMet: boolean): string[] {
	return [what, measured, isMet ? 'yes' : 'no'];
}
