// Rows that stay open after their attempts: looked up, sent once more, and then called what they are (law 3).

import { describe, expect, it } from 'vitest';

import type { RefusalClass } from '../../../nodes/TokenIm/engine/wire';
import { queryCall, scriptedCall, type Answer } from '../service.mts';
import { ids, runRows, type Script } from '../world.mts';

const refusal = (className: RefusalClass, code = 'a_code'): Answer => ({
	refusal: { class: className, code, message: 'Refused.' },
});
/** Answers that tell nothing; no outage, for before the fourth the service asks to wait, which is no attempt. */
const lost: Script = ({ name }, number) => {
	if (name !== 'create') return undefined;
	return number === 4 ? refusal('throttled') : nothing;
};
const nothing: Answer = { refusal: { class: 'transient', code: 'no_answer', message: 'version 1.2 broke off' } };
const namesOf = (ran: Awaited<ReturnType<typeof runRows>>): string[] => ran.world.sent.map(({ name }) => name);

describe('a create whose answers are all lost', () => {
	it('is looked up after five attempts, sent once more, and then unknown, with the reason as a sentence', async () => {
		const ran = await runRows({ ids: ids(1), script: lost });
		expect(namesOf(ran)).toEqual(['limits', ...Array<string>(6).fill('create'), 'query', 'create']);
		expect(ran.verdicts[0]).toMatchObject({ status: 'unknown', reason: 'Version 1.2 broke off.', attempts: 8 });
	});

	it('is not looked up where nobody can be asked: it goes once more under its key, and is then unknown', async () => {
		const ran = await runRows({ ids: ids(1), script: lost, operation: { lookUp: undefined } });
		expect(namesOf(ran)).toEqual(['limits', ...Array<string>(7).fill('create')]);
		expect(ran.statuses()).toEqual({ unknown: 1 });
	});

	it('is looked up before each further attempt where the service knows no keys: five attempts in all', async () => {
		const ran = await runRows({
			ids: ids(1),
			script: ({ name }) => (name === 'create' ? nothing : undefined),
			call: scriptedCall('create', { keyHeader: undefined }),
		});
		expect(namesOf(ran)).toEqual(['limits', 'create', ...Array<string[]>(4).fill(['query', 'create']).flat()]);
		expect(ran.verdicts[0]).toMatchObject({ status: 'unknown', attempts: 9 });
	});

	it('waits for the read lag before it is looked up', async () => {
		const ran = await runRows({ ids: ids(1), script: lost, settings: { readLagMs: 7_000 } });
		const [last, query] = ran.world.sent.slice(-3, -1);
		expect((query?.at ?? 0) - (last?.at ?? 0)).toBe(7_000 + 20);
	});

	it('is unknown, and not sent again, where the look-up is not answered either', async () => {
		const script: Script = (sent, number, world) =>
			sent.name === 'query' ? { lost: 'reset' } : lost(sent, number, world);
		const ran = await runRows({ ids: ids(1), script });
		expect(ran.verdicts[0]).toMatchObject({
			status: 'unknown',
			reason: 'Version 1.2 broke off. The look-up was not answered either.',
		});
	});

	it('is unknown where the look-up leaves it out', async () => {
		const script: Script = (sent, number, world) =>
			sent.name === 'query' ? { results: [] } : lost(sent, number, world);
		const ran = await runRows({ ids: ids(1), script });
		expect(namesOf(ran).slice(-2)).toEqual(['query', 'query']);
		expect(ran.statuses()).toEqual({ unknown: 1 });
	});

	it('is looked up in as many requests as the query needs', async () => {
		const script: Script = (sent, number, world) => {
			if (sent.name === 'create' && number === 1) world.people.create(sent.ids, undefined);
			return lost(sent, number, world);
		};
		const ran = await runRows({ ids: ids(10), script, limits: { idsPerQuery: 4 } });
		expect(ran.sentTo('query').map((sent) => sent.ids.length)).toEqual([4, 4, 2]);
		expect(ran.statuses()).toEqual({ exists: 10 });
	});

	it('tells why the run ended where it ends first', async () => {
		const ran = await runRows({ ids: ids(1), script: lost, settings: { maxRunTimeMs: 200 } });
		expect(ran.verdicts[0]).toMatchObject({ status: 'unknown', reason: expect.stringContaining('Maximum Run Time') });
		expect(ran.verdicts[0]).toMatchObject({
			reason: expect.stringContaining('A request was under way, and no answer told'),
		});
		expect(ran.sentTo('query')).toEqual([]);
	});
});

describe('a create that was never connected', () => {
	it('is unattempted when its attempts are used up, and is not looked up', async () => {
		const script: Script = ({ name }) => (name === 'create' ? { unreached: 'Connection refused!' } : undefined);
		const ran = await runRows({ ids: ids(1), script });
		expect(ran.report.ended).toBeUndefined();
		expect(ran.sentTo('query')).toEqual([]);
		expect(ran.verdicts[0]).toMatchObject({ status: 'notAttempted', reason: 'Connection refused!' });
	});
});

describe('a question to the service', () => {
	const asking = { call: queryCall(), operation: { lookUp: undefined } } as const;

	it('that is answered with nothing there at all says missing for each of its ids', async () => {
		const ran = await runRows({
			...asking,
			ids: ids(3),
			script: ({ name }) => (name === 'query' ? refusal('absent') : undefined),
		});
		expect(ran.statuses()).toEqual({ missing: 3 });
	});

	it('that is refused alone fails that row', async () => {
		const script: Script = ({ name, ids: asked }) =>
			name === 'query' && asked.includes('u2') ? refusal('entry', 'bad_id') : undefined;
		const ran = await runRows({ ...asking, ids: ids(3), script });
		expect(ran.verdicts.map(({ status }) => status)).toEqual(['missing', 'failed', 'missing']);
		expect(ran.verdicts[1]).toMatchObject({ code: 'bad_id', message: 'Refused.' });
	});

	it('that the answer cannot prove leaves the row unknown, for its reason', async () => {
		const script: Script = ({ name }) =>
			name === 'query'
				? { results: [{ id: 'u1', answer: { status: 'unproved', reason: 'It proves nothing.' } }] }
				: undefined;
		const ran = await runRows({ ...asking, ids: ids(1), script });
		expect(ran.verdicts[0]).toMatchObject({ status: 'unknown', reason: 'It proves nothing.' });
	});

	it('that was answered is no sign that the service takes anything', async () => {
		const script: Script = (sent, number) => {
			if (sent.name !== 'create') return undefined;
			return number === 1 ? { lost: 'reset' } : refusal('entry');
		};
		const call = scriptedCall('create', { keyHeader: undefined });
		const ran = await runRows({
			ids: ids(1_000),
			script,
			call,
			limits: { concurrentRequests: 1 },
			settings: { readLagMs: 0 },
		});
		expect(ran.sentTo('query').length).toBeGreaterThan(0);
		expect(ran.report.ended).toMatchObject({ code: 'a_code' });
		expect(ran.world.sent.length).toBeLessThanOrEqual(60);
	});
});
