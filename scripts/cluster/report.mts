// The measured part of docs/queue-mode.md.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../lib/paths.mts';
import { count } from '../lib/terminal.mts';
import type { KillReading, Reading } from './measure.mts';
import { onPaper } from './paper.mts';
import { ROWS_PER_PART } from './workflows.mts';

const FILE = join(ROOT, 'docs', 'queue-mode.md');
const MARKS = { from: '<!-- made by npm run cluster -->', to: '<!-- until here -->' };
/** Of the sandbox's plan. */
const ROWS_PER_REQUEST = 100;
const ON_PAPER = [100_000, 1_000_000, 10_000_000];

export interface Results {
	readonly machine: string;
	/** How many processes wanted a processor, on average, before the start; above the number of processors others slowed it down. */
	readonly load: number;
	readonly rows: number;
	readonly concurrency: number;
	readonly perSecond: number;
	readonly readings: readonly Reading[];
	/** Those of them in which a worker was killed. */
	readonly kills: readonly KillReading[];
	readonly peaks: ReadonlyArray<{ readonly name: string; readonly mb: number }>;
}

/** Puts the figures between the marks. @throws Error where the page has no marks */
export async function writeReport(results: Results): Promise<void> {
	const page = await readFile(FILE, 'utf8');
	const from = page.indexOf(MARKS.from);
	const to = page.indexOf(MARKS.to);
	if (from < 0 || to < from) throw new Error(`${FILE} has no place for the figures.`);
	await writeFile(FILE, `${page.slice(0, from + MARKS.from.length)}\n${figures(results)}\n${page.slice(to)}`);
}

/** The figures as Markdown. */
export function figures({ machine, load, rows, concurrency, perSecond, readings, kills, peaks }: Results): string {
	const lines = readings.map((reading) => {
		const statuses = [...reading.counts].map(([status, many]) => `${count(many)} ${status}`).join(', ');
		return `| ${reading.what} | ${reading.seconds.toFixed(0)} s | ${count(Math.round(rows / reading.seconds))} | ${count(reading.requests)} | ${count(reading.slowedDown)} | ${statuses} |`;
	});
	const fastest = readings.reduce((one, other) => (other.seconds < one.seconds ? other : one));
	const known = {
		rowsPerRequest: ROWS_PER_REQUEST,
		requestsPerSecond: perSecond,
		rowsPerPart: ROWS_PER_PART,
		rowsPerImport: rows,
		rowsPerSecond: rows / fastest.seconds,
		databaseBytesPerRow: (Math.max(...readings.map(({ databaseMb }) => databaseMb)) * 2 ** 20) / rows,
	};
	const paper = ON_PAPER.map((people) => onPaper(people, known)).map(
		(row) =>
			`| ${count(row.people)} | ${count(row.requests)} | ${count(row.parts)} in ${count(row.imports)} | ${row.hoursAtRate.toFixed(2)} h | ${row.hoursOfWork.toFixed(2)} h | ${row.databaseGb.toFixed(1)} GB |`,
	);
	return `On ${machine} (load ${load.toFixed(1)} from other work at the start); all of it, the service too, on this one machine. ${count(rows)} rows, parts of ${count(ROWS_PER_PART)}, ${concurrency} executions at once in each worker.

| | time | rows a second | requests | 429 | verdicts |
|---|---|---|---|---|---|
${lines.join('\n')}

Peak memory before the kill: ${peaks.map(({ name, mb }) => `${name} ${count(mb)} MB`).join(', ')}.

Where the time of the fastest (${fastest.what}, ${fastest.seconds.toFixed(1)} s) goes, by node of the import: ${timesOf(fastest)}.

${kills.map(killLine).join('\n')}

On paper, with ${ROWS_PER_REQUEST} rows in a request:

| people | requests | parts in imports | at ${perSecond} requests a second | at the fastest measured here | database, until pruned |
|---|---|---|---|---|---|
${paper.join('\n')}`;
}

function killLine({ what, thereAtKill, executionsLost, noticedAfterSeconds }: KillReading): string {
	return `- ${what}: killed with ${count(thereAtKill)} people there; ${executionsLost} executions ended with it, n8n noticed after ${noticedAfterSeconds.toFixed(0)} s.`;
}

/** The rest of the time is nobody's node. */
function timesOf({ seconds, nodes }: Reading): string {
	const rest = seconds - nodes.reduce((sum, { ms }) => sum + ms, 0) / 1000;
	const told = nodes.filter(({ ms }) => ms >= 50).map(({ node, ms }) => `${node} ${(ms / 1000).toFixed(1)} s`);
	return `${told.join(', ')}; outside of them (the file in, the queue, storing and reading executions, the answer out) ${rest.toFixed(1)} s`;
}
