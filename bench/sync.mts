// `npm run bench:sync`: a night's sheet, *Send* at Only What Differs beside Every Row, in n8n's own engine and over HTTP.
// The two take turns, so that whatever else the machine does meanwhile touches both alike.

import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { buildPackage } from '../scripts/build.mjs';
import { runCommand } from '../scripts/lib/command.mts';
import { loadPackage } from '../scripts/lib/built.mts';
import { ROOT } from '../scripts/lib/paths.mts';
import { count, say } from '../scripts/lib/terminal.mts';
import { instanceFolder, runNode } from '../test/host/workflow.mts';
import { openBenchSandbox } from './sandbox.mts';
import { median, ratio } from './statistics.mts';

const CHANGED = 12;
const LATENCY_MS = 20;
const AT_ONCE = 4;
const MOST = 0.6;

interface Night {
	readonly tookMs: number;
	readonly cpuMs: number;
}

await runCommand(async () => {
	const { values } = parseArgs({
		options: { rows: { type: 'string', default: '10000' }, rounds: { type: 'string', default: '7' } },
	});
	const rows = Number(values.rows);
	await buildPackage({});
	const built = loadPackage(join(ROOT, 'dist'));
	const sandbox = await openBenchSandbox();
	const { baseUrl, apiKey, apiSecret } = sandbox.access;
	let nights = 0;
	const night = async (send: string, expected: Readonly<Record<string, number>>): Promise<Night> => {
		const items = sheet(rows, ++nights);
		const cpu = process.cpuUsage();
		const startedAt = performance.now();
		const { outputs } = await runNode(built, {
			items,
			parameters: { operation: 'batchUpsert', send, options: { output: 'summary' } },
			credentials: { baseUrl, apiKey, apiSecret },
			executionId: String(nights),
		});
		const tookMs = performance.now() - startedAt;
		const { user, system } = process.cpuUsage(cpu);
		const statuses = outputs[0]?.[0]?.json.statuses;
		if (!isDeepStrictEqual(statuses, expected)) throw new Error(`What came out was ${JSON.stringify(statuses)}`);
		return { tookMs, cpuMs: (user + system) / 1_000 };
	};
	try {
		await sandbox.prepare(LATENCY_MS, AT_ONCE);
		await night('every', { created: rows });
		const differs: Night[] = [];
		const every: Night[] = [];
		const some = { updated: CHANGED, unchanged: rows - CHANGED };
		// One round that does not count.
		for (let round = 0; round <= Number(values.rounds); round++) {
			const [one, other] = [await night('differs', some), await night('every', { updated: rows })];
			if (round > 0) {
				differs.push(one);
				every.push(other);
			}
		}
		const times = (nights: readonly Night[]) => nights.map(({ tookMs }) => tookMs);
		const told = (nights: readonly Night[]) =>
			`${Math.round(median(times(nights)))} ms (${Math.round(median(nights.map(({ cpuMs }) => cpuMs)))} ms of CPU time)`;
		const share = ratio(times(differs), times(every));
		say(
			`${count(rows)} rows of which ${CHANGED} differ, ${LATENCY_MS} ms, ${AT_ONCE} at once: Only What Differs ${told(differs)}, Every Row ${told(every)}: ${share.toFixed(2)} × (goal: at most ${MOST} ×)`,
		);
		return share <= MOST ? 0 : 1;
	} finally {
		await sandbox.close();
		rmSync(instanceFolder, { recursive: true, force: true });
	}
});

/** The sheet of a night: each night the same few people have another class. */
function sheet(rows: number, night: number): Array<Record<string, string>> {
	const { rowAt }: { rowAt(index: number): Record<string, string> } = createRequire(import.meta.url)(
		'./inside/rows.cjs',
	);
	const every = Math.floor(rows / CHANGED);
	return Array.from({ length: rows }, (_, index) => ({
		...rowAt(index),
		'attributes.class': index % every === 0 && index / every < CHANGED ? `Class ${night}` : 'Class 0',
	}));
}
