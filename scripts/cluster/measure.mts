// What one import over the cluster takes, and what becomes of it when a worker is killed in the middle.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox } from '../../sandbox/server.mts';
import { count, say } from '../lib/terminal.mts';
import { countsOf, importRoster, mistakesOf, roster } from './import.mts';
import type { Cluster, Instance } from './n8n.mts';
import { nodeTimes, type NodeTime } from './nodeTimes.mts';
import type { Postgres } from './postgres.mts';
import { IMPORT_WORKFLOW_ID, type Gate } from './workflows.mts';

export interface Bed {
	readonly cluster: Cluster;
	readonly sandbox: Sandbox;
	readonly postgres: Postgres;
	readonly gate: Gate;
	readonly rows: number;
}

export interface Reading {
	readonly what: string;
	readonly seconds: number;
	readonly requests: number;
	/** Refused with 429. */
	readonly slowedDown: number;
	readonly databaseMb: number;
	readonly counts: ReadonlyMap<string, number>;
	/** Of the import; what is left is the way in and out, and storing. */
	readonly nodes: readonly NodeTime[];
	readonly mistakes: readonly string[];
}

/**
 * @param perSecond the plan's rate, or `null` for none
 * @param breaksOff whether the first call must fail; then the file is sent again, and the verdicts are those of that call
 */
export async function measureImport(
	bed: Bed,
	what: string,
	perSecond: number | null,
	meanwhile: () => Promise<void> = async () => undefined,
	breaksOff = false,
): Promise<Reading> {
	const { cluster, sandbox, postgres, gate, rows } = bed;
	const people = roster(rows);
	sandbox.reset();
	sandbox.setLimits({ requestsPerSecond: perSecond });
	const before = await databaseBytes(postgres);
	const startedAt = Date.now();
	const send = async () => await importRoster(cluster.url, gate.headers, people);
	const [verdicts] = await Promise.all([breaksOff ? failed(send()).then(send) : send(), meanwhile()]);
	const seconds = (Date.now() - startedAt) / 1000;
	const reading = {
		what,
		seconds,
		requests: sandbox.requests.length,
		slowedDown: sandbox.requests.filter(({ status }) => status === 429).length,
		databaseMb: ((await databaseBytes(postgres)) - before) / 2 ** 20,
		counts: countsOf(verdicts),
		nodes: await nodeTimes(postgres),
		mistakes: mistakesOf(people, verdicts, sandbox),
	};
	tell(reading);
	return reading;
}

async function failed(call: Promise<unknown>): Promise<void> {
	const settled = await call.then(
		() => 'answered',
		() => 'failed',
	);
	if (settled !== 'failed') throw new Error('The import answered although its worker was killed.');
}

export interface KillReading extends Reading {
	/** How many there were when the worker was killed, … */
	readonly thereAtKill: number;
	/** … and how many executions ended with it. */
	readonly executionsLost: number;
	readonly noticedAfterSeconds: number;
}

/**
 * Kills a worker once a third of the people is there.
 * @param victim the worker that runs parts alone, or the one that runs the import itself; then the file is sent again
 */
export async function measureKill(
	bed: Bed,
	victim: 'parts' | 'import',
	workers: readonly Instance[],
	perSecond: number | null,
): Promise<KillReading> {
	const lostBefore = await lost(bed.postgres);
	let fall = { thereAtKill: 0, noticedAfterSeconds: 0 };
	const kill = async () => void (fall = await killOne(bed, victim, workers, lostBefore));
	const what =
		victim === 'parts'
			? 'two workers, the one killed that runs parts alone'
			: 'two workers, the one killed that runs the import itself; then sent again';
	const reading = await measureImport(bed, what, perSecond, kill, victim === 'import');
	const killed = { ...reading, ...fall, executionsLost: (await lost(bed.postgres)) - lostBefore };
	say(
		`${killed.executionsLost} executions ended with it; n8n noticed after ${killed.noticedAfterSeconds.toFixed(0)} s.`,
	);
	return killed;
}

async function killOne(
	{ sandbox, postgres, rows }: Bed,
	victim: 'parts' | 'import',
	workers: readonly Instance[],
	lostBefore: number,
) {
	while (sandbox.userCount() < rows / 3) await sleep(50);
	const worker = await workerFor(victim, workers, await lastImport(postgres));
	const thereAtKill = sandbox.userCount();
	worker.kill();
	const killedAt = Date.now();
	say(`Killed ${worker.name} with ${count(thereAtKill)} people there.`);
	while ((await lost(postgres)) === lostBefore) await sleep(500);
	return { thereAtKill, noticedAfterSeconds: (Date.now() - killedAt) / 1000 };
}

async function lastImport(postgres: Postgres): Promise<string> {
	return await postgres.value(`select max(id) from execution_entity where "workflowId" = '${IMPORT_WORKFLOW_ID}'`);
}

/** Executions that n8n says have failed. */
async function lost(postgres: Postgres): Promise<number> {
	return Number(await postgres.value("select count(*) from execution_entity where status in ('crashed', 'error')"));
}

async function workerFor(
	victim: 'parts' | 'import',
	workers: readonly Instance[],
	importId: string,
): Promise<Instance> {
	for (const worker of workers) {
		const runsImport = (await worker.printed()).includes(`Worker started execution ${importId} `);
		if (runsImport === (victim === 'import')) return worker;
	}
	throw new Error(`No worker was found to kill: which of them runs execution ${importId}?`);
}

async function databaseBytes(postgres: Postgres): Promise<number> {
	return Number(await postgres.value('select pg_database_size(current_database())'));
}

function tell({ what, seconds, requests, slowedDown, databaseMb, counts, mistakes }: Reading): void {
	const statuses = [...counts].map(([status, many]) => `${count(many)} ${status}`).join(', ');
	say(
		`${what}: ${seconds.toFixed(1)} s, ${count(requests)} requests, ${count(slowedDown)} slowed down, database +${databaseMb.toFixed(0)} MB; ${statuses}`,
	);
	for (const mistake of mistakes) say(`  WRONG: ${mistake}`);
}
