// Create groups and Add Members under random faults: every group once, every member where the verdict says.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { faultScripts } from './faultScripts.mts';
import { createLab, type Lab } from './lab.mts';
import type { ParameterValues } from './parameters.mts';
import { membersAreTrue, membersOf } from './memberLaws.mts';
import {
	comesAfterLookUp,
	endsAreKept,
	idOf,
	isBelated,
	oneVerdictEach,
	unknownIsReal,
	verdictsAreTrue,
} from './laws.mts';
import { numRuns, planOf, runSettings } from './runs.mts';
import { keysAreKept, limitsAreKept, nothingIsSentBlindly } from './sending.mts';

const USERS = ['u1', 'u2', 'u3', 'u4', 'u5', 'u6', 'u7'];
const NOBODY = ['ghost1', 'ghost2'];
const GROUPS = ['g1', 'g2', 'g3', 'g4', '__proto__'];
const members = fc.subarray([...USERS, ...NOBODY]);
const people: ParameterValues = { resource: 'user', operation: 'batchCreate', ifUserExists: 'keep' };
const create: ParameterValues = { resource: 'group', operation: 'create' };

const world = {
	limits: planOf(),
	idempotency: fc.boolean(),
	existing: fc.uniqueArray(fc.record({ groupId: fc.constantFrom(...GROUPS), memberIds: fc.subarray(USERS) }), {
		selector: ({ groupId }) => groupId,
		maxLength: 2,
	}),
	settings: runSettings,
	seed: fc.integer({ min: 1, max: 1_000 }),
};

async function labWith(
	existing: ReadonlyArray<{ groupId: string; memberIds: string[] }>,
	options: Parameters<typeof createLab>[0],
): Promise<Lab> {
	const lab = createLab({ ...options, quota: null });
	await lab.run(
		people,
		USERS.map((userId) => ({ userId, username: userId })),
		{ executionId: 'people' },
	);
	if (existing.length > 0)
		await lab.run(
			create,
			existing.map((group) => ({ ...group, name: 'Earlier', ownerId: 'u1' })),
			{ executionId: 'earlier' },
		);
	return lab;
}

describe('Create groups', () => {
	const row = fc.record({
		groupId: fc.constantFrom(...GROUPS),
		name: fc.constantFrom('One', '二'),
		ownerId: fc.constantFrom('u1', 'u1', 'u1', 'ghost1'),
		memberIds: members,
	});
	const cases = fc.record({
		...world,
		rows: fc.array(row, { maxLength: 6 }),
		faults: faultScripts(['groups/batch', 'groups/members', 'groups/query'], [...GROUPS, ...USERS], GROUPS),
	});

	it(
		'keeps its laws under every script of faults, and run again without faults everything is there',
		{ timeout: 3_600_000 },
		async () => {
			await fc.assert(
				fc.asyncProperty(cases, async ({ rows, existing, faults, limits, idempotency, settings, seed }) => {
					const lab = await labWith(existing, { limits, idempotency, seed });
					try {
						const before = membersOf(lab);
						lab.service.setFaults(faults);
						const ran = await lab.run(create, rows, settings);
						const after = membersOf(lab);
						oneVerdictEach(ran, rows.length);
						verdictsAreTrue(ran, {
							before: new Set(before.keys()),
							after: new Map(lab.service.groups().map(({ groupId, imId }) => [groupId, imId])),
							isBelated: !idempotency && comesAfterLookUp(faults),
						});
						keysAreKept(ran, idempotency);
						nothingIsSentBlindly(ran);
						limitsAreKept(ran);
						endsAreKept(ran, settings);
						unknownIsReal(ran);
						ran.verdicts.forEach((verdict, index) => {
							const id = idOf(verdict) ?? '';
							membersAreTrue(
								verdict,
								rows[index]?.memberIds ?? [],
								before.get(id) ?? new Set(),
								after.get(id) ?? new Set(),
								isBelated(faults),
							);
						});

						await lab.rest(120_000);
						lab.service.setFaults([]);
						lab.service.setLimits(limits);
						const again = await lab.run(create, rows, { executionId: '2' });
						const finished = membersOf(lab);
						again.verdicts.forEach((verdict, index) => {
							if (verdict.status === 'invalid') return;
							const { ownerId, memberIds = [] } = rows[index] ?? {};
							const group = finished.get(idOf(verdict) ?? '');
							if (verdict.status === 'failed')
								return expect([ownerId, verdict.code]).toEqual(['ghost1', 'owner_not_found']);
							for (const id of memberIds) expect(group?.has(id)).toBe(!NOBODY.includes(id));
							if (!('members' in verdict) || verdict.members === undefined) return expect(memberIds).toEqual([]);
							expect(verdict.members.failed.map(({ userId }) => userId).sort()).toEqual(
								memberIds.filter((id) => NOBODY.includes(id)).sort(),
							);
						});
					} finally {
						lab.service.close();
					}
				}),
				{ numRuns: numRuns(0.1) },
			);
		},
	);
});

describe('Add Members', () => {
	const choice: ParameterValues = { resource: 'group', operation: 'addMembers' };
	const row = fc.record({
		groupId: fc.constantFrom(...GROUPS),
		memberIds: fc.subarray([...USERS, ...NOBODY], { minLength: 1 }),
	});
	const cases = fc.record({
		...world,
		rows: fc.array(row, { maxLength: 6 }),
		faults: faultScripts(['groups/members'], USERS),
	});

	it('says of each member what is so, and sends nobody twice for one group', { timeout: 3_600_000 }, async () => {
		await fc.assert(
			fc.asyncProperty(cases, async ({ rows, existing, faults, limits, idempotency, settings, seed }) => {
				const lab = await labWith(existing, { limits, idempotency, seed });
				try {
					const before = membersOf(lab);
					lab.service.setFaults(faults);
					const ran = await lab.run(choice, rows, settings);
					const after = membersOf(lab);
					oneVerdictEach(ran, rows.length);
					keysAreKept(ran, idempotency);
					limitsAreKept(ran);
					endsAreKept(ran, settings);
					expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
					ran.verdicts.forEach((verdict, index) => {
						const id = idOf(verdict) ?? '';
						const { memberIds = [] } = rows[index] ?? {};
						if (!before.has(id)) expect(['failed', 'unknown', 'notAttempted', 'invalid']).toContain(verdict.status);
						if (verdict.status === 'added' || verdict.status === 'exists') expect(before.has(id)).toBe(true);
						// Members that an earlier row of the group has added are there: not by this row.
						const earlier = new Set([
							...(before.get(id) ?? []),
							...rows.slice(0, index).flatMap((other) => (other.groupId === id ? other.memberIds : [])),
						]);
						const later = rows.slice(index + 1).flatMap((other) => (other.groupId === id ? other.memberIds : []));
						membersAreTrue(
							verdict,
							memberIds,
							new Set([...earlier, ...later]),
							after.get(id) ?? new Set(),
							isBelated(faults),
						);
					});
				} finally {
					lab.service.close();
				}
			}),
			{ numRuns: numRuns(0.05) },
		);
	});
});
