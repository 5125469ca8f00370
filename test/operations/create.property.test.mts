// Batch Create under random faults: everybody exactly once, every verdict true, and running again finishes the work.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { faultScripts } from './faultScripts.mts';
import { createLab } from './lab.mts';
import type { ParameterValues } from './parameters.mts';
import { comesAfterLookUp, endsAreKept, idOf, oneVerdictEach, unknownIsReal, verdictsAreTrue } from './laws.mts';
import { numRuns, planOf, runSettings } from './runs.mts';
import { isWrite, keysAreKept, limitsAreKept, nothingIsSentBlindly } from './sending.mts';

const IDS = [...Array.from({ length: 14 }, (_, index) => `p${index}`), 'u1', 'a.b@c', '__proto__', 'constructor'];
const row = fc.oneof(
	{
		weight: 12,
		arbitrary: fc.record({ userId: fc.constantFrom(...IDS), username: fc.constantFrom('Ann', '王', 'Zoë') }),
	},
	{
		weight: 1,
		arbitrary: fc.constantFrom(
			{ userId: '..', username: 'Ann' },
			{ userId: 'a b', username: 'Ann' },
			{ userId: '', username: 'Ann' },
			{ userId: 'u1', username: '' },
		),
	},
);

const cases = fc.record({
	rows: fc.array(row, { maxLength: 16 }),
	ifUserExists: fc.constantFrom('keep' as const, 'fail' as const),
	existing: fc.subarray(IDS, { maxLength: 4 }),
	faults: faultScripts(['users/batch', 'users/query'], IDS),
	limits: planOf(),
	idempotency: fc.boolean(),
	readLagMs: fc.constantFrom(0, 1_900),
	enforceConcurrency: fc.boolean(),
	settings: runSettings,
	seed: fc.integer({ min: 1, max: 1_000 }),
});

describe('Batch Create', () => {
	it(
		'keeps its laws under every script of faults, and run again without faults creates only what was open',
		{ timeout: 3_600_000 },
		async () => {
			await fc.assert(
				fc.asyncProperty(
					cases,
					async ({
						rows,
						ifUserExists,
						existing,
						faults,
						limits,
						idempotency,
						readLagMs,
						enforceConcurrency,
						settings,
						seed,
					}) => {
						const choice: ParameterValues = { resource: 'user', operation: 'batchCreate', ifUserExists };
						const lab = createLab({ limits, quota: null, idempotency, readLagMs, enforceConcurrency, seed });
						try {
							if (existing.length > 0)
								await lab.run(
									{ ...choice, ifUserExists: 'keep' },
									existing.map((userId) => ({ userId, username: 'Earlier' })),
									{ executionId: 'earlier' },
								);
							const before = new Set(lab.service.users().map((user) => user.userId));
							expect([...before].sort()).toEqual([...existing].sort());
							lab.service.setFaults(faults);
							const first = await lab.run(choice, rows, settings);
							const made = new Map(lab.service.users().map((user) => [user.userId, user.imId]));

							oneVerdictEach(first, rows.length);
							verdictsAreTrue(first, { before, after: made, isBelated: !idempotency && comesAfterLookUp(faults) });
							keysAreKept(first, idempotency);
							nothingIsSentBlindly(first);
							limitsAreKept(first);
							endsAreKept(first, settings);
							unknownIsReal(first);

							await lab.rest(120_000);
							lab.service.setFaults([]);
							lab.service.setLimits(limits);
							const belated = new Set(lab.service.users().map((user) => user.userId));
							const again = await lab.run(choice, rows, { executionId: '2' });
							oneVerdictEach(again, rows.length);
							const finished = new Map(lab.service.users().map((user) => [user.userId, user.imId]));
							verdictsAreTrue(again, { before: belated, after: finished });
							again.verdicts.forEach((verdict, index) => {
								const earlier = first.verdicts[index];
								if (verdict.status === 'invalid') expect(['invalid', 'notAttempted']).toContain(earlier?.status);
								else expect(finished.has(idOf(verdict) ?? '')).toBe(true);
								if (verdict.status === 'created')
									expect(['failed', 'unknown', 'notAttempted', 'invalid']).toContain(earlier?.status);
								if (verdict.status === 'failed') expect(verdict).toMatchObject({ code: 'user_exists' });
								expect(['created', 'exists', 'invalid', 'failed']).toContain(verdict.status);
							});
							// What was there at the end of the first run is there as it was.
							for (const [id, imId] of made) expect(finished.get(id)).toBe(imId);

							if (ifUserExists === 'keep') {
								const third = await lab.run(choice, rows, { executionId: '3' });
								expect(third.report.counts.get('created') ?? 0).toBe(0);
								expect(third.attempts.filter(isWrite).length).toBe(again.attempts.filter(isWrite).length);
							}
						} finally {
							lab.service.close();
						}
					},
				),
				{ numRuns: numRuns(0.5) },
			);
		},
	);
});
