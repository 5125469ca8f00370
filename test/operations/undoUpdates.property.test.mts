// Undo of an import that created and updated, over random states and other writers: what was is restored, what somebody
// changed since stays, Validate Only tells it before, and under faults nothing else is written.

import fc from 'fast-check';
import { expect, it } from 'vitest';

import { faultScripts } from './faultScripts.mts';
import { createLab, type Lab, type LabRun } from './lab.mts';
import { endsAreKept, oneVerdictEach, unknownIsReal } from './laws.mts';
import { numRuns, planOf, runSettings } from './runs.mts';
import { keysAreKept } from './sending.mts';

const IDS = ['u1', 'u2', 'u3', 'u4', '__proto__'];
const UPSERT = { resource: 'user', operation: 'batchUpsert', emptyCells: 'clear' };
const UNDO = { resource: 'user', operation: 'undo' };

const value = fc.constantFrom<string | number | null>('a', 'b', '4', 4, null);
const fields = fc.record(
	{
		username: fc.constantFrom('Ann', 'Ben'),
		email: fc.constantFrom('a@example.com', 'b@example.com', null),
		attributes: fc.record({ x: value, y: value }, { requiredKeys: [] }),
	},
	{ requiredKeys: [] },
);
type Given = { username?: string; email?: string | null; attributes?: Record<string, string | number | null> };
const people = fc
	.uniqueArray(fc.tuple(fc.constantFrom(...IDS), fields), { selector: ([id]) => id, maxLength: IDS.length })
	.map((pairs) => pairs.map(([userId, given]: [string, Given]) => ({ userId, ...given })));
const whole = people.map((rows) => rows.map((row) => ({ username: 'Earlier', ...row })));

const cases = fc.record({
	before: whole,
	rows: whole,
	since: people,
	faults: faultScripts(['users/batch', 'users/batch-delete', 'users/query'], IDS),
	limits: planOf(),
	idempotency: fc.boolean(),
	settings: runSettings,
	seed: fc.integer({ min: 1, max: 1_000 }),
	isOrderly: fc.boolean(),
});

type State = ReadonlyMap<string, ReadonlyMap<string, unknown>>;

/** Each user's fields, attributes by name. */
function stateOf({ service }: Lab): State {
	return new Map(
		service.users().map(({ userId, username, email, attributes }) => {
			const own = Object.entries(attributes).map(([name, held]): [string, unknown] => [`attributes.${name}`, held]);
			const all: ReadonlyArray<[string, unknown]> = [['username', username], ['email', email], ...own];
			return [userId, new Map(all.filter(([, held]) => held !== null))] as const;
		}),
	);
}

/** What the state is to be: what nobody changed since the run is as it was before it. */
function restored(before: State, after: State, now: State): State {
	const result = new Map<string, ReadonlyMap<string, unknown>>();
	for (const [id, was] of before) {
		const [ran, held] = [after.get(id), now.get(id)];
		const names = new Set([was, ran, held].flatMap((one) => [...(one?.keys() ?? [])]));
		const fieldsNow = [...names].map((name): [string, unknown] => [
			name,
			ran?.get(name) === held?.get(name) ? was.get(name) : held?.get(name),
		]);
		result.set(id, new Map(fieldsNow.filter(([, one]) => one !== undefined)));
	}
	return result;
}

const plain = (state: State) =>
	[...state]
		.map(([id, held]): [string, unknown] => [id, [...held].sort(([one], [other]) => (one < other ? -1 : 1))])
		.sort(([one], [other]) => (one < other ? -1 : 1));

const toldBy = ({ verdicts }: LabRun) =>
	verdicts.map((one) => [
		'would' in one && one.status === 'valid' ? one.would : one.status,
		'changes' in one ? one.changes : undefined,
		'kept' in one ? one.kept : undefined,
	]);

it('restores what was, and leaves what somebody changed since', { timeout: 3_600_000 }, async () => {
	await fc.assert(
		fc.asyncProperty(cases, async ({ before, rows, since, faults, limits, idempotency, settings, seed, isOrderly }) => {
			const lab = createLab({ limits, idempotency, seed, quota: null });
			try {
				await lab.run(UPSERT, before, { executionId: 'before' });
				await lab.rest(120_000);
				const was = stateOf(lab);
				const results = (await lab.run(UPSERT, rows, { executionId: 'run' })).verdicts.map((one) => ({ ...one }));
				await lab.rest(120_000);
				const after = stateOf(lab);
				const others = since.filter(({ userId }) => was.has(userId));
				await lab.run({ ...UPSERT, send: 'every' }, others, { executionId: 'since' });
				await lab.rest(120_000);
				const expected = plain(restored(was, after, stateOf(lab)));
				if (isOrderly) {
					const tried = await lab.run({ ...UNDO, validateOnly: true }, results, { executionId: 'try' });
					const ran = await lab.run(UNDO, results, { executionId: 'undo' });
					expect(toldBy(tried)).toEqual(toldBy(ran));
				} else {
					const known = new Set([...was.keys(), ...after.keys()]);
					lab.service.setFaults(faults);
					const ran = await lab.run(UNDO, results, settings);
					oneVerdictEach(ran, results.length);
					keysAreKept(ran, idempotency);
					endsAreKept(ran, settings);
					unknownIsReal(ran);
					await lab.rest(120_000);
					for (const id of stateOf(lab).keys()) expect(known.has(id)).toBe(true);
					lab.service.setFaults([]);
					lab.service.setLimits(limits);
					await lab.run(UNDO, results, { executionId: 'again' });
				}
				expect(plain(stateOf(lab))).toEqual(expected);
			} finally {
				lab.service.close();
			}
		}),
		{ numRuns: numRuns(0.05) },
	);
});
