// `npm run bench:sync`: a night's sheet, *Send* at Only What Differs beside Every Row, in n8n's own engine and over HTTP,
// and beside each a bare loop that sends the same requests, which is what n8n and the service take by themselves. All take
// turns, so that whatever else the machine does meanwhile touches all alike.

import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { buildPackage } from '../scripts/build.mjs';
import { runCommand } from '../scripts/lib/command.mts';
import { loadPackage } from '../scripts/lib/built.mts';
import { ROOT } from '../scripts/lib/paths.mts';
import { count, say } from '../scripts/lib/terminal.mts';
import { nodeThat } from '../test/host/fakeNode.mts';
import { instanceFolder, runNode } from '../test/host/workflow.mts';
import { ask } from './lists/bareLoops.mts';
import { openBenchSandbox } from './sandbox.mts';
import { median, ratio } from './statistics.mts';

const CHANGED = 12;
const LATENCY_MS = 20;
const AT_ONCE = 4;
const MOST = 0.6;
const IDS_PER_QUERY = 200;
const USERS_PER_REQUEST = 100;

type Send = 'differs' | 'every';

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
	const night = async (send: Send, expected: Readonly<Record<string, number>>, bare?: INodeType): Promise<Night> => {
		const items = sheet(rows, ++nights);
		const cpu = process.cpuUsage();
		const startedAt = performance.now();
		const { outputs } = await runNode(built, {
			items,
			parameters: { operation: 'batchUpsert', send, options: { output: 'summary' } },
			credentials: { baseUrl, apiKey, apiSecret },
			executionId: String(nights),
			...(bare === undefined ? {} : { nodeType: bare }),
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
		const some = { updated: CHANGED, unchanged: rows - CHANGED };
		const all = { updated: rows };
		const ways: ReadonlyArray<() => Promise<Night>> = [
			async () => await night('differs', some),
			async () => await night('every', all),
			async () => await night('differs', some, nodeThat(bareDiffers)),
			async () => await night('every', all, nodeThat(bareEvery)),
		];
		const taken = ways.map((): Night[] => []);
		// One round that does not count.
		for (let round = 0; round <= Number(values.rounds); round++)
			for (const [index, way] of ways.entries()) {
				const took = await way();
				if (round > 0) taken[index]?.push(took);
			}
		const [differs = [], every = [], bareLookUps = [], bareWrites = []] = taken;
		const told = (nights: readonly Night[]) =>
			`${Math.round(median(timesOf(nights)))} ms (${Math.round(median(nights.map(({ cpuMs }) => cpuMs)))} ms of CPU time)`;
		const share = (one: readonly Night[], other: readonly Night[]) => ratio(timesOf(one), timesOf(other));
		const shown = (one: readonly Night[], other: readonly Night[]) => `${share(one, other).toFixed(2)} ×`;
		say(
			`${count(rows)} rows of which ${CHANGED} differ, ${LATENCY_MS} ms, ${AT_ONCE} at once: Only What Differs ${told(differs)}, Every Row ${told(every)}: ${shown(differs, every)} (goal: at most ${MOST} ×)`,
		);
		say(
			`  the same requests from bare loops: ${told(bareLookUps)} and ${told(bareWrites)}: ${shown(bareLookUps, bareWrites)};` +
				` the node to them ${shown(differs, bareLookUps)} and ${shown(every, bareWrites)}`,
		);
		return share(differs, every) <= MOST ? 0 : 1;
	} finally {
		await sandbox.close();
		rmSync(instanceFolder, { recursive: true, force: true });
	}
});

/** The requests of Only What Differs through n8n's helper, nothing checked, nothing repaired. */
async function bareDiffers(host: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const people = peopleOf(host);
	const changed: IDataObject[] = [];
	await ask(host, 'GET', '/limits');
	await inBatches(people, IDS_PER_QUERY, async (batch) => {
		const { users = [] } = await ask(host, 'POST', '/users/query', { userIds: batch.map(({ userId }) => userId) });
		const held = new Map(users.map((user) => [user.userId, user.attributes.class]));
		changed.push(...batch.filter(({ userId, attributes }) => held.get(String(userId)) !== attributes.class));
	});
	await ask(host, 'POST', '/users/batch', { onConflict: 'update', users: changed });
	return summary({ updated: changed.length, unchanged: people.length - changed.length });
}

/** The requests of Every Row. */
async function bareEvery(host: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const people = peopleOf(host);
	let updated = 0;
	await ask(host, 'GET', '/limits');
	await inBatches(people, USERS_PER_REQUEST, async (users) => {
		const { results = [] } = await ask(host, 'POST', '/users/batch', { onConflict: 'update', users });
		updated += results.length;
	});
	return summary({ updated });
}

type Person = IDataObject & { readonly attributes: { readonly class: unknown } };

function peopleOf(host: IExecuteFunctions): Person[] {
	return host.getInputData().map(({ json: { 'attributes.class': its, ...person } }) => ({
		...person,
		attributes: { class: its },
	}));
}

async function inBatches(people: Person[], size: number, send: (batch: Person[]) => Promise<void>): Promise<void> {
	let next = 0;
	const work = async (): Promise<void> => {
		for (let from = next; from < people.length; from = next) {
			next += size;
			await send(people.slice(from, from + size));
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, work));
}

function timesOf(nights: readonly Night[]): readonly number[] {
	return nights.map(({ tookMs }) => tookMs);
}

function summary(statuses: IDataObject): INodeExecutionData[] {
	return [{ json: { statuses }, pairedItem: { item: 0 } }];
}

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
