// Remove Members: those whom the rows name go out of the groups that they name, and nobody else; the owner stays.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Verdict } from '../../nodes/TokenIm/engine/types';
import { faultScripts } from './faultScripts.mts';
import { createLab, type Lab, type LabRun } from './lab.mts';
import { endsAreKept, oneVerdictEach, unknownIsReal } from './laws.mts';
import type { ParameterValues } from './parameters.mts';
import { numRuns, planOf, runSettings } from './runs.mts';
import { keysAreKept, limitsAreKept } from './sending.mts';

const REMOVE: ParameterValues = { resource: 'group', operation: 'removeMembers' };
const ROSTER: ParameterValues = { ...REMOVE, rows: 'membership', groupBy: 'class' };
const people = (count: number) => Array.from({ length: count }, (_, index) => `u${index + 1}`);
const statusesOf = ({ verdicts }: LabRun) => verdicts.map(({ status }) => status);
const removals = ({ attempts }: LabRun) => attempts.filter(({ endpoint }) => endpoint === 'groups/members/remove');
const membersIn = ({ service }: Lab): Map<string, readonly string[]> =>
	new Map(service.groups().map(({ groupId, memberIds }) => [groupId, [...memberIds].sort()]));

/** Groups of `owner`, with these members. */
async function labWith(
	users: readonly string[],
	groups: Readonly<Record<string, readonly string[]>>,
	options: Parameters<typeof createLab>[0] = { plan: 'unpaced' },
): Promise<Lab> {
	const lab = createLab({ ...options, quota: null });
	const rows = ['owner', ...users].map((userId) => ({ userId, username: userId }));
	await lab.run({ resource: 'user', operation: 'batchCreate' }, rows, { executionId: 'people' });
	const made = Object.entries(groups).map(([groupId, memberIds]) => ({
		groupId,
		name: groupId,
		ownerId: 'owner',
		memberIds,
	}));
	await lab.run({ resource: 'group', operation: 'create' }, made, { executionId: 'groups' });
	return lab;
}

describe('Remove Members', () => {
	it('takes out whom a row names, tells who was not in, and keeps the owner in', async () => {
		const lab = await labWith(people(3), { g: people(3), h: people(3) });
		const ran = await lab.run(REMOVE, [{ groupId: 'g', memberIds: ['u1', 'x', 'owner', 'u2'] }]);
		expect(ran.verdicts[0]).toMatchObject({
			status: 'removed',
			groupId: 'g',
			members: {
				added: 0,
				exists: 0,
				removed: ['u1', 'u2'],
				absent: 1,
				failed: [{ userId: 'owner', code: 'owner_stays' }],
				unknown: [],
				notAttempted: [],
			},
		});
		expect([...membersIn(lab)]).toEqual([
			['g', ['owner', 'u3']],
			['h', ['owner', 'u1', 'u2', 'u3']],
		]);
		expect(lab.service.userCount()).toBe(4);
	});

	it('is absent where none was in, failed where only the owner is named or there is no such group', async () => {
		const lab = await labWith(people(1), { g: [], h: [] });
		const ran = await lab.run(REMOVE, [
			{ groupId: 'g', memberIds: ['u1'] },
			{ groupId: 'h', memberIds: ['owner'] },
			{ groupId: 'none', memberIds: ['u1'] },
		]);
		expect(ran.verdicts).toMatchObject([
			{ status: 'absent', members: { removed: [], absent: 1 } },
			{ status: 'failed', code: 'owner_stays' },
			{ status: 'failed', code: 'group_not_found' },
		]);
		expect(ran.report.ended).toBeUndefined();
	});

	it.each([[''], [[]], [undefined], ['[]']])(
		'finds nothing to do in a member list of %j: it is invalid',
		async (memberIds) => {
			const lab = await labWith(people(1), { g: people(1) });
			const ran = await lab.run(REMOVE, [
				{ groupId: 'g', memberIds },
				{ groupId: 'g', memberIds: 'x' },
			]);
			expect(statusesOf(ran)).toEqual(['invalid', 'absent']);
			expect(membersIn(lab).get('g')).toEqual(['owner', 'u1']);
		},
	);

	it('sends nobody twice for one group, whichever rows name them', async () => {
		const lab = await labWith(people(2), { g: people(2) });
		const ran = await lab.run(REMOVE, [
			{ groupId: 'g', memberIds: ['u1'] },
			{ groupId: 'g', memberIds: ['u1', 'u2'] },
		]);
		expect(statusesOf(ran)).toEqual(['removed', 'removed']);
		expect(removals(ran).flatMap(({ ids }) => ids)).toEqual(['u1', 'u2']);
	});

	it('goes in requests as large as the plan allows', async () => {
		const lab = await labWith(people(450), { g: people(450) });
		const ran = await lab.run({ ...REMOVE, removeAtMost: 0 }, [{ groupId: 'g', memberIds: people(450) }]);
		expect(removals(ran).map(({ ids }) => ids.length)).toEqual([200, 200, 50]);
		expect(membersIn(lab).get('g')).toEqual(['owner']);
	});

	it('with a row for each membership tells each row of its member', async () => {
		const lab = await labWith(people(2), { g: people(2), h: ['u1'] });
		const ran = await lab.run(ROSTER, [
			{ userId: 'u1', class: 'g' },
			{ userId: 'u1', class: 'h' },
			{ userId: 'owner', class: 'g' },
			{ userId: 'x', class: 'g' },
			{ userId: 'u1', class: 'none' },
			{ userId: '', class: 'g' },
		]);
		expect(ran.verdicts).toMatchObject([
			{ status: 'removed', userId: 'u1', groupId: 'g', group: 'removed' },
			{ status: 'removed', userId: 'u1', groupId: 'h' },
			{ status: 'failed', userId: 'owner', code: 'owner_stays' },
			{ status: 'absent', userId: 'x' },
			{ status: 'failed', code: 'group_not_found' },
			{ status: 'invalid' },
		]);
		expect([...membersIn(lab)]).toEqual([
			['g', ['owner', 'u2']],
			['h', ['owner']],
		]);
	});
});

describe('its brake', () => {
	const isHeld = (verdicts: readonly Verdict[]) =>
		verdicts.every((verdict) => verdict.status === 'notAttempted' && verdict.code === 'brake');

	it.each([false, true])(
		'counts members, each of each group once, before anybody goes (Validate Only: %s)',
		async (validateOnly) => {
			const lab = await labWith(people(60), { g: people(60), h: people(60) });
			const members = (count: number) => ['g', 'h'].map((groupId) => ({ groupId, memberIds: people(count) }));
			const over = await lab.run({ ...REMOVE, validateOnly }, members(51));
			expect(isHeld(over.verdicts)).toBe(true);
			expect(over.verdicts[0]).toHaveProperty(
				'reason',
				expect.stringContaining('The rows name 102, and "Remove at Most" is 100.'),
			);
			expect(removals(over)).toEqual([]);
			const twice = [...members(50), ...members(50)];
			const within = await lab.run({ ...REMOVE, validateOnly }, twice, { executionId: '2' });
			expect(statusesOf(within)).toEqual(twice.map(() => (validateOnly ? 'valid' : 'removed')));
		},
	);

	it('counts rows that are memberships as well', async () => {
		const lab = await labWith(people(3), { g: people(3), h: people(3) });
		const rows = ['g', 'h', 'g'].flatMap((name) => people(2).map((userId) => ({ userId, class: name })));
		const over = await lab.run({ ...ROSTER, removeAtMost: 3 }, rows);
		expect(isHeld(over.verdicts)).toBe(true);
		expect(over.verdicts[0]).toHaveProperty('reason', expect.stringContaining('name 4, and "Remove at Most" is 3.'));
		const within = await lab.run({ ...ROSTER, removeAtMost: 4 }, rows, { executionId: '2' });
		expect(new Set(statusesOf(within))).toEqual(new Set(['removed']));
	});
});

const IDS = ['u1', 'u2', 'u3', 'u4', '__proto__'];
const GROUPS = ['g1', 'g2', 'g3'];

it('under every script of faults nobody goes whom the rows do not name, and the brake is kept', async () => {
	const memberIds = fc.subarray([...IDS, 'owner', 'nobody'], { minLength: 1, maxLength: 4 });
	const cases = fc.record({
		groups: fc.dictionary(fc.constantFrom(...GROUPS), fc.subarray(IDS), { maxKeys: 3 }),
		limits: planOf(),
		idempotency: fc.boolean(),
		settings: runSettings,
		seed: fc.integer({ min: 1, max: 1_000 }),
		rows: fc.array(fc.record({ groupId: fc.constantFrom(...GROUPS), memberIds }), { maxLength: 6 }),
		isRoster: fc.boolean(),
		removeAtMost: fc.integer({ min: 0, max: 8 }),
		faults: faultScripts(['groups/members/remove'], IDS),
	});
	await fc.assert(
		fc.asyncProperty(cases, async ({ rows: named, groups, isRoster, removeAtMost, ...scene }) => {
			const { faults, limits, idempotency, settings, seed } = scene;
			const choice = { ...(isRoster ? ROSTER : REMOVE), removeAtMost };
			const pairs = named.flatMap(({ groupId, memberIds: ids }) => ids.map((userId) => ({ userId, class: groupId })));
			const rows = isRoster ? pairs : named;
			const lab = await labWith(IDS, groups, { limits, idempotency, seed });
			try {
				const before = membersIn(lab);
				lab.service.setFaults(faults);
				const ran = await lab.run(choice, rows, settings);
				oneVerdictEach(ran, rows.length);
				keysAreKept(ran, idempotency);
				limitsAreKept(ran);
				endsAreKept(ran, settings);
				unknownIsReal(ran);

				const distinct = new Set(pairs.map((pair) => JSON.stringify([pair.class, pair.userId])));
				const isOver = removeAtMost > 0 && distinct.size > removeAtMost;
				const isMeant = (group: string, userId: string) =>
					!isOver && userId !== 'owner' && distinct.has(JSON.stringify([group, userId]));
				if (isOver) expect(removals(ran)).toEqual([]);
				const after = membersIn(lab);
				expect([...after.keys()]).toEqual([...before.keys()]);
				for (const [group, members] of before)
					for (const userId of members)
						if (!isMeant(group, userId)) expect(after.get(group), `${userId} of ${group}`).toContain(userId);
				for (const verdict of ran.verdicts) {
					if (isOver) expect(verdict.status).toBe('notAttempted');
					const group = 'groupId' in verdict ? (verdict.groupId ?? '') : '';
					const out =
						'members' in verdict && verdict.members !== undefined
							? verdict.members.removed
							: isRoster && verdict.status === 'removed' && 'userId' in verdict
								? [verdict.userId]
								: [];
					for (const userId of out ?? []) {
						expect(before.get(group)).toContain(userId);
						expect(after.get(group)).not.toContain(userId);
					}
				}

				await lab.rest(120_000);
				lab.service.setFaults([]);
				lab.service.setLimits(limits);
				await lab.run(choice, rows, { executionId: '2' });
				for (const [group, members] of before)
					expect(membersIn(lab).get(group)).toEqual(members.filter((userId) => !isMeant(group, userId)));
				expect(lab.service.userCount()).toBe(IDS.length + 1);
			} finally {
				lab.service.close();
			}
		}),
		{ numRuns: numRuns(0.08) },
	);
}, 3_600_000);
