import { expect, test } from 'vitest';
import { createWorld, people } from './world.mts';

function createSchool() {
	const world = createWorld();
	world.create(...people(5));
	const groups = (onConflict: string, ...all: unknown[]) => world.post('/groups/batch', { onConflict, groups: all });
	return { ...world, groups };
}

const class1 = { groupId: 'c1', name: 'Class 1', ownerId: 'u1', memberIds: ['u1', 'u2', 'u9'] };

test('a group is created with its members; one that is no user does not fail the group', () => {
	const { groups, post } = createSchool();
	expect(groups('skip', class1).body).toMatchObject({
		results: [
			{
				index: 0,
				groupId: 'c1',
				status: 'created',
				imId: 'img_0001',
				members: {
					results: [
						{ userId: 'u1', status: 'exists' },
						{ userId: 'u2', status: 'added' },
						{ userId: 'u9', status: 'failed', error: { code: 'user_not_found' } },
					],
				},
			},
		],
	});
	expect(post('/groups/query', { groupIds: ['c1', 'c2'] }).body).toMatchObject({
		groups: [{ groupId: 'c1', name: 'Class 1', ownerId: 'u1', memberCount: 2 }],
		missing: ['c2'],
	});
});

test.each([
	['the group id is two dots', { groupId: '..' }, 'invalid_group_id'],
	['the name is missing', { name: undefined }, 'name_required'],
	['the name is blank', { name: ' ' }, 'invalid_name'],
	['the name has 101 characters', { name: 'n'.repeat(101) }, 'invalid_name'],
	['the owner is missing', { ownerId: undefined }, 'owner_required'],
	['the owner is no id', { ownerId: 'a b' }, 'invalid_owner_id'],
	['the owner does not exist', { ownerId: 'u9' }, 'owner_not_found'],
	['the members are no list', { memberIds: 'u1' }, 'invalid_member_ids'],
	['a member is no text', { memberIds: [1] }, 'invalid_member_ids'],
	['the description is no text', { description: 1 }, 'invalid_description'],
	['the avatar is no URL', { avatarUrl: 'x' }, 'invalid_avatar_url'],
	['the attributes are nested', { attributes: { a: [] } }, 'invalid_attributes'],
])('a group is failed when %s', (_, change, code) => {
	const { groups, service } = createSchool();
	expect(groups('skip', { ...class1, ...change }).body).toMatchObject({
		results: [{ status: 'failed', error: { code } }],
	});
	expect(service.groups()).toEqual([]);
});

test('an entry that is no object is failed by its index', () => {
	expect(createSchool().groups('skip', 7).body).toMatchObject({
		results: [{ index: 0, error: { code: 'invalid_entry' } }],
	});
});

test('skip leaves name and owner of a group as they are and still adds the members', () => {
	const { groups, service } = createSchool();
	groups('skip', class1);
	const { body } = groups('skip', { ...class1, name: 'Other', ownerId: 'u3', memberIds: ['u4'] });
	expect(body).toMatchObject({
		results: [{ status: 'exists', members: { results: [{ userId: 'u4', status: 'added' }] } }],
	});
	expect(service.groups()).toMatchObject([{ name: 'Class 1', ownerId: 'u1', memberIds: ['u1', 'u2', 'u4'] }]);
});

test('update changes name and owner, never removes a member, and makes the new owner one', () => {
	const { groups, service } = createSchool();
	groups('skip', { ...class1, description: 'old', attributes: { a: 1 } });
	const { body } = groups('update', {
		groupId: 'c1',
		name: 'New',
		ownerId: 'u3',
		description: null,
		attributes: { b: 2 },
	});
	expect(body).toMatchObject({ results: [{ status: 'updated', imId: 'img_0001' }] });
	expect(service.groups()).toMatchObject([
		{
			name: 'New',
			ownerId: 'u3',
			description: null,
			attributes: { a: 1, b: 2 },
			memberIds: ['u1', 'u2', 'u3'],
		},
	]);
});

test('update may leave name and owner out where the group exists, and only there', () => {
	const { groups, service } = createSchool();
	groups('skip', class1);
	const { body } = groups(
		'update',
		{ groupId: 'c1', description: 'd' },
		{ groupId: 'c2' },
		{ groupId: 'c1', ownerId: 'u9' },
	);
	expect(body).toMatchObject({
		results: [{ status: 'updated' }, { error: { code: 'name_required' } }, { error: { code: 'owner_not_found' } }],
	});
	expect(service.groups()).toMatchObject([{ name: 'Class 1', ownerId: 'u1', description: 'd' }]);
});

test('fail refuses a group that exists, members and all', () => {
	const { groups, service } = createSchool();
	groups('skip', class1);
	const { body } = groups('fail', { ...class1, memberIds: ['u4'] });
	expect(body).toMatchObject({ results: [{ status: 'failed', error: { code: 'group_exists' } }] });
	expect(service.groups()[0]?.memberIds).toEqual(['u1', 'u2']);
});

test('members are added one by one, and asked for', () => {
	const { groups, post } = createSchool();
	groups('skip', class1);
	expect(post('/groups/c1/members', { memberIds: ['u2', 'u3', 'u9'] }).body).toMatchObject({
		results: [
			{ index: 0, userId: 'u2', status: 'exists' },
			{ index: 1, userId: 'u3', status: 'added' },
			{ index: 2, userId: 'u9', status: 'failed', error: { code: 'user_not_found' } },
		],
	});
	const found = { members: ['u1', 'u2', 'u3'], missing: ['u4'] };
	expect(post('/groups/c1/members/query', { memberIds: ['u1', 'u2', 'u3', 'u4', 'u4'] }).body).toEqual(found);
});

test.each(['/groups/none/members', '/groups/none/members/query'])(
	'%s answers 404 for a group that does not exist',
	(path) => {
		const { status, body } = createSchool().post(path, { memberIds: ['u1'] });
		expect([status, body]).toEqual([404, expect.objectContaining({ code: 'group_not_found' })]);
	},
);

test('a group id in the path is percent-decoded', () => {
	const { groups, post } = createSchool();
	groups('skip', { ...class1, groupId: 'a@b' });
	expect(post('/groups/a%40b/members', { memberIds: ['u3'] }).body).toMatchObject({
		results: [{ status: 'added' }],
	});
});

test('a strict service refuses all the groups for one that is bad', () => {
	const { post, service } = createWorld({ strict: 'named' });
	const { status } = post('/groups/batch', { onConflict: 'skip', groups: [{ groupId: '..' }] });
	expect([status, service.groups()]).toEqual([400, []]);
});
