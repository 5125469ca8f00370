// A service that makes what does not exist where it is to be changed: only what a look-up finds is sent.

import { describe, expect, it } from 'vitest';

import type { EntryAnswer } from '../../../nodes/TokenIm/engine/wire';
import { ids, runRows, type Script } from '../world.mts';
import { scriptedCall } from '../service.mts';

const suspend = scriptedCall('suspend', { settlement: 'again', onlyIfFound: true, isAboutExisting: true });
const FOUND: EntryAnswer = { status: 'found', record: {} };

/** A service that has the even ones of the ids. */
const service: Script = (sent) =>
	sent.name === 'query'
		? {
				results: sent.ids.map((id) => ({
					id,
					answer: Number(id.slice(1)) % 2 === 0 ? FOUND : { status: 'missing' as const },
				})),
			}
		: { results: sent.ids.map((id) => ({ id, answer: { status: 'suspended' as const } })) };

describe('a call that is only for whom a look-up finds', () => {
	it('is sent for them, and nobody else', async () => {
		const ran = await runRows({ ids: ids(6), call: suspend, script: service });
		expect(ran.sentTo('suspend').flatMap((sent) => sent.ids)).toEqual(['u2', 'u4', 'u6']);
		expect(ran.verdicts.map(({ status }) => status)).toEqual([
			'absent',
			'suspended',
			'absent',
			'suspended',
			'absent',
			'suspended',
		]);
	});

	it('is not sent at all where nobody is found', async () => {
		const ran = await runRows({ ids: ['u1', 'u3'], call: suspend, script: service });
		expect(ran.sentTo('suspend')).toEqual([]);
	});

	it('is not sent where the look-up is not answered', async () => {
		const ran = await runRows({
			ids: ids(2),
			call: suspend,
			script: (sent) => (sent.name === 'query' ? { results: [] } : service(sent, 1, Object.create(null))),
		});
		expect(ran.sentTo('suspend')).toEqual([]);
		expect(ran.verdicts).toMatchObject([
			{ status: 'notAttempted', reason: expect.stringContaining('might have made it') },
			{ status: 'notAttempted' },
		]);
	});

	it('is not sent where there is no look-up', async () => {
		const ran = await runRows({ ids: ids(2), call: suspend, script: service, operation: { lookUp: undefined } });
		expect(ran.sentTo('suspend')).toEqual([]);
		expect(ran.verdicts.map(({ status }) => status)).toEqual(['notAttempted', 'notAttempted']);
	});
});

describe('a refusal that says that something in it is so already', () => {
	const taken = { refusal: { class: 'taken', code: 'not_a_member', message: 'No member.' } } as const;

	it('is told apart by halves where the call is about what exists, and nothing is looked up', async () => {
		const call = scriptedCall('remove', { settlement: 'again', isAboutExisting: true });
		const ran = await runRows({
			ids: ids(4),
			call,
			script: (sent) => {
				if (sent.name !== 'remove') return undefined;
				if (!sent.ids.includes('u3'))
					return { results: sent.ids.map((id) => ({ id, answer: { status: 'removed' as const } })) };
				return sent.ids.length > 1 ? taken : { results: [], rest: { status: 'absent' } };
			},
		});
		expect(ran.verdicts.map(({ status }) => status)).toEqual(['removed', 'removed', 'absent', 'removed']);
		expect(ran.sentTo('query')).toEqual([]);
	});

	it('is looked up where the call makes', async () => {
		const ran = await runRows({
			ids: ids(2),
			script: (sent, number) => (sent.name === 'create' && number === 1 ? taken : undefined),
		});
		expect(ran.sentTo('query').length).toBeGreaterThan(0);
	});
});
