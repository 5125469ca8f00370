// Batch Create or Update, and Batch Delete, under random faults: the last row of an id wins, and no verdict is untrue.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { faultScripts } from './faultScripts.mts';
import { createLab, type Lab } from './lab.mts';
import type { ParameterValues } from './parameters.mts';
import { endsAreKept, idOf, isBelated, oneVerdictEach, unknownIsReal } from './laws.mts';
import { numRuns, planOf, runSettings } from './runs.mts';
import { keysAreKept, limitsAreKept } from './sending.mts';

const IDS = ['u1', 'u2', 'u3', 'u4', 'u5', 'u6', '__proto__'];

const world = {
	existing: fc.subarray(IDS, { maxLength: 4 }),
	limits: planOf(),
	idempotency: fc.boolean(),
	settings: runSettings,
	seed: fc.integer({ min: 1, max: 1_000 }),
};

async function labWith(existing: readonly string[], options: Parameters<typeof createLab>[0]): Promise<Lab> {
	const lab = createLab({ ...options, quota: null });
	const rows = existing.map((userId) => ({ userId, username: 'Earlier' }));
	if (rows.length > 0)
		await lab.run({ resource: 'user', operation: 'batchCreate', ifUserExists: 'keep' }, rows, {
			executionId: 'earlier',
		});
	expect(lab.service.userCount()).toBe(existing.length);
	return lab;
}

const namesOf = ({ service }: Lab): Map<string, string> =>
	new Map(service.users().map((user) => [user.userId, user.username]));

describe('Batch Create or Update', () => {
	const row = fc.record({ userId: fc.constantFrom(...IDS), username: fc.constantFrom('Ann', 'Bob', 'Cid', 'Dee') });
	const cases = fc.record({
		...world,
		rows: fc.array(row, { maxLength: 12 }),
		send: fc.constantFrom('differs', 'differs', 'every'),
		faults: faultScripts(['users/batch', 'users/query'], IDS),
	});

	it('keeps its laws under every script of faults; the last row of an id wins', { timeout: 3_600_000 }, async () => {
		await fc.assert(
			fc.asyncProperty(cases, async ({ rows, existing, send, faults, limits, idempotency, settings, seed }) => {
				const choice: ParameterValues = { resource: 'user', operation: 'batchUpsert', emptyCells: 'leave', send };
				const lab = await labWith(existing, { limits, idempotency, seed });
				try {
					lab.service.setFaults(faults);
					const ran = await lab.run(choice, rows, settings);
					const names = namesOf(lab);
					oneVerdictEach(ran, rows.length);
					keysAreKept(ran, idempotency);
					limitsAreKept(ran);
					endsAreKept(ran, settings);
					unknownIsReal(ran);

					const created = ran.verdicts.flatMap((verdict) => (verdict.status === 'created' ? [idOf(verdict)] : []));
					expect(new Set(created).size).toBe(created.length);
					for (const id of IDS) {
						const mine = ran.verdicts.filter((verdict) => idOf(verdict) === id);
						const statuses = mine.map(({ status }) => status);
						if (statuses.includes('created')) expect(existing).not.toContain(id);
						if (statuses.some((status) => ['created', 'updated', 'unchanged'].includes(status)))
							expect(names.has(id)).toBe(true);
						if (!statuses.some((status) => ['created', 'updated', 'unknown'].includes(status))) {
							expect(names.get(id), `${id} was written, and every row of it says otherwise`).toBe(
								existing.includes(id) ? 'Earlier' : undefined,
							);
						}
						const last = mine.at(-1);
						if (!isBelated(faults) && last !== undefined && ['created', 'updated', 'unchanged'].includes(last.status)) {
							expect(names.get(id), `the last row of ${id} did not win`).toBe(rows[last.row - 1]?.username);
						}
					}

					await lab.rest(120_000);
					lab.service.setFaults([]);
					lab.service.setLimits(limits);
					const again = await lab.run(choice, rows, { executionId: '2' });
					for (const { status } of again.verdicts)
						expect(['created', 'updated', 'invalid', ...(send === 'every' ? [] : ['unchanged'])]).toContain(status);
					const finished = namesOf(lab);
					again.verdicts.forEach((verdict) => {
						const isLast = again.verdicts.findLast((other) => idOf(other) === idOf(verdict)) === verdict;
						if (isLast && verdict.status !== 'invalid')
							expect(finished.get(idOf(verdict) ?? '')).toBe(rows[verdict.row - 1]?.username);
					});
				} finally {
					lab.service.close();
				}
			}),
			{ numRuns: numRuns(0.15) },
		);
	});
});

describe('Batch Delete', () => {
	const row = fc.record({ userId: fc.constantFrom(...IDS), status: fc.constantFrom('created', 'exists') });
	const cases = fc.record({
		...world,
		rows: fc.array(row, { maxLength: 12 }),
		deleteAtMost: fc.integer({ min: 0, max: IDS.length }),
		faults: faultScripts(['users/batch-delete'], IDS),
	});

	it('deletes what it was told to and nobody else, and says what is true', { timeout: 3_600_000 }, async () => {
		await fc.assert(
			fc.asyncProperty(cases, async ({ rows, deleteAtMost, existing, faults, limits, idempotency, settings, seed }) => {
				const choice: ParameterValues = { resource: 'user', operation: 'deleteEvery', deleteAtMost };
				const lab = await labWith(existing, { limits, idempotency, seed });
				try {
					lab.service.setFaults(faults);
					const ran = await lab.run(choice, rows, settings);
					const names = namesOf(lab);
					oneVerdictEach(ran, rows.length);
					keysAreKept(ran, idempotency);
					limitsAreKept(ran);
					endsAreKept(ran, settings);
					unknownIsReal(ran);

					const named = new Set(rows.map(({ userId }) => userId));
					const isOver = deleteAtMost > 0 && named.size > deleteAtMost;
					const meant = isOver ? new Set<string>() : named;
					for (const { ids } of ran.attempts)
						for (const id of ids) expect(meant.has(id), `${id} was not to be deleted`).toBe(true);
					for (const id of existing) if (!meant.has(id)) expect(names.has(id)).toBe(true);
					ran.verdicts.forEach((verdict) => {
						const id = idOf(verdict) ?? '';
						if (isOver) expect(verdict.status).toBe('notAttempted');
						if (verdict.status === 'deleted' || verdict.status === 'absent') expect(names.has(id)).toBe(false);
						if (verdict.status === 'deleted') expect(existing).toContain(id);
						if ((verdict.status === 'failed' || verdict.status === 'notAttempted') && existing.includes(id))
							expect(names.has(id)).toBe(true);
					});
					// Each id once: rows that share an id share what became of it.
					for (const id of meant) {
						const said = ran.verdicts.filter((verdict) => idOf(verdict) === id && verdict.status !== 'notAttempted');
						expect(new Set(said.map(({ status }) => status)).size).toBeLessThanOrEqual(1);
					}

					await lab.rest(120_000);
					lab.service.setFaults([]);
					lab.service.setLimits(limits);
					await lab.run(choice, rows, { executionId: '2' });
					expect([...namesOf(lab).keys()].sort()).toEqual(existing.filter((id) => !meant.has(id)).sort());
				} finally {
					lab.service.close();
				}
			}),
			{ numRuns: numRuns(0.1) },
		);
	});
});
