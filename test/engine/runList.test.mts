// A run that reads a list: all rows first, then the list to its end, or nothing of it is believed (laws 8 and 14).

import { expect, test } from 'vitest';
import { runList, type ListRun, type ListRunOptions } from '../../nodes/TokenIm/engine/runList';
import type { Row } from '../../nodes/TokenIm/engine/types';
import type { Exchange } from '../../nodes/TokenIm/engine/wire';
import { VirtualClock } from './clock.mts';
import { pagesOf, scriptedList, type PageAnswer } from './lists.mts';
import { generator, LIMITS } from './world.mts';

const IDS = Array.from({ length: 7 }, (_, index) => `u${index}`);
const pages = pagesOf(() => IDS, 3);
const row = (number: number): Row => ({ number, item: 0, columns: {} });

interface World extends Partial<Omit<ListRunOptions, 'settings'>> {
	readonly answer?: (cursor: string | undefined, number: number) => PageAnswer;
	readonly maxRunTimeMs?: number;
	/** How long the answer to a page takes. */
	readonly wireMs?: number;
	/** Takes note of what happens, in its order. */
	readonly told?: string[];
}

async function play(world: World): Promise<{ run: ListRun; ids: string[]; told: string[]; tookMs: number }> {
	const { answer = (cursor) => pages({ cursor }), maxRunTimeMs, wireMs = 10, told = [], ...options } = world;
	const clock = new VirtualClock();
	const startedAt = clock.now();
	const ids: string[] = [];
	let asked = 0;
	const run = await clock.run(
		runList({
			list: scriptedList({}),
			take: (records) => {
				ids.push(...records.map(({ id }) => id));
				return true;
			},
			planCall: undefined,
			limits: { ...LIMITS },
			settings: { requestTimeoutMs: 60_000, readLagMs: 0, maxRunTimeMs },
			identity: { instanceId: 'i', executionId: 'e', nodeId: 'n', runIndex: 0 },
			ports: {
				now: clock.now,
				sleep: clock.sleep,
				random: generator(1),
				breathe: async () => void told.push('breath'),
				log: (line) => void told.push(line),
				async send(request, { signal }): Promise<Exchange> {
					told.push('page');
					const [, cursor = ''] = request.path.split('/');
					await clock.sleep(wireMs, signal);
					if (signal.aborted) return { kind: 'lost', reason: 'aborted' };
					const page = answer(cursor === '' ? undefined : String(JSON.parse(cursor)), ++asked);
					return { kind: 'answer', status: 200, headers: {}, body: new TextEncoder().encode(JSON.stringify(page)) };
				},
			},
			...options,
		}),
	);
	return { run, ids, told, tookMs: clock.now() - startedAt };
}

test('takes all rows before it asks for the first page, and the list to its end', async () => {
	const told: string[] = [];
	const rows = { of: [row(1), row(2)], take: () => void told.push('row'), done: () => void told.push('done') };
	const { run, ids } = await play({ told, rows });
	expect(told).toEqual(['row', 'row', 'done', 'page', 'page', 'page']);
	expect([ids, run.brokeOff, run.report.counts.get('found')]).toEqual([IDS, undefined, 7]);
});

test('lets go of the file where the run ends before its rows are through', async () => {
	let isOpen = true;
	async function* file(): AsyncGenerator<readonly Row[]> {
		try {
			for (;;) yield [row(1), row(2)];
		} finally {
			isOpen = false;
		}
	}
	const stop = new AbortController();
	let taken = 0;
	const take = () => void (++taken === 3 && stop.abort());
	const { run } = await play({ rows: { of: file(), take, done: () => undefined }, cancel: stop.signal });
	expect([taken, isOpen, run.brokeOff?.code]).toEqual([3, false, 'stopped']);
});

test('asks for nothing where the rows cannot be read to their end', async () => {
	const told: string[] = [];
	async function* broken(): AsyncGenerator<readonly Row[]> {
		yield [row(1)];
		throw new Error('broke off');
	}
	const rows = { of: broken(), take: () => undefined, done: () => void told.push('done') };
	await expect(play({ told, rows })).rejects.toThrow('broke off');
	expect(told).toEqual([]);
});

test('asks for nothing where the rows say so', async () => {
	const told: string[] = [];
	const done = () => {
		throw new Error('nobody');
	};
	await expect(play({ told, rows: { of: [], take: () => undefined, done } })).rejects.toThrow('nobody');
	expect(told).toEqual([]);
});

test.each([
	['at once', (stop: AbortController) => stop.abort(), 0],
	['among its rows', () => undefined, 1],
])('asks for nothing after Stop %s, and is not believed', async (_when, first, rowsTaken) => {
	const stop = new AbortController();
	first(stop);
	const told: string[] = [];
	let taken = 0;
	const take = () => {
		taken++;
		stop.abort();
	};
	const done = () => void told.push('done');
	const { run } = await play({ told, cancel: stop.signal, rows: { of: [row(1), row(2)], take, done } });
	expect([run.brokeOff?.code, told, taken]).toEqual(['stopped', [], rowsTaken]);
});

test('is not believed where Maximum Run Time is up, and hands over at once', async () => {
	const { run, tookMs } = await play({ maxRunTimeMs: 1_500, wireMs: 1_000 });
	expect(run.brokeOff).toMatchObject({ code: 'maximum_run_time' });
	expect(tookMs).toBeLessThan(2_500);
});

test.each<[string, PageAnswer]>([
	['is refused', { refusal: { class: 'stop', code: 'forbidden', message: 'No.' } }],
	['is about nothing', { refusal: { class: 'absent', code: 'not_found', message: 'No.' } }],
	['is no page', { none: true }],
])('is not believed where a page %s', async (_what, broken) => {
	const { run } = await play({ answer: (cursor, number) => (number === 2 ? broken : pages({ cursor })) });
	expect(run.brokeOff).toBeDefined();
});

test('asks for no page more than is wanted, and is believed', async () => {
	const ids: string[] = [];
	const take: ListRunOptions['take'] = (records) => ids.push(...records.map(({ id }) => id)) < 4;
	const { run, told } = await play({ take });
	expect([ids.length, told, run.brokeOff]).toEqual([6, ['page', 'page'], undefined]);
});

test.each([
	[undefined, undefined, ''],
	[2, undefined, '2'],
	[undefined, 5, '5'],
	[2, 5, '2'],
	[9, 5, '5'],
])('asks for pages of %j where the service takes %j', async (pageSize, most, size) => {
	const sizes = new Set<string>();
	const list = scriptedList({ most });
	const watched = {
		...list,
		page: (...[cursor, asked]: Parameters<typeof list.page>) => {
			sizes.add(String(asked ?? ''));
			return list.page(cursor, asked);
		},
	};
	await play({ list: watched, pageSize, limits: { ...LIMITS, usersPerPage: undefined } });
	expect([...sizes]).toEqual([size]);
});

test('writes to the log how many were read', async () => {
	const { told } = await play({ wireMs: 20_000 });
	expect(told).toContain('TokenIM: found 3, 2 requests so far');
});
