// The service asks for a wait of a minute in the middle of a run; then the run's time is up, or somebody presses Stop.

import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeType } from 'n8n-workflow';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openWorld, people, statusesOf, verdictsOf, watchedNode, type World } from './world.mts';

const PEOPLE = people(400);

/** Ten rows a request, two at once; the service closes the gate for a minute at the 21st write, after one lost answer. */
async function aMinuteToWait(): Promise<World> {
	const world = await openWorld(onTestFinished, {
		limits: { usersPerRequest: 10, concurrentRequests: 2 },
		latencyMs: 2,
	});
	world.sandbox.setFaults([
		{ when: { endpoint: 'users/batch', request: 20 }, do: { kind: 'reset', written: true } },
		{ when: { endpoint: 'users/batch', from: 21 }, do: { kind: 'rateLimited', retryAfter: 60 } },
	]);
	return world;
}

/** What every row must be told after such a run: all that is known, and nothing else. */
function expectAllKnown(world: World, statuses: readonly string[]): void {
	const there = new Set(world.sandbox.users().map(({ userId }) => userId));
	const created = PEOPLE.filter((_, index) => statuses[index] === 'created');
	expect(statuses).toHaveLength(400);
	expect(created.length).toBe(there.size - 10);
	expect(created.filter(({ userId }) => !there.has(userId))).toEqual([]);
	expect(statuses.filter((status) => status === 'unknown')).toHaveLength(10);
	expect(PEOPLE.filter(({ userId }, index) => statuses[index] === 'unknown' && !there.has(userId))).toEqual([]);
	expect(statuses.filter((status) => status === 'notAttempted')).toHaveLength(400 - there.size);
}

describe('Maximum Run Time', () => {
	const briefly = { parameters: { options: { maximumRunTime: 2 } } };

	test('ends a run at once that is asked to wait a minute, with all that is known', async () => {
		const world = await aMinuteToWait();
		const startedAt = Date.now();
		const result = await world.run(PEOPLE, briefly);
		expect(Date.now() - startedAt).toBeLessThan(3_000);
		expectAllKnown(world, statusesOf(result));
		expect(result.hints.map(({ message }) => message).join(' ')).toMatch(/asked to wait until 20\d\d-/);
	});

	test.each([
		['a request that gets no answer', { kind: 'hang', written: true }],
		['waits of our own in an outage', { kind: 'serverError', status: 503, written: true }],
	] as const)('hands over within a second what is known in the middle of %s', async (_what, fault) => {
		const world = await openWorld(onTestFinished, { limits: { usersPerRequest: 10, concurrentRequests: 2 } });
		world.sandbox.setFaults([{ when: { endpoint: 'users/batch', from: 20 }, do: fault }]);
		const startedAt = Date.now();
		const statuses = statusesOf(await world.run(PEOPLE, briefly));
		const tookMs = Date.now() - startedAt;
		expect([tookMs >= 2_000, tookMs < 3_000]).toEqual([true, true]);
		const there = new Set(world.sandbox.users().map(({ userId }) => userId));
		expect(statuses.filter((status) => status === 'created')).toHaveLength(190);
		// All that was sent was written: created, or not known.
		expect(PEOPLE.map(({ userId }) => there.has(userId))).toEqual(statuses.map((status) => status !== 'notAttempted'));
		expect(there.size).toBeLessThan(240);
	});
});

describe('Stop within the wait', () => {
	test('settles every row within a second and sends nothing more', async () => {
		const world = await aMinuteToWait();
		const { nodeType, returned } = await watchedNode();
		const stop = new AbortController();
		const running = world.run(PEOPLE, { nodeType, stop: stop.signal });
		await expect.poll(() => world.writes().some(({ status }) => status === 429), { timeout: 10_000 }).toBe(true);
		await sleep(200);
		const stoppedAt = Date.now();
		stop.abort();
		const items = await returned;
		expect(Date.now() - stoppedAt).toBeLessThan(1_000);
		expect((await running).status).toBe('canceled');
		const sent = world.sandbox.requests.length;
		await sleep(1_500);
		expect(world.sandbox.requests).toHaveLength(sent);
		expectAllKnown(
			world,
			items.map(({ json }) => String(json.status)),
		);
	});

	test('and Verify afterwards tells for each row what it was', async () => {
		const world = await aMinuteToWait();
		const { nodeType, returned } = await watchedNode();
		const stop = new AbortController();
		const running = world.run(PEOPLE, { nodeType, stop: stop.signal });
		await expect.poll(() => world.writes().some(({ status }) => status === 429), { timeout: 10_000 }).toBe(true);
		stop.abort();
		await Promise.all([returned, running]);
		world.sandbox.setFaults([]);
		const verdicts = verdictsOf(await world.run(PEOPLE, { executionId: '2', parameters: { operation: 'verify' } }));
		const there = new Set(world.sandbox.users().map(({ userId }) => userId));
		expect(verdicts.map(({ status }) => status)).toEqual(
			PEOPLE.map(({ userId }) => (there.has(userId) ? 'found' : 'missing')),
		);
	});
});

test('a run that was stopped before it began sends nothing and settles every row', async () => {
	const world = await aMinuteToWait();
	const { nodeType, returned } = await watchedNode();
	const stop = new AbortController();
	const late: INodeType['execute'] = async function () {
		stop.abort();
		expect(this.getExecutionCancelSignal()?.aborted).toBe(true);
		return (await nodeType.execute?.call(this)) ?? [[]];
	};
	await world.run(PEOPLE, { nodeType: { ...nodeType, execute: late }, stop: stop.signal });
	expect(new Set((await returned).map(({ json }) => json.status))).toEqual(new Set(['notAttempted']));
	expect([(await returned).length, world.sandbox.requests.length]).toEqual([400, 0]);
});
