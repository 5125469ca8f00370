// Every way in which a service can stumble, once over HTTP: three requests of two people each, and the second one meets it.

import { describe, test } from 'vitest';
import type { Fault, FaultAction, Tamper } from '../../sandbox/faults/script.mts';
import type { SandboxOptions } from '../../sandbox/server.mts';
import { countsOf, openWorld, people, statusesOf } from './world.mts';

const PEOPLE = people(6);
const CREATED = PEOPLE.map(() => 'created');
/** What becomes of the two people of the second request. */
const middle = (one: string, other = one) => ['created', 'created', one, other, 'created', 'created'];
/** The second request meets what ends the run; one more may be under way with it. */
const ENDED = ['created', 'created', 'notAttempted', 'notAttempted', 'notAttempted', 'notAttempted'];
const MONTH_S = 30 * 24 * 3600;

type Case = readonly [what: string, fault: FaultAction, expected: readonly string[], atLeastMs?: number];

const on = (request: number, fault: FaultAction): Fault => ({ when: { endpoint: 'users/batch', request }, do: fault });
const tampered = (...how: Tamper[]): FaultAction => ({ kind: 'tamper', how });

async function meet(faults: readonly Fault[], atTheEnd: Parameters<typeof openWorld>[0], options: SandboxOptions = {}) {
	const world = await openWorld(atTheEnd, { limits: { usersPerRequest: 2, concurrentRequests: 1 }, ...options });
	world.sandbox.setFaults(faults);
	const startedAt = Date.now();
	const result = await world.run(PEOPLE, { parameters: { options: { requestTimeout: 1 } } });
	return { ...world, statuses: statusesOf(result), result, tookMs: Date.now() - startedAt };
}

const REFUSALS: Case[] = [
	['429 with Retry-After in seconds', { kind: 'rateLimited', retryAfter: 1 }, CREATED, 1_000],
	['429 with Retry-After as a date', { kind: 'rateLimited', retryAfter: { dateInMs: 2_000 } }, CREATED, 1_000],
	['429 with a Retry-After that says nothing', { kind: 'rateLimited', retryAfter: 'soon' }, CREATED],
	['429 without Retry-After', { kind: 'rateLimited' }, CREATED],
	['429 with a Retry-After of a month', { kind: 'rateLimited', retryAfter: MONTH_S }, ENDED],
	['500', { kind: 'serverError', status: 500, written: true }, CREATED],
	['502', { kind: 'serverError', status: 502, written: false }, CREATED],
	['503 with Retry-After', { kind: 'serverError', status: 503, retryAfter: 1 }, CREATED, 1_000],
	['504', { kind: 'serverError', status: 504, written: true }, CREATED],
	['413 by items, with the limit', { kind: 'tooLarge', code: 'too_many_items', limit: 1 }, CREATED],
	['413 by bytes, with the limit', { kind: 'tooLarge', code: 'body_too_large', limit: 120 }, CREATED],
	['413 as from a proxy', { kind: 'tooLarge' }, CREATED],
	['limits that shrink', { kind: 'setLimits', limits: { usersPerRequest: 1 } }, CREATED],
	['400 for the whole batch, nobody named', { kind: 'invalidRequest' }, CREATED],
	['401', { kind: 'unauthorized', code: 'invalid_key' }, ENDED],
	['a clock that is off', { kind: 'unauthorized', code: 'clock_skew' }, ENDED],
	['a nonce that was seen', { kind: 'unauthorized', code: 'nonce_reused', written: true }, CREATED],
	['403', { kind: 'forbidden' }, ENDED],
	['402', { kind: 'quotaExhausted' }, ENDED],
	['a key that is in use', { kind: 'keyInUse', retryAfter: 1 }, CREATED, 1_000],
	[
		'a key that is in use until a date that has passed',
		{ kind: 'keyInUse', retryAfter: { dateInMs: -2_000 } },
		CREATED,
		1_000,
	],
	[
		'a key that is in use for a month',
		{ kind: 'keyInUse', retryAfter: MONTH_S },
		['created', 'created', 'unknown', 'unknown', 'notAttempted', 'notAttempted'],
	],
	['a key that was used for something else', { kind: 'keyMismatch' }, ENDED],
	['an answer of 418', { kind: 'refusal', status: 418, body: { code: 'teapot' } }, ENDED],
];

const ANSWERS: Case[] = [
	["a proxy's page under 502", { kind: 'html', status: 502, written: false }, CREATED],
	["a proxy's page under 200", { kind: 'html', status: 200, written: true }, CREATED],
	['an empty body', { kind: 'emptyBody' }, CREATED],
	['cut JSON', { kind: 'cutJson' }, CREATED],
	['a body of 50 MB', { kind: 'hugeBody', bytes: 50 * 1024 * 1024 }, CREATED],
	['a reset before the write', { kind: 'reset', written: false }, CREATED],
	['a reset after the write', { kind: 'reset', written: true }, CREATED],
	['a write that is done long after the reset', { kind: 'reset', written: { lateMs: 700 } }, CREATED],
	['no answer until the time-out', { kind: 'hang', written: true }, CREATED, 1_000],
	['a slow answer', { kind: 'slow', delayMs: 600 }, CREATED, 600],
	['an answer that comes after the time-out', { kind: 'slow', delayMs: 1_500 }, CREATED, 1_000],
	['a job', { kind: 'job', polls: 1 }, CREATED, 1_000],
	['a job that fails half-way', { kind: 'job', polls: 1, failsAfterEntries: 1 }, middle('created', 'failed')],
	['a job that vanishes', { kind: 'job', polls: 3, endsAfterMs: 0, vanishesAtPoll: 1 }, middle('exists?')],
];

const RESULTS: Case[] = [
	['a result too few', tampered({ kind: 'short' }), middle('created', 'exists?'), 2_000],
	['results of people who were never sent', tampered({ kind: 'long' }), CREATED],
	['results in another order, with wrong indexes', tampered({ kind: 'reordered' }, { kind: 'wrongIndex' }), CREATED],
	['a result twice', tampered({ kind: 'repeated' }), CREATED],
	['results that contradict each other', tampered({ kind: 'contradicting' }), middle('exists?', 'created'), 2_000],
	["a stranger's id in place of one's own", tampered({ kind: 'foreign' }), middle('exists?', 'created'), 2_000],
	['results without ids', tampered({ kind: 'withoutIds' }), CREATED],
	['results without indexes', tampered({ kind: 'withoutIndex' }), CREATED],
	['numbers and lists where texts should be', tampered({ kind: 'wrongTypes' }), middle('exists?', 'created'), 2_000],
	['no list at all', tampered({ kind: 'wrongTypes', list: true }), CREATED],
	['a row that is refused', { kind: 'failEntries', ids: ['p3'] }, middle('failed', 'created')],
	['a row that is refused once for now', { kind: 'failEntries', ids: ['p3'], retryable: true, timesEach: 1 }, CREATED],
];

const KINDS: ReadonlyArray<readonly [what: string, cases: readonly Case[]]> = [
	['a refusal', REFUSALS],
	['an answer that is none', ANSWERS],
	['an answer that says something else', RESULTS],
];

for (const [kind, cases] of KINDS) {
	describe.concurrent(kind, () => {
		for (const [what, fault, expected, atLeastMs = 0] of cases) {
			test(what, async ({ expect, onTestFinished }) => {
				const { statuses, tookMs, sandbox } = await meet([on(2, fault)], onTestFinished);
				expect(statuses).toEqual(expected);
				expect(tookMs).toBeGreaterThanOrEqual(atLeastMs);
				const there = new Set(sandbox.users().map(({ userId }) => userId));
				expect(PEOPLE.map(({ userId }) => there.has(userId))).toEqual(expected.map(isThere));
			});
		}
	});
}

function isThere(status: string): boolean {
	return status === 'created' || status === 'exists?';
}

describe.concurrent('more than one fault', () => {
	test('a look-up waits for a service that shows writes late', async ({ expect, onTestFinished }) => {
		const fault = on(2, tampered({ kind: 'short', count: 2 }));
		const { statuses } = await meet([fault], onTestFinished, { readLagMs: 1_800 });
		expect(statuses).toEqual(middle('exists?'));
	});

	test('a plan that is full in the middle of a run is used up to the last, and then ends it', async ({
		expect,
		onTestFinished,
	}) => {
		const fault = on(2, { kind: 'setQuota', quota: 3 });
		const { statuses, sandbox, result } = await meet([fault], onTestFinished);
		expect(statuses).toEqual(['created', 'created', 'created', 'notAttempted', 'notAttempted', 'notAttempted']);
		expect(sandbox.userCount()).toBe(3);
		expect(result.outputs[0]?.[3]?.json).toMatchObject({ code: 'plan_quota_exhausted' });
	});

	test('four requests under way use up what a plan has left, and make nobody beyond it', async ({
		expect,
		onTestFinished,
	}) => {
		const world = await openWorld(onTestFinished, {
			limits: { usersPerRequest: 10, concurrentRequests: 4 },
			quota: 73,
		});
		const result = await world.run(people(200));
		expect(countsOf(result)).toEqual({ created: 73, notAttempted: 127 });
		expect(world.sandbox.userCount()).toBe(73);
	});

	test('a write that loses every answer, and then its look-up, is unknown; Verify resolves it', async ({
		expect,
		onTestFinished,
	}) => {
		const lost: FaultAction = { kind: 'reset', written: true };
		const faults: Fault[] = [
			on(2, tampered({ kind: 'short', count: 2 })),
			{ when: { endpoint: 'users/query' }, do: { kind: 'refusal', status: 400, body: { code: 'odd' } } },
		];
		const { statuses, run, sandbox } = await meet(faults, onTestFinished);
		expect(statuses.filter((_, index) => index === 2 || index === 3)).toEqual(['unknown', 'unknown']);
		sandbox.setFaults([{ when: { endpoint: 'users/query', request: 1 }, do: lost }]);
		const verified = statusesOf(await run(PEOPLE, { executionId: '2', parameters: { operation: 'verify' } }));
		const there = new Set(sandbox.users().map(({ userId }) => userId));
		expect(verified).toEqual(PEOPLE.map(({ userId }) => (there.has(userId) ? 'found' : 'missing')));
	});

	test('the same key travels with each attempt of a write, and none without', async ({ expect, onTestFinished }) => {
		const stumbles = [on(2, { kind: 'reset', written: true }), on(3, { kind: 'serverError' })];
		const { writes } = await meet(stumbles, onTestFinished, { recordBodies: true });
		const sent = writes().map(({ headers, body }) => [headers['idempotency-key'] ?? '', body] as const);
		expect(sent).toHaveLength(5);
		expect(sent.filter(([key]) => !/^[0-9a-f]{64}$/.test(key))).toEqual([]);
		expect(new Map(sent).size).toBe(3);
		expect(new Map(sent.map(([key, body]) => [body, key])).size).toBe(3);
		expect(new Set(sent.map(([key, body]) => `${key} ${body}`)).size).toBe(3);
	});
});
