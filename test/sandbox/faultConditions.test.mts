import { expect, test } from 'vitest';
import type { FaultCondition } from '../../sandbox/faults/script.mts';
import { createWorld, people } from './world.mts';

/** The status of each of twelve requests: look-up, batch, look-up, batch, …; a fault answers 500. */
function statuses(when: FaultCondition, seed = 1): number[] {
	const { send } = createWorld({ faults: [{ when, do: { kind: 'serverError' } }], seed });
	return Array.from({ length: 12 }, (_, at) => {
		const reply =
			at % 2 === 0
				? send('POST', '/users/query', { userIds: [`u${at + 1}`] })
				: send('POST', '/users/batch', { onConflict: 'skip', users: people(1, at + 1) });
		return reply.kind === 'answer' ? reply.status : 0;
	});
}

const hitsOf = (when: FaultCondition, seed?: number) =>
	statuses(when, seed).flatMap((status, at) => (status === 500 ? [at + 1] : []));

test.each<[string, FaultCondition, number[]]>([
	['nothing is every request', {}, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
	['a request by its number', { request: 3 }, [3]],
	['several requests', { request: [1, 12] }, [1, 12]],
	['a number among those of an endpoint', { endpoint: 'users/batch', request: 3 }, [6]],
	['an endpoint', { endpoint: 'users/batch' }, [2, 4, 6, 8, 10, 12]],
	['one of several endpoints', { endpoint: ['limits', 'users/query'] }, [1, 3, 5, 7, 9, 11]],
	['from a request on', { from: 11 }, [11, 12]],
	['up to a request', { to: 2 }, [1, 2]],
	['a span of an endpoint’s requests', { endpoint: 'users/query', from: 2, to: 3 }, [3, 5]],
	['every fourth', { every: 4 }, [4, 8, 12]],
	['an id in a look-up', { containsId: 'u5' }, [5]],
	['an id in a batch', { containsId: ['u8', 'nobody'] }, [8]],
	['so many times', { endpoint: 'users/query', times: 2 }, [1, 3]],
	['all that is given', { every: 2, from: 5, times: 1 }, [6]],
])('a condition can be: %s', (_, when, expected) => {
	expect(hitsOf(when)).toEqual(expected);
});

test('chance repeats with its seed, differs with another, and is about as often as it says', () => {
	expect(hitsOf({ chance: 0.5 }, 7)).toEqual(hitsOf({ chance: 0.5 }, 7));
	const all = Array.from({ length: 50 }, (_, seed) => hitsOf({ chance: 0.5 }, seed));
	expect(new Set(all.map(String)).size).toBeGreaterThan(40);
	const share = all.flat().length / 600;
	expect(share).toBeGreaterThan(0.4);
	expect(share).toBeLessThan(0.6);
	expect([hitsOf({ chance: 0 }), hitsOf({ chance: 1 }).length]).toEqual([[], 12]);
});

test('an id in the path counts too', () => {
	const { send } = createWorld({ faults: [{ when: { containsId: 'g' }, do: { kind: 'forbidden' } }] });
	expect(send('POST', '/groups/g/members', { memberIds: [] })).toMatchObject({ status: 403 });
	expect(send('POST', '/groups/h/members', { memberIds: [] })).toMatchObject({ status: 404 });
});

test('of several faults that take a request over the first wins, the others still count', () => {
	const { send, service } = createWorld({
		faults: [
			{ when: { times: 1 }, do: { kind: 'rateLimited' } },
			{ when: { times: 2 }, do: { kind: 'serverError' } },
		],
	});
	const status = () => send('GET', '/limits');
	expect(status()).toMatchObject({ status: 429 });
	expect(status()).toMatchObject({ status: 500 });
	expect(status()).toMatchObject({ status: 200 });
	expect(service.requests.map(({ faults }) => faults)).toEqual([['rateLimited', 'serverError'], ['serverError'], []]);
});

test('a fault is not met by a request that is not admitted', () => {
	const { service, send } = createWorld({ faults: [{ when: { times: 1 }, do: { kind: 'serverError' } }] });
	service.handle({ method: 'GET', path: '/v1/limits', headers: {}, body: new Uint8Array() });
	expect(send('GET', '/limits')).toMatchObject({ status: 500 });
});

test('a new script counts from 1 again', () => {
	const { service, send } = createWorld();
	send('GET', '/limits');
	service.setFaults([{ when: { request: 1 }, do: { kind: 'serverError' } }]);
	expect(send('GET', '/limits')).toMatchObject({ status: 500 });
});
