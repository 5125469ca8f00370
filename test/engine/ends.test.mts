// What ends a run before its rows are through, and what then becomes of each row (law 7).

import { describe, expect, it } from 'vitest';

import type { Verdict } from '../../nodes/TokenIm/engine/types';
import type { RefusalClass } from '../../nodes/TokenIm/engine/wire';
import type { Answer } from './service.mts';
import { ids, runRows, type Script } from './world.mts';

const refusal = (className: RefusalClass, code = 'a_code', waitMs?: number): Answer => ({
	refusal: { class: className, code, message: 'Refused.', waitMs },
});
const onCreate =
	(answer: Script): Script =>
	(sent, number, world) =>
		sent.name === 'create' ? answer(sent, number, world) : undefined;

describe('a refusal that no request can escape', () => {
	it('stops the run: nothing new starts once it was read', async () => {
		const script = onCreate((_sent, number) => (number === 3 ? refusal('stop', 'forbidden') : undefined));
		const ran = await runRows({ ids: ids(1000), script, limits: { concurrentRequests: 1 } });
		expect(ran.sentTo('create')).toHaveLength(3);
		expect(ran.statuses()).toEqual({ created: 200, notAttempted: 800 });
		expect(ran.verdicts[250]).toMatchObject({ status: 'notAttempted', code: 'forbidden', reason: 'Refused.' });
		expect(ran.report.ended).toEqual({ code: 'forbidden', reason: 'Refused.' });
	});

	it('awaits what is in flight, whose rows have their own verdicts', async () => {
		const script = onCreate((_sent, number) => (number === 1 ? refusal('stop', 'forbidden') : undefined));
		const slow: Script = (sent, number, world) => {
			const answer = script(sent, number, world);
			if (sent.name !== 'create' || answer !== undefined) return answer;
			return { ...world.people.create(sent.ids, sent.key), afterMs: 30_000 };
		};
		const ran = await runRows({ ids: ids(1000), script: slow, limits: { concurrentRequests: 4 } });
		expect(ran.sentTo('create')).toHaveLength(4);
		expect(ran.statuses()).toEqual({ created: 300, notAttempted: 700 });
	});

	it('leaves a row unknown whose earlier attempt is unsettled', async () => {
		const script = onCreate((_sent, number) => (number === 1 ? { lost: 'reset' } : refusal('stop', 'forbidden')));
		const ran = await runRows({ ids: ids(150), script, limits: { concurrentRequests: 1 } });
		expect(ran.statuses()).toEqual({ unknown: 100, notAttempted: 50 });
		expect(ran.verdicts[0]).toMatchObject({ status: 'unknown', reason: expect.stringContaining('Refused.') });
	});

	it('as the answer to the first request, the limits, leaves every row unattempted', async () => {
		const ran = await runRows({ ids: ids(10), script: () => refusal('stop', 'invalid_key') });
		expect(ran.world.sent).toHaveLength(1);
		expect(
			ran.verdicts.every(
				(verdict) => verdict.status === 'notAttempted' && verdict.code === 'invalid_key' && verdict.attempts === 0,
			),
		).toBe(true);
	});

	it('leaves rows unattempted that wait for an earlier one with their id, the one that fits in no request yet too', async () => {
		const script = onCreate(() => refusal('stop', 'forbidden'));
		const ran = await runRows({
			ids: ['a', 'a', 'a', 'a'],
			operation: { repeats: 'after' },
			limits: { concurrentRequests: 1 },
			script,
		});
		expect(ran.verdicts.map(({ row, status }) => [row, status])).toEqual(
			[1, 2, 3, 4].map((row) => [row, 'notAttempted']),
		);
	});

	it('to entries that the service wanted again leaves them unattempted, and not unknown', async () => {
		const script = onCreate((sent, number, { people }) =>
			number === 1
				? people.create(sent.ids, sent.key, (id) =>
						id === 'u1' ? { status: 'failed', code: 'later', message: 'Later.', retryable: true } : undefined,
					)
				: refusal('stop', 'forbidden'),
		);
		const ran = await runRows({ ids: ids(3), script });
		expect(ran.verdicts.map((verdict) => verdict.status)).toEqual(['notAttempted', 'created', 'created']);
	});
});

describe('rows that cannot be read to their end', () => {
	it('fail the run once all that were read have their verdict; nothing is under way behind its back', async () => {
		const verdicts: Verdict[] = [];
		const sent: number[] = [];
		const script: Script = ({ at }) => void sent.push(at);
		const ran = runRows({ ids: ids(2_000), breaksOff: new Error('The file is cut off'), verdicts, script });
		await expect(ran).rejects.toThrow('The file is cut off');
		expect(verdicts.map((verdict) => verdict.row)).toEqual(ids(2_000).map((_, index) => index + 1));
		expect(verdicts.map((verdict) => verdict.status).slice(0, 1_000)).toEqual(Array<string>(1_000).fill('created'));
		const sentThen = sent.length;
		await new Promise((resolve) => setImmediate(resolve));
		expect(sent).toHaveLength(sentThen);
	});
});

describe('limits that cannot be asked for', () => {
	it.each([
		['no whole answer comes', { lost: 'the connection broke' } as const],
		['the service fails', refusal('transient', 'http_500')],
	])('end the run, and nothing is sent: %s', async (_, answer) => {
		const ran = await runRows({ ids: ids(3), script: ({ name }) => (name === 'limits' ? answer : undefined) });
		expect(new Set(ran.world.sent.map(({ name }) => name))).toEqual(new Set(['limits']));
		expect(ran.statuses()).toEqual({ notAttempted: 3 });
		expect(ran.report.ended?.reason).toContain('has not carried out a request for 5 minutes');
		expect(ran.report.ended?.code).toBe('service_unavailable');
	});
});

describe('a service that names no limits', () => {
	it('leaves those of the profile in force, and the report says so', async () => {
		const ran = await runRows({
			ids: ids(250),
			script: (sent) => (sent.name === 'limits' ? refusal('absent', 'http_404') : undefined),
		});
		expect(ran.sentTo('create').map((sent) => sent.ids.length)).toEqual([100, 100, 50]);
		expect(ran.report.note).toContain('limits of the API profile');
		expect(ran.report.ended).toBeUndefined();
	});
});

describe('what the user set lower than the plan', () => {
	it('holds: fewer entries in a request', async () => {
		const ran = await runRows({ ids: ids(100), caps: { entriesPerRequest: 30 } });
		expect(ran.sentTo('create').map((sent) => sent.ids.length)).toEqual([30, 30, 30, 10]);
	});

	it('holds: fewer requests at once', async () => {
		const ran = await runRows({ ids: ids(1000), caps: { concurrentRequests: 1 }, latencyMs: 100 });
		expect(ran.tookMs).toBe(11 * 100);
	});

	it('never raises what the plan allows', async () => {
		const ran = await runRows({
			ids: ids(800),
			caps: { entriesPerRequest: 500, concurrentRequests: 50 },
			latencyMs: 100,
		});
		expect(ran.sentTo('create').map((sent) => sent.ids.length)).toEqual(Array(8).fill(100));
		expect(ran.tookMs).toBe(3 * 100);
	});

	it('holds below what the service says when it is asked', async () => {
		const script: Script = (sent) =>
			sent.name === 'limits' ? { results: [], plan: { limits: { usersPerRequest: 40 } } } : undefined;
		const ran = await runRows({ ids: ids(100), script, caps: { entriesPerRequest: 25 } });
		expect(ran.sentTo('create').map((sent) => sent.ids.length)).toEqual([25, 25, 25, 25]);
	});
});

describe('a plan beyond all reason', () => {
	it('does not make a million workers of a million requests at once', async () => {
		const script: Script = (sent) =>
			sent.name === 'limits' ? { results: [], plan: { limits: { concurrentRequests: 1e9 } } } : undefined;
		const ran = await runRows({ ids: ids(100), script });
		expect(ran.statuses()).toEqual({ created: 100 });
	});
});

describe('a service that never took a connection', () => {
	it('leaves rows unattempted, not unknown', async () => {
		const ran = await runRows({ ids: ids(500), script: onCreate(() => ({ unreached: 'refused' })) });
		expect(ran.statuses()).toEqual({ notAttempted: 500 });
	});
});

describe('a run that the clock ends', () => {
	it('says what was wrong with the last request', async () => {
		const ran = await runRows({ ids: ids(10), script: () => ({ unreached: 'The service refused the connection.' }) });
		expect(ran.report.ended?.reason).toContain('The service refused the connection.');
	});
});
