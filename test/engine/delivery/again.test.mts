// Entries that the service wants again: together, and at most four times (law 4; contract).

import { describe, expect, it } from 'vitest';

import type { EntryAnswer } from '../../../nodes/TokenIm/engine/wire';
import { ids, runRows, type Script } from '../world.mts';

const later: EntryAnswer = { status: 'failed', code: 'later', message: 'Later.', retryable: true };
const statusesOf = (ran: Awaited<ReturnType<typeof runRows>>): string[] =>
	ran.verdicts.map((verdict) => verdict.status);

describe('entries that the service wants again', () => {
	const wants = (times: number, who: (id: string) => boolean): Script => {
		const asked = new Map<string, number>();
		return (sent, _number, { people }) => {
			if (sent.name !== 'create') return undefined;
			const judge = (id: string): EntryAnswer | undefined => {
				if (!who(id) || (asked.get(id) ?? 0) >= times) return undefined;
				asked.set(id, (asked.get(id) ?? 0) + 1);
				return later;
			};
			return people.create(sent.ids, sent.key, judge);
		};
	};

	it('go again together, and no others, each time with a new key, after a back-off', async () => {
		const ran = await runRows({ ids: ids(5), script: wants(2, (id) => id === 'u2' || id === 'u4') });
		const sent = ran.sentTo('create');
		expect(sent.map((each) => each.ids)).toEqual([ids(5), ['u2', 'u4'], ['u2', 'u4']]);
		expect(new Set(sent.map((each) => each.key)).size).toBe(3);
		expect(ran.statuses()).toEqual({ created: 5 });
	});

	it('go at most four times; then they are failed, as the service said', async () => {
		const ran = await runRows({ ids: ids(3), script: wants(Number.POSITIVE_INFINITY, (id) => id === 'u2') });
		expect(ran.sentTo('create')).toHaveLength(5);
		expect(ran.verdicts[1]).toMatchObject({ status: 'failed', code: 'later', retryable: true, attempts: 5 });
	});

	it('go at most four times in all, whatever else happens to them in between', async () => {
		const script: Script = (sent, number) => {
			if (sent.name !== 'create') return undefined;
			if (number % 7 >= 2 && number % 7 <= 6) return { lost: 'reset' };
			return { results: sent.ids.map((id) => ({ id, answer: later })) };
		};
		const ran = await runRows({ ids: ['u1'], script, limits: { concurrentRequests: 1 } });
		const complete = ran.sentTo('create').filter((_, index) => (index + 1) % 7 < 2);
		expect(complete.length).toBeLessThanOrEqual(5);
	});

	it('are looked up like all others where the answers to their next sending are lost', async () => {
		const wanted = wants(1, (id) => id === 'u2');
		const script: Script = (sent, number, world) => {
			if (sent.name !== 'create' || number === 1) return wanted(sent, number, world);
			world.people.create(sent.ids, sent.key);
			// Three in a row at most: more are an outage.
			return { refusal: { class: number === 5 ? 'throttled' : 'transient', code: 'no_answer', message: 'Again.' } };
		};
		const ran = await runRows({ ids: ids(3), script });
		expect(ran.report.ended).toBeUndefined();
		expect(ran.sentTo('query').map((sent) => sent.ids)).toEqual([['u2']]);
		expect(ran.verdicts[1]).toMatchObject({ status: 'exists', createdBy: 'unknown' });
	});

	it('wait longer each time', async () => {
		const ran = await runRows({ ids: ids(1), script: wants(4, () => true), seed: 3 });
		const gaps = ran.sentTo('create').map((sent, index, all) => sent.at - (all[index - 1]?.at ?? sent.at) - 20);
		expect(gaps.slice(1).every((gap, index) => gap <= 500 * 2 ** index)).toBe(true);
		expect(Math.max(...gaps)).toBeGreaterThan(500);
	});

	it('keep what the service said of them when the run ends first', async () => {
		const ran = await runRows({
			ids: ids(3),
			script: wants(99, (id) => id === 'u2'),
			latencyMs: 100,
			settings: { maxRunTimeMs: 250 },
		});
		expect(ran.verdicts[1]).toMatchObject({ status: 'failed', code: 'later', retryable: true });
	});

	it('are unknown when the run ends while they are under way again', async () => {
		const wanted = wants(1, (id) => id === 'u2');
		const script: Script = (sent, number, world) =>
			sent.name === 'create' && number > 1 ? { hang: true } : wanted(sent, number, world);
		const ran = await runRows({ ids: ids(3), script, settings: { maxRunTimeMs: 30_000 } });
		expect(statusesOf(ran)).toEqual(['created', 'unknown', 'created']);
	});

	it('have their own verdict beside rows that the answer left out', async () => {
		const script: Script = (sent, number, { people }) => {
			if (sent.name !== 'create' || number > 1) return undefined;
			people.create(['u1', 'u2', 'u3'], sent.key);
			return {
				results: [
					{ id: 'u1', answer: later },
					{ id: 'u2', answer: { status: 'created', imId: 'im-u2' } },
				],
			};
		};
		const ran = await runRows({ ids: ids(3), script });
		expect(statusesOf(ran)).toEqual(['exists', 'created', 'exists']);
		expect(ran.verdicts[2]).toMatchObject({ createdBy: 'unknown' });
		expect(ran.verdicts[0]).not.toMatchObject({ createdBy: 'unknown' });
	});

	it('leave rows that the answer left out to be settled, also where their next sending is refused as a whole', async () => {
		const script: Script = (sent, number, { people }) => {
			if (sent.name !== 'create' || number > 2) return undefined;
			if (number === 2) return { refusal: { class: 'entry', code: 'no', message: 'No.' } };
			people.create(['u2'], undefined);
			return { results: [{ id: 'u1', answer: later }] };
		};
		const ran = await runRows({ ids: ids(2), script });
		expect(statusesOf(ran)).toEqual(['failed', 'exists']);
	});
});
