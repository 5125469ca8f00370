// Requests that become jobs (law 6).

import { describe, expect, it } from 'vitest';

import type { RefusalClass } from '../../../nodes/TokenIm/engine/wire';
import { scriptedCall, type Answer } from '../service.mts';
import { ids, runRows, type Script, type World } from '../world.mts';

const START = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;
const refusal = (className: RefusalClass, waitMs?: number): Answer => ({
	refusal: { class: className, code: className, message: 'Refused.', waitMs },
});

/** Every create becomes a job; `ask` answers the questions after it. */
const jobs =
	(ask: (number: number, world: World) => Answer | undefined): Script =>
	(sent, number, world) => {
		if (sent.name === 'create') return { job: 'j' };
		return sent.name === 'jobs' ? ask(number, world) : undefined;
	};

describe('a job', () => {
	it('is asked after 1 s, then after 2, 4, 8 and 15 s, and 15 s again', async () => {
		const ran = await runRows({
			ids: ids(3),
			script: jobs((number, { people }) => (number < 8 ? { job: 'j' } : people.create(ids(3), undefined))),
		});
		const times = [40, ...ran.sentTo('jobs').map((sent) => sent.at - START)];
		expect(times.slice(1).map((at, index) => at - (times[index] ?? 0) - (index === 0 ? 0 : 20))).toEqual([
			1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000, 15_000,
		]);
		expect(ran.statuses()).toEqual({ created: 3 });
		expect(ran.sentTo('create')).toHaveLength(1);
	});

	it('is asked when the service says so', async () => {
		const ran = await runRows({
			ids: ids(3),
			script: jobs((number, { people }) =>
				number < 3 ? { job: 'j', waitMs: 20_000 } : people.create(ids(3), undefined),
			),
		});
		expect(ran.sentTo('jobs').map((sent) => sent.at - START)).toEqual([1_040, 21_060, 41_080]);
	});

	it('whose question is refused as still running waits as the refusal says', async () => {
		const ran = await runRows({
			ids: ids(3),
			script: jobs((number, { people }) => (number < 2 ? refusal('busy', 20_000) : people.create(ids(3), undefined))),
		});
		expect(ran.sentTo('jobs').map((sent) => sent.at - START)).toEqual([1_040, 21_060]);
	});

	it('that failed settles what it lists; its error holds for the rest', async () => {
		const rest = { status: 'failed', code: 'job_failed', message: 'Broke off.', retryable: false } as const;
		const ran = await runRows({
			ids: ids(3),
			script: jobs((_number, { people }) => ({ ...people.create(['u1'], undefined), rest })),
		});
		expect(ran.verdicts.map((verdict) => verdict.status)).toEqual(['created', 'failed', 'failed']);
		expect(ran.verdicts[2]).toMatchObject({ code: 'job_failed', message: 'Broke off.' });
	});

	it('that cannot be asked after for a while is asked again, and costs no attempt', async () => {
		const passing: RefusalClass[] = [
			'transient',
			'throttled',
			'busy',
			'nonce',
			'transient',
			'transient',
			'transient',
			'transient',
			'transient',
		];
		const ask = (number: number, { people }: World): Answer => {
			const className = passing[number - 1];
			return className === undefined ? people.create(ids(3), undefined) : refusal(className);
		};
		const ran = await runRows({ ids: ids(3), script: jobs(ask) });
		expect(ran.statuses()).toEqual({ created: 3 });
	});
});

describe('what the service asks for when it is asked after a job', () => {
	it('holds for all: a wait on 503 closes the gate', async () => {
		const script: Script = (sent, number, { people }) => {
			if (sent.name === 'create' && number === 1) return { job: 'j' };
			if (sent.name === 'create') return { ...people.create(sent.ids, sent.key), afterMs: 400 };
			if (sent.name !== 'jobs') return undefined;
			return number === 1 ? refusal('transient', 20_000) : people.create(ids(100), undefined);
		};
		const ran = await runRows({ ids: ids(1_000), script, limits: { concurrentRequests: 2 } });
		const askedAt = ran.sentTo('jobs')[0]?.at ?? 0;
		const meanwhile = ran.sentTo('create').filter(({ at }) => at > askedAt + 20 && at < askedAt + 20_020);
		expect(meanwhile).toEqual([]);
		expect(ran.statuses()).toEqual({ created: 1_000 });
	});

	it('ends the run where it is a month', async () => {
		const script: Script = (sent) => (sent.name === 'create' ? { job: 'j', waitMs: 30 * 24 * 60 * MINUTE } : undefined);
		const ran = await runRows({ ids: ids(2), script });
		expect(ran.report.ended?.code).toBe('asked_to_wait');
		expect(ran.statuses()).toEqual({ unknown: 2 });
		expect(ran.sentTo('jobs')).toEqual([]);
	});
});

describe('a job that was lost from sight', () => {
	const lost: ReadonlyArray<readonly [why: string, ask: Answer, minutes: number]> = [
		['the service no longer knows it', refusal('absent'), 0],
		['it is not done after 30 minutes', { job: 'j' }, 30],
		['the service wants to be asked after the 30 minutes', { job: 'j', waitMs: 14 * MINUTE }, 28],
		['the question is refused as malformed', refusal('entry'), 0],
		['the question is refused as too large', refusal('tooLarge'), 0],
	];
	it.each(lost)(
		'because %s is looked up; who is not found is unknown, and nobody is sent again',
		async (_why, ask, minutes) => {
			const script = jobs((number, { people }) => {
				if (number === 1) people.create(['u1'], undefined);
				return ask;
			});
			const ran = await runRows({ ids: ids(2), script });
			expect(ran.verdicts[0]).toMatchObject({ status: 'exists', createdBy: 'unknown' });
			expect(ran.verdicts[1]).toMatchObject({ status: 'unknown' });
			expect(ran.sentTo('create')).toHaveLength(1);
			expect(ran.sentTo('query')).toHaveLength(1);
			expect(Math.floor(ran.tookMs / MINUTE)).toBe(minutes);
		},
	);

	it('leaves an update, an addition or a deletion unknown, without a look-up', async () => {
		const ran = await runRows({
			ids: ids(2),
			script: jobs(() => refusal('absent')),
			call: scriptedCall('create', { settlement: 'again' }),
		});
		expect(ran.statuses()).toEqual({ unknown: 2 });
		expect(ran.world.sent.map((sent) => sent.name)).toEqual(['limits', 'create', 'jobs']);
	});

	it('because the key was taken away ends the run, and its rows are unknown', async () => {
		const ran = await runRows({
			ids: ids(150),
			script: jobs(() => refusal('stop')),
			limits: { concurrentRequests: 1 },
		});
		expect(ran.report.ended).toMatchObject({ code: 'stop' });
		expect(ran.statuses().unknown).toBe(ran.sentTo('create').flatMap((sent) => sent.ids).length);
	});

	it('because nothing answers any more ends the run after 5 minutes', async () => {
		const ran = await runRows({ ids: ids(2), script: jobs(() => ({ lost: 'reset' })) });
		expect(ran.tookMs).toBeLessThan(5.5 * MINUTE);
		expect(ran.statuses()).toEqual({ unknown: 2 });
	});
});
