import { expect, test } from 'vitest';
import { createWorld, people } from './world.mts';

test('queries show a write only after the lag, and what stood there before it until then', () => {
	const { create, update, post, advance } = createWorld({ readLagMs: 2000 });
	const ask = () => post('/users/query', { userIds: ['u1'] }).body;
	create(...people(1));
	expect(ask()).toEqual({ users: [], missing: ['u1'] });
	advance(1999);
	expect(ask()).toEqual({ users: [], missing: ['u1'] });
	update({ userId: 'u1', username: 'later' });
	advance(1);
	expect(ask()).toMatchObject({ users: [{ username: 'Person 1' }] });
	advance(1999);
	expect(ask()).toMatchObject({ users: [{ username: 'later' }] });
});

test('a deleted user is still found during the lag', () => {
	const { create, post, advance } = createWorld({ readLagMs: 2000 });
	create(...people(1));
	advance(5000);
	post('/users/batch-delete', { userIds: ['u1'] });
	expect(post('/users/query', { userIds: ['u1'] }).body).toMatchObject({ missing: [] });
	advance(2000);
	expect(post('/users/query', { userIds: ['u1'] }).body).toMatchObject({ missing: ['u1'] });
});

test('writes see earlier writes at once, owners and members too', () => {
	const { create, post } = createWorld({ readLagMs: 2000 });
	create(...people(2));
	expect(create(...people(1)).body).toMatchObject({ results: [{ status: 'exists' }] });
	const group = { groupId: 'g', name: 'G', ownerId: 'u1' };
	expect(post('/groups/batch', { onConflict: 'skip', groups: [group] }).body).toMatchObject({
		results: [{ status: 'created' }],
	});
	expect(post('/groups/g/members', { memberIds: ['u2'] }).body).toMatchObject({
		results: [{ status: 'added' }],
	});
});

test('groups and members lag too', () => {
	const { create, post, advance } = createWorld({ readLagMs: 2000 });
	create(...people(2));
	post('/groups/batch', { onConflict: 'skip', groups: [{ groupId: 'g', name: 'G', ownerId: 'u1' }] });
	expect(post('/groups/query', { groupIds: ['g'] }).body).toMatchObject({ missing: ['g'] });
	expect(post('/groups/g/members/query', { memberIds: ['u1'] }).status).toBe(404);
	advance(2000);
	post('/groups/g/members', { memberIds: ['u2'] });
	expect(post('/groups/g/members/query', { memberIds: ['u1', 'u2'] }).body).toEqual({
		members: ['u1'],
		missing: ['u2'],
	});
	advance(2000);
	expect(post('/groups/g/members/query', { memberIds: ['u2'] }).body).toMatchObject({ members: ['u2'] });
});

test('a write that was refused leaves no trace in what is seen', () => {
	const { create, post } = createWorld({ readLagMs: 2000, quota: 1 });
	create(...people(2));
	create(...people(1, 5));
	expect(post('/users/query', { userIds: ['u1', 'u5'] }).body).toMatchObject({ missing: ['u1', 'u5'] });
});
