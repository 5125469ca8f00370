// Rows that meet each other, and queries that lag behind: Batch Create or Update, Verify, Batch Delete.

import { describe, expect, it } from 'vitest';

import type { Fault } from '../../sandbox/faults/script.mts';
import { createLab, type LabRun } from './lab.mts';
import type { ParameterValues } from './parameters.mts';

const create: ParameterValues = { resource: 'user', operation: 'batchCreate', ifUserExists: 'keep' };
const upsert: ParameterValues = { resource: 'user', operation: 'batchUpsert', emptyCells: 'leave' };
const verify: ParameterValues = { resource: 'user', operation: 'verify' };
const statusesOf = (ran: LabRun): string[] => ran.verdicts.map(({ status }) => status);
const bothOf = (id: string) => ['First', 'Second', 'Third'].map((username) => ({ userId: id, username }));

describe('rows with one id, to create or update', () => {
	const faults: ReadonlyArray<readonly [why: string, fault: Fault | undefined]> = [
		['nothing goes wrong', undefined],
		[
			'the answer to the first is lost',
			{ when: { endpoint: 'users/batch', request: 1 }, do: { kind: 'reset', written: true } },
		],
		[
			'the first is lost before it is written',
			{ when: { endpoint: 'users/batch', request: 1 }, do: { kind: 'reset', written: false } },
		],
		['the first is slow', { when: { endpoint: 'users/batch', request: 1 }, do: { kind: 'slow', delayMs: 30_000 } }],
		[
			'the first is written long after its answer was lost',
			{ when: { endpoint: 'users/batch', request: 1 }, do: { kind: 'hang', written: { lateMs: 50_000 } } },
		],
		['the first becomes a job', { when: { endpoint: 'users/batch', request: 1 }, do: { kind: 'job', polls: 3 } }],
		[
			'the first is refused for now',
			{ when: { endpoint: 'users/batch', request: 1 }, do: { kind: 'rateLimited', retryAfter: 5 } },
		],
	];
	const cases = faults.flatMap(([why, fault]) => ['every', 'differs'].map((send) => [why, send, fault] as const));
	it.each(cases)('go one after the other and the last wins where %s, with Send at %s', async (_why, send, fault) => {
		const lab = createLab({ plan: 'unpaced', faults: fault === undefined ? [] : [fault] });
		const ran = await lab.run({ ...upsert, send }, [...bothOf('u1'), { userId: 'u2', username: 'Other' }]);
		expect(statusesOf(ran)).toEqual(['created', 'updated', 'updated', 'created']);
		expect(
			lab.service
				.users()
				.map(({ username }) => username)
				.sort(),
		).toEqual(['Other', 'Third']);
	});

	it('never stand in one request', async () => {
		const lab = createLab({ plan: 'unpaced' });
		const ran = await lab.run(upsert, [...bothOf('u1'), ...bothOf('u2')]);
		for (const { ids } of ran.attempts) expect(new Set(ids).size).toBe(ids.length);
	});
});

describe('Verify right after a write', () => {
	it('asks once more after the read lag for what the query does not show yet', async () => {
		const lab = createLab({ plan: 'unpaced', readLagMs: 1_900 });
		await lab.run(create, [{ userId: 'u1', username: 'Ann' }]);
		const ran = await lab.run(
			verify,
			[
				{ userId: 'u1', username: 'Ann' },
				{ userId: 'u2', username: 'Bob' },
			],
			{ executionId: '2' },
		);
		expect(statusesOf(ran)).toEqual(['found', 'missing']);
		const asked = ran.attempts.filter(({ endpoint }) => endpoint === 'users/query');
		expect(asked.map(({ ids }) => ids)).toEqual([
			['u1', 'u2'],
			['u1', 'u2'],
		]);
		expect((asked[1]?.sentAt ?? 0) - (asked[0]?.answeredAt ?? 0)).toBe(2_000);
	});

	it('asks once more for what differs, and nothing more for what does not', async () => {
		const lab = createLab({ plan: 'unpaced', readLagMs: 1_900 });
		await lab.run(create, [
			{ userId: 'u1', username: 'Ann' },
			{ userId: 'u2', username: 'Bob' },
		]);
		await lab.rest(5_000);
		await lab.run(upsert, [{ userId: 'u1', username: 'Anne' }], { executionId: '2' });
		const ran = await lab.run(
			verify,
			[
				{ userId: 'u1', username: 'Anne' },
				{ userId: 'u2', username: 'Bob' },
			],
			{ executionId: '3' },
		);
		expect(statusesOf(ran)).toEqual(['found', 'found']);
		expect(ran.attempts.filter(({ endpoint }) => endpoint === 'users/query').map(({ ids }) => ids)).toEqual([
			['u1', 'u2'],
			['u1'],
		]);
	});

	it('gives a later row of the same id what the second question told, not the first', async () => {
		const lab = createLab({ plan: 'unpaced', readLagMs: 1_900, limits: { idsPerQuery: 2, concurrentRequests: 4 } });
		await lab.run(create, [{ userId: 'u1', username: 'Ann' }]);
		const others = ['x1', 'x2', 'x3', 'x4', 'x5', 'x6', 'x7', 'x8', 'x9'].map((userId) => ({ userId, username: 'X' }));
		const ran = await lab.run(
			verify,
			[{ userId: 'u1', username: 'Ann' }, ...others, { userId: 'u1', username: 'Ann' }],
			{ executionId: '2' },
		);
		expect([ran.verdicts[0]?.status, ran.verdicts[10]?.status]).toEqual(['found', 'found']);
		expect(ran.attempts.flatMap(({ ids }) => ids).filter((id) => id === 'u1')).toHaveLength(2);
	});

	it('keeps the first answer where the second question is not answered', async () => {
		const lab = createLab({
			plan: 'unpaced',
			faults: [{ when: { endpoint: 'users/query', from: 2 }, do: { kind: 'forbidden' } }],
		});
		const ran = await lab.run(verify, [{ userId: 'u1', username: 'Ann' }]);
		expect(statusesOf(ran)).toEqual(['missing']);
	});
});

describe('the id of a request', () => {
	it('is that of the last answer, for the person who asks the service about it', async () => {
		const again: Fault = {
			when: { endpoint: 'users/batch' },
			do: { kind: 'failEntries', ids: ['u1'], retryable: true, timesEach: 1 },
		};
		const lab = createLab({
			plan: 'unpaced',
			faults: [again, { when: { endpoint: 'users/batch', from: 2 }, do: { kind: 'hang', written: false } }],
		});
		const ran = await lab.run(
			create,
			[
				{ userId: 'u1', username: 'Ann' },
				{ userId: 'u2', username: 'Bob' },
			],
			{ maxRunTimeMs: 10_000 },
		);
		expect(statusesOf(ran)).toEqual(['unknown', 'created']);
		expect(ran.verdicts[0]?.requestId).toMatch(/^[0-9a-f]{32}$/);
		expect(ran.verdicts[0]?.requestId).toBe(ran.verdicts[1]?.requestId);
	});
});

describe('create, delete, create in one workflow', () => {
	it('never meets a replayed answer of an earlier round', async () => {
		const lab = createLab({ plan: 'unpaced' });
		const rows = [{ userId: 'u1', username: 'Ann' }];
		const first = await lab.run(create, rows, { executionId: '1' });
		const gone = await lab.run({ resource: 'user', operation: 'deleteEvery' }, rows, {
			executionId: '1',
		});
		expect([...statusesOf(first), ...statusesOf(gone)]).toEqual(['created', 'deleted']);
		expect(lab.service.userCount()).toBe(0);
	});
});
