// Rows on their way into requests: what is not sent, what waits, what goes together (laws 1, 9, 11).

import { describe, expect, it } from 'vitest';

import type { Issue, Row } from '../../../nodes/TokenIm/engine/types';
import type { Operation } from '../../../nodes/TokenIm/engine/operation';
import { ids, runRows, type Script } from '../world.mts';

const issue: Issue = {
	column: 'id',
	field: 'userId',
	code: 'bad',
	found: 'x',
	expected: 'a good one',
	fix: 'Mend it.',
};
const idIn = ({ columns }: Row): string => String(columns.id);
const statusesOf = (ran: Awaited<ReturnType<typeof runRows>>): string[] => ran.verdicts.map(({ status }) => status);

/** `bad…` is invalid, `kept…` is kept. */
const prepare: Operation['prepare'] = (row) => {
	const id = idIn(row);
	if (id.startsWith('bad')) return { ok: false, issues: [issue] };
	return { ok: true, entry: { id, fields: {} }, ...(id.startsWith('kept') ? { kept: 'as it is' } : {}) };
};

describe('a row', () => {
	it('that is invalid says why, is not sent, and holds nobody up', async () => {
		const ran = await runRows({ ids: ['a', 'bad1', 'b', 'bad2'], operation: { prepare } });
		expect(statusesOf(ran)).toEqual(['created', 'invalid', 'created', 'invalid']);
		expect(ran.verdicts[1]).toMatchObject({
			row: 2,
			issues: [issue],
			attempts: 0,
			requestId: undefined,
			batch: undefined,
		});
		expect(ran.sentTo('create').map((sent) => sent.ids)).toEqual([['a', 'b']]);
	});

	it('that is to be kept is not sent, and is no earlier row to others', async () => {
		const judged: Operation['judge'] = (entry, outcome) =>
			outcome.kind === 'kept'
				? { status: 'kept', userId: entry.id, reason: outcome.reason }
				: { status: 'created', userId: entry.id };
		const ran = await runRows({ ids: ['kept1', 'kept1', 'a'], operation: { prepare, judge: judged } });
		expect(statusesOf(ran)).toEqual(['kept', 'kept', 'created']);
		expect(ran.sentTo('create').map((sent) => sent.ids)).toEqual([['a']]);
	});

	it('that repeats an id names the row that has it; one that is too large names the limit', async () => {
		const ran = await runRows({ ids: ['a', 'b', 'a', 'x'.repeat(20)], limits: { maxBodyBytes: 9 } });
		expect(ran.verdicts[2]).toMatchObject({
			status: 'invalid',
			issues: [{ code: 'repeated', fix: '{"sameAsRow":1}' }],
		});
		expect(ran.verdicts[3]).toMatchObject({
			status: 'invalid',
			issues: [{ code: 'too_large', fix: '{"overBytes":9}' }],
		});
	});

	it('that repeats the id of an invalid row is the first with it', async () => {
		const once: Operation['prepare'] = (row) => (row.number === 1 ? { ok: false, issues: [issue] } : prepare(row));
		const ran = await runRows({ ids: ['a', 'a', 'a'], operation: { prepare: once } });
		expect(statusesOf(ran)).toEqual(['invalid', 'created', 'invalid']);
		expect(ran.verdicts[2]).toMatchObject({ issues: [{ fix: '{"sameAsRow":2}' }] });
	});

	it('carries the number of its batch', async () => {
		const ran = await runRows({ ids: ids(5), limits: { usersPerRequest: 2, concurrentRequests: 1 } });
		expect(ran.verdicts.map(({ batch }) => batch)).toEqual([1, 1, 2, 2, 3]);
	});

	it('whose chunk the package itself fails at has a verdict all the same, and the run ends', async () => {
		const ran = await runRows({
			ids: ids(300),
			limits: { concurrentRequests: 1 },
			operation: { carryOut: async () => await Promise.reject(new Error('oops')) },
		});
		expect(ran.statuses()).toEqual({ notAttempted: 300 });
		expect(ran.verdicts[0]).toMatchObject({ code: 'internal', reason: expect.stringContaining('Error: oops') });
		expect(ran.report.ended?.code).toBe('internal');
	});
});

describe('reading', () => {
	const slowFirst: Script = (sent, number, { people }) =>
		sent.name === 'create' && number === 1 ? { ...people.create(sent.ids, sent.key), afterMs: 30_000 } : undefined;

	it('stops some way ahead of a slow answer, and goes on after it', async () => {
		let read = 0;
		let readThen = 0;
		const counting: Operation['prepare'] = (row) => {
			read++;
			return { ok: true, entry: { id: idIn(row), fields: {} } };
		};
		const ran = await runRows({
			ids: ids(30_000),
			script: slowFirst,
			limits: { usersPerRequest: 1_000, concurrentRequests: 2 },
			operation: { prepare: counting },
			onStart: ({ clock }) => void clock.sleep(29_000).then(() => (readThen = read)),
		});
		expect(readThen).toBeGreaterThanOrEqual(10_000);
		expect(readThen).toBeLessThanOrEqual(13_000);
		expect(ran.statuses()).toEqual({ created: 30_000 });
	});

	it('gives the event loop a turn after some milliseconds of work', async () => {
		const turns: number[] = [];
		const started = Date.UTC(2026, 0, 1);
		const ran = await runRows({
			ids: ids(100),
			onBreath: (clock) => turns.push(clock.now() - started),
			onStart: ({ clock }) => void (working = () => clock.work(1)),
			operation: {
				prepare: (row) => {
					working();
					return { ok: true, entry: { id: idIn(row), fields: {} } };
				},
			},
		});
		expect(ran.statuses()).toEqual({ created: 100 });
		expect(turns.length).toBeGreaterThanOrEqual(6);
		const gaps = turns.slice(1).map((at, index) => at - (turns[index] ?? 0));
		expect(gaps.every((gap) => gap <= 16)).toBe(true);
	});

	let working = (): void => undefined;
});

describe('rows that are gathered', () => {
	/** `g1/m1`: the member m1 of the group g1; `g1/m1/x` says something else of the group. */
	const gathering: Partial<Operation> = {
		repeats: 'gather',
		lookUp: undefined,
		prepare: (row) => {
			const [id = '', member = '', name] = idIn(row).split('/');
			if (id === 'bad') return { ok: false, issues: [issue] };
			return { ok: true, entry: { id, fields: { name }, memberIds: [member] } };
		},
	};
	const rows = ['g1/m1', 'g2/m1', 'bad/x', 'g1/m2', 'g2/m2/other', 'g1/m1'];

	it('make one entry for each id, whose verdict all of them share; a contradicting row names the first', async () => {
		const ran = await runRows({ ids: rows, operation: gathering });
		expect(ran.sentTo('create').map((sent) => sent.ids)).toEqual([['g1', 'g2']]);
		expect(statusesOf(ran)).toEqual(['created', 'created', 'invalid', 'created', 'invalid', 'created']);
		expect(ran.verdicts[2]).toMatchObject({ issues: [issue] });
		expect(ran.verdicts[4]).toMatchObject({ issues: [{ fix: '{"differsIn":"name","fromRow":2}' }] });
	});

	it('are all read before the first is sent, however many', async () => {
		const many = Array.from({ length: 12_000 }, (_, index) => `g${index % 3}/m${index}`);
		const ran = await runRows({ ids: many, operation: gathering, limits: { usersPerRequest: 2 } });
		expect(ran.sentTo('create').map((sent) => sent.ids)).toEqual([['g0', 'g1'], ['g2']]);
		expect(ran.statuses()).toEqual({ created: 12_000 });
	});

	it('have each its verdict where the run ends before their group was sent', async () => {
		const script: Script = (sent, number) =>
			sent.name === 'create' && number === 2
				? { refusal: { class: 'stop', code: 'forbidden', message: 'No.' } }
				: undefined;
		const ran = await runRows({
			ids: ['g1/m', 'g2/m', 'g3/m', 'g4/m', 'g4/n', 'g5/m'],
			script,
			operation: gathering,
			limits: { usersPerRequest: 1, concurrentRequests: 1 },
		});
		expect(statusesOf(ran)).toEqual(['created', ...Array<string>(5).fill('notAttempted')]);
		expect(ran.verdicts[4]).toMatchObject({ code: 'forbidden', reason: 'No.' });
	});

	it('have each its verdict where the run ended before it began', async () => {
		const ran = await runRows({ ids: rows, operation: gathering, cancel: AbortSignal.abort() });
		expect(ran.statuses()).toEqual({ notAttempted: 6 });
	});
});

describe('the plan', () => {
	it('is told before the first write, and stands in the report with the number of requests', async () => {
		const seen: unknown[] = [];
		const plan = { plan: 'gold', limits: { usersPerRequest: 50 } };
		const ran = await runRows({
			ids: ids(100),
			script: (sent) => {
				if (sent.name === 'create') seen.push('create');
				return sent.name === 'limits' ? { results: [], plan } : undefined;
			},
			onPlan: (told) => seen.push(told),
		});
		expect(seen).toEqual([plan, 'create', 'create']);
		expect(ran.report.plan).toEqual(plan);
		expect(ran.report.requests).toBe(3);
	});
});
