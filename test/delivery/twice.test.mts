// The same rows in two executions at once, as when a schedule fires twice; and a run that n8n itself repeats.

import { describe, expect, onTestFinished, test } from 'vitest';
import type { Fault } from '../../sandbox/faults/script.mts';
import { openWorld, people, statusesOf, verdictsOf } from './world.mts';

const PEOPLE = people(500);
const SMALL = { limits: { usersPerRequest: 25, concurrentRequests: 4 }, latencyMs: 5 };

const SCRIPTS: ReadonlyArray<readonly [string, readonly Fault[]]> = [
	['that answers', []],
	[
		'that stumbles',
		[
			{ when: { endpoint: 'users/batch', every: 5 }, do: { kind: 'reset', written: true } },
			{ when: { endpoint: 'users/batch', every: 7 }, do: { kind: 'serverError', status: 502, written: false } },
			{ when: { endpoint: 'users/batch', request: [8, 16] }, do: { kind: 'rateLimited', retryAfter: 1 } },
		],
	],
];

describe('two executions at once on the same rows', () => {
	test.each(SCRIPTS)('create each person once between them, with a service %s', async (_what, faults) => {
		const { sandbox, run } = await openWorld(onTestFinished, SMALL);
		sandbox.setFaults(faults);
		const [one, other] = await Promise.all([run(PEOPLE, { executionId: '1' }), run(PEOPLE, { executionId: '2' })]);
		expect(sandbox.userCount()).toBe(500);
		const allowed = new Set(['created', 'exists', 'exists?']);
		expect([...statusesOf(one), ...statusesOf(other)].filter((status) => !allowed.has(status))).toEqual([]);
		const inBoth = statusesOf(one).filter(
			(status, index) => status === 'created' && statusesOf(other)[index] === 'created',
		);
		expect(inBoth).toEqual([]);
		const imIds = new Map(sandbox.users().map(({ userId, imId }) => [userId, imId]));
		const strangers = [...verdictsOf(one), ...verdictsOf(other)].filter(
			({ userId, imId }) => imIds.get(String(userId)) !== imId,
		);
		expect(strangers).toEqual([]);
	});

	test('where nothing is lost, exactly one of them says of each person that it created them', async () => {
		const { run } = await openWorld(onTestFinished, SMALL);
		const [one, other] = await Promise.all([run(PEOPLE, { executionId: '1' }), run(PEOPLE, { executionId: '2' })]);
		const pairs = statusesOf(one).map((status, index) => [status, statusesOf(other)[index]].sort().join(' '));
		expect(new Set(pairs)).toEqual(new Set(['created exists']));
	});
});

describe('a run that n8n repeats', () => {
	test('after it failed (Retry On Fail): nobody twice, and what it created is still called created', async () => {
		const { sandbox, run } = await openWorld(onTestFinished, SMALL);
		const items = [...PEOPLE, { userId: 'not valid', username: 'X' }];
		const stop = { onError: 'stopWorkflow', tries: 3, parameters: { options: { failRunWhen: 'anyRow' } } } as const;
		const { executions, error, status } = await run(items, stop);
		expect([executions, status, sandbox.userCount()]).toEqual([3, 'error', 500]);
		expect(error?.message).toBe('1 of 501 rows did not succeed');
		expect(error?.description).toContain('500 rows succeeded (500 created) and need not be sent again.');
	});

	test('because a service was out during the first try: the second one goes through', async () => {
		const { sandbox, run } = await openWorld(onTestFinished, SMALL);
		sandbox.setFaults([{ when: { endpoint: 'limits', request: 1 }, do: { kind: 'forbidden' } }]);
		const result = await run(PEOPLE, { onError: 'stopWorkflow', tries: 2 });
		expect([result.executions, result.error, sandbox.userCount()]).toEqual([2, undefined, 500]);
		expect(new Set(statusesOf(result))).toEqual(new Set(['created']));
	});

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'does not happen with %s where some rows succeeded',
		async (onError) => {
			const { sandbox, run } = await openWorld(onTestFinished, SMALL);
			sandbox.setFaults([{ when: { endpoint: 'users/batch', from: 5 }, do: { kind: 'forbidden' } }]);
			const result = await run(PEOPLE, { onError, tries: 3 });
			expect([result.executions, result.status, verdictsOf(result).length]).toEqual([1, 'success', 500]);
			expect(verdictsOf(result).filter(({ status }) => status === 'created')).toHaveLength(sandbox.userCount());
		},
	);
});

describe('rows that fail in the middle of a run', () => {
	const faults: readonly Fault[] = [
		{ do: { kind: 'failEntries', ids: ['p40', 'p400'] } },
		{ when: { endpoint: 'users/batch', request: 6 }, do: { kind: 'reset', written: true } },
	];

	test('come out of the error output with their columns; the good rows of their batch do not', async () => {
		const { sandbox, run } = await openWorld(onTestFinished, SMALL);
		sandbox.setFaults(faults);
		const { outputs, ranAfter } = await run(PEOPLE, { onError: 'continueErrorOutput' });
		expect(outputs.map((items) => items.length)).toEqual([498, 2]);
		expect(outputs[1]?.map(({ json, pairedItem }) => [json.userId, json.username, pairedItem])).toEqual([
			['p40', 'Person 40', { item: 39 }],
			['p400', 'Person 400', { item: 399 }],
		]);
		expect(ranAfter).toEqual(['Done', 'Failed']);
	});

	test('stop the workflow only if Fail the Run When says so, after every other row was sent', async () => {
		const { sandbox, run } = await openWorld(onTestFinished, SMALL);
		sandbox.setFaults(faults);
		const { error } = await run(PEOPLE, {
			onError: 'stopWorkflow',
			parameters: { options: { failRunWhen: 'anyRow' } },
		});
		expect(error?.message).toBe('2 of 500 rows did not succeed');
		expect(sandbox.userCount()).toBe(498);
	});
});
