// Undo under random faults: nobody goes but the very account that a row proves, and no verdict is untrue.

import fc from 'fast-check';
import { expect, it } from 'vitest';

import { faultScripts } from './faultScripts.mts';
import { createLab } from './lab.mts';
import { endsAreKept, idOf, oneVerdictEach, unknownIsReal } from './laws.mts';
import { numRuns, planOf, runSettings } from './runs.mts';
import { keysAreKept } from './sending.mts';

const IDS = ['u1', 'u2', 'u3', 'u4', '__proto__'];
const CREATE = { resource: 'user', operation: 'batchCreate', ifUserExists: 'keep' };
const UNDO = { resource: 'user', operation: 'undo' };

/** A row tells of one of these people, truly or with somebody else's account. */
const row = fc.record({
	userId: fc.constantFrom(...IDS),
	imIdOf: fc.constantFrom(...IDS),
	isTrue: fc.boolean(),
	status: fc.constantFrom('created', 'created', 'created', 'exists', 'updated'),
});
const cases = fc.record({
	rows: fc.array(row, { maxLength: 12 }),
	existing: fc.subarray(IDS),
	faults: faultScripts(['users/batch-delete', 'users/query'], IDS),
	limits: planOf(),
	idempotency: fc.boolean(),
	settings: runSettings,
	seed: fc.integer({ min: 1, max: 1_000 }),
});

it('takes back what is proved and nobody else, and says what is true', { timeout: 3_600_000 }, async () => {
	await fc.assert(
		fc.asyncProperty(cases, async ({ rows, existing, faults, limits, idempotency, settings, seed }) => {
			const lab = createLab({ limits, idempotency, seed, quota: null });
			try {
				const people = existing.map((userId) => ({ userId, username: 'Earlier' }));
				if (people.length > 0) await lab.run(CREATE, people, { executionId: 'earlier' });
				const accounts = new Map(lab.service.users().map(({ userId, imId }) => [userId, imId]));
				const results = rows.map(({ userId, imIdOf, isTrue, status }) => ({
					userId,
					status,
					imId: accounts.get(isTrue ? userId : imIdOf) ?? 'im_of_nobody',
				}));
				const proved = new Set(
					results
						.filter(({ userId, status, imId }) => status === 'created' && accounts.get(userId) === imId)
						.map(({ userId }) => userId),
				);
				lab.service.setFaults(faults);
				const ran = await lab.run(UNDO, results, settings);
				oneVerdictEach(ran, rows.length);
				keysAreKept(ran, idempotency);
				endsAreKept(ran, settings);
				unknownIsReal(ran);
				await lab.rest(120_000);
				const left = new Set(lab.service.users().map(({ userId }) => userId));
				for (const id of existing) if (!proved.has(id)) expect(left.has(id), `${id} was not to go`).toBe(true);
				for (const verdict of ran.verdicts) {
					const id = idOf(verdict) ?? '';
					if (verdict.status === 'deleted') expect(proved.has(id) && !left.has(id)).toBe(true);
					if (verdict.status === 'absent') expect(left.has(id)).toBe(false);
				}
				lab.service.setFaults([]);
				lab.service.setLimits(limits);
				await lab.run(UNDO, results, { executionId: '2' });
				expect(
					lab.service
						.users()
						.map(({ userId }) => userId)
						.sort(),
				).toEqual(existing.filter((id) => !proved.has(id)).sort());
			} finally {
				lab.service.close();
			}
		}),
		{ numRuns: numRuns(0.05) },
	);
});
