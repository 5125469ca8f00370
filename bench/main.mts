// `npm run bench`: this node beside everything else that could send the same rows, in the real n8n, and what came of
// it in docs/benchmarks.md. `--quick` runs a few cases; a name runs one large file alone (`big-file`, `workbook`,
// `differing`, `from-memory`), with `--rows` of its own number; these write nothing.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand } from '../scripts/lib/command.mts';
import { ensureN8n } from '../scripts/lib/n8n-install.mts';
import { ROOT } from '../scripts/lib/paths.mts';
import { say, Trouble } from '../scripts/lib/terminal.mts';
import { LARGE_FILES, measureBigFile } from './bigFile.mts';
import type { CeilingOrder, CeilingReading } from './ceiling.mts';
import { measureCpu } from './cpu.mts';
import type { FetchOrder, FetchReading } from './fetchLoop.mts';
import { machine } from './machine.mts';
import { FULL, QUICK } from './matrix.mts';
import { measureCase, measureCeiling, measureFirstUse, measureHeap, type Bench, type CaseResult } from './measure.mts';
import { openBenchN8n } from './n8n.mts';
import { plot } from './plot.mts';
import { report } from './report.mts';
import { openBenchSandbox } from './sandbox.mts';
import { measureVariants } from './variants.mts';
import { startWorker } from './worker.mts';

await runCommand(async () => {
	const { values, positionals } = parseArgs({
		options: { quick: { type: 'boolean', default: false }, rows: { type: 'string' } },
		allowPositionals: true,
	});
	const alone = positionals.map((name) => oneNamed(name, values.rows));
	await ensureN8n();
	const bench = await openBench();
	try {
		const met: boolean[] = [];
		for (const measure of alone) met.push(await measure(bench));
		if (met.length > 0) return met.every(Boolean) ? 0 : 1;
		await bench.n8n.restart();
		const cases: CaseResult[] = [];
		for (const one of values.quick ? QUICK : FULL) cases.push(await measureCase(bench, one));
		if (values.quick) return 0;
		const heap = {
			summary: [await measureHeap(bench, 'summary', 10_000), await measureHeap(bench, 'summary', 100_000)],
			node: [await measureHeap(bench, 'node', 100_000)],
		};
		const ceilings = [await measureCeiling(bench, 100, 100_000), await measureCeiling(bench, 1, 10_000)];
		const variants = await measureVariants(bench);
		const firstUses = await measureFirstUse(bench, ['node', 'loop', 'batches'], 4);
		const bigFile = await measureBigFile(bench, 1_000_000);
		const cpu = await measureCpu();
		await mkdir(join(ROOT, 'docs', 'images'), { recursive: true });
		await writeFile(join(ROOT, 'docs', 'images', 'benchmarks.svg'), plot(cases));
		await writeFile(
			join(ROOT, 'docs', 'benchmarks.md'),
			report({ machine: machine(), cases, heap, ceilings, variants, firstUses, bigFile, cpu }),
		);
		say('Written to docs/benchmarks.md and docs/images/benchmarks.svg.');
		return 0;
	} finally {
		bench.fetchLoop.end();
		bench.ceiling.end();
		await bench.n8n.close();
		await bench.sandbox.close();
	}
});

/**
 * @returns measures the case, and tells whether n8n grew by no more than it may
 * @throws Trouble where there is no such case
 */
function oneNamed(name: string, given: string | undefined): (bench: Bench) => Promise<boolean> {
	const known = Object.hasOwn(LARGE_FILES, name) ? LARGE_FILES[name] : undefined;
	if (known === undefined)
		throw new Trouble(`There is no case "${name}".`, `Name one of these: ${Object.keys(LARGE_FILES).join(', ')}.`);
	const { measure, rows, mostMb } = known;
	return async (bench) => {
		const { grownMb } = await measure(bench, given === undefined ? rows : Number(given));
		const isMet = grownMb <= mostMb;
		if (!isMet) say(`  Goal missed: n8n may grow by ${mostMb} MB.`);
		return isMet;
	};
}

async function openBench(): Promise<Bench> {
	const sandbox = await openBenchSandbox();
	return {
		sandbox,
		n8n: await openBenchN8n(sandbox.access),
		fetchLoop: startWorker<FetchOrder, FetchReading>('fetchLoop.mts'),
		ceiling: startWorker<CeilingOrder, CeilingReading>('ceiling.mts'),
	};
}
