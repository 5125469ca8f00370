// What takes away, as the node does it, at each service whose documents tell how.

import { describe, expect, it } from 'vitest';

import { parseProfile } from '../../nodes/TokenIm/protocol/profile/profile';
import type { ParameterValues } from '../operations/parameters.mts';
import { VENDORS, type Vendor } from './services.mts';
import { CREATE, createLab, GROUPS, profileText } from './world.mts';

const PEOPLE = ['s1', 's2', 's3', 's4'];
const rowsOf = (...ids: readonly string[]) => ids.map((userId) => ({ userId }));

type Name = 'suspendUsers' | 'reactivateUsers' | 'removeMembers' | 'deleteGroups';
const offering = (name: Name): Vendor[] =>
	VENDORS.filter((vendor) => {
		const rule = parseProfile(profileText(vendor.name)).operations[name];
		return rule !== undefined && !('unsupported' in rule);
	});

/** A service with four users and two groups of `s1`; the first has `s2` and `s3`. */
async function createSchool({ credential, world: makeWorld }: Vendor) {
	const world = makeWorld();
	const lab = createLab(credential, world.service);
	await lab.run(
		CREATE,
		PEOPLE.map((userId) => ({ userId, username: `Name of ${userId}` })),
	);
	const row = (groupId: string, memberIds: readonly string[]) => ({ groupId, name: groupId, ownerId: 's1', memberIds });
	await lab.run(GROUPS, [row('g1', ['s2', 's3']), row('g2', ['s2'])]);
	const [first = '', second = ''] = world.groups.keys();
	return { world, lab, first, second };
}

describe.each(offering('suspendUsers'))('$name suspends', (vendor) => {
	const SUSPEND: ParameterValues = { resource: 'user', operation: 'batchSuspend' };

	it('whom rows name, and makes nobody; over the brake nobody', async () => {
		const { world, lab } = await createSchool(vendor);
		const held = await lab.run({ ...SUSPEND, suspendAtMost: 1 }, rowsOf('s2', 's3'));
		expect([held.statuses, held.seen]).toEqual([['notAttempted', 'notAttempted'], []]);
		const told = await lab.run(SUSPEND, rowsOf('s2', 'nobody', 's3'));
		// CometChat does not say whether it knew somebody.
		expect(told.statuses).toEqual(['suspended', vendor.name === 'cometchat' ? 'unknown' : 'absent', 'suspended']);
		expect([[...world.suspended], [...world.users.keys()]]).toEqual([['s2', 's3'], PEOPLE]);
	});
});

describe.each(offering('reactivateUsers'))('$name reactivates', (vendor) => {
	it('whom rows name, misses who is not there, and makes nobody', async () => {
		const { world, lab } = await createSchool(vendor);
		await lab.run({ resource: 'user', operation: 'batchSuspend' }, rowsOf('s2', 's3'));
		const told = await lab.run({ resource: 'user', operation: 'batchReactivate' }, rowsOf('s2', 'nobody'));
		expect(told.statuses).toEqual(['reactivated', 'missing']);
		expect([[...world.suspended], [...world.users.keys()]]).toEqual([['s3'], PEOPLE]);
	});
});

describe.each(offering('deleteGroups'))('$name deletes', (vendor) => {
	const DELETE: ParameterValues = { resource: 'group', operation: 'batchDelete' };

	it('the groups that rows name, and leaves their members users; over the brake none', async () => {
		const { world, lab, first, second } = await createSchool(vendor);
		const rows = [{ groupId: first }, { groupId: '999' }];
		const held = await lab.run({ ...DELETE, deleteGroupsAtMost: 1 }, rows);
		expect([held.statuses, held.seen]).toEqual([['notAttempted', 'notAttempted'], []]);
		const told = await lab.run(DELETE, rows);
		expect(told.statuses).toEqual(['deleted', 'absent']);
		expect([[...world.groups.keys()], [...world.users.keys()]]).toEqual([[second], PEOPLE]);
	});
});

describe.each(offering('removeMembers'))('$name takes members out', (vendor) => {
	const REMOVE: ParameterValues = { resource: 'group', operation: 'removeMembers' };

	it('whom rows name, of the groups that they name, and they stay users; over the brake nobody', async () => {
		const { world, lab, first, second } = await createSchool(vendor);
		const rows = [{ groupId: first, memberIds: ['s2'] }];
		const held = await lab.run({ ...REMOVE, removeAtMost: 1 }, [{ groupId: first, memberIds: ['s2', 's3'] }]);
		expect([held.statuses, held.seen]).toEqual([['notAttempted'], []]);
		const told = await lab.run(REMOVE, rows);
		expect(told.verdicts[0]).toMatchObject({ status: 'removed', members: { removed: ['s2'], failed: [] } });
		const left = [...(world.groups.get(first)?.members ?? [])].filter((id) => id !== 's1');
		expect(left).toEqual(['s3']);
		expect(world.groups.get(second)?.members.has('s2')).toBe(true);
		expect([...world.users.keys()]).toEqual(PEOPLE);
	});
});
