import { expect, test } from 'vitest';
import { faultsSchema } from '../../sandbox/faults/schema.mts';
import type { Tamper } from '../../sandbox/faults/script.mts';
import { isRecord } from '../../sandbox/types.mts';
import { seen } from './client.mts';
import { differences } from './openapi.mts';
import { createWorld, people } from './world.mts';

/** The results of a batch of four under these tampers. */
function resultsUnder(how: Tamper | Tamper[]): unknown {
	const { send, service } = createWorld({ faults: faultsSchema.parse([{ do: { kind: 'tamper', how } }]) });
	const { body } = seen(send('POST', '/users/batch', { onConflict: 'skip', users: people(4) }));
	expect(service.userCount()).toBe(4);
	return isRecord(body) ? body.results : undefined;
}

const plain = [1, 2, 3, 4].map((n) => ({
	index: n - 1,
	userId: `u${n}`,
	status: 'created',
	imId: `im_000${n}`,
}));
const [first, second, third, fourth] = plain;

test.each<[string, Tamper | Tamper[], unknown]>([
	['results too short', { kind: 'short', count: 3 }, [first]],
	['results without these ids', { kind: 'short', ids: ['u2', 'u3'] }, [first, fourth]],
	[
		'results of strangers',
		{ kind: 'long', ids: ['x', '__proto__'] },
		[...plain, { ...first, userId: 'x' }, { ...second, userId: '__proto__' }],
	],
	['results repeated', { kind: 'repeated', count: 2 }, [...plain, first, second]],
	[
		'repeats that contradict',
		{ kind: 'contradicting', ids: ['u3'] },
		[...plain, expect.objectContaining({ index: 2, userId: 'u3', status: 'failed' })],
	],
	[
		'foreign ids in place of the right ones',
		{ kind: 'foreign', count: 2 },
		[{ ...first, userId: 'stranger0' }, { ...second, userId: 'stranger1' }, third, fourth],
	],
	['results without ids', { kind: 'withoutIds' }, plain.map(({ userId: _, ...rest }) => rest)],
	['results without index', { kind: 'withoutIndex' }, plain.map(({ index: _, ...rest }) => rest)],
	['a wrong index', { kind: 'wrongIndex' }, plain.map((result, at) => ({ ...result, index: (at + 1) % 4 }))],
	['wrong types', { kind: 'wrongTypes', count: 2 }, [null, 42, third, fourth]],
	['no list at all', { kind: 'wrongTypes', list: true }, { length: 4 }],
	[
		'two tampers, one after the other',
		[{ kind: 'short', count: 2 }, { kind: 'withoutIds' }],
		[first, second].map((result) => ({ ...result, userId: undefined })),
	],
])('a faulty deployment answers with %s, though all was written', (_, how, expected) => {
	expect(resultsUnder(how)).toEqual(expected);
});

test('results come in another order, but all of them', () => {
	const results = resultsUnder({ kind: 'reordered' });
	expect(results).not.toEqual(plain);
	expect(results).toHaveLength(4);
	expect(results).toEqual(expect.arrayContaining(plain));
});

test('the answer kept under a key is the one before tampering', () => {
	const { send } = createWorld({
		faults: [{ when: { times: 1 }, do: { kind: 'tamper', how: { kind: 'short', count: 4 } } }],
	});
	const headers = { 'idempotency-key': 'k' };
	const ask = () => seen(send('POST', '/users/batch', { onConflict: 'skip', users: people(4) }, headers)).body;
	expect(ask()).toMatchObject({ results: [] });
	expect(ask()).toMatchObject({ results: plain });
});

test.each([
	['/users/query', { userIds: ['u1'] }, 'users'],
	['/groups/query', { groupIds: ['g'] }, 'groups'],
	['/groups/g/members/query', { memberIds: ['u1'] }, 'members'],
	['/groups/g/members', { memberIds: ['u1'] }, 'results'],
	['/users/batch-delete', { userIds: ['u1'] }, 'results'],
	['/users/batch-status', { active: false, userIds: ['u1'] }, 'results'],
	['/groups/g/members/remove', { memberIds: ['u2'] }, 'results'],
	['/groups/batch-delete', { groupIds: ['g'] }, 'results'],
])('the answer of %s is tampered with too', (path, body, list) => {
	const { create, post, send, service } = createWorld();
	create(...people(2));
	post('/groups/batch', { onConflict: 'skip', groups: [{ groupId: 'g', name: 'G', ownerId: 'u1' }] });
	service.setFaults([{ do: { kind: 'tamper', how: { kind: 'short' } } }]);
	expect(seen(send('POST', path, body)).body).toMatchObject({ [list]: [] });
});

test('refusals and answers without a body are left as they are', () => {
	const { get, post } = createWorld({ faults: [{ do: { kind: 'tamper', how: { kind: 'short' } } }] });
	const { headers } = get('/limits');
	expect(get('/limits', { 'if-none-match': headers.etag ?? '' }).status).toBe(304);
	expect(post('/users/query', {}).status).toBe(400);
});

test('what contradicts the contract is found by the check against it', () => {
	const { send } = createWorld({ faults: [{ do: { kind: 'tamper', how: { kind: 'wrongTypes' } } }] });
	const answer = seen(send('POST', '/users/batch', { onConflict: 'skip', users: people(1) }));
	expect(differences('POST', '/v1/users/batch', answer)).not.toEqual([]);
	expect(differences('POST', '/v1/users/batch', { ...answer, status: 418 })).toEqual([
		'POST /v1/users/batch foresees no 418',
	]);
});
