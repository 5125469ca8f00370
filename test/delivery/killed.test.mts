// n8n is killed in the middle of 10,000 rows, as by the system when memory runs out, and the workflow is run again.

import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { makeRoster, toCsv } from '../../scripts/lib/roster.mts';
import { outputOf, type RunResult } from '../../scripts/lib/run-data.mts';
import { describeWithN8n } from '../e2e/describe.mts';
import { openLab, type Lab } from '../e2e/lab.mts';
import { startN8n } from './n8nProcess.mts';
import { CREATE, csv, inARow, start, tokenIm, workflowOf } from './workflows.mts';

const ROWS = 10_000;
/** Killed once so many are there. */
const KILL_AT = 3_000;
const ROSTER = makeRoster({ students: ROWS, classes: 100, seed: 9 });

await describeWithN8n('n8n killed in the middle of 10,000 rows', () => {
	let lab: Lab;
	let imIds: ReadonlyMap<string, string>;
	let second: RunResult;

	beforeAll(async () => {
		lab = await openLab({ plan: 'unpaced', limits: { concurrentRequests: 4 }, latencyMs: 20 });
		const file = await lab.write('roster.csv', toCsv(ROSTER));
		const nodes = [start, ...csv(file), tokenIm('Create', lab.credential, CREATE)];
		await lab.store([lab.credential], [workflowOf('import', nodes, inARow('Start', 'Read', 'Rows', 'Create'))]);

		const { kill, printed } = await startN8n(lab.settings, ['execute', '--id=import']);
		await vi.waitFor(() => expect(lab.sandbox.userCount()).toBeGreaterThan(KILL_AT), { timeout: 60_000, interval: 5 });
		kill();
		expect(await printed).not.toContain('Execution was successful');
		imIds = new Map(lab.sandbox.users().map(({ userId, imId }) => [userId, imId]));
		second = await lab.run('import');
	});
	afterAll(() => lab?.close());

	test('was in the middle', () => {
		expect(imIds.size).toBeGreaterThan(KILL_AT);
		expect(imIds.size).toBeLessThan(ROWS);
	});

	test('and run again ends with every person exactly once', () => {
		const users = lab.sandbox.users();
		expect(users.map(({ userId }) => userId).sort()).toEqual(ROSTER.map(({ userId }) => userId));
		expect(new Set(users.map(({ imId }) => imId)).size).toBe(ROWS);
		expect(users.filter(({ userId, imId }) => imIds.has(userId) && imIds.get(userId) !== imId)).toEqual([]);
	});

	test('and says of each row whether it was there already', () => {
		expect(second.error).toBeUndefined();
		const expected = ROSTER.map(({ userId }) => (imIds.has(userId) ? 'exists' : 'created'));
		expect(outputOf(second, 'Create').map(({ json }) => json.status)).toEqual(expected);
	});
});
