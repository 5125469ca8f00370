// Verify under random faults: what it says of a person is so, and it writes nothing.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { faultScripts } from './faultScripts.mts';
import { createLab } from './lab.mts';
import type { ParameterValues } from './parameters.mts';
import { endsAreKept, idOf, oneVerdictEach, unknownIsReal } from './laws.mts';
import { numRuns, planOf, runSettings } from './runs.mts';
import { isWrite, limitsAreKept } from './sending.mts';

const IDS = ['u1', 'u2', 'u3', 'u4', 'u5', 'u6', 'u7', '__proto__'];
const create: ParameterValues = { resource: 'user', operation: 'batchCreate', ifUserExists: 'keep' };
const choice: ParameterValues = { resource: 'user', operation: 'verify' };
const names = fc.constantFrom('Ann', 'Bob');

const cases = fc.record({
	existing: fc.uniqueArray(fc.record({ userId: fc.constantFrom(...IDS), username: names }), {
		selector: ({ userId }) => userId,
		maxLength: 6,
	}),
	rows: fc.array(fc.record({ userId: fc.constantFrom(...IDS), username: fc.option(names, { nil: '' }) }), {
		maxLength: 12,
	}),
	faults: faultScripts(['users/query'], IDS),
	limits: planOf(),
	readLagMs: fc.constantFrom(0, 1_900),
	settings: runSettings,
	seed: fc.integer({ min: 1, max: 1_000 }),
});

describe('Verify', () => {
	it('says what is so, under every script of faults, also right after a write', { timeout: 3_600_000 }, async () => {
		await fc.assert(
			fc.asyncProperty(cases, async ({ existing, rows, faults, limits, readLagMs, settings, seed }) => {
				const lab = createLab({ limits, quota: null, readLagMs, seed });
				try {
					if (existing.length > 0) await lab.run(create, existing, { executionId: 'earlier' });
					const held = new Map(existing.map(({ userId, username }) => [userId, username]));
					lab.service.setFaults(faults);
					const ran = await lab.run(choice, rows, settings);
					oneVerdictEach(ran, rows.length);
					limitsAreKept(ran);
					endsAreKept(ran, settings);
					unknownIsReal(ran);
					expect(ran.attempts.filter(isWrite)).toEqual([]);
					// A run that was cut short may have had no time to ask again for what the query did not show yet.
					const isWhole = ran.report.ended === undefined;
					const isClean = isWhole && faults.length === 0;
					ran.verdicts.forEach((verdict, index) => {
						const { username = '' } = rows[index] ?? {};
						const id = idOf(verdict) ?? '';
						const actual = held.get(id);
						const truth =
							actual === undefined ? 'missing' : username === '' || username === actual ? 'found' : 'mismatch';
						if (isClean) expect(verdict.status).toBe(truth);
						if (verdict.status === 'found') expect(truth).toBe('found');
						if (verdict.status === 'mismatch') {
							expect(truth).toBe('mismatch');
							expect(verdict.differences).toEqual([{ field: 'username', expected: username, actual }]);
						}
						if (verdict.status === 'missing' && (readLagMs === 0 || (isWhole && wasAskedTwice(faults))))
							expect(truth).toBe('missing');
					});
				} finally {
					lab.service.close();
				}
			}),
			{ numRuns: numRuns(0.1) },
		);
	});
});

/** Without faults in its way the second question is always answered. */
function wasAskedTwice(faults: readonly object[]): boolean {
	return faults.length === 0;
}
