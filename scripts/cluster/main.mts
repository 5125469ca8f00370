// `npm run cluster`: n8n in queue mode on this machine (PostgreSQL, Redis, one main, two workers), 100,000 rows through the
// example workflows with one worker and with two, with the plan's rate and without, and with a worker killed in the middle.
// `-- --rows N` for fewer rows. Writes its table into docs/queue-mode.md where all 100,000 were run.

import { randomBytes } from 'node:crypto';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { machine } from '../../bench/machine.mts';
import { startSandbox } from '../../sandbox/server.mts';
import { runCommand } from '../lib/command.mts';
import { sandboxCredential } from '../lib/example-workflow.mts';
import { ensureN8n } from '../lib/n8n-install.mts';
import { build } from '../lib/package-install.mts';
import { freePort } from '../lib/ports.mts';
import { say, Trouble } from '../lib/terminal.mts';
import { measureImport, measureKill } from './measure.mts';
import { openCluster } from './n8n.mts';
import { startPostgres } from './postgres.mts';
import { startRedis } from './redis.mts';
import { writeReport } from './report.mts';
import { gateOf, queueWorkflows } from './workflows.mts';

const FULL = 100_000;
/** The plan "standard" of the sandbox. */
const PER_SECOND = 20;
/** Executions that a worker runs at once; n8n advises 5 or more. */
const CONCURRENCY = 5;

await runCommand(async () => {
	const rows = rowsWished();
	const load = loadavg()[0] ?? 0;
	await ensureN8n();
	await build();
	const closing: Array<() => Promise<void>> = [];
	const opened = <T extends { stop(): Promise<void> } | { close(): Promise<void> }>(thing: T): T => {
		closing.push('stop' in thing ? () => thing.stop() : () => thing.close());
		return thing;
	};
	try {
		const sandbox = opened(await startSandbox({ quota: null }));
		const postgres = opened(await startPostgres());
		const redis = opened(await startRedis());
		const port = await freePort(5700);
		const gate = gateOf(randomBytes(24).toString('hex'));
		const { baseUrl, apiKey, apiSecret } = sandbox;
		const tokenIm = sandboxCredential({ baseUrl, apiKey, apiSecret });
		const workflows = await queueWorkflows(`http://127.0.0.1:${port}`, gate, tokenIm);
		say('PostgreSQL and Redis are up; n8n fills the database.');
		const cluster = opened(
			await openCluster({
				env: { ...postgres.env, ...redis.env },
				port,
				credentials: [gate.credential, tokenIm],
				workflows,
				concurrency: CONCURRENCY,
			}),
		);
		const bed = { cluster, sandbox, postgres, gate, rows };

		const first = await cluster.startWorker('worker-1');
		say('main and worker-1 are up.');
		const warm = await measureImport({ ...bed, rows: Math.min(rows, 10_000) }, 'warm-up', null);
		const one = await measureImport(bed, 'one worker, no rate', null);
		const onePaced = await measureImport(bed, `one worker, ${PER_SECOND} requests a second`, PER_SECOND);
		const second = await cluster.startWorker('worker-2');
		await measureImport({ ...bed, rows: Math.min(rows, 10_000) }, 'warm-up', null);
		const two = await measureImport(bed, 'two workers, no rate', null);
		const twoPaced = await measureImport(bed, `two workers, ${PER_SECOND} requests a second`, PER_SECOND);
		const peaks = await Promise.all(
			[cluster.main, first, second].map(async ({ name, peakMb }) => ({ name, mb: await peakMb() })),
		);
		say(`Peak memory: ${peaks.map(({ name, mb }) => `${name} ${mb} MB`).join(', ')}`);
		const fallen = await measureKill(bed, 'parts', [first, second], PER_SECOND);
		const third = await cluster.startWorker('worker-3');
		const alive = [first, second, third].filter(({ process: { signalCode } }) => signalCode === null);
		const broken = await measureKill(bed, 'import', alive, PER_SECOND);

		const readings = [one, two, onePaced, twoPaced, fallen, broken];
		if (rows === FULL)
			await writeReport({
				machine: machine(),
				load,
				rows,
				concurrency: CONCURRENCY,
				perSecond: PER_SECOND,
				readings,
				kills: [fallen, broken],
				peaks,
			});
		return [warm, ...readings].some(({ mistakes }) => mistakes.length > 0) ? 1 : 0;
	} finally {
		for (const close of closing.reverse()) await close();
	}
});

function rowsWished(): number {
	const { values } = parseArgs({ options: { rows: { type: 'string', default: String(FULL) } } });
	const rows = Number(values.rows);
	if (Number.isSafeInteger(rows) && rows > 0) return rows;
	throw new Trouble(
		`--rows: "${values.rows}" is not a whole number from 1 on.`,
		'For example: npm run cluster -- --rows 20000',
	);
}
