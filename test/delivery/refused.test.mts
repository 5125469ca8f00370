// A strict service that refuses a whole batch for one bad row, and one that refuses everything, over HTTP.

import { describe, expect, onTestFinished, test } from 'vitest';
import { openWorld, people, statusesOf, verdictsOf } from './world.mts';

const PEOPLE = people(300);
const BAD = ['p7', 'p8', 'p150', 'p300'];
const CHUNK = 100;
const MOST_EXTRA = Math.ceil(Math.log2(CHUNK)) + 2;

describe('a batch that is refused as a whole', () => {
	test.each([
		['nobody is named', false, MOST_EXTRA * BAD.length],
		['the bad ones are named', true, BAD.length],
	])('where %s: the bad rows alone fail, for a few requests more', async (_what, named, mostExtra) => {
		const { sandbox, run, writes } = await openWorld(onTestFinished, { limits: { usersPerRequest: CHUNK } });
		sandbox.setFaults([{ when: { endpoint: 'users/batch', containsId: BAD }, do: { kind: 'invalidRequest', named } }]);
		const verdicts = verdictsOf(await run(PEOPLE));
		expect(verdicts.filter(({ status }) => status !== 'created').map(({ userId, status }) => [userId, status])).toEqual(
			BAD.map((userId) => [userId, 'failed']),
		);
		expect(sandbox.userCount()).toBe(296);
		expect(writes().length - 3).toBeLessThanOrEqual(mostExtra);
	});
});

test('a service that refuses everything as a whole is found out after tens of requests, not thousands', async () => {
	const { sandbox, run } = await openWorld(onTestFinished);
	sandbox.setFaults([{ when: { endpoint: 'users/batch' }, do: { kind: 'invalidRequest' } }]);
	const result = await run(people(2_000));
	expect(sandbox.requests.length).toBeLessThanOrEqual(60);
	expect(new Set(statusesOf(result))).toEqual(new Set(['failed', 'notAttempted']));
	expect(result.hints.map(({ message }) => message).join(' ')).toContain('refused every request as a whole');
});

test('a body that is too large for one row alone fails that row, and nobody else', async () => {
	const { sandbox, run } = await openWorld(onTestFinished, { limits: { maxBodyBytes: 2_000 } });
	const items = PEOPLE.map((person, index) =>
		index === 5 ? { ...person, 'attributes.essay': 'x'.repeat(500) } : person,
	);
	sandbox.setFaults([
		{ when: { endpoint: 'users/batch', containsId: 'p6' }, do: { kind: 'tooLarge', code: 'body_too_large' } },
	]);
	const verdicts = verdictsOf(await run(items));
	expect(verdicts.filter(({ status }) => status !== 'created').map(({ userId, status }) => [userId, status])).toEqual([
		['p6', 'failed'],
	]);
	expect(sandbox.userCount()).toBe(299);
});
