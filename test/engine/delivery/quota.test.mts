// A quota that ends in the middle of a run is used up (law 7).

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Refusal } from '../../../nodes/TokenIm/engine/wire';
import { scriptedCall, type Answer } from '../service.mts';
import { ids, runRows, type Ran, type Script, type World } from '../world.mts';

const full = (quota?: Refusal['quota']): Answer => ({
	refusal: { class: 'quota', code: 'plan_full', message: 'The plan is full.', quota },
});

/** A plan for so many people: a request that would make more than it has room for is refused, and makes nobody. */
const planOf =
	(limit: number, { names = true, afterMs = 0 } = {}): Script =>
	(sent, _number, { people }) => {
		if (sent.name !== 'create') return undefined;
		const used = people.created.size;
		const fresh = sent.ids.filter((id) => !people.created.has(id)).length;
		if (used + fresh > limit) return { ...full(names ? { limit, used } : undefined), afterMs };
		return { ...people.create(sent.ids, sent.key), afterMs };
	};

/** A service that refuses whatever holds more than it takes, and names room that has nothing to do with that. */
function liarOf(mostAt: (number: number) => number, roomAt: (number: number) => number = () => 50) {
	const told = { refusals: 0 };
	const script: Script = (sent, number, { people }) => {
		if (sent.name !== 'create') return undefined;
		if (sent.ids.length <= mostAt(number)) return people.create(sent.ids, sent.key);
		told.refusals++;
		return full({ limit: roomAt(number), used: 0 });
	};
	return { script, told };
}

const LOG_2_OF_100 = 7;
const existing =
	(known: readonly string[]) =>
	({ people }: World): void =>
		void people.create(known, undefined);
const statusesOf = ({ verdicts }: Ran): string[] => verdicts.map(({ status }) => status);

describe('a quota that ends in the middle', () => {
	it.each([0, 1, 50, 99, 100, 101, 250, 399, 400, 401, 999])(
		'of %i users is used up to the last with four requests under way',
		async (limit) => {
			for (const latencyMs of [1, 20, 400]) {
				const ran = await runRows({ ids: ids(1_000), script: planOf(limit), latencyMs });
				expect(ran.world.people.created.size).toBe(limit);
				expect(ran.statuses()).toEqual(
					limit === 0 ? { notAttempted: 1_000 } : { created: limit, notAttempted: 1_000 - limit },
				);
				expect(ran.report.ended).toEqual({ code: 'plan_full', reason: 'The plan is full.' });
				// Four were under way, and what was refused goes in two parts or some more.
				expect(ran.sentTo('create').length).toBeLessThanOrEqual(Math.ceil(limit / 100) + 12);
			}
		},
	);

	it('that has room for all is none', async () => {
		const ran = await runRows({ ids: ids(1_000), script: planOf(1_000) });
		expect(ran.statuses()).toEqual({ created: 1_000 });
		expect(ran.sentTo('create')).toHaveLength(10);
	});

	it('takes the first rows of the refused request, each with a key of its own', async () => {
		const ran = await runRows({ ids: ids(300), script: planOf(130), limits: { concurrentRequests: 1 } });
		expect(statusesOf(ran)).toEqual([
			...Array<string>(130).fill('created'),
			...Array<string>(170).fill('notAttempted'),
		]);
		const sent = ran.sentTo('create').map(({ ids: [first], ids: all }) => [first, all.length]);
		expect(sent).toEqual([
			['u1', 100],
			['u101', 100],
			['u101', 30],
			['u131', 70],
		]);
		expect(new Set(ran.sentTo('create').map(({ key }) => key)).size).toBe(4);
	});

	it('goes on with the numbers that are answered: who exists takes no room', async () => {
		const ran = await runRows({
			ids: ids(300),
			script: planOf(100),
			onStart: existing(ids(300).slice(10, 100)),
			limits: { concurrentRequests: 1 },
		});
		// 90 are there, so ten more fit: u1 to u10.
		expect(ran.statuses()).toEqual({ created: 10, exists: 90, notAttempted: 200 });
	});

	it('does not end the run where the rest exists', async () => {
		const known = ids(300).slice(2);
		const ran = await runRows({ ids: ids(300), script: planOf(300), onStart: existing(known) });
		expect(ran.statuses()).toEqual({ created: 2, exists: 298 });
		const tight = await runRows({
			ids: ['n1', ...known.slice(0, 99), 'n2', ...known.slice(99)],
			script: planOf(299),
			onStart: existing(known),
			limits: { concurrentRequests: 1 },
		});
		expect(tight.statuses()).toEqual({ created: 1, exists: 99, notAttempted: 200 });
	});

	it.each([
		['where none are named', { names: false }],
		['where the first refusal says that none is left', {}],
	])('ends the run at once %s', async (_why, options) => {
		const ran = await runRows({
			ids: ids(500),
			script: planOf('names' in options ? 150 : 100, options),
			limits: { concurrentRequests: 1 },
		});
		expect(ran.statuses()).toEqual({ created: 100, notAttempted: 400 });
		expect(ran.sentTo('create')).toHaveLength(2);
	});

	it('lets no new request go while it is used up', async () => {
		const ran = await runRows({
			ids: ids(2_000),
			script: planOf(450, { afterMs: 500 }),
			limits: { concurrentRequests: 4 },
		});
		const sent = ran.sentTo('create');
		const refusedAt = sent.find(({ ids: all }) => all.length < 100)?.at ?? 0;
		const later = sent.filter(({ at }) => at >= refusedAt);
		// One after the other: what is used up, never beside a new one.
		expect(new Set(later.map(({ at }) => at)).size).toBe(later.length);
		expect(later.filter(({ ids: all }) => all.length === 100 && all[0] === 'u901')).toEqual([]);
		expect(ran.statuses()).toEqual({ created: 450, notAttempted: 1_550 });
	});

	it('lets the others go on once it is over', async () => {
		const script: Script = (sent, number) =>
			sent.name === 'create' && number === 1 ? full({ limit: 40, used: 0 }) : undefined;
		const ran = await runRows({ ids: ids(2_000), script });
		expect(ran.statuses()).toEqual({ created: 2_000 });
		expect(ran.report.ended).toBeUndefined();
	});

	it('comes to an end, also where the service always names room', async () => {
		for (const quota of [
			{ limit: 1_000_000, used: 0 },
			{ limit: 7, used: 0 },
			{ limit: 100, used: 0 },
		]) {
			const ran = await runRows({
				ids: ids(1_000),
				script: (sent) => (sent.name === 'create' ? full(quota) : undefined),
			});
			expect(ran.statuses()).toEqual({ notAttempted: 1_000 });
			expect(ran.sentTo('create').length).toBeLessThan(20);
		}
	});

	it.each([0, 1, 7, 49, 99])(
		'whose number is wrong (it names room for 50, and takes at most %i at once) costs few requests',
		async (most) => {
			for (const latencyMs of [1, 20, 400]) {
				const { script, told } = liarOf(() => most);
				const ran = await runRows({ ids: ids(1_000), script, latencyMs });
				expect(ran.statuses()).toEqual(most === 0 ? { notAttempted: 1_000 } : { created: 1_000 });
				expect(told.refusals).toBeLessThanOrEqual(4 + LOG_2_OF_100);
				// What is taken goes in parts that are not smaller than half of what could be.
				expect(ran.sentTo('create').length).toBeLessThanOrEqual(
					4 + LOG_2_OF_100 + (most === 0 ? 0 : Math.ceil(1_000 / Math.ceil(most / 2)) + 10),
				);
				expect(ran.report.ended?.code).toBe(most === 0 ? 'plan_full' : undefined);
			}
		},
	);

	it('is refused a few times for each halving, whatever the service takes and names', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.record({ most: fc.nat(120), room: fc.nat(120) }), { minLength: 1, maxLength: 12 }),
				fc.integer({ min: 1, max: 8 }),
				async (moods, concurrentRequests) => {
					const moodAt = (number: number) =>
						moods[Math.min(moods.length - 1, Math.floor(number / 6))] ?? { most: 0, room: 0 };
					const { script, told } = liarOf(
						(number) => moodAt(number).most,
						(number) => moodAt(number).room,
					);
					const ran = await runRows({ ids: ids(600), script, limits: { concurrentRequests } });
					expect(ran.verdicts).toHaveLength(600);
					expect(told.refusals).toBeLessThanOrEqual((concurrentRequests + 1) * (LOG_2_OF_100 + 1));
				},
			),
			{ numRuns: 60 },
		);
	});

	it('leaves a row unknown whose earlier attempt is unsettled and that has no turn any more', async () => {
		const script: Script = (sent, number, { people }) => {
			if (sent.name !== 'create') return undefined;
			if (number === 1) return { lost: 'reset' };
			return sent.ids.length > 40 - people.created.size
				? full({ limit: 40, used: people.created.size })
				: people.create(sent.ids, sent.key);
		};
		const ran = await runRows({ ids: ids(100), script });
		expect(ran.statuses()).toEqual({ created: 40, unknown: 60 });
	});

	it('tells no row of an update failed whose earlier, larger request may have been carried out', async () => {
		const script: Script = (sent, number) => {
			if (sent.name !== 'create') return undefined;
			if (number === 1) return { lost: 'reset' };
			if (number === 2) return full({ limit: 1, used: 0 });
			return {
				results: sent.ids.map((id) => ({
					id,
					answer: { status: 'failed', code: 'no', message: 'No.', retryable: false },
				})),
			};
		};
		const ran = await runRows({ ids: ids(2), script, call: scriptedCall('create', { settlement: 'again' }) });
		expect(ran.statuses()).toEqual({ unknown: 2 });
	});

	it('bad rows among those that fit are found, while others wait for the quota', async () => {
		const bad = new Set(['u3', 'u120', 'u130', 'u250']);
		const plan = planOf(220);
		const script: Script = (sent, number, world) => {
			const refused = plan(sent, number, world);
			if (sent.name !== 'create' || (refused !== undefined && 'refusal' in refused)) return refused;
			return sent.ids.some((id) => bad.has(id))
				? { refusal: { class: 'entry', code: 'invalid_request', message: 'One is bad.' } }
				: refused;
		};
		const ran = await runRows({ ids: ids(1_000), script });
		expect(ran.verdicts).toHaveLength(1_000);
		expect(ran.statuses().unknown).toBeUndefined();
		expect(ran.world.people.created.size).toBeLessThanOrEqual(220);
		expect(ran.report.ended?.code).toBe('plan_full');
	});

	it('that a look-up, or the question after a job, is refused for ends the run', async () => {
		const room = full({ limit: 10, used: 0 });
		const asked: readonly Script[] = [
			({ name }) => (name === 'query' ? room : undefined),
			({ name }) => (name === 'create' ? { job: 'j' } : name === 'jobs' ? room : undefined),
		];
		for (const script of asked) {
			const call = scriptedCall('create', { looksUpFirst: true });
			const ran = await runRows({ ids: ids(300), script, call });
			expect(ran.verdicts).toHaveLength(300);
			expect(ran.report.ended?.code).toBe('plan_full');
		}
	});

	it('is used up within Maximum Run Time, and not after it', async () => {
		const ran = await runRows({
			ids: ids(1_000),
			script: planOf(450, { afterMs: 3_000 }),
			settings: { maxRunTimeMs: 5_000 },
		});
		expect(ran.verdicts).toHaveLength(1_000);
		expect(ran.tookMs).toBeLessThanOrEqual(5_000);
	});
});
