// Answers that may be those of an earlier request with the same key: what this run sent is then not what was done.

import { describe, expect, it } from 'vitest';

import type { Outcome } from '../../../nodes/TokenIm/engine/types';
import { judgementOf } from '../../../nodes/TokenIm/operations/judgement';
import { scriptedCall, type Answer } from '../service.mts';
import { runRows, type Script } from '../world.mts';

const CREATED: Answer = { results: [{ id: 'u1', answer: { status: 'created' } }] };
const LOST: Answer = { lost: 'no answer' };
const keyless = scriptedCall('create', { keyHeader: undefined });

/** Of one row: what the engine makes of the answers to its requests, which come in this order. */
async function outcomeOf(answers: readonly Answer[], { call = scriptedCall('create'), job }: Options = {}) {
	const outcomes: Outcome[] = [];
	const script: Script = (sent, number) =>
		sent.name === 'create' ? answers[number - 1] : sent.name === 'jobs' ? job : undefined;
	await runRows({
		ids: ['u1'],
		call,
		script,
		operation: {
			judge(entry, outcome) {
				outcomes.push(outcome);
				return judgementOf('userId', entry, outcome);
			},
		},
	});
	return outcomes[0];
}

interface Options {
	readonly call?: ReturnType<typeof scriptedCall>;
	/** What the job says that the request became. */
	readonly job?: Answer;
}

describe('a row is marked where its answer may be an earlier one', () => {
	it.each<[string, readonly Answer[], Options]>([
		['that says so itself', [{ ...CREATED, replayed: true }], {}],
		['that says so after a lost one', [LOST, { ...CREATED, replayed: true }], {}],
		['after a lost one, where the service does not tell', [LOST, CREATED], {}],
		[
			'of a job that an earlier request became',
			[{ job: 'j', replayed: true }],
			{ job: { ...CREATED, replayed: false } },
		],
		['of a job, where the service does not tell', [{ job: 'j' }], { job: CREATED }],
	])('%s', async (_what, answers, options) => {
		expect(await outcomeOf(answers, options)).toMatchObject({ kind: 'done', status: 'created', mayBeReplay: true });
	});

	it.each<[string, readonly Answer[], Options]>([
		['that is the first', [CREATED], {}],
		['that says that it is none', [{ ...CREATED, replayed: false }], {}],
		['that says that it is none after a lost one', [LOST, { ...CREATED, replayed: false }], {}],
		['after a request that never arrived', [{ unreached: 'refused' }, CREATED], {}],
		['of a service without keys, after a look-up found nobody', [LOST, CREATED], { call: keyless }],
		['of a job that this request became', [{ job: 'j', replayed: false }], { job: CREATED }],
	])('not by an answer %s', async (_what, answers, options) => {
		const outcome = await outcomeOf(answers, options);
		expect(outcome).toMatchObject({ kind: 'done', status: 'created' });
		expect(outcome).not.toHaveProperty('mayBeReplay');
	});
});
