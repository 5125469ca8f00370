// docs/benchmarks.md, from what was measured. What a person found behind the figures stands in notes.md and is added
// as it is.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../scripts/lib/paths.mts';
import { count } from '../scripts/lib/terminal.mts';
import type { Findings } from './findings.mts';
import { goalsOf, pairs } from './goals.mts';
import { NAMES, type Way } from './matrix.mts';
import type { CaseResult, Measured } from './measure.mts';
import { median, ratio } from './statistics.mts';

export function report(findings: Findings): string {
	const { machine, cases, ceilings, variants, firstUses, bigFile, cpu } = findings;
	const loads = cases.map(({ load }) => load);
	return `# Benchmarks

Made by \`npm run bench\` on ${machine}. n8n and the sandbox share the machine; its load during the cases was ${Math.min(...loads).toFixed(1)} to ${Math.max(...loads).toFixed(1)}. Times are medians, in milliseconds. Ratios are medians of ratios pair by pair: in each round every way has its turn, so that what else the machine did touched all alike.

![How long 10,000 users take](images/benchmarks.svg)

## Goals

${markdown(['goal', 'measured', 'met'], goalsOf(findings))}

## Every way, side by side

Each way sends the same rows to the same sandbox, in batches of 100 except the last. *Time* goes from the rows being made to the item that leaves the last node, n8n's own handling of items included; *in \`execute()\`* is the node alone. *Block* is the longest time in which \`execute()\` did not let the event loop come round, by the clock and, in brackets, in CPU time of the thread. *Peak* is the highest resident memory of the n8n process, which other ways have warmed up before. *Sandbox* is the share of the time in which the sandbox's process was busy. HTTP Request knows no limit on requests under way: it sends all of them at once.

${cases.map(caseTable).join('\n\n')}

## The sandbox is not the bottleneck

Sent requests that were made and signed beforehand, 16 at once, without latency, it takes:

${markdown(
	['rows a request', 'requests a second', 'rows a second'],
	ceilings.map((one) => [one.rowsPerRequest, one.requestsPerSecond, one.rowsPerSecond].map(whole)),
)}

## First use

The first call after n8n was started, which loads and compiles the code, and the best of four later ones (10,000 rows, 20 ms, 16 at once):

${markdown(
	['', 'first use', 'warm'],
	firstUses.map(({ way, firstMs, warmMs }) => [NAMES[way], whole(firstMs), whole(warmMs)]),
)}

## What the request helper costs

The bare loop in n8n over \`httpRequestWithAuthentication\`, 100 requests, 20 ms, 16 at once:

${markdown(
	['answer read as', 'credential read', 'time', 'CPU for each request'],
	variants.map((one) => [
		one.answerAs,
		one.credential === 'each' ? 'for each request' : 'once',
		whole(one.wholeMs),
		`${one.cpuMsPerRequest.toFixed(2)} ms`,
	]),
)}

## A big file

A CSV file of ${count(bigFile.rows)} rows (${whole(bigFile.fileMb)} MB, one row in 1,000 bad) through Read/Write Files from Disk and *Input: File*, *Output: Only Rows That Need Attention* and *Report File*, n8n keeping binary data on disk, no latency:

${markdown(
	['time', 'CPU of n8n', 'n8n idle', 'n8n at its peak', 'more', 'block'],
	[
		[
			`${whole(bigFile.wholeMs / 1000)} s`,
			`${whole(bigFile.cpuMs / 1000)} s`,
			`${whole(bigFile.idleMb)} MB`,
			`${whole(bigFile.idleMb + bigFile.grownMb)} MB`,
			`${whole(bigFile.grownMb)} MB`,
			`${whole(bigFile.blockMs)} ms (${whole(bigFile.blockCpuMs)} ms)`,
		],
	],
)}

## CPU of a row

\`npm run bench:cpu\`, 100,000 rows through input, engine and protocol, no n8n and no network: **${cpu.warmMicroseconds.toFixed(1)} µs** warm, ${cpu.firstMicroseconds.toFixed(1)} µs in the first turn. Where the samples of its CPU profile fall:

${markdown(
	['part', 'share'],
	cpu.shares.filter(([, percent]) => percent >= 1).map(([name, percent]) => [name, `${percent.toFixed(0)} %`]),
)}

The hottest functions: ${cpu.hottest
		.slice(0, 8)
		.map(([name, percent]) => `\`${name}\` ${percent.toFixed(1)} %`)
		.join(', ')}.

${readFileSync(join(ROOT, 'bench', 'notes.md'), 'utf8').trim()}
`;
}

function caseTable(one: CaseResult): string {
	const rows = [...one.readings].map(([way, all]) => rowOf(one, way, all));
	return `### ${count(one.rows)} rows, ${one.latencyMs} ms, ${one.readings.has('single') && one.readings.size === 1 ? 'all at once' : `${one.concurrency} at once`}

${markdown(['', 'time', 'to the bare loop', 'in `execute()`', 'requests', 'CPU', 'block', 'peak', 'sandbox'], rows)}`;
}

function rowOf(one: CaseResult, way: Way, all: readonly Measured[]): string[] {
	const of = (pick: (reading: Measured) => number | undefined): number =>
		median(all.map((reading) => pick(reading) ?? Number.NaN));
	const base = pairs(one, way, 'loop');
	return [
		NAMES[way],
		whole(of((reading) => reading.wholeMs)),
		base === undefined ? '' : `${ratio(...base).toFixed(2)} ×`,
		whole(of((reading) => reading.executeMs)),
		whole(of((reading) => reading.requests)),
		whole(of((reading) => reading.cpuMs)),
		way === 'fetch' ? '' : `${whole(of((reading) => reading.blockMs))} (${whole(of((reading) => reading.blockCpuMs))})`,
		`${whole(of((reading) => reading.peakMb))} MB`,
		`${whole(of((reading) => (reading.sandboxMs * 100) / reading.wholeMs))} %`,
	];
}

function whole(value: number): string {
	return Number.isFinite(value) ? count(Math.round(value)) : '';
}

function markdown(header: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	return [line(header), line(header.map((_, column) => (column === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}
