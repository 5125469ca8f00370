// Whatever the service answers: one verdict for each row, in order, and none that is not true (laws 1, 2, 3).

import { describe, expect, it } from 'vitest';

import type { EntryAnswer, WireResult } from '../../../nodes/TokenIm/engine/wire';
import { scriptedCall, type Answer, type Sent } from '../service.mts';
import { ids, runRows, type Script, type World } from '../world.mts';

const later: EntryAnswer = { status: 'failed', code: 'later', message: 'Later.', retryable: true };

/** Creates for real, then changes the list of the first answer, or of every answer. */
const tampering =
	(change: (results: readonly WireResult[], sent: Sent) => readonly WireResult[], always = false): Script =>
	(sent, number, { people }) => {
		if (sent.name !== 'create') return undefined;
		const answer = people.create(sent.ids, sent.key);
		return 'results' in answer && (always || number === 1) ? { results: change(answer.results, sent) } : answer;
	};
const statusesOf = (ran: Awaited<ReturnType<typeof runRows>>): string[] =>
	ran.verdicts.map((verdict) => verdict.status);

describe('an answer', () => {
	const contradiction = (id: string | undefined): WireResult => ({
		id,
		answer: { status: 'failed', code: 'no', message: 'No.', retryable: false },
	});
	const harmless: ReadonlyArray<
		readonly [why: string, change: (results: readonly WireResult[]) => readonly WireResult[]]
	> = [
		['in another order', (results) => [...results].reverse()],
		['with everything twice', (results) => [...results, ...results]],
		[
			'with results for strangers',
			(results) => [...results, { id: 'stranger', index: 0, answer: { status: 'exists', imId: 'x' } }],
		],
		[
			'with wrong places beside right ids',
			(results) => results.map((result, index) => ({ ...result, index: (index + 1) % results.length })),
		],
		['with places instead of ids', (results) => results.map(({ answer }, index) => ({ index, answer }))],
	];
	it.each(harmless)('%s tells what it tells', async (_why, change) => {
		const ran = await runRows({ ids: ids(4), script: tampering(change) });
		expect(statusesOf(ran)).toEqual(['created', 'created', 'created', 'created']);
		expect(ran.sentTo('create')).toHaveLength(1);
	});

	const open: ReadonlyArray<readonly [why: string, change: (results: readonly WireResult[]) => readonly WireResult[]]> =
		[
			['that is too short', (results) => results.slice(1)],
			[
				'that names somebody else in its place',
				(results) => [{ ...results[0], id: 'stranger', answer: results[0]?.answer }, ...results.slice(1)],
			],
			['that contradicts itself', (results) => [...results, contradiction(results[0]?.id)]],
			['whose status means nothing', (results) => [{ id: results[0]?.id, answer: undefined }, ...results.slice(1)]],
		];
	it.each(open)('%s leaves that row open: it is looked up, and whoever made it is not known', async (_why, change) => {
		const ran = await runRows({ ids: ids(4), script: tampering(change) });
		expect(statusesOf(ran)).toEqual(['exists', 'created', 'created', 'created']);
		expect(ran.verdicts[0]).toMatchObject({ createdBy: 'unknown', imId: 'im-u1' });
		expect(ran.sentTo('query').map((sent) => sent.ids)).toEqual([['u1']]);
		expect(ran.sentTo('create')).toHaveLength(1);
	});

	it('that is empty leaves all rows open', async () => {
		const ran = await runRows({ ids: ids(4), script: tampering(() => []) });
		expect(ran.statuses()).toEqual({ exists: 4 });
		expect(ran.report.createdByUnknown).toBe(4);
	});

	it('that leaves out a row which was not made: it goes once more, with a new key, and is unknown if left out again', async () => {
		const script: Script = (sent, _number, { people }) =>
			sent.name === 'create'
				? people.create(
						sent.ids.filter((id) => id !== 'u1'),
						undefined,
					)
				: undefined;
		const ran = await runRows({ ids: ids(3), script });
		expect(ran.sentTo('create').map((sent) => sent.ids)).toEqual([ids(3), ['u1']]);
		expect(new Set(ran.sentTo('create').map((sent) => sent.key)).size).toBe(2);
		expect(statusesOf(ran)).toEqual(['unknown', 'created', 'created']);
		expect(ran.verdicts[0]).toMatchObject({ reason: 'The answer of the service left this row out.' });
	});

	it('to an update that leaves rows out sends those once more, then calls them unknown; nothing is looked up', async () => {
		const call = scriptedCall('create', { settlement: 'again' });
		const script = tampering(
			(results, sent) => results.filter((_, index) => (index > 0 || sent.ids.length === 4 ? index > 0 : false)),
			true,
		);
		const ran = await runRows({ ids: ids(4), script, call });
		expect(ran.sentTo('create').map((sent) => sent.ids)).toEqual([ids(4), ['u1']]);
		expect(ran.sentTo('query')).toEqual([]);
		expect(statusesOf(ran)).toEqual(['unknown', 'created', 'created', 'created']);
	});

	it('to an update that leaves a row out is in doubt for good, also where its next sending is told to wait and then refused', async () => {
		const call = scriptedCall('create', { settlement: 'again' });
		const refused: EntryAnswer = { status: 'failed', code: 'no', message: 'No.', retryable: false };
		const script: Script = (sent, number) => {
			if (sent.name !== 'create') return undefined;
			if (number === 1) return { results: [] };
			if (number === 2) return { refusal: { class: 'busy', code: 'in_use', message: 'Wait.' } };
			return { results: sent.ids.map((id) => ({ id, answer: refused })) };
		};
		const ran = await runRows({ ids: ['u1'], script, call });
		expect(ran.sentTo('create')).toHaveLength(3);
		expect(statusesOf(ran)).toEqual(['unknown']);
	});

	it.each(['__proto__', 'constructor', 'hasOwnProperty'])('for a person called %s is like any other', async (id) => {
		const ran = await runRows({ ids: [id, 'b'] });
		expect(statusesOf(ran)).toEqual(['created', 'created']);
	});
});

describe('a row whose earlier attempt is unsettled', () => {
	const lostThen =
		(answer: (sent: Sent, world: World) => Answer): Script =>
		(sent, number, world) => {
			if (sent.name !== 'create') return undefined;
			return number === 1 ? { lost: 'reset' } : answer(sent, world);
		};
	const all = (answer: EntryAnswer) => lostThen((sent) => ({ results: sent.ids.map((id) => ({ id, answer })) }));

	it.each<readonly [string, EntryAnswer]>([
		['exists', { status: 'exists', imId: 'im' }],
		['user_exists', { status: 'failed', code: 'user_exists', message: 'Taken.', retryable: false, taken: true }],
	])('and is then answered %s was made by who knows whom', async (_name, answer) => {
		const ran = await runRows({ ids: ['u1'], script: all(answer) });
		expect(ran.verdicts[0]).toMatchObject({ status: 'exists', createdBy: 'unknown' });
	});

	it('and is then answered created was made by this run', async () => {
		const ran = await runRows({ ids: ['u1'], script: all({ status: 'created', imId: 'im' }) });
		expect(ran.verdicts[0]).toMatchObject({ status: 'created' });
		expect(ran.verdicts[0]).not.toMatchObject({ createdBy: 'unknown' });
	});

	it('and is then answered exists to an update is simply that', async () => {
		const ran = await runRows({
			ids: ['u1'],
			script: all({ status: 'exists' }),
			call: scriptedCall('create', { settlement: 'again' }),
		});
		expect(ran.verdicts[0]).not.toMatchObject({ createdBy: 'unknown' });
	});

	it('stays uncertain when it goes again for another reason', async () => {
		const script = lostThen((sent, { sent: all_ }) => {
			const isSecond = all_.filter(({ name }) => name === 'create').length === 2;
			return { results: sent.ids.map((id) => ({ id, answer: isSecond ? later : { status: 'exists', imId: 'im' } })) };
		});
		const ran = await runRows({ ids: ['u1'], script });
		expect(ran.verdicts[0]).toMatchObject({ status: 'exists', createdBy: 'unknown' });
	});
});

describe('the same without an unsettled attempt', () => {
	it.each<readonly [string, EntryAnswer, object]>([
		['exists', { status: 'exists', imId: 'im' }, { status: 'exists', imId: 'im' }],
		[
			'user_exists',
			{ status: 'failed', code: 'user_exists', message: 'Taken.', retryable: false, taken: true },
			{ status: 'failed', code: 'user_exists' },
		],
	])('%s', async (_name, answer, verdict) => {
		const ran = await runRows({
			ids: ['u1'],
			script: (sent) => (sent.name === 'create' ? { results: sent.ids.map((id) => ({ id, answer })) } : undefined),
		});
		expect(ran.verdicts[0]).toMatchObject(verdict);
		expect(ran.verdicts[0]).not.toMatchObject({ createdBy: 'unknown' });
	});
});
