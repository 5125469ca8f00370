import { describe, expect, it } from 'vitest';

import type { Refusal } from '../../nodes/TokenIm/engine/wire';
import { ids, runRows, type Script } from './world.mts';

const entryFault: Refusal = { class: 'entry', code: 'invalid_request', message: 'The request was refused.' };
const down: Refusal = { class: 'transient', code: 'http_503', message: 'The service is not available.' };

const onCreate =
	(answer: Script): Script =>
	(sent, number, world) =>
		sent.name === 'create' ? answer(sent, number, world) : undefined;

/** Refuses a whole request when one of these is in it, and names nobody. */
const refuses = (...bad: string[]): Script =>
	onCreate((sent) => (sent.ids.some((id) => bad.includes(id)) ? { refusal: entryFault } : undefined));

describe('a run where nothing goes wrong', () => {
	it('gives each row its verdict, in row order, in full requests', async () => {
		const ran = await runRows({ ids: ids(1000) });
		expect(ran.verdicts.map((verdict) => verdict.row)).toEqual(ids(1000).map((_, index) => index + 1));
		expect(ran.statuses()).toEqual({ created: 1000 });
		expect(ran.sentTo('create').map((sent) => sent.ids.length)).toEqual(Array(10).fill(100));
		expect(ran.sentTo('limits')).toHaveLength(1);
		expect(ran.world.sent).toHaveLength(11);
	});

	it('keeps as many requests under way as the plan allows, and no more', async () => {
		const ran = await runRows({ ids: ids(2000), latencyMs: 100, limits: { concurrentRequests: 5 } });
		expect(ran.tookMs).toBe(100 + 400);
	});

	it('keeps to the rate of the plan', async () => {
		const ran = await runRows({ ids: ids(1000), limits: { requestsPerSecond: 10 } });
		const at = ran.world.sent.map((sent) => sent.at);
		expect(at.slice(1).map((time, index) => time - (at[index] ?? 0))).toEqual(Array(10).fill(100));
	});

	it('does nothing with no rows but read the limits', async () => {
		const ran = await runRows({ ids: [] });
		expect(ran.verdicts).toEqual([]);
	});
});

describe('repeated ids', () => {
	it('are invalid in the later row, which names the earlier', async () => {
		const ran = await runRows({ ids: ['a', 'b', 'a'] });
		expect(ran.verdicts.map((verdict) => verdict.status)).toEqual(['created', 'created', 'invalid']);
	});

	it('go one after the other where the later must win', async () => {
		const ran = await runRows({ ids: ['a', 'b', 'a', 'c', 'a'], operation: { repeats: 'after' } });
		expect(ran.sentTo('create').map((sent) => sent.ids)).toEqual([['a', 'b'], ['a', 'c'], ['a']]);
		expect(new Set(ran.sentTo('create').map((sent) => sent.at)).size).toBe(3);
	});

	it('that say the same have each a key of their own', async () => {
		const ran = await runRows({ ids: ['a', 'a', 'a'], operation: { repeats: 'after' } });
		expect(new Set(ran.sentTo('create').map((sent) => sent.key)).size).toBe(3);
	});

	it('are sent once and shared where asking twice is senseless', async () => {
		const ran = await runRows({ ids: ['a', 'b', 'a', ...ids(300), 'a'], operation: { repeats: 'share' } });
		expect(ran.world.sent.flatMap((sent) => sent.ids).filter((id) => id === 'a')).toHaveLength(1);
		expect(ran.statuses()).toEqual({ created: 304 });
		expect(ran.verdicts.map(({ row }) => row)).toEqual(Array.from({ length: 304 }, (_, index) => index + 1));
	});
});

describe('a batch refused as a whole with nobody named', () => {
	it.each([2, 3, 10, 64, 100])(
		'costs at most log2(n) + 2 extra requests for the bad row, wherever it stands, of %i',
		async (size) => {
			for (let bad = 1; bad <= size; bad++) {
				const ran = await runRows({ ids: ids(size), script: refuses(`u${bad}`) });
				expect(ran.statuses()).toEqual({ failed: 1, ...(size > 1 ? { created: size - 1 } : {}) });
				expect(ran.verdicts[bad - 1]).toMatchObject({ status: 'failed', code: 'invalid_request' });
				expect(ran.sentTo('create').length - 1).toBeLessThanOrEqual(Math.ceil(Math.log2(size)) + 2);
			}
		},
	);

	it('costs at most that for each of several bad rows', async () => {
		for (const bad of [
			['u1', 'u2'],
			['u1', 'u100'],
			['u49', 'u50', 'u51'],
			['u3', 'u33', 'u66', 'u99'],
			ids(100).slice(40, 60),
		]) {
			const ran = await runRows({ ids: ids(100), script: refuses(...bad) });
			expect(ran.statuses()).toEqual({ failed: bad.length, created: 100 - bad.length });
			expect(ran.sentTo('create').length - 1).toBeLessThanOrEqual(bad.length * (7 + 2));
		}
	});

	it('sends nobody named again: the bad rows fail, the rest goes at once', async () => {
		const script = onCreate((sent) => {
			const index = sent.ids.indexOf('u7');
			return index < 0
				? undefined
				: { refusal: { ...entryFault, named: [{ index, code: 'bad_name', message: 'no', field: 'username' }] } };
		});
		const ran = await runRows({ ids: ids(100), script });
		expect(ran.verdicts[6]).toMatchObject({ status: 'failed', code: 'bad_name', field: 'username' });
		expect(ran.statuses()).toEqual({ failed: 1, created: 99 });
		expect(ran.sentTo('create').length).toBeLessThanOrEqual(3);
	});

	it.each([1, 4, 16])(
		'ends the run within 60 requests when every request is refused, %i at once',
		async (concurrentRequests) => {
			const ran = await runRows({
				ids: ids(10_000),
				script: onCreate(() => ({ refusal: entryFault })),
				limits: { concurrentRequests },
			});
			expect(ran.world.sent.length).toBeLessThanOrEqual(60);
			expect(ran.report.ended).toMatchObject({ code: 'invalid_request' });
			expect(ran.verdicts).toHaveLength(10_000);
			expect(ran.statuses()).toEqual({ failed: 10, notAttempted: 9990 });
		},
	);

	it('goes on to the end when the rows of one batch are all bad and the next batch is not', async () => {
		const ran = await runRows({ ids: ids(300), script: refuses(...ids(100)), limits: { concurrentRequests: 1 } });
		expect(ran.statuses()).toEqual({ failed: 100, created: 200 });
	});
});

describe('a lost answer', () => {
	it('is settled by sending again under the same key', async () => {
		const script = onCreate((sent, number, { people }) => {
			if (number !== 1) return undefined;
			people.create(sent.ids, sent.key);
			return { lost: 'the connection was reset' };
		});
		const ran = await runRows({ ids: ids(10), script });
		expect(ran.statuses()).toEqual({ created: 10 });
		const [first, second] = ran.sentTo('create');
		expect(first?.key).toMatch(/^[0-9a-f]{64}$/);
		expect(second?.key).toBe(first?.key);
	});

	it('where the service knows no keys is looked up before anything goes again', async () => {
		const { scriptedCall } = await import('./service.mts');
		const script = onCreate((sent, number, { people }) => {
			if (number !== 1) return undefined;
			people.create(sent.ids.slice(0, 6), undefined);
			return { lost: 'the connection was reset' };
		});
		const ran = await runRows({ ids: ids(10), script, call: scriptedCall('create', { keyHeader: undefined }) });
		expect(ran.statuses()).toEqual({ exists: 6, created: 4 });
		expect(ran.verdicts[0]).toMatchObject({ status: 'exists', createdBy: 'unknown' });
		expect(ran.world.sent.map((sent) => [sent.name, sent.ids.length])).toEqual([
			['limits', 0],
			['create', 10],
			['query', 10],
			['create', 4],
		]);
	});

	it('that stays lost is looked up: found exists, created by who knows whom; not found goes once more, then is unknown', async () => {
		const script = onCreate((_sent, _number, { people }) => {
			people.create(['u1'], undefined);
			return { lost: 'the connection was reset' };
		});
		const ran = await runRows({ ids: ids(2), script });
		expect(ran.verdicts[0]).toMatchObject({ status: 'exists', createdBy: 'unknown' });
		expect(ran.verdicts[1]).toMatchObject({ status: 'unknown' });
	});
});

describe('a service that is down', () => {
	it('costs at most 60 requests for 10,000 rows and ends after 5 minutes', async () => {
		for (const answer of [{ refusal: down }, { lost: 'timed out' }, { unreached: 'connection refused' }]) {
			const ran = await runRows({ ids: ids(10_000), script: onCreate(() => answer) });
			expect(ran.world.sent.length).toBeLessThanOrEqual(60);
			expect(ran.tookMs).toBeGreaterThanOrEqual(290_000);
			expect(ran.tookMs).toBeLessThanOrEqual(330_000);
			expect(ran.verdicts).toHaveLength(10_000);
			expect(Object.keys(ran.statuses()).sort()).toEqual(
				'unreached' in answer ? ['notAttempted'] : ['notAttempted', 'unknown'],
			);
		}
	});

	it('for 30 seconds in the middle of a run costs time, not rows', async () => {
		const script: Script = (sent, _, { clock }) =>
			sent.at > outageFrom && clock.now() < outageFrom + 30_000 ? { refusal: down } : undefined;
		const outageFrom = Date.UTC(2026, 0, 1) + 200;
		const ran = await runRows({ ids: ids(10_000), script });
		expect(ran.statuses()).toEqual({ created: 10_000 });
	});
});
