// Taking away, suspending and changing by the profile: what is sent, and what answers mean.

import { describe, expect, it } from 'vitest';

import type { Call } from '../../nodes/TokenIm/engine/call';
import type { EntryAnswer } from '../../nodes/TokenIm/engine/wire';
import { createProtocol, Unsupported, type Protocol } from '../../nodes/TokenIm/protocol/calls';
import { readProfile } from '../../nodes/TokenIm/protocol/profile/profile';
import json from '../../nodes/TokenIm/protocol/profiles/tokenim-rest-v1.json' with { type: 'json' };
import { answer, refusalOf } from './answer/answers.mts';

function protocolOf(operations: object, table: readonly object[] = []): Protocol {
	return createProtocol(
		readProfile({
			...json,
			operations: { ...json.operations, ...operations },
			refusals: { ...json.refusals, table: [...table, ...json.refusals.table] },
		}),
	);
}

const entries = (...ids: string[]) => ids.map((id) => ({ id, fields: {} }));

function send(call: Call, ...ids: string[]) {
	const all = entries(...ids);
	const { method, path, body } = call.request(
		all,
		all.map((one) => call.encode(one)),
	);
	return `${method} ${path} ${body}`;
}

/** What an answer says of the one entry that was asked about. */
function said(call: Call, status: number, body: unknown, id = 'a'): EntryAnswer | undefined {
	const all = entries(id);
	const reading = call.read(answer(status, body), 0, { entries: all, parts: all.map((one) => call.encode(one)) });
	if (reading.kind !== 'complete') throw new Error(JSON.stringify(reading));
	return reading.results[0]?.answer ?? reading.rest;
}

const tokenIm = protocolOf({});

describe('TokenIM', () => {
	it.each([
		[tokenIm.suspendUsers(), 'POST /users/batch-status {"active":false,"userIds":["a","b"]}', 'suspend users'],
		[tokenIm.reactivateUsers(), 'POST /users/batch-status {"active":true,"userIds":["a","b"]}', 'reactivate users'],
		[tokenIm.removeMembers('g@1'), 'POST /groups/g%401/members/remove {"memberIds":["a","b"]}', 'remove members'],
		[tokenIm.deleteGroups(), 'POST /groups/batch-delete {"groupIds":["a","b"]}', 'delete groups'],
	])('is asked by %o', (call, request, name) => {
		expect(send(call, 'a', 'b')).toBe(request);
		expect(call).toMatchObject({
			name,
			writes: true,
			settlement: 'again',
			keyHeader: 'Idempotency-Key',
			isAboutExisting: true,
		});
	});

	it.each<[string, Call, string, string | undefined]>([
		['suspend', tokenIm.suspendUsers(), 'suspended', 'suspended'],
		['suspend', tokenIm.suspendUsers(), 'unchanged', 'unchanged'],
		['suspend', tokenIm.suspendUsers(), 'absent', 'absent'],
		['suspend', tokenIm.suspendUsers(), 'reactivated', undefined],
		['reactivate', tokenIm.reactivateUsers(), 'reactivated', 'reactivated'],
		['reactivate', tokenIm.reactivateUsers(), 'suspended', undefined],
		['remove', tokenIm.removeMembers('g'), 'removed', 'removed'],
		['remove', tokenIm.removeMembers('g'), 'absent', 'absent'],
		['remove', tokenIm.removeMembers('g'), 'added', undefined],
		['delete', tokenIm.deleteGroups(), 'deleted', 'deleted'],
		['delete', tokenIm.deleteGroups(), 'absent', 'absent'],
		['delete', tokenIm.deleteGroups(), 'exists', undefined],
	])('answers %s with %#', (_what, call, status, expected) => {
		expect(said(call, 200, { results: [{ userId: 'a', groupId: 'a', status }] })?.status).toBe(expected);
	});

	it('keeps an owner in the group', () => {
		const error = { code: 'owner_stays', message: 'The owner stays.' };
		expect(
			said(tokenIm.removeMembers('g'), 200, { results: [{ userId: 'a', status: 'failed', error }] }),
		).toMatchObject({
			status: 'failed',
			code: 'owner_stays',
			retryable: false,
		});
	});

	it('has no group to take members out of: that is refused, and not done', () => {
		const call = tokenIm.removeMembers('g');
		const all = entries('a');
		const reading = call.read(answer(404, { code: 'group_not_found' }), 0, { entries: all, parts: ['"a"'] });
		expect(refusalOf(reading)).toMatchObject({ class: 'absent', code: 'group_not_found' });
		expect(call.absentMeans).toBe('failed');
	});

	it('tells of users that it is asked after whether they are active', () => {
		const found = (active: unknown) =>
			said(tokenIm.queryUsers(), 200, { users: [{ userId: 'a', active }], missing: [] });
		expect([found(true), found(false), found('yes'), found(undefined)]).toMatchObject([
			{ active: true },
			{ active: false },
			{ status: 'found' },
			{ status: 'found' },
		]);
		expect(found('yes')).not.toHaveProperty('active');
	});
});

/** A service that is asked about one at a time, and answers with refusals. */
const alone = (path: string) => ({
	method: 'DELETE',
	path,
	body: { container: 'none' },
	answer: { kind: 'all', emptyBody: true },
});
const strict = protocolOf(
	{
		suspendUsers: alone('/users/{userId}/session'),
		reactivateUsers: alone('/users/{userId}/ban'),
		removeMembers: alone('/groups/{groupId}/members/{userId}'),
		deleteGroups: alone('/groups/{groupId}'),
	},
	[
		{ code: 'nothing_to_do', class: 'taken', say: 'It is so already.' },
		{ code: 'nobody', class: 'absent', say: 'There is no such thing.' },
	],
);

describe('a service that answers by refusals', () => {
	it.each<[string, Call, string, string, string | undefined]>([
		['suspend', strict.suspendUsers(), 'suspended', 'unchanged', 'absent'],
		['reactivate', strict.reactivateUsers(), 'reactivated', 'unchanged', 'absent'],
		['remove', strict.removeMembers('g'), 'removed', 'absent', undefined],
		['delete', strict.deleteGroups(), 'deleted', '', 'absent'],
	])('says of %s: done, so already, not there', (_what, call, done, already, absent) => {
		expect(said(call, 200, '')?.status).toBe(done);
		if (already !== '') expect(said(call, 400, { code: 'nothing_to_do' })?.status).toBe(already);
		if (absent !== undefined) expect(said(call, 404, { code: 'nobody' })?.status).toBe(absent);
		else expect(() => said(call, 404, { code: 'nobody' })).toThrow('"absent"');
	});

	it('says it of each entry, where its codes mean that', () => {
		const rule = (name: 'suspendUsers' | 'removeMembers') => ({
			[name]: { ...json.operations[name], answer: { ...json.operations[name].answer, takenCodes: ['so_already'] } },
		});
		const protocol = protocolOf({ ...rule('suspendUsers'), ...rule('removeMembers') });
		const body = { results: [{ userId: 'a', status: 'failed', error: { code: 'so_already' } }] };
		expect(said(protocol.suspendUsers(), 200, body)).toEqual({ status: 'unchanged' });
		expect(said(protocol.removeMembers('g'), 200, body)).toEqual({ status: 'absent' });
	});
});

describe('create or update of groups', () => {
	const refusing = { ...json.operations.createGroups, conflict: { by: 'refusal' } };
	const update = { method: 'PUT', path: '/groups/{groupId}', body: { container: 'single' }, answer: { kind: 'all' } };

	it('is what creates, where the body says what to do', () => {
		expect(send(tokenIm.createGroups('update'), 'g')).toMatch(/^POST \/groups\/batch \{"onConflict":"update"/);
	});

	it('is what the profile names for it', () => {
		const call = protocolOf({ createGroups: refusing, updateGroups: update }).createGroups('update');
		expect(send(call, 'g')).toBe('PUT /groups/g {"groupId":"g"}');
		expect(said(call, 200, {}, 'g')).toEqual({ status: 'updated' });
		expect(call).toMatchObject({ name: 'create or update groups', settlement: 'again' });
	});

	it.each([
		['says that there is none', { unsupported: 'Names stay.' }, 'Names stay.'],
		['refuses what exists and names nothing else', undefined, 'It names no operation that changes what exists.'],
	])('is none where the service %s', (_what, updateGroups, why) => {
		const protocol = protocolOf({ createGroups: refusing, updateGroups });
		const call = () => protocol.createGroups('update');
		expect(call).toThrow(Unsupported);
		expect(call).toThrow('TokenIM REST v1 cannot create or update groups');
		try {
			call();
		} catch (error) {
			expect(error instanceof Unsupported && error.description).toContain(why);
		}
	});
});
