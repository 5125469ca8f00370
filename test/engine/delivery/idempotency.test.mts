// The key that makes a write safe to send again (law 3).

import { describe, expect, it } from 'vitest';

import { idempotencyKey } from '../../../nodes/TokenIm/engine/delivery/idempotency';

const identity = { instanceId: 'instance', executionId: '7', nodeId: 'node', runIndex: 0 };
const request = { method: 'POST', path: '/users/batch?x=1', body: '{"users":[]}' };
const key = idempotencyKey(identity, request, [0, 1, 2], 0);

describe('an idempotency key', () => {
	it('is a SHA-256 in hex: printable and well under 128 characters', () => {
		expect(key).toMatch(/^[0-9a-f]{64}$/);
	});

	it('is the same for the same request of the same run', () => {
		expect(idempotencyKey({ ...identity }, { ...request }, [0, 1, 2], 0)).toBe(key);
	});

	const others: ReadonlyArray<readonly [why: string, other: () => string]> = [
		['another instance', () => idempotencyKey({ ...identity, instanceId: 'other' }, request, [0, 1, 2], 0)],
		['another execution', () => idempotencyKey({ ...identity, executionId: '8' }, request, [0, 1, 2], 0)],
		['another node of the workflow', () => idempotencyKey({ ...identity, nodeId: 'other' }, request, [0, 1, 2], 0)],
		['another turn of a loop', () => idempotencyKey({ ...identity, runIndex: 1 }, request, [0, 1, 2], 0)],
		['another method', () => idempotencyKey(identity, { ...request, method: 'PUT' }, [0, 1, 2], 0)],
		['another path', () => idempotencyKey(identity, { ...request, path: '/users/batch-delete?x=1' }, [0, 1, 2], 0)],
		['another query', () => idempotencyKey(identity, { ...request, path: '/users/batch?x=2' }, [0, 1, 2], 0)],
		['another body', () => idempotencyKey(identity, { ...request, body: '{"users":[1]}' }, [0, 1, 2], 0)],
		['no body', () => idempotencyKey(identity, { ...request, body: undefined }, [0, 1, 2], 0)],
		[
			'an empty body, which is not the same as none',
			() => idempotencyKey(identity, { ...request, body: '' }, [0, 1, 2], 0),
		],
		['other rows with the same content', () => idempotencyKey(identity, request, [3, 4, 5], 0)],
		['fewer rows', () => idempotencyKey(identity, request, [0, 1], 0)],
		['a later round', () => idempotencyKey(identity, request, [0, 1, 2], 1)],
		[
			'parts that join to the same text',
			() => idempotencyKey({ ...identity, instanceId: 'instance7', executionId: '' }, request, [0, 1, 2], 0),
		],
		['positions that join to the same digits', () => idempotencyKey(identity, request, [0, 12], 0)],
	];
	it.each(others)('is another for %s', (_why, other) => {
		expect(other()).not.toBe(key);
	});

	it('is another for each of these', () => {
		expect(new Set(others.map(([, other]) => other())).size).toBe(others.length);
	});
});
