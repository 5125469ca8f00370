// Send: Only What Differs, on a service that nobody else changes: what Validate Only foretells happens, the service then
// equals the rows in every field that they give, nobody else is touched, and a second run writes nothing (law 15).

import fc from 'fast-check';
import { expect, it } from 'vitest';

import type { Verdict } from '../../nodes/TokenIm/engine/types';
import { createLab, type Lab, type LabRun } from './lab.mts';
import type { ParameterValues } from './parameters.mts';
import { oneVerdictEach } from './laws.mts';
import { numRuns, planOf } from './runs.mts';
import { isWrite } from './sending.mts';

const IDS = ['u1', 'u2', 'u3', 'u4', 'u5', '__proto__', 'constructor'];

/** As a cell may be: `''` is empty. */
const cells = {
	username: fc.constantFrom('Ann', 'Bob'),
	email: fc.constantFrom('a@example.com', 'b@example.com', ''),
	// Two ways to write one moment, and another.
	registeredAt: fc.constantFrom('2026-07-02T08:00:00+08:00', '2026-07-02T00:00:00Z', '2026-07-03T00:00:00Z', ''),
	phone: fc.constantFrom('+8613800138000', ''),
	'attributes.class': fc.constantFrom('3B', '4A', ''),
	'attributes.toString': fc.constantFrom('x', ''),
};
const rowsOf = (constraints: fc.ArrayConstraints) =>
	fc.array(fc.record({ userId: fc.constantFrom(...IDS), ...cells }, { requiredKeys: ['userId'] }), constraints);

type Row = Readonly<Record<string, string | undefined>>;
type Held = Map<string, Map<string, unknown>>;

const told = (verdict: Verdict) => [
	verdict.row,
	verdict.status === 'valid' ? verdict.would : verdict.status,
	'changes' in verdict ? verdict.changes : undefined,
];
const writesOf = (ran: LabRun) => ran.attempts.filter(isWrite);

/** What the service holds, field by field. */
function heldBy({ service }: Lab): Held {
	return new Map(service.users().map(({ userId, attributes, ...user }) => [userId, fieldsOf({ ...user }, attributes)]));
}

function fieldsOf(user: Readonly<Record<string, unknown>>, attributes: unknown): Map<string, unknown> {
	const own = typeof attributes === 'object' && attributes !== null ? Object.entries(attributes) : [];
	return new Map(
		[
			...Object.entries(user).filter(([name, value]) => name in cells && value !== null && value !== undefined),
			...own.map(([name, value]) => [`attributes.${name}`, value] as const),
		].map(([name, value]) => [name, name === 'registeredAt' ? Date.parse(String(value)) : value]),
	);
}

/** What rows make of what was held, one after the other; a new user without a name is refused. */
function applied(rows: readonly Row[], before: Held, clears: boolean): Held {
	const held: Held = new Map([...before].map(([id, fields]) => [id, new Map(fields)]));
	for (const { userId = '', ...given } of rows) {
		const fields = held.get(userId) ?? new Map<string, unknown>();
		if (!held.has(userId) && given.username === undefined) continue;
		held.set(userId, fields);
		for (const [name, cell] of Object.entries(given)) {
			if (cell === undefined) continue;
			if (cell === '' && clears) fields.delete(name);
			if (cell !== '') fields.set(name, name === 'registeredAt' ? Date.parse(cell) : cell);
		}
	}
	return held;
}

it('foretells, does and leaves alone what it says', { timeout: 3_600_000 }, async () => {
	const cases = fc.record({
		existing: rowsOf({ maxLength: 6 }),
		rows: rowsOf({ maxLength: 14 }),
		emptyCells: fc.constantFrom('leave', 'clear'),
		limits: planOf(),
		idempotency: fc.boolean(),
		readLagMs: fc.constantFrom(0, 1_900),
		isOneEach: fc.boolean(),
	});
	await fc.assert(
		fc.asyncProperty(cases, async ({ existing, rows, emptyCells, limits, idempotency, readLagMs, isOneEach }) => {
			// A body must hold the largest of these rows, and a run must not meet the rate of the one before.
			const lab = createLab({
				quota: null,
				limits: { ...limits, maxBodyBytes: 1_048_576, requestsPerSecond: null },
				idempotency,
				readLagMs,
			});
			const choice: ParameterValues = { resource: 'user', operation: 'batchUpsert', emptyCells };
			const sheet = isOneEach
				? rows.filter((row, at) => rows.findIndex(({ userId }) => userId === row.userId) === at)
				: rows;
			try {
				await lab.run({ ...choice, send: 'every' }, existing, { executionId: 'earlier' });
				await lab.rest(5_000);
				const before = heldBy(lab);
				const plan = await lab.run({ ...choice, validateOnly: true }, sheet, { executionId: 'plan' });
				expect(writesOf(plan)).toEqual([]);
				expect(heldBy(lab)).toEqual(before);

				const ran = await lab.run(choice, sheet, { executionId: 'run' });
				oneVerdictEach(ran, sheet.length);
				expect(plan.verdicts.map(told)).toEqual(ran.verdicts.map(told));
				// Rows of one id never share a request: which others they go with depends on which look-up is answered first.
				const repeats = sheet.length - new Set(sheet.map(({ userId }) => userId)).size;
				const foretold = plan.report.spared?.sent ?? Number.NaN;
				expect(Math.abs(foretold - writesOf(ran).length)).toBeLessThanOrEqual(repeats);
				expect(plan.report.requests + writesOf(ran).length).toBe(ran.report.requests);
				expect(heldBy(lab)).toEqual(applied(sheet, before, emptyCells === 'clear'));

				await lab.rest(2_000);
				const again = await lab.run(choice, sheet, { executionId: 'again' });
				if (isOneEach) {
					expect(writesOf(again).flatMap(({ ids }) => ids)).toEqual(
						ran.verdicts.flatMap((verdict) => (verdict.status === 'failed' ? [verdict.userId] : [])),
					);
					for (const { status } of again.verdicts) expect(['unchanged', 'failed']).toContain(status);
				}
				expect(heldBy(lab)).toEqual(
					applied(sheet, applied(sheet, before, emptyCells === 'clear'), emptyCells === 'clear'),
				);
				const every = await lab.run({ ...choice, send: 'every' }, sheet, { executionId: 'every' });
				expect(plan.report.spared?.ofAll).toBe(every.report.requests);
			} finally {
				lab.service.close();
			}
		}),
		{ numRuns: numRuns(0.04) },
	);
});
