import { describe, expect, it } from 'vitest';

import type { Entry } from '../../../nodes/TokenIm/engine/types';
import type { Call } from '../../../nodes/TokenIm/engine/call';
import { createProtocol } from '../../../nodes/TokenIm/protocol/calls';
import { defaultProfile } from '../../../nodes/TokenIm/protocol/profiles';
import { planCall } from '../answer/answers.mts';

const protocol = createProtocol(defaultProfile);

function entry(id: string, fields: Readonly<Record<string, unknown>> = {}, memberIds?: readonly string[]): Entry {
	return { id, fields, memberIds };
}

function send(call: Call, entries: readonly Entry[], maxMembers?: number) {
	return call.request(
		entries,
		entries.map((one) => call.encode(one, maxMembers)),
	);
}

describe('requests of TokenIM REST v1', () => {
	const user = entry('s1', { userId: 's1', username: '李雷', attributes: { a: 1 } });

	it.each([
		['keep', 'skip'],
		['fail', 'fail'],
		['update', 'update'],
	] as const)('create users with %s as %s', (conflict, word) => {
		expect(send(protocol.createUsers(conflict), [user, entry('s2', { username: 'b', phone: null })])).toEqual({
			method: 'POST',
			path: '/users/batch',
			headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
			body: `{"onConflict":"${word}","users":[{"userId":"s1","username":"李雷","attributes":{"a":1}},{"userId":"s2","username":"b","phone":null}]}`,
		});
	});

	it('create groups with at most so many of their members', () => {
		const group = entry('g1', { groupId: 'g1', name: 'n', ownerId: 'o' }, ['a', 'b', 'c']);
		const bodyOf = (maxMembers?: number) => send(protocol.createGroups('keep'), [group], maxMembers).body;
		expect(bodyOf()).toBe(
			'{"onConflict":"skip","groups":[{"groupId":"g1","name":"n","ownerId":"o","memberIds":["a","b","c"]}]}',
		);
		expect(bodyOf(2)).toContain('"memberIds":["a","b"]');
		expect(bodyOf(0)).not.toContain('memberIds');
	});

	it.each([
		['look users up', protocol.queryUsers(), '/users/query', '{"userIds":["a","b"]}'],
		['delete users', protocol.deleteUsers(), '/users/batch-delete', '{"userIds":["a","b"]}'],
		['look groups up', protocol.queryGroups(), '/groups/query', '{"groupIds":["a","b"]}'],
		['add members', protocol.addMembers('g@1'), '/groups/g%401/members', '{"memberIds":["a","b"]}'],
		['look members up', protocol.queryMembers('g1'), '/groups/g1/members/query', '{"memberIds":["a","b"]}'],
	])('%s by a list of ids', (_what, call, path, body) => {
		expect(send(call, [entry('a'), entry('b')])).toMatchObject({ method: 'POST', path, body });
	});

	it('ask for the limits without a body', () => {
		expect(planCall(protocol).request([], [])).toEqual({
			method: 'GET',
			path: '/limits',
			headers: { Accept: 'application/json' },
			body: undefined,
		});
	});

	it('ask after a job', () => {
		expect(protocol.createUsers('keep').jobRequest('j/1')).toMatchObject({
			method: 'GET',
			path: '/jobs/j%2F1',
			body: undefined,
		});
	});

	it.each(['.', '..', ''])('never put the group id %j into a path', (groupId) => {
		expect(() => protocol.addMembers(groupId)).toThrow(TypeError);
	});

	it.each([
		['/', '/groups/%2F/members'],
		['a/../../limits', '/groups/a%2F..%2F..%2Flimits/members'],
		['%2e%2e', '/groups/%252e%252e/members'],
		['班', '/groups/%E7%8F%AD/members'],
		['{groupId}?x#y', '/groups/%7BgroupId%7D%3Fx%23y/members'],
		['__proto__', '/groups/__proto__/members'],
	])('percent-encode the group id %j', (groupId, path) => {
		const sent = send(protocol.addMembers(groupId), [entry('a')]);
		expect(sent.path).toBe(path);
		expect(new URL(`https://im.example.com/v1${path}`).pathname).toBe(`/v1${path}`);
	});

	it('count the bytes around the entries', () => {
		const calls = [
			protocol.createUsers('keep'),
			protocol.createGroups('update'),
			protocol.queryUsers(),
			protocol.addMembers('g'),
		];
		for (const call of calls) expect(Buffer.byteLength(send(call, []).body ?? '')).toBe(call.overheadBytes);
	});

	it('carry a key where they write, and none where they read', () => {
		const writing = [
			protocol.createUsers('keep'),
			protocol.deleteUsers(),
			protocol.createGroups('keep'),
			protocol.addMembers('g'),
		];
		const reading = [protocol.queryUsers(), protocol.queryGroups(), protocol.queryMembers('g'), planCall(protocol)];
		for (const { writes, keyHeader } of writing)
			expect({ writes, keyHeader }).toEqual({ writes: true, keyHeader: 'Idempotency-Key' });
		for (const { writes, keyHeader } of reading)
			expect({ writes, keyHeader }).toEqual({ writes: false, keyHeader: undefined });
	});

	it.each([
		[protocol.createUsers('keep'), 'lookUp', { entries: 'usersPerRequest' }],
		[protocol.createUsers('update'), 'again', { entries: 'usersPerRequest' }],
		[protocol.createGroups('keep'), 'lookUp', { entries: 'groupsPerRequest', members: 'membersPerRequest' }],
		[protocol.deleteUsers(), 'again', { entries: 'usersPerRequest' }],
		[protocol.addMembers('g'), 'again', { entries: 'membersPerRequest' }],
		[protocol.queryUsers(), 'again', { entries: 'idsPerQuery' }],
	])('%j settles by %s and is cut by %j', (call, settlement, limitNames) => {
		expect(call.settlement).toBe(settlement);
		expect(call.limitNames).toEqual(limitNames);
	});

	it.each(['__proto__', 'constructor', '..', '张"三\\\n'])('keep the name and id %j as data in a body', (text) => {
		const attributes = Object.assign(Object.create(null), JSON.parse(`{${JSON.stringify(text)}:1}`));
		Object.defineProperty(attributes, text, { value: 1, enumerable: true });
		const { body } = send(protocol.createUsers('keep'), [entry(text, { username: text, attributes })]);
		expect(body).toBe(
			`{"onConflict":"skip","users":[{"userId":${JSON.stringify(text)},"username":${JSON.stringify(text)},"attributes":{${JSON.stringify(text)}:1}}]}`,
		);
	});

	it('hand out the default limits anew each time, as runs lower them', () => {
		const first = protocol.defaultLimits;
		first.usersPerRequest = 1;
		expect(protocol.defaultLimits).toMatchObject({
			usersPerRequest: 100,
			requestsPerSecond: 20,
			concurrentRequests: 4,
		});
	});

	it('compare ids as they are, or folded where the profile folds', () => {
		const { user: users, group } = defaultProfile.fields;
		const folding = {
			...defaultProfile,
			fields: { group, user: { ...users, userId: { ...users.userId, caseSensitive: false } } },
		};
		expect(protocol.fold('user', 'Ab')).toBe('Ab');
		expect(createProtocol(folding).fold('user', 'Ab')).toBe('ab');
		expect(createProtocol(folding).queryUsers().fold('Ab')).toBe('ab');
		expect(createProtocol(folding).fold('group', 'Ab')).toBe('Ab');
	});
});
