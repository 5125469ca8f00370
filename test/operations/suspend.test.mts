// Batch Suspend and Batch Reactivate: whom the rows name, and nobody else.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { faultScripts } from './faultScripts.mts';
import { createLab, type Lab, type LabRun } from './lab.mts';
import { endsAreKept, idOf, oneVerdictEach, unknownIsReal } from './laws.mts';
import type { ParameterValues } from './parameters.mts';
import { numRuns, planOf, runSettings } from './runs.mts';
import { keysAreKept, limitsAreKept } from './sending.mts';

const SUSPEND: ParameterValues = { resource: 'user', operation: 'batchSuspend' };
const REACTIVATE: ParameterValues = { resource: 'user', operation: 'batchReactivate' };
const rowsOf = (...ids: readonly string[]) => ids.map((userId) => ({ userId }));
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `s${index}`);
const statusesOf = ({ verdicts }: LabRun) => verdicts.map(({ status }) => status);
const toldOf = ({ verdicts }: LabRun) =>
	verdicts.map((verdict) => (verdict.status === 'valid' ? verdict.would : verdict.status));
const asleep = ({ service }: Lab) => service.users().flatMap(({ userId, active }) => (active ? [] : [userId]));

async function labWith(ids: readonly string[], options: Parameters<typeof createLab>[0] = { plan: 'unpaced' }) {
	const lab = createLab({ ...options, quota: null });
	const rows = ids.map((userId) => ({ userId, username: 'Earlier' }));
	if (rows.length > 0) await lab.run({ resource: 'user', operation: 'batchCreate' }, rows, { executionId: 'earlier' });
	return lab;
}

describe('Batch Suspend', () => {
	it('suspends, leaves who is suspended, and tells who is not there', async () => {
		const lab = await labWith(['a', 'b', 'c']);
		expect(statusesOf(await lab.run(SUSPEND, rowsOf('a', 'x')))).toEqual(['suspended', 'absent']);
		const ran = await lab.run(SUSPEND, rowsOf('a', 'b', 'b'), { executionId: '2' });
		expect(statusesOf(ran)).toEqual(['unchanged', 'suspended', 'suspended']);
		expect(ran.attempts.flatMap(({ ids }) => ids)).toEqual(['a', 'b']);
		expect([asleep(lab), lab.service.userCount()]).toEqual([['a', 'b'], 3]);
	});

	it('of more than a hundred people suspends nobody, in Validate Only too', async () => {
		const lab = await labWith(numbered(101));
		for (const more of [{}, { validateOnly: true }]) {
			const { verdicts } = await lab.run({ ...SUSPEND, ...more }, rowsOf(...numbered(101)));
			expect(new Set(verdicts.map(({ status }) => status))).toEqual(new Set(['notAttempted']));
			expect(verdicts[0]).toMatchObject({ userId: 's0', code: 'brake', attempts: 0 });
			expect(verdicts[0]).toHaveProperty(
				'reason',
				expect.stringContaining('The rows name 101, and "Suspend at Most" is 100.'),
			);
		}
		expect(asleep(lab)).toEqual([]);
		const meant = await lab.run({ ...SUSPEND, suspendAtMost: 0 }, rowsOf(...numbered(101)), { executionId: '2' });
		expect(new Set(statusesOf(meant))).toEqual(new Set(['suspended']));
	});

	it('needs nothing but the id of a row: a wrong date keeps nobody signed in', async () => {
		const lab = await labWith(['a']);
		const ran = await lab.run(SUSPEND, [{ userId: 'a', registeredAt: 'soon', phone: '12' }]);
		expect(statusesOf(ran)).toEqual(['suspended']);
	});
});

describe('Batch Reactivate', () => {
	it('brings back, leaves who can sign in, and misses who is not there; without a brake', async () => {
		const lab = await labWith([...numbered(150), 'b']);
		await lab.run({ ...SUSPEND, suspendAtMost: 0 }, rowsOf(...numbered(150)));
		const ran = await lab.run(REACTIVATE, rowsOf(...numbered(150), 'b', 'x'));
		expect(statusesOf(ran)).toEqual([...numbered(150).map(() => 'reactivated'), 'unchanged', 'missing']);
		expect(asleep(lab)).toEqual([]);
	});
});

describe('Validate Only', () => {
	it.each([SUSPEND, REACTIVATE])('tells what $operation then does, from what the look-up tells', async (choice) => {
		const lab = await labWith(['a', 'b']);
		await lab.run(SUSPEND, rowsOf('b'));
		await lab.rest(5_000);
		const tried = await lab.run({ ...choice, validateOnly: true }, rowsOf('a', 'b', 'x', 'a', ''));
		expect(tried.attempts.map(({ endpoint }) => endpoint)).toEqual(['limits', 'users/query']);
		const done = await lab.run(choice, rowsOf('a', 'b', 'x', 'a', ''), { executionId: '2' });
		expect(toldOf(tried)).toEqual(statusesOf(done));
		expect(toldOf(tried)).toEqual(
			choice === SUSPEND
				? ['suspended', 'unchanged', 'absent', 'suspended', 'invalid']
				: ['unchanged', 'reactivated', 'missing', 'unchanged', 'invalid'],
		);
	});
});

const IDS = ['u1', 'u2', 'u3', 'u4', 'u5', '__proto__'];

it('under every script of faults nobody is touched whom the rows do not name, and the brake is kept', async () => {
	const cases = fc.record({
		existing: fc.subarray(IDS, { maxLength: 4 }),
		suspended: fc.subarray(IDS),
		limits: planOf(),
		idempotency: fc.boolean(),
		settings: runSettings,
		seed: fc.integer({ min: 1, max: 1_000 }),
		rows: fc.array(fc.record({ userId: fc.constantFrom(...IDS) }), { maxLength: 12 }),
		suspendAtMost: fc.integer({ min: 0, max: IDS.length }),
		operation: fc.constantFrom('batchSuspend', 'batchReactivate'),
		faults: faultScripts(['users/batch-status'], IDS),
	});
	await fc.assert(
		fc.asyncProperty(cases, async ({ rows, suspendAtMost, operation, existing, suspended, ...scene }) => {
			const { faults, limits, idempotency, settings, seed } = scene;
			const isSuspend = operation === 'batchSuspend';
			const lab = await labWith(existing, { limits, idempotency, seed });
			try {
				await lab.run({ ...SUSPEND, suspendAtMost: 0 }, rowsOf(...suspended), { executionId: 'suspended' });
				const before = new Set(asleep(lab));
				lab.service.setFaults(faults);
				const choice = { resource: 'user', operation, suspendAtMost };
				const ran = await lab.run(choice, rows, settings);
				oneVerdictEach(ran, rows.length);
				keysAreKept(ran, idempotency);
				limitsAreKept(ran);
				endsAreKept(ran, settings);
				unknownIsReal(ran);

				const named = new Set(rows.map(({ userId }) => userId));
				const isOver = isSuspend && suspendAtMost > 0 && named.size > suspendAtMost;
				const meant = isOver ? new Set<string>() : named;
				for (const id of ran.attempts.flatMap(({ ids }) => ids)) expect(meant.has(id), `${id} was sent`).toBe(true);
				if (isOver) expect(new Set(statusesOf(ran))).toEqual(new Set(['notAttempted']));
				const after = new Set(asleep(lab));
				for (const id of existing) if (!meant.has(id)) expect([id, after.has(id)]).toEqual([id, before.has(id)]);
				for (const verdict of ran.verdicts) {
					const id = idOf(verdict) ?? '';
					if (verdict.status === 'suspended') expect([id, after.has(id)]).toEqual([id, true]);
					if (verdict.status === 'reactivated') expect([id, after.has(id)]).toEqual([id, false]);
					if (verdict.status === 'absent' || verdict.status === 'missing') expect(existing).not.toContain(id);
					if (verdict.status === 'failed' || verdict.status === 'notAttempted')
						expect([id, after.has(id)]).toEqual([id, before.has(id)]);
				}
				expect(lab.service.userCount()).toBe(existing.length);

				await lab.rest(120_000);
				lab.service.setFaults([]);
				lab.service.setLimits(limits);
				await lab.run(choice, rows, { executionId: '2' });
				const expected = existing.filter((id) => (meant.has(id) ? isSuspend : before.has(id)));
				expect(asleep(lab).sort()).toEqual(expected.sort());
			} finally {
				lab.service.close();
			}
		}),
		{ numRuns: numRuns(0.1) },
	);
}, 3_600_000);
