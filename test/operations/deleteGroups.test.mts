// Batch Delete of groups: those that the rows name, and no other; their members stay users.

import fc from 'fast-check';
import { expect, it } from 'vitest';

import { faultScripts } from './faultScripts.mts';
import { createLab } from './lab.mts';
import { endsAreKept, oneVerdictEach, unknownIsReal } from './laws.mts';
import { numRuns, planOf, runSettings } from './runs.mts';
import { keysAreKept, limitsAreKept } from './sending.mts';

const GROUPS = ['g1', 'g2', 'g3', 'g4', '__proto__'];
const PEOPLE = ['u1', 'u2'];

async function labWith(existing: readonly string[], options: Parameters<typeof createLab>[0]) {
	const lab = createLab({ ...options, quota: null });
	const people = PEOPLE.map((userId) => ({ userId, username: userId }));
	await lab.run({ resource: 'user', operation: 'batchCreate' }, people, { executionId: 'people' });
	const rows = existing.map((groupId) => ({ groupId, name: groupId, ownerId: 'u1', memberIds: PEOPLE }));
	if (rows.length > 0) await lab.run({ resource: 'group', operation: 'create' }, rows, { executionId: 'groups' });
	return lab;
}

it('under every script of faults no group goes that the rows do not name, and the brake is kept', async () => {
	const cases = fc.record({
		existing: fc.subarray(GROUPS, { maxLength: 4 }),
		limits: planOf(),
		idempotency: fc.boolean(),
		settings: runSettings,
		seed: fc.integer({ min: 1, max: 1_000 }),
		rows: fc.array(fc.record({ groupId: fc.constantFrom(...GROUPS) }), { maxLength: 10 }),
		deleteGroupsAtMost: fc.integer({ min: 0, max: GROUPS.length }),
		faults: faultScripts(['groups/batch-delete'], GROUPS),
	});
	await fc.assert(
		fc.asyncProperty(cases, async ({ rows, deleteGroupsAtMost, existing, ...scene }) => {
			const { faults, limits, idempotency, settings, seed } = scene;
			const choice = { resource: 'group', operation: 'batchDelete', deleteGroupsAtMost };
			const lab = await labWith(existing, { limits, idempotency, seed });
			const groupIds = () => lab.service.groups().map(({ groupId }) => groupId);
			try {
				lab.service.setFaults(faults);
				const ran = await lab.run(choice, rows, settings);
				oneVerdictEach(ran, rows.length);
				keysAreKept(ran, idempotency);
				limitsAreKept(ran);
				endsAreKept(ran, settings);
				unknownIsReal(ran);

				const named = new Set(rows.map(({ groupId }) => groupId));
				const isOver = deleteGroupsAtMost > 0 && named.size > deleteGroupsAtMost;
				const meant = isOver ? new Set<string>() : named;
				for (const id of ran.attempts.flatMap(({ ids }) => ids)) expect(meant.has(id), `${id} was sent`).toBe(true);
				const left = groupIds();
				for (const id of existing) if (!meant.has(id)) expect(left).toContain(id);
				for (const verdict of ran.verdicts) {
					const id = rows[verdict.row - 1]?.groupId;
					if (isOver) expect(verdict.status).toBe('notAttempted');
					if (verdict.status === 'deleted' || verdict.status === 'absent') expect(left).not.toContain(id);
					if (verdict.status === 'deleted') expect(existing).toContain(id);
				}

				await lab.rest(120_000);
				lab.service.setFaults([]);
				lab.service.setLimits(limits);
				await lab.run(choice, rows, { executionId: '2' });
				expect(groupIds().sort()).toEqual(existing.filter((id) => !meant.has(id)).sort());
				expect(lab.service.userCount()).toBe(PEOPLE.length);
			} finally {
				lab.service.close();
			}
		}),
		{ numRuns: numRuns(0.08) },
	);
}, 3_600_000);
