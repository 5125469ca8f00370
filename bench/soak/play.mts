// Plays one round against the sandbox: create under faults, verify, create again; and says which laws were broken.

import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox/server.mts';
import type { Worker } from '../worker.mts';
import { lawsOfAgain, lawsOfRun, lawsOfVerify } from './laws.mts';
import type { SoakOrder, SoakReading } from './node.mts';
import { drawRound, latestWriteMs, type Round } from './round.mts';

export interface Played {
	readonly rows: number;
	readonly requests: number;
	/** Faults that had a part, by kind. */
	readonly faults: ReadonlyMap<string, number>;
	/** Verdicts of the run under faults, by status. */
	readonly statuses: ReadonlyMap<string, number>;
	readonly broken: readonly string[];
	/** What the node's process holds after each of the runs. */
	readonly memory: readonly SoakReading[];
}

export type NodeProcess = Worker<SoakOrder, SoakReading>;

/** @param seed of the round; @param number makes the execution ids of the round */
export async function play(sandbox: Sandbox, node: NodeProcess, seed: number, number: number): Promise<Played> {
	const round = drawRound(seed);
	const broken: string[] = [];
	const memory: SoakReading[] = [];
	const run = async (
		what: string,
		operation: string,
		order: Partial<SoakOrder> = {},
		options: Round['options'] = {},
	) => {
		const reading = await node.ask({
			...orderOf(round, sandbox, operation, options),
			executionId: `${number}-${what}`,
			...order,
		});
		memory.push({ ...reading, outputs: [] });
		return reading;
	};
	const judge = (what: string, mistakes: readonly string[]) =>
		broken.push(...mistakes.map((mistake) => `${what}: ${mistake}`));

	sandbox.reset();
	calm(sandbox, round);
	if (round.existing.length > 0) await earlier(sandbox, node, round, `${number}-earlier`);
	const before = peopleOf(sandbox);
	sandbox.setFaults(round.faults, seed);
	const first = await run('first', round.operation, { stopAfterMs: round.stopAfterMs }, round.options);
	await sleep(latestWriteMs(round.faults));
	const made = peopleOf(sandbox);
	const wasStopped = first.status === 'canceled';
	if (!wasStopped) judge('under faults', lawsOfRun(round, first.outputs, { before, after: made }));
	const { requests, faults } = asked(sandbox);

	calm(sandbox, round);
	judge('verify', lawsOfVerify(round, (await run('verify', 'verify')).outputs, made));
	judge(
		'again',
		lawsOfAgain(round, (await run('again', round.operation)).outputs, { before: made, after: peopleOf(sandbox) }),
	);
	return { rows: round.rows.length, requests, faults, statuses: statusesOf(first, wasStopped), broken, memory };
}

/** No faults, and the round's own limits. */
function calm(sandbox: Sandbox, { limits }: Round): void {
	sandbox.setFaults([]);
	sandbox.setLimits(limits);
}

/** People who are there before the round, under another name. */
async function earlier(sandbox: Sandbox, node: NodeProcess, round: Round, executionId: string): Promise<void> {
	const items = round.existing.map((userId) => ({ userId, username: 'Earlier' }));
	const { credentials } = orderOf(round, sandbox, 'batchCreate', {});
	await node.ask({
		items,
		credentials,
		executionId,
		onError: 'continueRegularOutput',
		parameters: { resource: 'user', operation: 'batchCreate' },
	});
	if (sandbox.userCount() !== items.length)
		throw new Error(`Of ${items.length} people ${sandbox.userCount()} could be put in before the round`);
}

/** The run of an operation over the rows of a round. */
export function orderOf(
	round: Round,
	{ baseUrl, apiKey, apiSecret }: Sandbox,
	operation: string,
	options: Round['options'],
): SoakOrder {
	const columns = round.rows.map(({ userId, username }): IDataObject => ({ userId, username }));
	const isFile = round.input === 'file';
	return {
		credentials: { baseUrl, apiKey, apiSecret },
		items: isFile ? [{}] : columns,
		...(isFile
			? {
					csv: [
						'userId,username',
						...columns.map(({ userId, username }) => `${String(userId)},"${String(username)}"`),
					].join('\n'),
				}
			: {}),
		onError: round.onError,
		parameters: { resource: 'user', operation, input: round.input, options },
	};
}

function peopleOf(sandbox: Sandbox): ReadonlyMap<string, string> {
	return new Map(sandbox.users().map(({ userId, imId }) => [userId, imId]));
}

function asked({ requests }: Sandbox): Pick<Played, 'requests' | 'faults'> {
	const faults = new Map<string, number>();
	for (const kind of requests.flatMap((request) => request.faults)) faults.set(kind, (faults.get(kind) ?? 0) + 1);
	return { requests: requests.length, faults };
}

function statusesOf({ outputs }: SoakReading, wasStopped: boolean): ReadonlyMap<string, number> {
	const statuses = new Map<string, number>(wasStopped ? [['(stopped: thrown away by n8n)', 1]] : []);
	for (const item of outputs.flat()) {
		const told = typeof item.error === 'object' && item.error !== null ? item.error : item;
		const status = 'status' in told ? String(told.status) : '?';
		statuses.set(status, (statuses.get(status) ?? 0) + 1);
	}
	return statuses;
}
