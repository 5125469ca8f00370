// 10,000 rows with 3 % bad ones through n8n's engine and over HTTP, while the service stumbles in every other way.

import type { IDataObject } from 'n8n-workflow';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { runWorkflow, type WorkflowResult } from '../host/engine.mts';
import { countsOf, verdictsOf } from './world.mts';

const ROWS = 10_000;
/** 300 bad rows: of each hundred one is wrong in itself, one repeats an id and one is refused by the service. */
const isWrong = (index: number) => index % 100 === 7;
const isRepeated = (index: number) => index % 100 === 42;
const isRefused = (index: number) => index % 100 === 90;
const isBad = (index: number) => isWrong(index) || isRepeated(index) || isRefused(index);

const idOf = (index: number) => (isWrong(index) ? `no ${index}` : `s${isRepeated(index) ? index - 1 : index}`);
const ITEMS: readonly IDataObject[] = Array.from({ length: ROWS }, (_, index) => ({
	userId: idOf(index),
	username: `学生 ${index}`,
}));
const GOOD_IDS = ITEMS.flatMap(({ userId }, index) => (isBad(index) ? [] : [String(userId)]));

const at = (request: number) => ({ endpoint: 'users/batch', request }) as const;

describe('10,000 rows, 3 % bad, and a service that stumbles', () => {
	let sandbox: Sandbox;
	let first: WorkflowResult;
	let second: WorkflowResult;
	let imIds: ReadonlyMap<string, string>;

	beforeAll(async () => {
		sandbox = await startSandbox({
			limits: { requestsPerSecond: null },
			latencyMs: 5,
			faults: [
				{
					do: {
						kind: 'failEntries',
						ids: ITEMS.flatMap((_, index) => (isRefused(index) ? [`s${index}`] : [])),
						code: 'username_blocked',
					},
				},
				{ when: at(9), do: { kind: 'rateLimited', retryAfter: 1 } },
				{ when: at(18), do: { kind: 'rateLimited', retryAfter: 2 } },
				{ when: at(27), do: { kind: 'reset', written: true } },
				{ when: at(36), do: { kind: 'serverError', status: 500, written: false } },
				{ when: at(45), do: { kind: 'cutJson' } },
				{ when: at(54), do: { kind: 'setLimits', limits: { usersPerRequest: 64 } } },
			],
		});
		const { baseUrl, apiKey, apiSecret } = sandbox;
		const run = (executionId: string) =>
			runWorkflow({
				items: ITEMS,
				credentials: { baseUrl, apiKey, apiSecret },
				executionId,
				onError: 'continueErrorOutput',
			});
		first = await run('1');
		imIds = new Map(sandbox.users().map(({ userId, imId }) => [userId, imId]));
		sandbox.setFaults(sandbox.faults());
		sandbox.setLimits({ usersPerRequest: 100 });
		second = await run('2');
		return async () => await sandbox.close();
	});

	test('each fault had its part', () => {
		const kinds = new Set(sandbox.requests.flatMap(({ faults }) => faults));
		expect([...kinds].sort()).toEqual(['cutJson', 'failEntries', 'rateLimited', 'reset', 'serverError', 'setLimits']);
		expect(sandbox.requests.map(({ status }) => status)).toContain(413);
	});

	test('each row has its verdict, in its place', () => {
		expect(verdictsOf(first).map(({ row }) => row)).toEqual(ITEMS.map((_, index) => index + 1));
		expect(countsOf(first)).toEqual({ created: 9_700, invalid: 200, failed: 100 });
	});

	test('nobody is lost, and nobody is there who should not be', () => {
		expect([...imIds.keys()].sort()).toEqual([...GOOD_IDS].sort());
	});

	test('nobody was created twice: each is in the service as the person of whom its verdict speaks', () => {
		const created = verdictsOf(first).filter(({ status }) => status === 'created');
		expect(new Set(created.map(({ userId }) => userId)).size).toBe(created.length);
		expect(created.filter(({ userId, imId }) => imIds.get(String(userId)) !== imId)).toEqual([]);
	});

	test('each bad row is named with what is wrong', () => {
		const named = verdictsOf(first).filter(({ status }) => status !== 'created');
		expect(named.map(({ row }) => Number(row) - 1)).toEqual(ITEMS.flatMap((_, index) => (isBad(index) ? [index] : [])));
		expect(named.filter((_, place) => place < 3)).toMatchObject([
			{ status: 'invalid', issues: [{ column: 'userId', found: 'no 7' }] },
			{ status: 'invalid', issues: [{ column: 'userId', code: 'repeated', found: 's41' }] },
			{ status: 'failed', userId: 's90', code: 'username_blocked' },
		]);
	});

	test('the failed rows came out of the error output with their columns, the good ones did not', () => {
		expect(first.outputs.map((items) => items.length)).toEqual([9_700, 300]);
		expect(first.outputs[1]?.[0]?.json).toMatchObject({ userId: 'no 7', username: '学生 7', error: { row: 8 } });
	});

	test('the same run again creates nothing', () => {
		// The service stumbled again: of 300 people whose answers were lost nobody knows who created them.
		const { exists = 0, 'exists?': doubtful = 0, ...bad } = countsOf(second);
		expect([exists + doubtful, doubtful > 0, bad]).toEqual([9_700, true, { invalid: 200, failed: 100 }]);
		expect(sandbox.users().map(({ userId, imId }) => [userId, imId])).toEqual([...imIds]);
	});

	test('the lost answers cost no more than one request each, and a look-up where the limit shrank before it went again', () => {
		const firstRun = sandbox.requests.findLastIndex(({ endpoint }) => endpoint === 'limits');
		const writes = sandbox.requests.slice(0, firstRun).filter(({ endpoint }) => endpoint === 'users/batch');
		const answered = writes.filter(({ status, faults }) => status === 200 && !faults.includes('cutJson'));
		expect(writes.length - answered.length).toBeLessThanOrEqual(5 + 4);
		const lookUps = sandbox.requests.slice(0, firstRun).filter(({ endpoint }) => endpoint === 'users/query');
		expect(lookUps.length).toBeLessThanOrEqual(3);
	});
});

test('a service that ignores the key of a write whose answer was lost is never credited with creating', async () => {
	const sandbox = await startSandbox({ plan: 'unpaced', limits: { usersPerRequest: 10 }, idempotency: false });
	onTestFinished(() => sandbox.close());
	sandbox.setFaults([{ when: at(2), do: { kind: 'reset', written: true } }]);
	const { baseUrl, apiKey, apiSecret } = sandbox;
	const result = await runWorkflow({
		items: ITEMS.slice(100, 107),
		credentials: { baseUrl, apiKey, apiSecret },
		parameters: { options: { batchSize: 2, concurrentRequests: 1 } },
	});
	expect(verdictsOf(result).map(({ status, createdBy }) => [status, createdBy])).toEqual([
		['created', undefined],
		['created', undefined],
		['exists', 'unknown'],
		['exists', 'unknown'],
		['created', undefined],
		['created', undefined],
		['created', undefined],
	]);
});
