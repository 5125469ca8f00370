// `npm run bench:cpu`: CPU time for each row in input, engine and protocol, without n8n and without a network, and
// where it goes, from a CPU profile. `-- --national-phones=+86` (or +49) writes phones without country code.

import { build } from 'esbuild';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { NODE_24, ROOT } from '../scripts/lib/paths.mts';
import { median } from './statistics.mts';

const run = promisify(execFile);

export interface CpuReading {
	/** CPU time for each row, in microseconds: the first turn, and the median of the warm ones. */
	readonly firstMicroseconds: number;
	readonly warmMicroseconds: number;
	/** Share of the CPU samples for each part of the source, the largest first. */
	readonly shares: ReadonlyArray<readonly [part: string, percent: number]>;
	readonly hottest: ReadonlyArray<readonly [name: string, percent: number]>;
}

interface Profile {
	readonly nodes: ReadonlyArray<{
		readonly id: number;
		readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
	}>;
	readonly samples: readonly number[];
	readonly timeDeltas: readonly number[];
}

/**
 * Measures without the profiler first, then once more with it.
 *
 * @param countryCode where phones are written as at home there: +86 or +49
 */
export async function measureCpu(rows = 100_000, turns = 5, countryCode = ''): Promise<CpuReading> {
	const folder = await mkdtemp(join(tmpdir(), 'tokenim-bench-cpu-'));
	try {
		const file = join(folder, 'run.mjs');
		await build({
			entryPoints: [join(ROOT, 'bench', 'cpu', 'run.mts')],
			outfile: file,
			bundle: true,
			platform: 'node',
			format: 'esm',
			target: 'node24',
			external: ['n8n-workflow'],
			logLevel: 'warning',
		});
		const args = [file, String(rows), String(turns), join(ROOT, 'bench', 'inside', 'rows.cjs'), countryCode];
		const { stdout } = await run(NODE_24, args);
		const perRow = stdout
			.trim()
			.split('\n')
			.map((line): number => JSON.parse(line).microsecondsPerRow);
		await run(NODE_24, ['--cpu-prof', '--cpu-prof-dir', folder, ...args]);
		const profileName = (await readdir(folder)).find((name) => name.endsWith('.cpuprofile'));
		const profile: Profile = JSON.parse(await readFile(join(folder, profileName ?? ''), 'utf8'));
		const partAt = partsOf(await readFile(file, 'utf8'));
		return {
			firstMicroseconds: perRow[0] ?? 0,
			warmMicroseconds: median(perRow.slice(1)),
			...read(profile, file, partAt),
		};
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** esbuild writes the name of each source file above what came from it. */
function partsOf(bundle: string): (line: number) => string {
	let part = 'other';
	const parts = bundle.split('\n').map((line) => (part = /^\/\/ (\S+\.(?:m?ts|js|json))$/.exec(line)?.[1] ?? part));
	return (line) => parts[line] ?? 'other';
}

function read(
	{ nodes, samples, timeDeltas }: Profile,
	file: string,
	partAt: (line: number) => string,
): Pick<CpuReading, 'shares' | 'hottest'> {
	const byId = new Map(nodes.map((node) => [node.id, node.callFrame]));
	const parts = new Map<string, number>();
	const functions = new Map<string, number>();
	let whole = 0;
	for (const [index, id] of samples.entries()) {
		const frame = byId.get(id);
		const micros = timeDeltas[index] ?? 0;
		if (!frame || frame.functionName === '(idle)') continue;
		whole += micros;
		const source = frame.url.endsWith(file)
			? partAt(frame.lineNumber)
			: frame.functionName.startsWith('(')
				? frame.functionName
				: 'Node.js';
		add(parts, partOf(source), micros);
		add(functions, `${frame.functionName || 'anonymous'} (${source})`, micros);
	}
	const percent = ([name, micros]: readonly [string, number]) => [name, (micros * 100) / whole] as const;
	const sorted = (counts: ReadonlyMap<string, number>) => [...counts].sort(([, a], [, b]) => b - a).map(percent);
	return { shares: sorted(parts), hottest: sorted(functions).slice(0, 15) };
}

/** The folder of a source file, which is what the design calls a part. */
function partOf(source: string): string {
	return (
		/^nodes\/TokenIm\/([^/]+)\//.exec(source)?.[1] ??
		(source.startsWith('bench/')
			? 'the stand-in service'
			: source.replace(/^node_modules\/((?:@[^/]+\/)?[^/]+).*$/, '$1'))
	);
}

function add(counts: Map<string, number>, name: string, micros: number): void {
	counts.set(name, (counts.get(name) ?? 0) + micros);
}

// Not `import.meta.main`: with Node 24 the command is imported by `scripts/run.mjs`.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const { values } = parseArgs({ options: { 'national-phones': { type: 'string' } } });
	const { firstMicroseconds, warmMicroseconds, shares, hottest } = await measureCpu(
		undefined,
		undefined,
		values['national-phones'],
	);
	const list = (of: CpuReading['shares']) =>
		of
			.filter(([, percent]) => percent >= 0.5)
			.map(([name, percent]) => `  ${percent.toFixed(1).padStart(5)} %  ${name}`)
			.join('\n');
	console.log(
		`CPU for each row: ${firstMicroseconds.toFixed(1)} µs at first, ${warmMicroseconds.toFixed(1)} µs warm\n\n${list(shares)}\n\n${list(hottest)}`,
	);
}
