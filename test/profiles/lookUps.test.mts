// Services that write one account a request and look up many at once are looked up many at once.

import { describe, expect, it } from 'vitest';

import { createLab as createSandboxLab } from '../operations/lab.mts';
import type { ParameterValues } from '../operations/parameters.mts';
import { vendorNamed } from './services.mts';
import { CREATE, CREATE_OR_FAIL, createLab, VERIFY, type Told } from './world.mts';

const people = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ userId: `s${index + 1}`, username: `Student ${index + 1}` }));
const lookUps = ({ seen }: Told): number => seen.filter(({ method }) => method === 'GET').length;
const writes = ({ seen }: Told): number => seen.filter(({ method }) => method !== 'GET').length;

describe('a service that writes one account a request and looks up 100', () => {
	const { credential, world: makeWorld } = vendorNamed('netease-yunxin');

	it.each([
		['Keep', CREATE, 'exists'],
		['Report as Failed', CREATE_OR_FAIL, 'failed'],
	])('is asked after 100 rows at once, with If User Exists at %s', async (_name, choice, known) => {
		const world = makeWorld();
		const lab = createLab(credential, world.service);
		const fresh = await lab.run(choice, people(1_000));
		expect(new Set(fresh.statuses)).toEqual(new Set(['created']));
		expect([lookUps(fresh), writes(fresh)]).toEqual([10, 1_000]);
		const again = await lab.run(choice, people(1_003));
		expect(again.statuses).toEqual([...Array<string>(1_000).fill(known), 'created', 'created', 'created']);
		expect([lookUps(again), writes(again)]).toEqual([11, 3]);
		expect([...world.writes.values()].every((times) => times === 1)).toBe(true);
	});

	it('is written to by as many at once as it allows, also where all rows were looked up together', async () => {
		const { tookMs } = await createLab(credential, makeWorld().service).run(CREATE, people(100));
		// A look-up, then four at once for 20 ms each, no more than 100 a second.
		expect(tookMs).toBeLessThan(20 + 100 * 10 + 40);
	});

	it('is asked as little where nothing is written', async () => {
		const lab = createLab(credential, makeWorld().service);
		await lab.run(CREATE, people(500));
		for (const choice of [CREATE, SUSPEND, VERIFY])
			expect(lookUps(await lab.run({ ...choice, validateOnly: true, lookUpExisting: true }, people(500)))).toBe(5);
	});

	it('finds the one row that it does not accept', async () => {
		const told = await createLab(credential, makeWorld().service).run(CREATE, people(300), (seen) =>
			seen.method === 'POST' && seen.body.account_id === 's150' ? { body: { code: 414, msg: 'no' } } : undefined,
		);
		expect(told.statuses.filter((status) => status !== 'created')).toEqual(['failed']);
		expect(told.verdicts[149]?.status).toBe('failed');
	});

	it('that refuses every account ends the run', async () => {
		const told = await createLab(credential, makeWorld().service).run(CREATE, people(1_000), (seen) =>
			seen.method === 'POST' ? { body: { code: 414, msg: 'no' } } : undefined,
		);
		expect(told.verdicts).toHaveLength(1_000);
		expect(told.ended).toContain('refused every request');
		expect(writes(told)).toBeLessThan(150);
	});
});

describe('Undo, one user a request', () => {
	it('looks up as many at once as ever, and deletes or updates beside each other', async () => {
		const lab = createSandboxLab({ plan: 'unpaced' });
		const rows = people(1_000);
		const made = await lab.run({ resource: 'user', operation: 'batchCreate', ifUserExists: 'keep' }, rows);
		await lab.rest(2_000);
		const results = made.verdicts.map((verdict) => ({ ...verdict }));
		for (const validateOnly of [true, false]) {
			const undone = await lab.run({ resource: 'user', operation: 'undo', validateOnly }, results, {
				caps: { entriesPerRequest: 1 },
			});
			const asked = undone.attempts.filter(({ path }) => path === '/users/query').length;
			expect(asked).toBe(5);
			expect(undone.attempts.filter(({ path }) => path === '/users/batch-delete').length).toBe(
				validateOnly ? 0 : 1_000,
			);
			expect(new Set(undone.verdicts.map(({ status }) => status))).toEqual(
				new Set([validateOnly ? 'valid' : 'deleted']),
			);
		}
	});
});

describe('Verify of many rows that are missing', () => {
	it.each([
		['10,000 rows', 10_000, 1],
		['30,000 rows', 30_000, 3],
	])('waits the read lag once for each 10,000 of %s', async (_name, count, windows) => {
		const lab = createSandboxLab({ plan: 'unpaced', readLagMs: 1_900 });
		const { attempts, verdicts, startedAt, endedAt } = await lab.run(VERIFY, people(count));
		expect(new Set(verdicts.map(({ status }) => status))).toEqual(new Set(['missing']));
		expect(attempts.filter(({ path }) => path === '/users/query')).toHaveLength((2 * count) / 200);
		expect((endedAt - startedAt) / 2_000).toBeGreaterThanOrEqual(windows);
		expect((endedAt - startedAt) / 2_000).toBeLessThan(windows * 1.5);
	});
});

const SUSPEND: ParameterValues = { resource: 'user', operation: 'batchSuspend', suspendAtMost: 0 };
