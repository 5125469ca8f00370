import { expect, test } from 'vitest';
import { createWorld, people } from './world.mts';

const failed = (code: string) => ({ status: 'failed', error: { code, retryable: false } });

test('a new user is created and found with all its fields', () => {
	const { create, post } = createWorld();
	const user = {
		userId: 's001',
		username: '  李雷 ',
		avatarUrl: 'https://example.com/a.png',
		registeredAt: '2024-09-01T08:00:00+08:00',
		email: 'li@example.com',
		phone: '+8613800000000',
		attributes: { class: '3-2', age: 9, boarder: true },
	};
	expect(create(user).body).toMatchObject({
		results: [{ index: 0, userId: 's001', status: 'created', imId: 'im_0001' }],
	});
	const found = { users: [{ ...user, username: '李雷', imId: 'im_0001', active: true }], missing: ['s009'] };
	expect(post('/users/query', { userIds: ['s001', 's009', 's009'] }).body).toEqual(found);
});

test('one result answers each entry, and a bad one does not sink its neighbours', () => {
	const { create, service } = createWorld();
	const body = create({ userId: 'a', username: 'A' }, { userId: 'b' }, 'c', {
		userId: 'd',
		username: 'D',
	}).body;
	expect(body).toMatchObject({
		results: [
			{ index: 0, status: 'created' },
			{ index: 1, userId: 'b', ...failed('username_required') },
			{ index: 2, ...failed('invalid_entry') },
			{ index: 3, status: 'created' },
		],
	});
	expect(service.userCount()).toBe(2);
});

test.each([
	['the user id is empty', { userId: '' }, 'invalid_user_id'],
	['the user id is no text', { userId: 7 }, 'invalid_user_id'],
	['the user id has 65 bytes', { userId: 'a'.repeat(65) }, 'invalid_user_id'],
	['the user id is a dot', { userId: '.' }, 'invalid_user_id'],
	['the user id is two dots', { userId: '..' }, 'invalid_user_id'],
	['the user id has a space', { userId: 'a b' }, 'invalid_user_id'],
	['the user id has letters beyond ASCII', { userId: '李雷' }, 'invalid_user_id'],
	['the user id ends in a newline', { userId: 'a\n' }, 'invalid_user_id'],
	['the name is blank', { username: '  ' }, 'invalid_username'],
	['the name is null', { username: null }, 'invalid_username'],
	['the name has 65 characters', { username: '😀'.repeat(65) }, 'invalid_username'],
	['the avatar is no URL', { avatarUrl: 'a.png' }, 'invalid_avatar_url'],
	['the avatar is of another scheme', { avatarUrl: 'ftp://example.com/a' }, 'invalid_avatar_url'],
	['the avatar has 2049 characters', { avatarUrl: `https://e.com/${'a'.repeat(2035)}` }, 'invalid_avatar_url'],
	['the instant has no offset', { registeredAt: '2024-09-01T08:00:00' }, 'invalid_registered_at'],
	['the instant is a day that is none', { registeredAt: '2023-02-29T08:00:00Z' }, 'invalid_registered_at'],
	['the instant is a date only', { registeredAt: '2024-09-01' }, 'invalid_registered_at'],
	['the email has no @', { email: 'li' }, 'invalid_email'],
	['the phone has no country', { phone: '13800000000' }, 'invalid_phone'],
	['the phone has dashes', { phone: '+86-138' }, 'invalid_phone'],
	['the attributes are no object', { attributes: [] }, 'invalid_attributes'],
	['the attributes are nested', { attributes: { a: {} } }, 'invalid_attributes'],
	['an attribute has 513 characters', { attributes: { a: 'x'.repeat(513) } }, 'invalid_attributes'],
	[
		'there are 21 attributes',
		{ attributes: Object.fromEntries(people(21).map((p) => [p.userId, 1])) },
		'invalid_attributes',
	],
])('an entry is failed when %s', (_, change, code) => {
	const { create, service } = createWorld();
	expect(create({ userId: 'a', username: 'A', ...change }).body).toMatchObject({ results: [failed(code)] });
	expect(service.userCount()).toBe(0);
});

test.each([
	['an id of 64 bytes', { userId: `A-z_0.9@${'a'.repeat(56)}` }],
	['the id __proto__', { userId: '__proto__' }],
	['a name of 64 characters beyond the basic plane', { username: '😀'.repeat(64) }],
	['a leap day with fractions and an offset', { registeredAt: '2024-02-29t23:59:59.123-03:30' }],
	[
		'20 attributes of 512 characters',
		{ attributes: Object.fromEntries(people(20).map((p) => [p.userId, '字'.repeat(512)])) },
	],
	[
		'null for every optional field',
		{ avatarUrl: null, registeredAt: null, email: null, phone: null, attributes: null },
	],
])('an entry is taken with %s', (_, change) => {
	expect(createWorld().create({ userId: 'a', username: 'A', ...change }).body).toMatchObject({
		results: [{ status: 'created' }],
	});
});

test('user ids are case-sensitive', () => {
	const { create, service } = createWorld();
	create({ userId: 'a', username: 'A' }, { userId: 'A', username: 'A' });
	expect(service.userCount()).toBe(2);
});

test('skip leaves a user that exists as it is', () => {
	const { create, service } = createWorld();
	create({ userId: 'a', username: 'first' });
	expect(create({ userId: 'a', username: 'second' }).body).toMatchObject({
		results: [{ status: 'exists', imId: 'im_0001' }],
	});
	expect(service.users()[0]?.username).toBe('first');
});

test('fail refuses a user that exists', () => {
	const { create, post, service } = createWorld();
	create({ userId: 'a', username: 'first' });
	const { body } = post('/users/batch', { onConflict: 'fail', users: [{ userId: 'a', username: 'second' }] });
	expect(body).toMatchObject({ results: [failed('user_exists')] });
	expect(service.users()[0]?.username).toBe('first');
});

test('update changes what is present, clears what is null, and merges attributes by name', () => {
	const { create, update, service } = createWorld();
	create({
		userId: 'a',
		username: 'A',
		email: 'a@b.c',
		phone: '+8613800000000',
		attributes: { keep: 1, drop: 2, turn: 3 },
	});
	const change = { userId: 'a', email: null, attributes: { drop: null, turn: 4, fresh: true } };
	expect(update(change).body).toMatchObject({ results: [{ status: 'updated', imId: 'im_0001' }] });
	expect(service.users()[0]).toMatchObject({
		username: 'A',
		email: null,
		phone: '+8613800000000',
		attributes: { keep: 1, turn: 4, fresh: true },
	});
	expect(service.users()[0]?.attributes).not.toHaveProperty('drop');
});

test('null for all the attributes clears them', () => {
	const { create, update, service } = createWorld();
	create({ userId: 'a', username: 'A', attributes: { x: 1 } });
	update({ userId: 'a', attributes: null });
	expect(service.users()[0]?.attributes).toEqual({});
});

test('update creates a user that does not exist, but not without a name', () => {
	const { update, service } = createWorld();
	const results = [{ status: 'created' }, failed('username_required')];
	expect(update({ userId: 'a', username: 'A' }, { userId: 'b', email: 'b@c.d' }).body).toMatchObject({
		results,
	});
	expect(service.userCount()).toBe(1);
});

test('attributes merged beyond twenty names are refused', () => {
	const { create, update } = createWorld();
	create({
		userId: 'a',
		username: 'A',
		attributes: Object.fromEntries(people(20).map((p) => [p.userId, 1])),
	});
	expect(update({ userId: 'a', attributes: { more: 1 } }).body).toMatchObject({
		results: [failed('too_many_attributes')],
	});
});

test('an attribute named __proto__ is a name like any other', () => {
	const { post } = createWorld();
	const text =
		'{"onConflict":"update","users":[{"userId":"a","username":"A","attributes":{"__proto__":"x","constructor":1}}]}';
	post('/users/batch', text);
	post('/users/batch', text);
	const found = post('/users/query', { userIds: ['a'] });
	expect(found.text).toContain('"attributes":{"__proto__":"x","constructor":1}');
});

test('deleting answers deleted once, then absent, and takes memberships along', () => {
	const { create, post, service } = createWorld();
	create(...people(2));
	post('/groups/batch', {
		onConflict: 'skip',
		groups: [{ groupId: 'g', name: 'G', ownerId: 'u1', memberIds: ['u2'] }],
	});
	const { body } = post('/users/batch-delete', { userIds: ['u2', 'u2', '..'] });
	expect(body).toMatchObject({
		results: [{ status: 'deleted' }, { status: 'absent' }, failed('invalid_user_id')],
	});
	expect(service.groups()[0]?.memberIds).toEqual(['u1']);
});

test('the imId of a deleted user is never given again', () => {
	const { create, post, service } = createWorld();
	create({ userId: 'a', username: 'A' });
	post('/users/batch-delete', { userIds: ['a'] });
	create({ userId: 'a', username: 'A' });
	expect(service.users()[0]?.imId).toBe('im_0002');
});

test.each([
	['named', { errors: [{ index: 1, field: 'userId', code: 'invalid_user_id', message: expect.any(String) }] }],
	['unnamed', {}],
] as const)('a strict service refuses the whole batch for one bad entry (%s)', (strict, more) => {
	const { create, service } = createWorld({ strict });
	const { status, body } = create({ userId: 'a', username: 'A' }, { userId: '..', username: 'B' });
	expect([status, body]).toEqual([400, expect.objectContaining({ code: 'invalid_request', ...more })]);
	if (strict === 'unnamed') expect(body).not.toHaveProperty('errors');
	expect(service.userCount()).toBe(0);
});
