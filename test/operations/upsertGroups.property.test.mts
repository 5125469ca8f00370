// Create or Update of groups under random faults, lags of look-ups and Stop: the last row of a group wins, nobody is taken
// out of it, no other group is touched, no verdict is untrue, and a second run writes nothing.

import fc from 'fast-check';
import { expect, it } from 'vitest';

import { faultScripts } from './faultScripts.mts';
import { createLab, type Lab } from './lab.mts';
import { endsAreKept, idOf, isBelated, oneVerdictEach, unknownIsReal } from './laws.mts';
import { membersAreTrue, membersOf } from './memberLaws.mts';
import type { ParameterValues } from './parameters.mts';
import { numRuns, planOf, runSettings } from './runs.mts';
import { isWrite, keysAreKept, limitsAreKept } from './sending.mts';

const USERS = ['u1', 'u2', 'u3', 'u4', 'u5', 'u6', 'u7'];
const NOBODY = ['ghost1', 'ghost2'];
const GROUPS = ['g1', 'g2', 'g3', '__proto__'];
const ENDPOINTS = ['groups/batch', 'groups/members', 'groups/query', 'groups/members/query'] as const;
const DONE = ['created', 'updated', 'unchanged'];

const cases = fc.record({
	existing: fc.uniqueArray(
		fc.record({ groupId: fc.constantFrom(...GROUPS, 'untouched'), memberIds: fc.subarray(USERS) }),
		{ selector: ({ groupId }) => groupId, maxLength: 4 },
	),
	rows: fc.array(
		fc.record(
			{
				groupId: fc.constantFrom(...GROUPS),
				name: fc.constantFrom('One', '二', 'Earlier'),
				ownerId: fc.constantFrom('u1', 'u1', 'u2', 'ghost1'),
				description: fc.constantFrom('Said', ''),
				memberIds: fc.subarray([...USERS, ...NOBODY]),
			},
			{ requiredKeys: ['groupId', 'name', 'ownerId'] },
		),
		{ maxLength: 6 },
	),
	emptyCells: fc.constantFrom('leave', 'clear'),
	limits: planOf(),
	idempotency: fc.boolean(),
	readLagMs: fc.constantFrom(0, 1_900),
	settings: runSettings,
	seed: fc.integer({ min: 1, max: 1_000 }),
	faults: faultScripts([...ENDPOINTS], [...GROUPS, ...USERS], GROUPS),
});

/** What the service holds of each group, its members aside. */
const fieldsOf = ({ service }: Lab) =>
	new Map(
		service.groups().map(({ groupId, memberIds: _, ...fields }) => [groupId, JSON.parse(JSON.stringify(fields))]),
	);

it('keeps its laws under every script of faults, and then changes nothing more', { timeout: 3_600_000 }, async () => {
	let unchanged = 0;
	await fc.assert(
		fc.asyncProperty(cases, async (scene) => {
			const { existing, rows, emptyCells, limits, settings, faults, ...service } = scene;
			const choice: ParameterValues = { resource: 'group', operation: 'upsert', emptyCells };
			const lab = createLab({ limits, quota: null, ...service });
			try {
				const users = USERS.map((userId) => ({ userId, username: userId }));
				await lab.run({ resource: 'user', operation: 'batchCreate', ifUserExists: 'keep' }, users, {
					executionId: 'people',
				});
				const groups = existing.map((group) => ({ ...group, name: 'Earlier', ownerId: 'u1' }));
				await lab.run({ resource: 'group', operation: 'create' }, groups, { executionId: 'groups' });
				await lab.rest(5_000);
				const [before, heldBefore] = [membersOf(lab), fieldsOf(lab)];
				lab.service.setFaults(faults);
				const ran = await lab.run(choice, rows, settings);
				const [after, held] = [membersOf(lab), fieldsOf(lab)];
				oneVerdictEach(ran, rows.length);
				keysAreKept(ran, service.idempotency);
				limitsAreKept(ran);
				endsAreKept(ran, settings);
				unknownIsReal(ran);

				for (const [groupId, members] of before)
					expect([...members].filter((id) => !after.get(groupId)?.has(id))).toEqual([]);
				const created = ran.verdicts.flatMap((verdict) => (verdict.status === 'created' ? [idOf(verdict)] : []));
				expect(new Set(created).size).toBe(created.length);
				for (const groupId of new Set([...heldBefore.keys(), ...held.keys()])) {
					const mine = ran.verdicts.filter((verdict) => idOf(verdict) === groupId);
					const statuses = mine.map(({ status }) => status);
					if (statuses.includes('created')) expect(heldBefore.has(groupId)).toBe(false);
					if (!statuses.some((status) => ['created', 'updated', 'unknown'].includes(status)))
						expect([groupId, held.get(groupId)]).toEqual([groupId, heldBefore.get(groupId)]);
					const last = mine.at(-1);
					if (isBelated(faults) || last === undefined || !DONE.includes(last.status)) continue;
					const { name, ownerId } = rows[last.row - 1] ?? {};
					expect(held.get(groupId), `the last row of ${groupId} did not win`).toMatchObject({ name, ownerId });
				}
				ran.verdicts.forEach((verdict, index) => {
					const id = idOf(verdict) ?? '';
					if (DONE.includes(verdict.status)) expect([id, held.has(id)]).toEqual([id, true]);
					// Whom another row of the group, or its owner, brought in is in, whatever this row says.
					const others = rows.filter(({ groupId }, at) => groupId === id && at !== index);
					const brought = others.flatMap(({ memberIds = [], ownerId }) => [...memberIds, ownerId]);
					const were = new Set([...(before.get(id) ?? []), ...brought, rows[index]?.ownerId ?? '']);
					membersAreTrue(verdict, rows[index]?.memberIds ?? [], were, after.get(id) ?? new Set(), isBelated(faults));
				});

				await lab.rest(200_000);
				lab.service.setFaults([]);
				lab.service.setLimits(limits);
				// With one row for each group: the earlier of two would be written again and again.
				const sheet = rows.filter(({ groupId }, at) => rows.findIndex((row) => row.groupId === groupId) === at);
				await lab.run(choice, sheet, { executionId: '2' });
				await lab.rest(5_000);
				const settled = [membersOf(lab), fieldsOf(lab)];
				const third = await lab.run(choice, sheet, { executionId: '3' });
				expect([membersOf(lab), fieldsOf(lab)]).toEqual(settled);
				third.verdicts.forEach((verdict, index) => {
					const isOrphan = sheet[index]?.ownerId === 'ghost1';
					if (verdict.status !== 'invalid') expect(verdict.status).toBe(isOrphan ? 'failed' : 'unchanged');
					if (verdict.status === 'unchanged') unchanged++;
				});
				const refused = new Set(third.verdicts.flatMap((one) => (one.status === 'failed' ? [idOf(one)] : [])));
				const sent = third.attempts.filter(isWrite).flatMap(({ ids }) => ids);
				expect(sent.filter((id) => !refused.has(id) && !NOBODY.includes(id))).toEqual([]);
			} finally {
				lab.service.close();
			}
		}),
		{ numRuns: numRuns(0.06) },
	);
	expect(unchanged).toBeGreaterThan(0);
});
