// What each service can do about leavers, on servers that answer as its documents say: list, suspend, take out, delete.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import type { Protocol } from '../../nodes/TokenIm/protocol/calls';
import type { EndpointName } from '../../nodes/TokenIm/protocol/profile/refusals';
import { parseProfile } from '../../nodes/TokenIm/protocol/profile/profile';
import { VENDORS, vendorNamed, type Vendor } from './services.mts';
import { CREATE, createLab, GROUPS, profileText } from './world.mts';

const PEOPLE = ['s1', 's2', 's3', 's4', 's5', 's6', 's7'];
const page = readFileSync(join(import.meta.dirname, '../../docs/api-profiles.md'), 'utf8');
const OPERATIONS = [
	'suspendUsers',
	'reactivateUsers',
	'listUsers',
	'updateGroups',
	'removeMembers',
	'deleteGroups',
	'listGroups',
	'listMembers',
] as const satisfies readonly EndpointName[];
type Name = (typeof OPERATIONS)[number];

/** What each service offers, by its documents. */
const OFFERED: Readonly<Record<string, readonly Name[]>> = {
	'tencent-chat': ['updateGroups', 'removeMembers', 'deleteGroups', 'listGroups', 'listMembers'],
	easemob: OPERATIONS,
	rongcloud: ['updateGroups', 'removeMembers', 'listMembers'],
	'netease-yunxin': ['suspendUsers', 'reactivateUsers', 'removeMembers', 'deleteGroups'],
	cometchat: ['suspendUsers'],
	'matrix-synapse': ['suspendUsers', 'reactivateUsers', 'listUsers', 'listGroups'],
	ejabberd: OPERATIONS,
	'stream-chat': [
		'suspendUsers',
		'reactivateUsers',
		'listUsers',
		'removeMembers',
		'deleteGroups',
		'listGroups',
		'listMembers',
	],
};

const offering = (name: Name): Vendor[] => VENDORS.filter((vendor) => OFFERED[vendor.name]?.includes(name));

/** A service with seven users and three groups; `s1` owns them, the first has `s2` to `s6`. */
async function createSchool({ credential, world: makeWorld }: Vendor) {
	const world = makeWorld();
	const lab = createLab(credential, world.service);
	await lab.run(
		CREATE,
		PEOPLE.map((userId) => ({ userId, username: `Name of ${userId}` })),
	);
	const row = (groupId: string, memberIds: readonly string[]) => ({ groupId, name: groupId, ownerId: 's1', memberIds });
	await lab.run(GROUPS, [row('g1', ['s2', 's3', 's4', 's5', 's6']), row('g2', ['s2']), row('g3', ['s2'])]);
	const [first = '', second = '', third = ''] = world.groups.keys();
	return { world, lab, first, second, third };
}

describe.each(VENDORS)('$name', (vendor) => {
	const { operations } = parseProfile(profileText(vendor.name));

	it('offers what its documents tell, and says of all else why not', () => {
		const offered = OPERATIONS.filter((name) => {
			const rule = operations[name];
			return rule !== undefined && !('unsupported' in rule);
		});
		expect([...offered].sort()).toEqual([...(OFFERED[vendor.name] ?? [])].sort());
		const cells = OPERATIONS.map((name) => (offered.includes(name) ? 'yes' : 'no'));
		expect(page).toContain(`| ${vendor.name} | ${cells.join(' | ')} |`);
		for (const name of OPERATIONS.filter((one) => !offered.includes(one)))
			expect(operations[name]).toMatchObject({ unsupported: expect.stringMatching(/^[A-Z].{20,}\.$/) });
	});
});

describe.each(offering('listUsers'))('$name lists', (vendor) => {
	it('everybody, page by page', async () => {
		const { lab } = await createSchool(vendor);
		const { records, end } = await lab.read((protocol) => protocol.listUsers());
		expect([records.map(({ id }) => id), end]).toEqual([PEOPLE, { kind: 'whole' }]);
		expect(records.some(({ foreign }) => foreign)).toBe(false);
	});
});

describe.each(offering('listGroups'))('$name lists', (vendor) => {
	it('all groups', async () => {
		const { lab, first, second, third } = await createSchool(vendor);
		const { records, end } = await lab.read((protocol) => protocol.listGroups());
		expect([records.map(({ id }) => id), end]).toEqual([[first, second, third], { kind: 'whole' }]);
	});
});

describe.each(offering('listMembers'))('$name lists', (vendor) => {
	it('all members of a group, the owner as one where it tells', async () => {
		const { lab, first } = await createSchool(vendor);
		const { records, end } = await lab.read((protocol) => protocol.listMembers(first));
		const owner = vendor.name === 'ejabberd' ? 'head' : 's1';
		expect([records.map(({ id }) => id), end]).toEqual([[owner, 's2', 's3', 's4', 's5', 's6'], { kind: 'whole' }]);
		const owners = records.filter(({ role }) => role === 'owner').map(({ id }) => id);
		expect(owners).toEqual(vendor.name === 'rongcloud' ? [] : [owner]);
	});

	if (vendor.name !== 'rongcloud')
		it('and says of a group that does not exist that it does not', async () => {
			const { lab } = await createSchool(vendor);
			const { end } = await lab.read((protocol) => protocol.listMembers('999'));
			expect(end).toMatchObject({ kind: 'absent', code: 'group_not_found' });
		});
});

describe.each(offering('suspendUsers'))('$name suspends', (vendor) => {
	const suspend = (protocol: Protocol) => protocol.suspendUsers();

	it('users, and nobody else, and makes nobody', async () => {
		const { world, lab } = await createSchool(vendor);
		const { said } = await lab.carryOut(suspend, ['s2', 's3', 'nobody']);
		expect(said).toEqual(['suspended', 'suspended', vendor.name === 'cometchat' ? 'unknown' : 'absent']);
		expect([...world.suspended]).toEqual(['s2', 's3']);
		expect([...world.users.keys()]).toEqual(PEOPLE);
	});

	if (OFFERED[vendor.name]?.includes('reactivateUsers'))
		it('and reactivates', async () => {
			const { world, lab } = await createSchool(vendor);
			await lab.carryOut(suspend, ['s2', 's3']);
			const { said } = await lab.carryOut((protocol) => protocol.reactivateUsers(), ['s2', 'nobody']);
			expect(said).toEqual(['reactivated', 'absent']);
			expect([...world.suspended]).toEqual(['s3']);
			expect(world.users.size).toBe(PEOPLE.length);
		});

	if (['easemob', 'matrix-synapse', 'netease-yunxin', 'stream-chat'].includes(vendor.name))
		it('and tells of whom it is asked after whether they are', async () => {
			const { lab } = await createSchool(vendor);
			await lab.carryOut(suspend, ['s2']);
			const { outcomes } = await lab.carryOut((protocol) => protocol.queryUsers(), ['s2', 's3']);
			expect(outcomes).toMatchObject([{ active: false }, { active: true }]);
			if (!OFFERED[vendor.name]?.includes('listUsers')) return;
			const { records } = await lab.read((protocol) => protocol.listUsers());
			expect(records.filter(({ active }) => active === false).map(({ id }) => id)).toEqual(['s2']);
		});
});

describe.each(offering('removeMembers'))('$name takes members out', (vendor) => {
	it('of one group', async () => {
		const { world, lab, first, second } = await createSchool(vendor);
		const { said } = await lab.carryOut((protocol) => protocol.removeMembers(first), ['s2', 's4']);
		expect(said).toEqual(['removed', 'removed']);
		const left = [...(world.groups.get(first)?.members ?? [])].filter((id) => id !== 's1');
		expect(left).toEqual(['s3', 's5', 's6']);
		expect(world.groups.get(second)?.members.has('s2')).toBe(true);
		expect(world.users.size).toBe(PEOPLE.length);
	});

	if (vendor.name === 'easemob')
		it('and says who is none, and that the owner stays', async () => {
			const { lab, first } = await createSchool(vendor);
			const { outcomes } = await lab.carryOut((protocol) => protocol.removeMembers(first), ['s7', 's1']);
			expect(outcomes).toMatchObject([
				{ kind: 'done', status: 'absent' },
				{ kind: 'failed', code: 'owner_stays' },
			]);
		});

	if (vendor.name !== 'rongcloud')
		it('and says of a group that does not exist that it does not', async () => {
			const { lab } = await createSchool(vendor);
			const { outcomes } = await lab.carryOut((protocol) => protocol.removeMembers('999'), ['s2', 's3']);
			expect(outcomes).toMatchObject([
				{ kind: 'failed', code: 'group_not_found' },
				{ kind: 'failed', code: 'group_not_found' },
			]);
		});
});

describe.each(offering('deleteGroups'))('$name deletes', (vendor) => {
	it('groups, and no users', async () => {
		const { world, lab, first, second, third } = await createSchool(vendor);
		const { said } = await lab.carryOut((protocol) => protocol.deleteGroups(), [first, third, '999']);
		expect(said).toEqual(['deleted', 'deleted', 'absent']);
		expect([...world.groups.keys()]).toEqual([second]);
		expect(world.users.size).toBe(PEOPLE.length);
	});
});

describe.each(offering('updateGroups'))('$name changes', (vendor) => {
	it('what a group is called, and no members', async () => {
		const { world, lab, first } = await createSchool(vendor);
		const members = [...(world.groups.get(first)?.members ?? [])];
		const { said } = await lab.carryOut(
			(protocol) => {
				const call = protocol.createGroups('update');
				return { ...call, encode: (entry) => call.encode({ ...entry, fields: { ...entry.fields, name: 'New name' } }) };
			},
			[first],
		);
		expect(said).toEqual(['updated']);
		expect(Object.values(world.groups.get(first)?.fields ?? {})).toContain('New name');
		expect([...(world.groups.get(first)?.members ?? [])]).toEqual(members);
	});
});

describe('stream-chat, of which a list of channels can be skipped so far and no further', () => {
	it('breaks off beyond that, and gives nothing of it', async () => {
		const vendor = vendorNamed('stream-chat');
		const { world, lab } = await createSchool(vendor);
		for (let index = 0; index < 1_030; index++) world.groups.set(`more${index}`, { members: new Set(), fields: {} });
		const { end } = await lab.read((protocol) => protocol.listGroups());
		expect(end).toMatchObject({ kind: 'brokeOff', reason: expect.stringContaining('it skips 1,000 channels at most') });
	});
});
