// Maximum Run Time and n8n's Stop: the run hands over at once, and nothing more is sent (law 8).

import { getEventListeners } from 'node:events';

import { describe, expect, it } from 'vitest';

import type { RefusalClass } from '../../nodes/TokenIm/engine/wire';
import type { Answer } from './service.mts';
import { ids, runRows, type Script, type World } from './world.mts';

const refusal = (className: RefusalClass, code = 'a_code', waitMs?: number): Answer => ({
	refusal: { class: className, code, message: 'Refused.', waitMs },
});
const onCreate =
	(answer: Script): Script =>
	(sent, number, world) =>
		sent.name === 'create' ? answer(sent, number, world) : undefined;
const after = (delayMs: number, what: () => void) => (world: World) => {
	void world.clock.sleep(delayMs).then(what);
};

describe('Maximum Run Time', () => {
	const waits: ReadonlyArray<
		readonly [during: string, answer: Answer, second: 'unknown' | 'notAttempted', atMs: number]
	> = [
		['a request without an answer', { hang: true }, 'unknown', 30_000],
		['the back-off after failures', { lost: 'reset' }, 'unknown', 30_000],
		['the wait for a job', { job: 'j' }, 'unknown', 30_000],
		// Waited once; the second time is more than the run has left, so it ends at once.
		['a wait that the service named', refusal('throttled', 'rate_limited', 29_000), 'notAttempted', 29_080],
		['a wait that was named for one request', refusal('busy', 'in_use', 29_000), 'unknown', 29_080],
		['a wait that is too long', refusal('throttled', 'rate_limited', 31_000), 'notAttempted', 60],
	];
	it.each(waits)('hands over within a second during %s', async (_during, answer, second, atMs) => {
		const script: Script = (sent, number) => {
			if (sent.name === 'jobs') return { job: 'j' };
			return sent.name === 'create' && number >= 2 ? answer : undefined;
		};
		const ran = await runRows({
			ids: ids(200),
			script,
			limits: { concurrentRequests: 1 },
			settings: { maxRunTimeMs: 30_000 },
		});
		expect(ran.tookMs).toBe(atMs);
		expect(ran.statuses()).toEqual({ created: 100, [second]: 100 });
	});

	it('tells answered rows, unsettled rows and the others apart', async () => {
		const script = onCreate((_sent, number) => (number === 2 ? { hang: true } : undefined));
		const ran = await runRows({
			ids: ids(300),
			script,
			limits: { concurrentRequests: 1 },
			settings: { maxRunTimeMs: 30_000 },
		});
		expect(ran.statuses()).toEqual({ created: 100, unknown: 100, notAttempted: 100 });
		expect(ran.tookMs).toBe(30_000);
		expect(ran.verdicts[299]).toMatchObject({
			code: 'maximum_run_time',
			reason: 'Maximum Run Time (30 s) was up. Run again to go on.',
		});
	});

	it('that is not used up changes nothing', async () => {
		const ran = await runRows({ ids: ids(300), settings: { maxRunTimeMs: 30_000 } });
		expect(ran.statuses()).toEqual({ created: 300 });
		expect(ran.tookMs).toBeLessThan(1_000);
	});
});

describe('Stop', () => {
	it('during a wait sends nothing more, and every row is settled', async () => {
		const stop = new AbortController();
		const script = onCreate((_sent, number) =>
			number >= 2 ? refusal('throttled', 'rate_limited', 60_000) : undefined,
		);
		const ran = await runRows({
			ids: ids(1000),
			script,
			limits: { concurrentRequests: 1 },
			cancel: stop.signal,
			onStart: after(10_000, () => stop.abort()),
		});
		expect(ran.tookMs).toBe(10_000);
		expect(ran.sentTo('create')).toHaveLength(2);
		expect(ran.statuses()).toEqual({ created: 100, notAttempted: 900 });
		expect(ran.report.ended).toMatchObject({ code: 'stopped' });
	});

	it('during requests in flight awaits none of them', async () => {
		const stop = new AbortController();
		const ran = await runRows({
			ids: ids(1000),
			script: onCreate(() => ({ hang: true })),
			cancel: stop.signal,
			onStart: after(10_000, () => stop.abort()),
		});
		expect(ran.tookMs).toBe(10_000);
		expect(ran.statuses()).toEqual({ unknown: 400, notAttempted: 600 });
	});

	it('that came before the run began sends nothing at all', async () => {
		const ran = await runRows({ ids: ids(10), cancel: AbortSignal.abort() });
		expect(ran.world.sent).toEqual([]);
		expect(ran.statuses()).toEqual({ notAttempted: 10 });
	});

	it('after the run is over changes nothing', async () => {
		const stop = new AbortController();
		const ran = await runRows({ ids: ids(10), cancel: stop.signal });
		stop.abort();
		expect(ran.report.ended).toBeUndefined();
		expect(ran.statuses()).toEqual({ created: 10 });
	});
});

describe('a run that is over', () => {
	it('listens to Stop no more, also where its rows broke off after it had ended', async () => {
		const stop = new AbortController();
		const script: Script = (sent) => (sent.name === 'limits' ? refusal('stop') : undefined);
		const ran = runRows({ ids: ids(3), script, breaksOff: new Error('The file is cut off'), cancel: stop.signal });
		await expect(ran).rejects.toThrow('The file is cut off');
		expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
	});
});
