// Set Members, and Create or Update of groups, at each service by its profile: on servers that answer as its documents say.

import { describe, expect, it } from 'vitest';

import { Unsupported } from '../../nodes/TokenIm/protocol/calls';
import { parseProfile } from '../../nodes/TokenIm/protocol/profile/profile';
import type { ParameterValues } from '../operations/parameters.mts';
import { VENDORS, vendorNamed, type Vendor, type World } from './services.mts';
import { CREATE, createLab, GROUPS, profileText, type Seen } from './world.mts';

const PEOPLE = Array.from({ length: 9 }, (_, index) => `s${index + 1}`);
const SET: ParameterValues = { resource: 'group', operation: 'setMembers' };
const UPSERT: ParameterValues = { resource: 'group', operation: 'upsert' };

function canSet({ name }: Vendor): boolean {
	const { listMembers, removeMembers } = parseProfile(profileText(name)).operations;
	return [listMembers, removeMembers].every((rule) => rule !== undefined && !('unsupported' in rule));
}

/** `s1` owns two groups; the first has `s2` to `s8`, so that no service lists it on one page, and the second `s2`. */
async function createSchool({ credential, world: makeWorld }: Vendor) {
	const world = makeWorld();
	const lab = createLab(credential, world.service);
	await lab.run(
		CREATE,
		PEOPLE.map((userId) => ({ userId, username: userId })),
	);
	const row = (groupId: string, memberIds: readonly string[]) => ({ groupId, name: groupId, ownerId: 's1', memberIds });
	await lab.run(GROUPS, [row('g1', PEOPLE.slice(1, 8)), row('g2', ['s2'])]);
	const [first = '', second = ''] = world.groups.keys();
	return { world, lab, first, second };
}

/** RongCloud alone tells nobody's role, and knows no owner. */
const KEEPS_OWNER: ParameterValues = { ...SET, neverThese: 's1' };
const MOVES = { added: 1, exists: 4, removed: ['s6', 's7', 's8'], held: [], failed: [] };
/** The others list all members at once. */
const PAGED_BY = { 'tencent-chat': 'offset', easemob: 'number', 'stream-chat': 'cursor' };
/** Whether there is such a group. */
const CAN_BE_ASKED = ['ejabberd', 'stream-chat'];

/** Without the owner, whom not every service counts among the members. */
const membersOf = ({ groups }: World, id: string) =>
	[...(groups.get(id)?.members ?? [])].filter((userId) => userId !== 's1').sort();

it.each(Object.entries(PAGED_BY))('the members of %s are paged by %s', (name, by) => {
	expect(parseProfile(profileText(name)).operations.listMembers).toMatchObject({ pages: { by } });
});

it('these can be set, and these not', () => {
	expect(VENDORS.filter(canSet).map(({ name }) => name)).toEqual([
		'tencent-chat',
		'easemob',
		'rongcloud',
		'ejabberd',
		'stream-chat',
	]);
});

describe.each(VENDORS.filter(canSet))('$name sets members', (vendor) => {
	it('read page by page: adds who is missing, takes out who is too many, keeps the owner, and then nothing more', async () => {
		const { world, lab, first, second } = await createSchool(vendor);
		const rows = [{ groupId: first, memberIds: ['s2', 's3', 's4', 's5', 's9'] }];
		const before = membersOf(world, second);
		const told = await lab.run(KEEPS_OWNER, rows);
		expect(told.verdicts[0]).toMatchObject({ status: 'updated', members: MOVES });
		expect(membersOf(world, first)).toEqual(['s2', 's3', 's4', 's5', 's9']);
		expect([membersOf(world, second), [...world.users.keys()]]).toEqual([before, PEOPLE]);
		const again = await lab.run(KEEPS_OWNER, rows);
		expect([again.statuses, membersOf(world, first)]).toEqual([['unchanged'], ['s2', 's3', 's4', 's5', 's9']]);
	});

	it('tells beforehand what it would do, or that the service cannot be asked', async () => {
		const { world, lab, first } = await createSchool(vendor);
		const rows = [{ groupId: first, memberIds: ['s2', 's3', 's4', 's5', 's9'] }];
		const trying = lab.run({ ...KEEPS_OWNER, validateOnly: true }, rows);
		if (CAN_BE_ASKED.includes(vendor.name))
			expect((await trying).verdicts[0]).toMatchObject({ status: 'valid', would: 'updated', members: MOVES });
		else await expect(trying).rejects.toThrow(Unsupported);
		expect(membersOf(world, first)).toEqual(PEOPLE.slice(1, 8));
	});

	it('and over the brake takes nobody out', async () => {
		const { world, lab, first } = await createSchool(vendor);
		const told = await lab.run(SET, [{ groupId: first, memberIds: ['s2', 's9'] }]);
		expect(told.verdicts[0]).toMatchObject({ status: 'updated', members: { added: 1, removed: [] } });
		expect(membersOf(world, first)).toEqual(PEOPLE.slice(1));
	});

	it('and takes nobody out where a page of the list is not read', async () => {
		const { world, lab, first } = await createSchool(vendor);
		let pages = 0;
		const told = await lab.run(SET, [{ groupId: first, memberIds: PEOPLE.slice(1, 6) }], (seen) =>
			isList(vendor.name, seen) && ++pages > 1 ? { status: 500, body: { message: 'No.' } } : undefined,
		);
		const isPaged = Object.hasOwn(PAGED_BY, vendor.name);
		expect([told.statuses, pages > 1]).toEqual([[isPaged ? 'notAttempted' : 'updated'], isPaged]);
		if (isPaged) expect(membersOf(world, first)).toEqual(PEOPLE.slice(1, 8));
	});
});

describe('the owner whom no row names', () => {
	const rows = (groupId: string) => [{ groupId, memberIds: PEOPLE.slice(1, 6) }];

	it.each(VENDORS.filter(canSet).filter(({ name }) => name !== 'rongcloud'))('stays at $name', async (vendor) => {
		const { lab, first } = await createSchool(vendor);
		const told = await lab.run(SET, rows(first));
		expect(told.verdicts[0]).toMatchObject({ members: { removed: ['s7', 's8'] } });
	});

	it('is one like all others at RongCloud, whose groups have none, but for Never These', async () => {
		const { world, lab, first } = await createSchool(vendorNamed('rongcloud'));
		const kept = await lab.run(KEEPS_OWNER, rows(first));
		expect(kept.verdicts[0]).toMatchObject({ members: { removed: ['s7', 's8'] } });
		expect(world.groups.get(first)?.members.has('s1')).toBe(true);
		const told = await lab.run(SET, rows(first));
		expect(told.verdicts[0]).toMatchObject({ members: { removed: ['s1'] } });
	});
});

describe.each(VENDORS.filter((vendor) => !canSet(vendor)))('$name, which cannot list or take out members', (vendor) => {
	it.each(['listMembers', 'removeMembers'] as const)('says so before anything is sent: %s', async (name) => {
		const { [name]: rule } = parseProfile(profileText(vendor.name)).operations;
		const { world, lab, first } = await createSchool(vendor);
		const before = membersOf(world, first);
		const trying = lab.run(SET, [{ groupId: first, memberIds: ['s2'] }]);
		await expect(trying).rejects.toThrow(Unsupported);
		const lacks = rule !== undefined && 'unsupported' in rule ? rule.unsupported : undefined;
		if (lacks !== undefined && name === 'listMembers') await expect(trying).rejects.toMatchObject({ why: lacks });
		expect(membersOf(world, first)).toEqual(before);
	});
});

describe('Create or Update of groups', () => {
	const ROW = { name: 'Other', ownerId: 's1', memberIds: ['s2', 's9'] };
	const isUpdate = ({ path }: Seen) => path === '/api/change_room_option';

	it('of ejabberd gives a room that exists its name, apart from its members, who are added one by one', async () => {
		const { world, lab } = await createSchool(vendorNamed('ejabberd'));
		const told = await lab.run(UPSERT, [
			{ groupId: 'g1', name: 'Other', memberIds: ['s2', 's9'] },
			{ groupId: 'g3', name: 'New', memberIds: ['s3'] },
		]);
		expect(told.verdicts).toMatchObject([
			{ status: 'updated', members: { added: 1, exists: 1 } },
			{ status: 'created', members: { added: 1 } },
		]);
		expect(told.seen.filter(isUpdate).map(({ body }) => [body.name, body.option, body.value])).toEqual([
			['g1', 'title', 'Other'],
		]);
		expect(membersOf(world, 'g1')).toEqual(PEOPLE.slice(1));
		expect(membersOf(world, 'g3')).toEqual(['s3']);
	});

	it('of ejabberd sends a name each time, for no look-up gives it back, and nobody who is in', async () => {
		const { lab } = await createSchool(vendorNamed('ejabberd'));
		const rows = [{ groupId: 'g1', name: 'Other', memberIds: ['s2'] }];
		await lab.run(UPSERT, rows);
		const again = await lab.run(UPSERT, rows);
		expect(again.verdicts[0]).toMatchObject({ status: 'updated', members: { added: 0, exists: 1 } });
		expect(again.seen.filter(({ path }) => path === '/api/set_room_affiliation')).toEqual([]);
		const named = await lab.run(UPSERT, [{ groupId: 'g1', memberIds: ['s2'] }]);
		expect([named.statuses, named.seen.filter(isUpdate)]).toEqual([['unchanged'], []]);
	});

	it.each(VENDORS.filter(({ name }) => name !== 'ejabberd'))(
		'of $name is refused before anything is sent, with the reason of its profile',
		async (vendor) => {
			const { queryGroups, updateGroups } = parseProfile(profileText(vendor.name)).operations;
			const whys = [updateGroups, queryGroups].flatMap((rule) =>
				rule !== undefined && 'unsupported' in rule ? [rule.unsupported] : [],
			);
			const { world, lab, first } = await createSchool(vendor);
			const before = JSON.stringify([...world.groups].map(([id, { fields }]) => [id, fields]));
			const trying = lab.run(UPSERT, [{ groupId: first, ...ROW }]);
			await expect(trying).rejects.toThrow(Unsupported);
			await expect(trying).rejects.toSatisfy((error) => error instanceof Unsupported && whys.includes(error.why));
			expect(JSON.stringify([...world.groups].map(([id, { fields }]) => [id, fields]))).toBe(before);
		},
	);
});

/** Whether somebody asks who is in a group. */
function isList(name: string, { path, method, query }: Seen): boolean {
	switch (name) {
		case 'tencent-chat':
			return path.endsWith('get_group_member_info');
		case 'easemob':
			return path.endsWith('/users') && path.includes('/chatgroups/') && method === 'GET';
		case 'stream-chat':
			return path === '/members' && !(query.get('payload') ?? '').includes('$in');
		default:
			return path.endsWith('/group/user/query.json') || path.endsWith('/get_room_affiliations');
	}
}
