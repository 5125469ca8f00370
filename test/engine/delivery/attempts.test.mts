// How long a run goes on without a success, and how often a request is tried (law 6).

import { describe, expect, it } from 'vitest';

import type { RefusalClass } from '../../../nodes/TokenIm/engine/wire';
import { scriptedCall, type Answer } from '../service.mts';
import { ids, runRows, type Script } from '../world.mts';

const MINUTE = 60_000;

const refusal = (className: RefusalClass, waitMs?: number): Answer => ({
	refusal: { class: className, code: className, message: 'Refused.', waitMs },
});
const onCreate =
	(answer: Script): Script =>
	(sent, number, world) =>
		sent.name === 'create' ? answer(sent, number, world) : undefined;

describe('a run without a success', () => {
	it('ends after 5 minutes', async () => {
		for (const className of ['transient', 'throttled', 'busy'] as const) {
			const ran = await runRows({
				ids: ids(500),
				script: onCreate(() => refusal(className)),
				limits: { concurrentRequests: 2 },
			});
			expect(ran.tookMs, className).toBeGreaterThan(4.5 * MINUTE);
			expect(ran.tookMs, className).toBeLessThan(5.5 * MINUTE);
			expect(ran.report.ended).toMatchObject({
				code: 'service_unavailable',
				reason: expect.stringContaining('for 5 minutes'),
			});
		}
	});

	it('ends after one where none of its requests reached the service, and after 5 where one did', async () => {
		for (const first of ['limits', 'none']) {
			const ran = await runRows({
				ids: ids(500),
				script: ({ name }) => (name === first ? undefined : { unreached: 'the service refused the connection' }),
			});
			expect(ran.tookMs / MINUTE).toBeCloseTo(first === 'limits' ? 5 : 1, 1);
			expect(ran.statuses()).toEqual({ notAttempted: 500 });
			expect(ran.report.ended).toMatchObject({
				code: first === 'limits' ? 'service_unavailable' : 'never_connected',
				reason: expect.stringContaining('the service refused the connection'),
			});
		}
	});

	it('that began while the service restarts goes on once it is back', async () => {
		const script: Script = (_sent, _number, { clock }) =>
			clock.now() < Date.UTC(2026, 0, 1) + 25_000 ? { unreached: 'the service refused the connection' } : undefined;
		const ran = await runRows({ ids: ids(500), script });
		expect(ran.statuses()).toEqual({ created: 500 });
	});

	it('ends after 15 where they passed in waits that the service named', async () => {
		for (const className of ['transient', 'throttled', 'busy'] as const) {
			const ran = await runRows({
				ids: ids(500),
				script: onCreate(() => refusal(className, MINUTE)),
				limits: { concurrentRequests: 2 },
			});
			expect(ran.tookMs, className).toBeGreaterThan(13.5 * MINUTE);
			expect(ran.tookMs, className).toBeLessThan(15.5 * MINUTE);
		}
	});

	it('is not made longer by several requests that wait at the same time', async () => {
		// One minute is named in all, by each of four requests; the rest of the time nothing answers.
		const script: Script = (sent, number) => {
			if (sent.name === 'limits') return undefined;
			return sent.name === 'create' && number <= 4 ? refusal('busy', MINUTE) : { lost: 'reset' };
		};
		const ran = await runRows({ ids: ids(1000), script, limits: { concurrentRequests: 4 } });
		expect(ran.tookMs).toBeLessThan(7 * MINUTE);
	});

	it('ends after 5 minutes where the limits cannot be read either', async () => {
		const ran = await runRows({ ids: ids(10), script: () => refusal('transient') });
		expect(ran.tookMs).toBeLessThan(5.5 * MINUTE);
		expect(ran.statuses()).toEqual({ notAttempted: 10 });
	});

	it('does not end while rows are slow to come', async () => {
		let isFirst = true;
		const ran = await runRows({
			ids: ids(3),
			limits: { usersPerRequest: 1, concurrentRequests: 1 },
			script: onCreate((sent, _number, { people }) => {
				const afterMs = isFirst ? 4 * MINUTE : 0;
				isFirst = false;
				return { ...people.create(sent.ids, sent.key), afterMs };
			}),
		});
		expect(ran.statuses()).toEqual({ created: 3 });
	});
});

describe('attempts', () => {
	it('of a chunk are five, with full jitter between them, and one key', async () => {
		// Another chunk succeeds between two failures, so that the service never counts as out.
		const script = onCreate((sent) => (sent.ids[0] === 'u1' ? { lost: 'reset' } : undefined));
		const ran = await runRows({
			ids: ids(80),
			script,
			limits: { usersPerRequest: 1, concurrentRequests: 2 },
			latencyMs: 1_000,
		});
		const first = ran.sentTo('create').filter((sent) => sent.ids[0] === 'u1');
		// Five, and once more after the look-up found nobody.
		expect(first).toHaveLength(6);
		expect(new Set(first.map((sent) => sent.key)).size).toBe(1);
		const gaps = first.slice(1, 5).map((sent, index) => sent.at - (first[index]?.at ?? 0) - 1_000);
		// The back-off, and at most one request that is before it at the gate.
		expect(gaps.every((gap, index) => gap >= 0 && gap <= 500 * 2 ** index + 1_000)).toBe(true);
		expect(ran.statuses()).toEqual({ created: 79, unknown: 1 });
	});

	it('are not used up by what the service asked to wait for', async () => {
		const script = onCreate((_sent, number) => {
			if (number <= 4) return refusal('throttled', 1_000);
			if (number === 5) return refusal('nonce');
			return number <= 8 ? { lost: 'reset' } : undefined;
		});
		const ran = await runRows({ ids: ids(1), script });
		expect(ran.verdicts[0]).toMatchObject({ status: 'created', attempts: 9 });
		expect(ran.sentTo('query')).toEqual([]);
	});

	it('of an update go on as probes for as long as an outage may last', async () => {
		const script: Script = (sent, _number, { clock }) =>
			sent.name === 'create' && clock.now() - Date.UTC(2026, 0, 1) < 4.7 * MINUTE ? { lost: 'reset' } : undefined;
		const ran = await runRows({ ids: ids(1), script, call: scriptedCall('create', { settlement: 'again' }) });
		expect(ran.statuses()).toEqual({ created: 1 });
	});

	const oneByOne = { usersPerRequest: 1, concurrentRequests: 1 };
	const failsUnless = (comesThrough: (number: number) => boolean): Script =>
		onCreate((_sent, number) => (comesThrough(number) ? undefined : { lost: 'reset' }));

	it('are paid from one budget, to which each success gives one back', async () => {
		// Every second request fails, so each success pays for one failure and the budget is never spent.
		const ran = await runRows({ ids: ids(200), script: failsUnless((number) => number % 2 === 0), limits: oneByOne });
		expect(ran.statuses()).toEqual({ created: 200 });
	});

	it('are fewer once the budget of 50 is spent', async () => {
		// One row after the other, three of four requests fail: each row costs two more than it gives back.
		const ran = await runRows({
			ids: Array<string>(40).fill('u1'),
			script: failsUnless((number) => number % 4 === 0),
			call: scriptedCall('create', { settlement: 'again' }),
			operation: { repeats: 'after' },
		});
		const spent = ran.verdicts.findIndex((verdict) => verdict.status === 'unknown');
		// 24 rows leave 2 of 50; the next takes both and is saved by its last send; the one after it fails twice.
		expect(spent).toBe(25);
		expect(ran.verdicts.slice(0, spent).every((verdict) => verdict.attempts === 4)).toBe(true);
		expect(ran.verdicts[spent]).toMatchObject({ attempts: 3 });
	});
});

describe('a refused nonce', () => {
	it('goes again with the same key', async () => {
		const ran = await runRows({
			ids: ids(10),
			script: onCreate((_sent, number) => (number === 1 ? refusal('nonce') : undefined)),
		});
		const [first, second] = ran.sentTo('create');
		expect(second?.key).toBe(first?.key);
		expect(ran.statuses()).toEqual({ created: 10 });
	});

	it('ends the run when a new one is refused too: then the secret is wrong', async () => {
		const script = onCreate(() => refusal('nonce'));
		const ran = await runRows({ ids: ids(1_000), script, limits: { concurrentRequests: 1 } });
		// The second batch is before the gate already when the first is refused.
		expect(ran.sentTo('create').map(({ ids: [first] }) => first)).toEqual(['u1', 'u101', 'u1']);
		expect(ran.sentTo('query')).toEqual([]);
		// A copy of what was sent may have been carried out: that stays unknown.
		expect(ran.statuses()).toEqual({ unknown: 200, notAttempted: 800 });
		expect(ran.report.ended).toEqual({
			code: 'nonce',
			reason: expect.stringMatching(/^Refused\. The same request with a new nonce .* check the API secret/),
		});
	});

	it('ends the run also where an answer was lost in between', async () => {
		const ran = await runRows({
			ids: ids(10),
			script: onCreate((_sent, number) => (number === 2 ? { lost: 'reset' } : refusal('nonce'))),
		});
		expect(ran.sentTo('create')).toHaveLength(3);
		expect(ran.statuses()).toEqual({ unknown: 10 });
	});

	it('is counted for each request by itself', async () => {
		const seen = new Set<string | undefined>();
		const script = onCreate(({ ids: [first] }) => {
			if (seen.has(first)) return undefined;
			seen.add(first);
			return refusal('nonce');
		});
		const ran = await runRows({ ids: ids(300), script, limits: { concurrentRequests: 1 } });
		expect(ran.statuses()).toEqual({ created: 300 });
	});
});
