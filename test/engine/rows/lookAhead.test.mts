// Rows that are looked up before they are sent: how many requests that takes, what waits for what, and how it ends (law 15).

import { describe, expect, it } from 'vitest';

import type { Refusal } from '../../../nodes/TokenIm/engine/wire';
import { queryCall } from '../service.mts';
import type { Ran } from '../world.mts';
import { answerOf, holding, rowsOf, runSheet } from './sheet.mts';

const statusesOf = ({ verdicts }: Ran): string[] => verdicts.map(({ status }) => status);
const counted = (ran: Ran) => [ran.sentTo('limits').length, ran.sentTo('query').length, ran.sentTo('write').length];
const changesOf = ({ verdicts }: Ran) =>
	verdicts.map((verdict) => ('changes' in verdict ? verdict.changes : undefined));
const refusal = (more: Partial<Refusal>): Refusal => ({ class: 'stop', code: 'c', message: 'No.', ...more });

describe('10,000 rows', () => {
	const changed = Array.from({ length: 12 }, (_, index) => index * 800);

	it('of which 12 differ take 1 + 50 + 1 requests', async () => {
		const ran = await runSheet({ rows: rowsOf(10_000, changed), held: holding(10_000) });
		expect(counted(ran)).toEqual([1, 50, 1]);
		expect(ran.statuses()).toEqual({ updated: 12, unchanged: 9_988 });
		expect(ran.report.spared).toEqual({ sent: 1, ofAll: 101 });
	});

	it('that all are new take at most half as many again as without a look-up, and their requests are full', async () => {
		const ran = await runSheet({ rows: rowsOf(10_000) });
		expect(counted(ran)).toEqual([1, 50, 100]);
		const every = await runSheet({ rows: rowsOf(10_000), isEvery: true });
		expect(counted(every)).toEqual([1, 0, 100]);
		expect(ran.report.requests).toBeLessThanOrEqual(1.5 * every.report.requests);
		expect(ran.tookMs).toBeLessThanOrEqual(1.6 * every.tookMs);
	});

	it('that are as they should be take look-ups alone, as many at once as the plan allows', async () => {
		const ran = await runSheet({ rows: rowsOf(10_000), held: holding(10_000) });
		expect(counted(ran)).toEqual([1, 50, 0]);
		// 20 ms each, 4 at once, and one for the plan.
		expect(ran.tookMs).toBe(20 + 13 * 20);
	});
});

describe('what has to be sent', () => {
	it('gathers across look-ups until a request is full', async () => {
		const rows = rowsOf(1_000, [1, 201, 401, 601, 801]);
		const ran = await runSheet({ rows, held: holding(1_000), limits: { usersPerRequest: 2 } });
		expect(ran.sentTo('write').map(({ ids }) => ids)).toEqual([['u1=B', 'u201=B'], ['u401=B', 'u601=B'], ['u801=B']]);
	});

	it('goes once as many rows wait behind it as may, and the run goes on', async () => {
		const rows = rowsOf(100, [3, 40, 90]);
		const limits = { idsPerQuery: 5, concurrentRequests: 1 };
		const ran = await runSheet({ rows, held: holding(100), limits, mostAhead: 20 });
		expect(ran.sentTo('write').map(({ ids }) => ids)).toEqual([['u3=B'], ['u40=B'], ['u90=B']]);
		const [first] = ran.sentTo('write');
		const seenBefore = ran.world.sent.filter(({ name, at }) => name === 'query' && at < (first?.at ?? 0));
		expect(seenBefore.flatMap(({ ids }) => ids)).toHaveLength(25);
	});

	it('does not go early because an earlier request takes long', async () => {
		const rows = rowsOf(60, [0, 1, 12]);
		const ran = await runSheet({
			rows,
			held: holding(60),
			limits: { idsPerQuery: 5, usersPerRequest: 2 },
			mostAhead: 20,
			script: ({ name, ids }) =>
				name === 'write' && ids[0] === 'u0=B'
					? { results: ids.map((text) => ({ id: text.split('=')[0], answer: { status: 'updated' } })), afterMs: 5_000 }
					: undefined,
		});
		expect(ran.sentTo('write').map(({ ids }) => ids)).toEqual([['u0=B', 'u1=B'], ['u12=B']]);
		expect(ran.sentTo('write')[1]?.at).toBeGreaterThan((ran.sentTo('write')[0]?.at ?? 0) + 5_000);
	});

	it.each([
		[1, 1, 1, 1],
		[1, 7, 2, 3],
		[2, 3, 1, 4],
		[3, 1, 5, 2],
		[5, 200, 100, 4],
	])(
		'never blocks: %i may wait, %i in a look-up, %i in a request, %i at once',
		async (mostAhead, idsPerQuery, usersPerRequest, concurrentRequests) => {
			const rows = rowsOf(80, [0, 1, 2, 13, 14, 30, 50, 51, 52, 53, 79]);
			const ran = await runSheet({
				rows: [...rows, ...rowsOf(10, [4]), ...rows.slice(40)],
				held: holding(60),
				limits: { idsPerQuery, usersPerRequest, concurrentRequests },
				mostAhead,
			});
			expect(statusesOf(ran)).toHaveLength(130);
			expect(new Set(statusesOf(ran))).toEqual(new Set(['created', 'updated', 'unchanged']));
		},
	);

	it('has the numbers of its requests, and what is not sent has none', async () => {
		const ran = await runSheet({ rows: rowsOf(3, [1]), held: holding(3) });
		expect(ran.verdicts.map(({ batch, attempts }) => [batch, attempts])).toEqual([
			[undefined, 1],
			[1, 2],
			[undefined, 1],
		]);
	});

	it('goes unseen where a look-up can spare it nothing', async () => {
		const asks = ({ id }: { readonly id: string }) => id !== 'u1';
		const ran = await runSheet({ rows: rowsOf(3), held: holding(3), asks });
		expect(ran.sentTo('query').map(({ ids }) => ids)).toEqual([['u0', 'u2']]);
		expect(statusesOf(ran)).toEqual(['unchanged', 'updated', 'unchanged']);
		expect(changesOf(ran)).toEqual([undefined, undefined, undefined]);
	});

	it('takes no more memory than rows may wait where all of it goes unseen', async () => {
		const ran = await runSheet({ rows: rowsOf(2_000), asks: () => false, limits: { idsPerQuery: 50 }, mostAhead: 100 });
		expect(counted(ran)).toEqual([1, 0, 20]);
	});
});

describe('an update', () => {
	it('tells what it changes, a creation nothing; the answer of the request wins', async () => {
		const held = new Map([
			['u1', 'A'],
			['u4', 'A'],
		]);
		const ran = await runSheet({
			rows: ['u1=B', 'u2=B', 'u3=B', 'u4=B'],
			held,
			script: (sent) => {
				// Somebody else made u3 meanwhile, and deleted u4.
				if (sent.name === 'write') held.set('u3', 'C');
				if (sent.name === 'write') held.delete('u4');
				return undefined;
			},
		});
		expect(statusesOf(ran)).toEqual(['updated', 'created', 'updated', 'created']);
		expect(changesOf(ran)).toEqual([[{ field: 'value', from: 'A', to: 'B' }], undefined, undefined, undefined]);
	});
});

describe('a later row of an id', () => {
	it('that is as it should be shares one look-up with the earlier', async () => {
		const ran = await runSheet({ rows: ['u1=A', 'u2=A', 'u1=A', 'u1=A'], held: holding(3) });
		expect(ran.sentTo('query').map(({ ids }) => ids)).toEqual([['u1', 'u2']]);
		expect(statusesOf(ran)).toEqual(['unchanged', 'unchanged', 'unchanged', 'unchanged']);
		expect(ran.verdicts.map(({ attempts }) => attempts)).toEqual([1, 1, 1, 1]);
	});

	it('is compared with what the earlier wrote, not with the look-up', async () => {
		const ran = await runSheet({ rows: ['u1=B', 'u1=B', 'u1=A', 'u1=A', 'u9=A', 'u9=A'], held: holding(3) });
		expect(statusesOf(ran)).toEqual(['updated', 'unchanged', 'updated', 'unchanged', 'created', 'unchanged']);
		expect(changesOf(ran).filter(Boolean)).toEqual([
			[{ field: 'value', from: 'A', to: 'B' }],
			[{ field: 'value', from: 'B', to: 'A' }],
		]);
		expect(ran.sentTo('write').map(({ ids }) => ids)).toEqual([['u1=B'], ['u1=A'], ['u9=A']]);
	});

	it('waits for the look-up of the earlier, however slow that is: one of its own could be answered sooner', async () => {
		const held = holding(20);
		const ran = await runSheet({
			rows: ['u1=B', ...rowsOf(9).slice(2), 'u1=A'],
			held,
			limits: { idsPerQuery: 2 },
			script: ({ name, ids }, number) =>
				name === 'query' && number === 1
					? { results: ids.map((id) => ({ id, answer: { status: 'found', record: { value: 'A' } } })), afterMs: 900 }
					: undefined,
		});
		expect([statusesOf(ran).at(0), statusesOf(ran).at(-1), held.get('u1')]).toEqual(['updated', 'updated', 'A']);
		expect(
			ran
				.sentTo('query')
				.flatMap(({ ids }) => ids)
				.filter((id) => id === 'u1'),
		).toHaveLength(1);
	});

	it('is compared with what was there before where the earlier was refused', async () => {
		const ran = await runSheet({
			rows: ['u1=B', 'u1=A', 'u1=C'],
			held: holding(3),
			script: (sent) =>
				sent.ids[0] === 'u1=B'
					? { results: [{ id: 'u1', answer: { status: 'failed', code: 'no', message: 'No.', retryable: false } }] }
					: undefined,
		});
		expect(statusesOf(ran)).toEqual(['failed', 'unchanged', 'updated']);
		expect(changesOf(ran)[2]).toEqual([{ field: 'value', from: 'A', to: 'C' }]);
	});

	it('is sent where nobody knows what became of the earlier', async () => {
		const held = holding(3);
		const ran = await runSheet({
			rows: ['u1=B', 'u1=B'],
			held,
			script: (sent, number) => (sent.name === 'write' && number === 1 ? { job: 'j' } : jobLost(sent.name)),
		});
		expect(statusesOf(ran)).toEqual(['unknown', 'updated']);
		expect(changesOf(ran)[1]).toBeUndefined();
	});

	it('is sent where it comes too far behind to be remembered, however fast rows are', async () => {
		const between = rowsOf(40).slice(10);
		for (const latencyMs of [1, 500]) {
			const ran = await runSheet({
				rows: ['u1=B', ...between, 'u1=B', ...rowsOf(8).slice(2), 'u1=B'],
				held: holding(50),
				limits: { idsPerQuery: 4 },
				mostAhead: 20,
				latencyMs,
			});
			expect(ran.verdicts[0]).toMatchObject({ status: 'updated', changes: [{ from: 'A', to: 'B' }] });
			expect(ran.verdicts[31]).toMatchObject({ status: 'updated' });
			expect(ran.verdicts[31]).not.toHaveProperty('changes', expect.anything());
			expect(
				ran
					.sentTo('query')
					.flatMap(({ ids }) => ids)
					.filter((id) => id === 'u1'),
			).toHaveLength(1);
		}
	});
});

function jobLost(name: string) {
	return name === 'jobs' ? { refusal: refusal({ class: 'absent', code: 'gone' }) } : undefined;
}

describe('where things go wrong', () => {
	it('a look-up that is not answered keeps nobody from being sent', async () => {
		const ran = await runSheet({
			rows: rowsOf(4, [1]),
			held: holding(4),
			limits: { idsPerQuery: 2, concurrentRequests: 1 },
			script: ({ name, ids }) =>
				name === 'query' && ids.includes('u0')
					? { results: ids.map((id) => ({ id, answer: { status: 'unproved', reason: 'Who knows.' } })) }
					: undefined,
		});
		expect(statusesOf(ran)).toEqual(['updated', 'updated', 'unchanged', 'unchanged']);
		expect(changesOf(ran)).toEqual([undefined, undefined, undefined, undefined]);
	});

	it('a look-up that is refused ends the run, and nothing was sent', async () => {
		const ran = await runSheet({
			rows: rowsOf(500, [1]),
			held: holding(500),
			script: ({ name }) => (name === 'query' ? { refusal: refusal({ code: 'forbidden' }) } : undefined),
		});
		expect(ran.statuses()).toEqual({ notAttempted: 500 });
		expect(ran.verdicts[0]).toMatchObject({ code: 'forbidden', reason: 'No.' });
		expect(counted(ran)[2]).toBe(0);
	});

	it('a look-up that was lost when the run ended makes nobody unknown: nothing was sent', async () => {
		const ran = await runSheet({
			rows: rowsOf(50, [1]),
			held: holding(50),
			settings: { maxRunTimeMs: 5_000 },
			script: ({ name }) => (name === 'query' ? { lost: 'gone' } : undefined),
		});
		expect(ran.statuses()).toEqual({ notAttempted: 50 });
	});

	it('what was seen before the end is told, what was not sent is not attempted', async () => {
		const stop = new AbortController();
		const ran = await runSheet({
			rows: rowsOf(40, [1, 2]),
			held: holding(40),
			limits: { idsPerQuery: 10, concurrentRequests: 1 },
			cancel: stop.signal,
			script: ({ name }, number) => {
				if (name === 'query' && number === 3) stop.abort();
				return undefined;
			},
		});
		expect(
			statusesOf(ran)
				.slice(0, 20)
				.filter((status) => status === 'unchanged'),
		).toHaveLength(18);
		expect([ran.verdicts[1]?.status, ran.verdicts[2]?.status, ran.verdicts[39]?.status]).toEqual(
			Array.from({ length: 3 }, () => 'notAttempted'),
		);
	});

	it.each([
		['waited for their request', { idsPerQuery: 10, usersPerRequest: 1, concurrentRequests: 1 }],
		['did not fit in a look-up', { maxBodyBytes: 60, usersPerRequest: 1, concurrentRequests: 1 }],
	])('a run that ends tells of rows that %s: they are not attempted', async (_, limits) => {
		const ran = await runSheet({
			rows: rowsOf(40),
			limits,
			script: ({ name }) => (name === 'write' ? { refusal: refusal({ code: 'forbidden' }) } : undefined),
		});
		expect(ran.statuses()).toEqual({ notAttempted: 40 });
		expect(new Set(ran.verdicts.map((verdict) => ('code' in verdict ? verdict.code : '')))).toEqual(
			new Set(['forbidden']),
		);
	});

	it('a look-up is no larger than a body may be', async () => {
		const ran = await runSheet({ rows: rowsOf(40), held: holding(40), limits: { maxBodyBytes: 60 } });
		for (const { ids } of ran.sentTo('query')) expect(ids.join(',').length).toBeLessThanOrEqual(60);
		expect(ran.statuses()).toEqual({ unchanged: 40 });
		expect(ran.sentTo('query').flatMap(({ ids }) => ids)).toHaveLength(40);
	});

	it('rows that break off have their verdicts, each', async () => {
		const verdicts: Parameters<typeof runSheet>[0]['verdicts'] = [];
		const broken = runSheet({ rows: rowsOf(30, [3]), held: holding(30), breaksOff: new Error('torn'), verdicts });
		await expect(broken).rejects.toThrow('torn');
		expect(verdicts).toHaveLength(30);
	});

	it('a look-up that is too large is cut, and smaller ones follow', async () => {
		const ran = await runSheet({
			rows: rowsOf(100, [7]),
			held: holding(100),
			limits: { idsPerQuery: 50 },
			script: ({ name, ids }) =>
				name === 'query' && ids.length > 8
					? { refusal: refusal({ class: 'tooLarge', code: 'too_many_items', limitOf: 'entries', limit: 8 }) }
					: undefined,
		});
		expect(ran.statuses()).toEqual({ unchanged: 99, updated: 1 });
	});

	it('a request that is too large by then is cut anew', async () => {
		const ran = await runSheet({
			rows: rowsOf(20),
			script: ({ name, ids }) =>
				name === 'write' && ids.length > 3
					? { refusal: refusal({ class: 'tooLarge', code: 'too_many_items', limitOf: 'entries', limit: 3 }) }
					: undefined,
		});
		expect(ran.statuses()).toEqual({ created: 20 });
	});

	it('a service that refuses everything ends the run, though reading can go no further', async () => {
		const ran = await runSheet({
			rows: rowsOf(400),
			limits: { idsPerQuery: 5, usersPerRequest: 5, concurrentRequests: 2 },
			mostAhead: 20,
			script: ({ name }) => (name === 'write' ? { refusal: refusal({ class: 'entry', code: 'bad' }) } : undefined),
		});
		expect(ran.verdicts).toHaveLength(400);
		expect(ran.report.ended?.code).toBe('bad');
	});

	describe('a search that asks for the next request, while reading can go no further,', () => {
		const refusesNew = {
			limits: { idsPerQuery: 4, usersPerRequest: 12, concurrentRequests: 1 },
			mostAhead: 40,
			script: ({ name }: { readonly name: string }) =>
				name === 'write' ? { refusal: refusal({ class: 'entry' as const, code: 'bad' }) } : undefined,
		};
		/** 12 who are new, and 80 of whom the service has all. */
		const held = () => new Map([...holding(92)].slice(12));

		it('gets what is at hand', async () => {
			const ran = await runSheet({ rows: rowsOf(92, [20]), held: held(), ...refusesNew });
			expect(ran.report.ended?.code).toBe('bad');
			expect(ran.sentTo('write').at(-1)?.ids).toEqual(['u20=B']);
		});

		it('goes on where there is none', async () => {
			const ran = await runSheet({ rows: rowsOf(92), held: held(), ...refusesNew });
			expect(ran.statuses()).toEqual({ failed: 12, unchanged: 80 });
		});
	});

	it('what this package itself fails at while it decides ends the run with a verdict for each row', async () => {
		const fail = (): never => {
			throw new Error('oops');
		};
		const ran = await runSheet({
			rows: rowsOf(5),
			operation: { lookFirst: { query: queryCall(), asks: () => true, decide: fail } },
		});
		expect(ran.statuses()).toEqual({ notAttempted: 5 });
		expect(ran.report.ended?.code).toBe('internal');
	});
});

it('the service answers as it would without a script', () => {
	const held = holding(1);
	const sent = { name: 'write', ids: ['u0=B'], key: undefined, at: 0, path: '', body: undefined };
	expect(answerOf(sent, held)).toEqual({ results: [{ id: 'u0', answer: { status: 'updated' } }] });
});
