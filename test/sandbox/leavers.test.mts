import { DatabaseSync } from 'node:sqlite';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Fault, FaultAction } from '../../sandbox/faults/script.mts';
import { createService } from '../../sandbox/service.mts';
import { seen } from './client.mts';
import { createWorld, people } from './world.mts';

function createSchool() {
	const world = createWorld();
	world.create(...people(3));
	world.post('/groups/batch', {
		onConflict: 'skip',
		groups: [{ groupId: 'g', name: 'G', ownerId: 'u1', memberIds: ['u2', 'u3'] }],
	});
	const status = (active: unknown, ...userIds: unknown[]) => world.post('/users/batch-status', { active, userIds });
	const user = (userId: string) => world.service.users().find((one) => one.userId === userId);
	return { ...world, status, user };
}

describe('POST /users/batch-status', () => {
	test('suspends and reactivates, and says what was so before', () => {
		const { status, post, user } = createSchool();
		expect(status(false, 'u1', 'u9', 'u1', 'a b').body).toMatchObject({
			results: [
				{ index: 0, userId: 'u1', status: 'suspended' },
				{ index: 1, userId: 'u9', status: 'absent' },
				{ index: 2, userId: 'u1', status: 'unchanged' },
				{ index: 3, userId: 'a b', status: 'failed', error: { code: 'invalid_user_id' } },
			],
		});
		const found = (userId: string) => post('/users/query', { userIds: [userId] }).body;
		expect([found('u1'), found('u2')]).toMatchObject([{ users: [{ active: false }] }, { users: [{ active: true }] }]);
		expect(status(true, 'u1', 'u2').body).toMatchObject({
			results: [{ status: 'reactivated' }, { status: 'unchanged' }],
		});
		expect(user('u1')).toMatchObject({ active: true });
	});

	test('a suspended user keeps everything, also through an update', () => {
		const { status, update, create, user, service } = createSchool();
		status(false, 'u2');
		update({ userId: 'u2', username: 'New', active: true });
		create({ userId: 'u4', username: 'D', active: false });
		expect(user('u2')).toMatchObject({ username: 'New', active: false, imId: 'im_0002' });
		expect(user('u4')).toMatchObject({ active: true });
		expect(service.groups()).toMatchObject([{ memberIds: ['u1', 'u2', 'u3'] }]);
	});

	test.each([['yes'], [undefined], [null], [0]])('active %s is refused', (active) => {
		const { status } = createSchool();
		expect(status(active, 'u1')).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
	});
});

describe('POST /groups/{groupId}/members/remove', () => {
	test('takes members out, but not the owner', () => {
		const { post, service } = createSchool();
		expect(post('/groups/g/members/remove', { memberIds: ['u2', 'u9', 'u1'] }).body).toMatchObject({
			results: [
				{ index: 0, userId: 'u2', status: 'removed' },
				{ index: 1, userId: 'u9', status: 'absent' },
				{ index: 2, userId: 'u1', status: 'failed', error: { code: 'owner_stays' } },
			],
		});
		expect(service.groups()).toMatchObject([{ memberIds: ['u1', 'u3'] }]);
		expect(service.userCount()).toBe(3);
	});

	test('answers 404 for a group that does not exist', () => {
		const { post } = createSchool();
		expect(post('/groups/h/members/remove', { memberIds: ['u2'] })).toMatchObject({
			status: 404,
			body: { code: 'group_not_found' },
		});
	});
});

test('POST /groups/batch-delete deletes groups, and members stay users', () => {
	const { post, service } = createSchool();
	expect(post('/groups/batch-delete', { groupIds: ['g', 'g', 'h', '..'] }).body).toMatchObject({
		results: [
			{ index: 0, groupId: 'g', status: 'deleted' },
			{ index: 1, groupId: 'g', status: 'absent' },
			{ index: 2, groupId: 'h', status: 'absent' },
			{ index: 3, groupId: '..', status: 'failed', error: { code: 'invalid_group_id' } },
		],
	});
	expect([service.groups(), service.userCount()]).toEqual([[], 3]);
	const group = { groupId: 'g', name: 'G', ownerId: 'u1' };
	expect(post('/groups/batch', { onConflict: 'skip', groups: [group] }).body).toMatchObject({
		results: [{ status: 'created', imId: 'img_0002' }],
	});
	expect(service.groups()).toMatchObject([{ memberIds: ['u1'] }]);
});

const writes: ReadonlyArray<
	readonly [path: string, body: object, permission: 'users:write' | 'groups:write' | 'groups:delete']
> = [
	['/users/batch-status', { active: false, userIds: ['u2'] }, 'users:write'],
	['/groups/g/members/remove', { memberIds: ['u2'] }, 'groups:write'],
	['/groups/batch-delete', { groupIds: ['g'] }, 'groups:delete'],
];

describe.each(writes)('%s', (path, body, permission) => {
	/** Whether the write was carried out. */
	const isDone = ({ service, user }: ReturnType<typeof createSchool>): boolean =>
		user('u2')?.active === false || service.groups()[0]?.memberIds.includes('u2') !== true;

	test('wants its own permission', () => {
		const school = createSchool();
		school.service.setPermissions(
			(['users:write', 'groups:write', 'groups:delete'] as const).filter((one) => one !== permission),
		);
		expect(school.post(path, body)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
		expect(isDone(school)).toBe(false);
	});

	test('keeps its answer under an idempotency key', () => {
		const { post } = createSchool();
		const first = post(path, body, { 'idempotency-key': 'k' });
		expect(post(path, body, { 'idempotency-key': 'k' })).toMatchObject({
			body: first.body,
			headers: { 'idempotency-replayed': 'true' },
		});
	});

	test.each<[FaultAction, boolean]>([
		[{ kind: 'reset', written: true }, true],
		[{ kind: 'hang', written: false }, false],
		[{ kind: 'html', written: true }, true],
		[{ kind: 'rateLimited' }, false],
		[{ kind: 'serverError', written: true }, true],
		[{ kind: 'invalidRequest' }, false],
		[{ kind: 'tooLarge', limit: 1 }, false],
		[{ kind: 'cutJson' }, true],
		[{ kind: 'failEntries', ids: ['u2', 'g'] }, false],
	])('under %o is carried out: %s', (action, expected) => {
		const school = createSchool();
		school.service.setFaults([{ do: action }]);
		school.send('POST', path, body);
		expect(isDone(school)).toBe(expected);
	});

	test('becomes a job where the service chose so', () => {
		const school = createSchool();
		const faults: Fault[] = [{ do: { kind: 'job', polls: 1 } }];
		school.service.setFaults(faults);
		const accepted = seen(school.send('POST', path, body));
		expect(accepted).toMatchObject({ status: 202, body: { state: 'queued' } });
		expect(isDone(school)).toBe(false);
		const jobId = String(Object.entries(accepted.body ?? {}).find(([name]) => name === 'jobId')?.[1]);
		school.get(`/jobs/${jobId}`);
		expect(school.get(`/jobs/${jobId}`).body).toMatchObject({ state: 'done', results: [{ index: 0 }] });
		expect(isDone(school)).toBe(true);
	});

	test('leaves nothing behind where it is refused', () => {
		const school = createSchool();
		expect(school.post(path, { ...body, userIds: 1, groupIds: 1, memberIds: 1 }).status).toBe(400);
		expect(isDone(school)).toBe(false);
	});
});

test('a database file of an earlier sandbox is opened, and everybody in it is active', () => {
	const folder = mkdtempSync(join(tmpdir(), 'tokenim-'));
	const database = join(folder, 'old.db');
	const old = new DatabaseSync(database);
	old.exec(`create table users (seq integer primary key autoincrement, user_id text not null unique,
		username text not null, avatar_url text, registered_at text, email text, phone text, attributes text not null);
		insert into users (user_id, username, attributes) values ('u1', 'A', '{}');`);
	old.close();
	const service = createService({ database });
	expect(service.users()).toMatchObject([{ userId: 'u1', active: true }]);
	service.close();
	rmSync(folder, { recursive: true });
});
