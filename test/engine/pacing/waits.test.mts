// The server sets the pace (law 6): which waits hold for all, which for one request, and which end the run.

import { describe, expect, it } from 'vitest';

import type { RefusalClass } from '../../../nodes/TokenIm/engine/wire';
import { parseRetryAfter } from '../../../nodes/TokenIm/protocol/answer/retryAfter';
import type { Answer, Sent } from '../service.mts';
import { ids, runRows, type Script } from '../world.mts';

const START = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;

const refusal = (className: RefusalClass, waitMs?: number): Answer => ({
	refusal: { class: className, code: className, message: 'Refused.', waitMs },
});
const onCreate =
	(answer: Script): Script =>
	(sent, number, world) =>
		sent.name === 'create' ? answer(sent, number, world) : undefined;
const times = (sent: readonly Sent[]): number[] => sent.map(({ at }) => at - START);

describe('a wait that the service names', () => {
	it.each<RefusalClass>(['throttled', 'transient'])(
		'on %s closes the gate for all, to the millisecond',
		async (className) => {
			const script = onCreate((_sent, number) => (number === 1 ? refusal(className, 5_000) : undefined));
			const ran = await runRows({ ids: ids(1000), script, limits: { concurrentRequests: 3 } });
			const sent = times(ran.sentTo('create'));
			expect(sent.slice(0, 3)).toEqual([20, 20, 20]);
			expect(sent.slice(3).every((at) => at >= 5_040)).toBe(true);
			expect(sent[3]).toBe(5_040);
			expect(ran.statuses()).toEqual({ created: 1000 });
		},
	);

	it('on 409 delays that request alone, to the millisecond', async () => {
		const script = onCreate((sent) =>
			sent.ids[0] === 'u1' && sent.at - START < 5_000 ? refusal('busy', 5_000) : undefined,
		);
		const ran = await runRows({ ids: ids(1000), script, limits: { concurrentRequests: 2 } });
		const first = ran.sentTo('create').filter((sent) => sent.ids[0] === 'u1');
		expect(times(first)).toEqual([20, 5_040]);
		expect(first[0]?.key).toBe(first[1]?.key);
		expect(times(ran.sentTo('create')).filter((at) => at < 1_000)).toHaveLength(10);
	});

	it('on 202 delays that request alone', async () => {
		const script: Script = (sent, number, { people }) => {
			if (sent.name === 'create' && number === 1) return { job: 'j', waitMs: 5_000 };
			return sent.name === 'jobs' ? people.create(ids(100), undefined) : undefined;
		};
		const ran = await runRows({ ids: ids(500), script, limits: { concurrentRequests: 2 } });
		expect(times(ran.sentTo('jobs'))).toEqual([5_040]);
		expect(times(ran.sentTo('create')).every((at) => at < 1_000)).toBe(true);
		expect(ran.statuses()).toEqual({ created: 500 });
	});

	describe.each([
		['409', (waitMs?: number): Answer => refusal('busy', waitMs), 'create', 25],
		['202', (waitMs?: number): Answer => ({ job: 'j', waitMs }), 'jobs', 130],
	] as const)('on %s that is shorter than our own step', (_status, notYet, asked, mostRequests) => {
		const OWN_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 15_000];
		const namesAlways =
			(header: (nowMs: number) => string): Script =>
			(sent, _number, { clock }) =>
				sent.name === 'create' || sent.name === 'jobs'
					? notYet(parseRetryAfter(header(clock.now()), clock.now()))
					: undefined;
		const date = (ms: number): string => new Date(ms).toUTCString();

		it.each([
			['0', () => '0'],
			['a date long past', () => 'Mon, 01 Jan 2024 00:00:00 GMT'],
			['its own now, two seconds behind our clock', (nowMs: number) => date(nowMs - 2_000)],
			['a second from now, two seconds behind our clock', (nowMs: number) => date(nowMs - 1_000)],
			['a second, for ever', () => '1'],
		])('makes it no shorter: %s', async (_name, header) => {
			const ran = await runRows({ ids: ids(100), script: namesAlways(header), settings: { maxRunTimeMs: 60_000 } });
			const sent = [...(asked === 'jobs' ? ran.sentTo('create') : []), ...ran.sentTo(asked)];
			expect(sent.slice(1).map(({ at }, index) => at - (sent[index]?.at ?? 0) - 20)).toEqual(OWN_MS);
		});

		it('costs few requests until the run gives up', async () => {
			const ran = await runRows({ ids: ids(100), script: namesAlways(() => '0') });
			expect(ran.statuses()).toEqual({ unknown: 100 });
			expect(ran.world.sent.length).toBeLessThan(mostRequests);
		});

		it('leaves a longer one as it is', async () => {
			const script = namesAlways(() => '20');
			const ran = await runRows({ ids: ids(100), script, settings: { maxRunTimeMs: 60_000 } });
			expect(times(ran.sentTo(asked)).map((at) => at - (at % 100))).toEqual(
				asked === 'jobs' ? [20_000, 40_000] : [0, 20_000, 40_000],
			);
		});
	});

	it('of 0 is none, and then the engine waits on its own account', async () => {
		const ran = await runRows({
			ids: ids(100),
			script: onCreate((_sent, number) => (number < 4 ? refusal('throttled', 0) : undefined)),
		});
		expect(ran.statuses()).toEqual({ created: 100 });
		expect(ran.tookMs).toBeLessThanOrEqual(100 + 500 + 1_000 + 2_000);
		expect(ran.tookMs).toBeGreaterThan(100);
	});

	it('on 429 costs no attempt, however often it comes', async () => {
		const ran = await runRows({
			ids: ids(100),
			script: onCreate((_sent, number) => (number <= 8 ? refusal('throttled', 1_000) : undefined)),
		});
		expect(ran.statuses()).toEqual({ created: 100 });
	});

	it.each([
		['a month', 30 * 24 * 60 * MINUTE],
		['a millisecond more than 15 minutes', 15 * MINUTE + 1],
	])('of %s ends the run, which says until when', async (_name, waitMs) => {
		for (const className of ['throttled', 'transient', 'busy'] as const) {
			const ran = await runRows({
				ids: ids(500),
				script: onCreate(() => refusal(className, waitMs)),
				limits: { concurrentRequests: 1 },
			});
			expect(ran.tookMs).toBeLessThan(1_000);
			expect(ran.report.ended).toEqual({
				code: 'asked_to_wait',
				reason: `The service asked to wait until ${new Date(START + 40 + waitMs).toISOString()}. Run again after that.`,
			});
			expect(ran.statuses()).toEqual(
				className === 'throttled' ? { notAttempted: 500 } : { unknown: 100, notAttempted: 400 },
			);
		}
	});

	it('beyond all dates ends the run too', async () => {
		const ran = await runRows({ ids: ids(5), script: onCreate(() => refusal('throttled', 1e18)) });
		expect(ran.report.ended?.reason).toContain(
			'The service asked to wait until a time far ahead. Run again after that.',
		);
	});

	it('that is longer than the run has left ends it', async () => {
		const script = onCreate(() => refusal('throttled', 20_000));
		const ran = await runRows({ ids: ids(5), script, settings: { maxRunTimeMs: 10_000 } });
		expect(ran.tookMs).toBe(40);
		expect(ran.report.ended?.code).toBe('asked_to_wait');
	});

	it('of 10 minutes is waited for', async () => {
		const ran = await runRows({
			ids: ids(5),
			script: onCreate((_sent, number) => (number === 1 ? refusal('throttled', 10 * MINUTE) : undefined)),
		});
		expect(ran.statuses()).toEqual({ created: 5 });
		expect(ran.tookMs).toBe(10 * MINUTE + 60);
	});
});
