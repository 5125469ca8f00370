// Rounds of one workflow in the real n8n: no round meets an answer that was meant for an earlier one.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { outputOf, parseRun, type RunResult } from '../../scripts/lib/run-data.mts';
import { describeWithN8n } from '../e2e/describe.mts';
import { openLab, type Lab } from '../e2e/lab.mts';
import { startN8n } from './n8nProcess.mts';
import { CREATE, csv, DELETE, inARow, start, tokenIm, workflowOf } from './workflows.mts';

/** What the command publishes, a workflow that is called finds; n8n's newer way of publishing knows no command. */
const PUBLISHED = { N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'false' };

const ADA = 'ada,Ada';
const csvOf = (...lines: string[]) => ['userId,username', ...lines, ''].join('\n');

const statuses = (result: RunResult, node: string) => outputOf(result, node).map(({ json }) => json.status);

await describeWithN8n('rounds of one workflow in the real n8n', () => {
	let lab: Lab;

	beforeAll(async () => {
		lab = await openLab();
		const sameThrice = await lab.write('same.csv', csvOf(ADA, ADA, ADA));
		const two = await lab.write('two.csv', csvOf(ADA, 'bob,Bob'));
		const create = (name: string) => tokenIm(name, lab.credential, CREATE);
		const remove = (name: string) => tokenIm(name, lab.credential, DELETE);
		const child = workflowOf(
			'child',
			[
				{
					name: 'Called',
					type: 'n8n-nodes-base.executeWorkflowTrigger',
					typeVersion: 1.1,
					parameters: { inputSource: 'passthrough' },
				},
				create('Create'),
				remove('Delete'),
			],
			inARow('Called', 'Create', 'Delete'),
		);
		const each = {
			mode: 'each',
			workflowId: { __rl: true, mode: 'id', value: 'child' },
			options: { waitForSubWorkflow: true },
		};
		await lab.store(
			[lab.credential],
			[
				workflowOf(
					'loop',
					[
						start,
						...csv(sameThrice),
						{
							name: 'Loop',
							type: 'n8n-nodes-base.splitInBatches',
							typeVersion: 3,
							parameters: { batchSize: 1, options: {} },
						},
						create('Create'),
						remove('Delete'),
					],
					[
						...inARow('Start', 'Read', 'Rows', 'Loop'),
						{ from: 'Loop', output: 1, to: 'Create' },
						...inARow('Create', 'Delete', 'Loop'),
					],
				),
				workflowOf(
					'again',
					[start, ...csv(two), create('Create'), remove('Delete'), ...csv(two, ' Again'), create('Create Again')],
					inARow('Start', 'Read', 'Rows', 'Create', 'Delete', 'Read Again', 'Rows Again', 'Create Again'),
				),
				workflowOf(
					'parent',
					[
						start,
						...csv(sameThrice),
						{ name: 'Call', type: 'n8n-nodes-base.executeWorkflow', typeVersion: 1.2, parameters: each },
					],
					inARow('Start', 'Read', 'Rows', 'Call'),
				),
			],
		);
		// Only a published workflow can be called.
		await lab.store([], [child]);
		await (
			await startN8n(lab.settings, ['publish:workflow', '--id=child'], PUBLISHED)
		).printed;
	});
	afterAll(() => lab?.close());
	beforeEach(() => lab.sandbox.reset());

	/** Each write had a key, and no two had the same. */
	function expectOwnKeys(writes: number): void {
		const keys = lab.sandbox.requests
			.filter(({ path }) => path.startsWith('/v1/users/batch'))
			.map(({ headers }) => headers['idempotency-key']);
		expect([keys.length, new Set(keys).size, keys.includes(undefined)]).toEqual([writes, writes, false]);
	}

	test('a node inside a loop creates and deletes the same person three times', async () => {
		const result = await lab.run('loop');
		expect(result.error).toBeUndefined();
		expect(statuses(result, 'Create')).toEqual(['created', 'created', 'created']);
		expect(statuses(result, 'Delete')).toEqual(['deleted', 'deleted', 'deleted']);
		expectOwnKeys(6);
		expect(lab.sandbox.userCount()).toBe(0);
	});

	test('create, delete, create: the people are there afterwards', async () => {
		const result = await lab.run('again');
		expect(result.error).toBeUndefined();
		expect(['Create', 'Delete', 'Create Again'].map((node) => statuses(result, node))).toEqual([
			['created', 'created'],
			['deleted', 'deleted'],
			['created', 'created'],
		]);
		expectOwnKeys(3);
		expect(lab.sandbox.users().map(({ userId }) => userId)).toEqual(['ada', 'bob']);
	});

	test('a sub-workflow that is called for each item creates and deletes the same person each time', async () => {
		const { printed } = await startN8n(lab.settings, ['execute', '--id=parent', '--rawOutput'], PUBLISHED);
		const result = parseRun(await printed) ?? { runData: {} };
		expect(result.error).toBeUndefined();
		expect(statuses(result, 'Call')).toEqual(['deleted', 'deleted', 'deleted']);
		expectOwnKeys(6);
		expect(lab.sandbox.userCount()).toBe(0);
	});

	test('a workflow that runs again creates who was deleted since', async () => {
		await lab.run('again');
		const result = await lab.run('loop');
		expect(statuses(result, 'Create')).toEqual(['exists', 'created', 'created']);
	});
});
