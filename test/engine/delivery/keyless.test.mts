// Services that know no keys, overwrite what exists, refuse whole requests for what exists, or prove nothing.

import { describe, expect, it } from 'vitest';

import { match } from '../../../nodes/TokenIm/engine/delivery/match';
import type { Refusal } from '../../../nodes/TokenIm/engine/wire';
import { scriptedCall, type Answer } from '../service.mts';
import { ids, runRows, type Script } from '../world.mts';

const TAKEN: Refusal = { class: 'taken', code: 'taken', message: 'Something exists.' };
const LOST: Script = ({ name }) => (name === 'create' ? { lost: 'the connection broke' } : undefined);
const keyless = { keyHeader: undefined } as const;

describe('a service that overwrites what exists', () => {
	const call = scriptedCall('create', { ...keyless, looksUpFirst: true, ifTaken: { status: 'exists' } });

	it('is sent only what a look-up did not find', async () => {
		const ran = await runRows({
			ids: ids(5),
			call,
			onStart: ({ people }) => void people.create(['u2', 'u4'], undefined),
		});
		expect(ran.statuses()).toEqual({ created: 3, exists: 2 });
		expect(ran.sentTo('create').map((sent) => sent.ids)).toEqual([['u1', 'u3', 'u5']]);
		expect(ran.verdicts[1]).toMatchObject({ status: 'exists', imId: 'im-u2' });
		expect(ran.verdicts[1]).not.toHaveProperty('createdBy', 'unknown');
		// The look-up, and the request of whom it did not find.
		expect(ran.verdicts.map(({ attempts }) => attempts)).toEqual([2, 1, 2, 1, 2]);
	});

	it('is sent nothing any more once the run ends while it is asked', async () => {
		const script: Script = ({ name, ids: [first] }) => {
			if (name === 'create') return { refusal: { class: 'stop', code: 'forbidden', message: 'No.' } };
			if (name !== 'query' || first === 'u1') return undefined;
			return { results: [{ id: 'u2', answer: { status: 'missing' } }], afterMs: 500 };
		};
		const ran = await runRows({
			ids: ids(2),
			call,
			script,
			limits: { usersPerRequest: 1, idsPerQuery: 1, concurrentRequests: 2 },
		});
		expect(ran.sentTo('create').map((sent) => sent.ids)).toEqual([['u1']]);
		expect(ran.verdicts).toMatchObject([
			{ status: 'notAttempted', code: 'forbidden' },
			{ status: 'notAttempted', code: 'forbidden', reason: 'No.' },
		]);
	});

	it('is sent nothing at all in a second run', async () => {
		const ran = await runRows({
			ids: ids(250),
			call,
			onStart: ({ people }) => void people.create(ids(250), undefined),
		});
		expect(ran.statuses()).toEqual({ exists: 250 });
		expect(ran.sentTo('create')).toEqual([]);
	});

	it('is not sent what could not be looked up', async () => {
		const script: Script = ({ name }) =>
			name === 'query'
				? {
						results: [
							{ id: 'u1', answer: { status: 'unproved', reason: 'No.' } },
							{ id: 'u2', answer: { status: 'missing' } },
						],
					}
				: undefined;
		const ran = await runRows({ ids: ids(2), call, script });
		expect(ran.verdicts.map(({ status }) => status)).toEqual(['notAttempted', 'created']);
		expect(ran.sentTo('create').map((sent) => sent.ids)).toEqual([['u2']]);
	});

	it('reports what exists as the call says', async () => {
		const failing = {
			...call,
			ifTaken: { status: 'failed', code: 'exists', message: 'It exists.', retryable: false },
		} as const;
		const ran = await runRows({
			ids: ids(2),
			call: failing,
			onStart: ({ people }) => void people.create(['u1'], undefined),
		});
		expect(ran.verdicts.map(({ status }) => status)).toEqual(['failed', 'created']);
	});
});

describe('a service that refuses a request for what exists and names nobody', () => {
	const call = scriptedCall('create', keyless);
	const script: Script = ({ name, ids: sent }, _number, { people }) =>
		name === 'create' && sent.some((id) => people.created.has(id)) ? { refusal: TAKEN } : undefined;

	it('is asked what exists, and sent the rest', async () => {
		const ran = await runRows({
			ids: ids(100),
			call,
			script,
			onStart: ({ people }) => void people.create(['u7', 'u80'], undefined),
		});
		expect(ran.statuses()).toEqual({ created: 98, exists: 2 });
		expect(ran.sentTo('create')).toHaveLength(2);
		expect(ran.sentTo('query')).toHaveLength(1);
	});

	it('is halved where its look-up does not see what exists', async () => {
		const ran = await runRows({
			ids: ids(8),
			call,
			script: (sent, number, world) =>
				sent.name === 'query'
					? { results: sent.ids.map((id) => ({ id, answer: { status: 'missing' } })) }
					: script(sent, number, world),
			onStart: ({ people }) => void people.create(['u3'], undefined),
		});
		expect(ran.statuses()).toEqual({ created: 7, failed: 1 });
		expect(ran.sentTo('query')).toHaveLength(1);
	});

	it('is halved where it knows no look-up', async () => {
		const ran = await runRows({
			ids: ids(8),
			call,
			script,
			operation: { lookUp: undefined },
			onStart: ({ people }) => void people.create(['u3'], undefined),
		});
		expect(ran.statuses()).toEqual({ created: 7, failed: 1 });
	});
});

describe('a create without keys whose answer is lost', () => {
	it('never goes again where nothing can be looked up', async () => {
		const ran = await runRows({
			ids: ids(3),
			call: scriptedCall('create', keyless),
			operation: { lookUp: undefined },
			script: LOST,
		});
		expect(ran.statuses()).toEqual({ unknown: 3 });
		expect(ran.sentTo('create')).toHaveLength(1);
	});

	it('is unknown where the look-up proves nothing', async () => {
		const script: Script = ({ name, ids: asked }) =>
			name === 'query'
				? { results: asked.map((id) => ({ id, answer: { status: 'unproved', reason: 'No.' } })) }
				: name === 'create'
					? { lost: 'the connection broke' }
					: undefined;
		const ran = await runRows({ ids: ids(3), call: scriptedCall('create', keyless), script });
		expect(ran.statuses()).toEqual({ unknown: 3 });
		expect(ran.sentTo('create')).toHaveLength(1);
	});
});

describe('an update without keys whose answer is lost', () => {
	const call = scriptedCall('create', { ...keyless, settlement: 'again' });
	const refused = (ids: readonly string[]): Answer => ({
		results: ids.map((id) => ({
			id,
			answer: { status: 'failed', code: 'no', message: 'It is not possible.', retryable: false },
		})),
	});
	const wanted: Answer = {
		results: [{ id: 'u1', answer: { status: 'failed', code: 'later', message: 'Later.', retryable: true } }],
	};
	const REFUSED: Script = ({ name, ids: sent }) => (name === 'create' ? refused(sent) : undefined);
	const LOST_THEN_REFUSED: Script = (sent, number, world) => (number === 1 ? LOST : REFUSED)(sent, number, world);

	it('is unknown where the second answer refuses it: the first request may have been carried out', async () => {
		const ran = await runRows({ ids: ids(1), call, script: LOST_THEN_REFUSED });
		expect(ran.verdicts[0]).toMatchObject({
			status: 'unknown',
			reason: expect.stringMatching(/^It is not possible\. .*earlier request/),
		});
	});

	it.each<[string, Answer]>([
		[
			'as too large',
			{ refusal: { class: 'tooLarge', code: 'too_large', message: 'It is not possible.', limitOf: 'entries' } },
		],
		['as a whole', { refusal: { class: 'entry', code: 'no', message: 'It is not possible.' } }],
		[
			'by its place',
			{
				refusal: {
					class: 'entry',
					code: 'no',
					message: 'All are bad.',
					named: [{ index: 0, code: 'no', message: 'It is not possible.', field: 'userId' }],
				},
			},
		],
		['as absent', { refusal: { class: 'absent', code: 'no', message: 'It is not possible.' } }],
	])('is unknown where the second request is refused %s', async (_how, refusal) => {
		const script: Script = (sent, number, world) =>
			sent.name === 'create' && number > 1 ? refusal : LOST(sent, number, world);
		const ran = await runRows({ ids: ids(1), call, script });
		expect(ran.verdicts[0]).toMatchObject({
			status: 'unknown',
			reason: expect.stringMatching(/^It is not possible\./),
		});
	});

	it('is unknown where the second answer wants it again and the third request is refused', async () => {
		const tooLarge: Answer = {
			refusal: { class: 'tooLarge', code: 'too_large', message: 'Too large.', limitOf: 'entries' },
		};
		const script: Script = ({ name }, number) =>
			name === 'create' ? [{ lost: 'reset' }, wanted, tooLarge][number - 1] : undefined;
		const ran = await runRows({ ids: ids(1), call, script });
		expect(ran.statuses()).toEqual({ unknown: 1 });
	});

	it('is unknown where the second answer wants it again and the run ends first', async () => {
		const script: Script = ({ name }, number) =>
			name !== 'create'
				? undefined
				: number === 1
					? { lost: 'reset' }
					: number === 2
						? wanted
						: { refusal: { class: 'stop', code: 'forbidden', message: 'No more.' } };
		const ran = await runRows({ ids: ids(1), call, script });
		expect(ran.statuses()).toEqual({ unknown: 1 });
	});

	it('is failed where no answer was lost', async () => {
		expect((await runRows({ ids: ids(1), call, script: REFUSED })).statuses()).toEqual({ failed: 1 });
	});

	it('is failed where a key ties both answers to one request', async () => {
		const keyed = scriptedCall('create', { settlement: 'again' });
		expect((await runRows({ ids: ids(1), call: keyed, script: LOST_THEN_REFUSED })).statuses()).toEqual({ failed: 1 });
	});

	it('is unknown where the first answer came and left it out, with a key too: the second request has one of its own', async () => {
		const keyed = scriptedCall('create', { settlement: 'again' });
		const script: Script = (sent, number, world) =>
			sent.name === 'create' && number === 1 ? { results: [] } : REFUSED(sent, number, world);
		const ran = await runRows({ ids: ids(1), call: keyed, script });
		expect(ran.sentTo('create')).toHaveLength(2);
		expect(ran.statuses()).toEqual({ unknown: 1 });
	});
});

it('a call may hold less than the plan allows', async () => {
	const ran = await runRows({ ids: ids(5), call: scriptedCall('create', { most: { entries: 2 } }) });
	expect(ran.sentTo('create').map((sent) => sent.ids.length)).toEqual([2, 2, 1]);
});

it('what holds for the rest holds for no id whose results contradict each other', () => {
	const results = [
		{ id: 'a', answer: { status: 'found', record: { x: 1 } } },
		{ id: 'a', answer: { status: 'found', record: { x: 2 } } },
	] as const;
	expect(match(['a', 'b'], results, (id) => id, { status: 'missing' })).toEqual([undefined, { status: 'missing' }]);
});
