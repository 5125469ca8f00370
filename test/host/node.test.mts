// The node as a user installs it, in n8n's own engine, against the sandbox: where each verdict comes out.

import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/server.mts';
import { runWorkflow, type WorkflowOptions } from './engine.mts';

let sandbox: Sandbox;
beforeEach(async () => void (sandbox = await startSandbox({ plan: 'unpaced' })));
afterEach(async () => await sandbox.close());

async function restart(options: SandboxOptions): Promise<void> {
	await sandbox.close();
	sandbox = await startSandbox({ plan: 'unpaced', ...options });
}

const GOOD = { userId: 's1', username: 'Ada' };
const BAD = { userId: 's 2', username: 'Bob' };
const ALSO_GOOD = { userId: 's3', username: 'Cem' };

async function importUsers(options: Partial<WorkflowOptions> = {}) {
	const { baseUrl, apiKey, apiSecret } = sandbox;
	return await runWorkflow({ items: [GOOD, BAD, ALSO_GOOD], credentials: { baseUrl, apiKey, apiSecret }, ...options });
}

const pairs = (items: readonly INodeExecutionData[] = []) => items.map(({ pairedItem }) => pairedItem);
const statuses = (items: readonly INodeExecutionData[] = []) => items.map(({ json }) => json.status);
const written = () => sandbox.requests.filter(({ endpoint }) => endpoint === 'users/batch').length;

describe('with the error output', () => {
	const onError = 'continueErrorOutput';

	test('a failed row comes out there, with its columns and the whole verdict', async () => {
		const { outputs, ranAfter, status } = await importUsers({ onError });
		expect(statuses(outputs[0])).toEqual(['created', 'created']);
		expect(pairs(outputs[0])).toEqual([{ item: 0 }, { item: 2 }]);
		expect(outputs[1]).toMatchObject([
			{
				json: {
					...BAD,
					error: {
						row: 2,
						status: 'invalid',
						attempts: 0,
						issues: [{ column: 'userId', field: 'userId', found: 's 2' }],
					},
				},
				pairedItem: { item: 1 },
			},
		]);
		expect([ranAfter, status]).toEqual([['Done', 'Failed'], 'success']);
	});

	test('Include Input Fields adds the columns to good and failed rows alike', async () => {
		const { outputs } = await importUsers({ onError, parameters: { options: { includeInputFields: true } } });
		expect(outputs[0]?.[0]?.json).toMatchObject({ status: 'created', input: GOOD });
		expect(outputs[1]?.[0]?.json).toMatchObject({ error: { status: 'invalid', input: BAD } });
	});

	test('Retry On Fail does not repeat a run because its first row failed', async () => {
		const { executions, outputs } = await importUsers({
			onError,
			tries: 3,
			items: [BAD, GOOD, { ...BAD, userId: '' }, ALSO_GOOD],
		});
		expect(executions).toBe(1);
		expect(pairs(outputs[0])).toEqual([{ item: 1 }, { item: 3 }]);
		expect(pairs(outputs[1])).toEqual([{ item: 0 }, { item: 2 }]);
		expect(written()).toBe(1);
	});

	test('when n8n does repeat a run, because every row failed, each write carries the key that it had', async () => {
		sandbox.setFaults([{ do: { kind: 'failEntries', ids: ['s1', 's3'] } }]);
		const { executions } = await importUsers({ onError, tries: 2, items: [GOOD, ALSO_GOOD] });
		const keys = sandbox.requests
			.filter(({ endpoint }) => endpoint === 'users/batch')
			.map(({ headers }) => headers['idempotency-key']);
		expect(executions).toBe(2);
		expect(keys).toHaveLength(2);
		expect(new Set(keys).size).toBe(1);
	});

	test('a thousand rows, every third bad, come out in order and each paired with its own', async () => {
		const items = Array.from({ length: 1_000 }, (_, index) => ({
			userId: index % 3 === 0 ? `no ${index}` : `s${index}`,
			username: `N${index}`,
		}));
		const { outputs } = await importUsers({ onError, items });
		const [done = [], failed = []] = outputs;
		expect(done.map(({ json }) => json.row)).toEqual(items.flatMap((_, index) => (index % 3 === 0 ? [] : [index + 1])));
		expect(failed.map(({ json }) => json.username)).toEqual(
			items.flatMap(({ username }, index) => (index % 3 === 0 ? [username] : [])),
		);
		expect(pairs([...done, ...failed])).toEqual([
			...done.map(({ json }) => ({ item: Number(json.row) - 1 })),
			...failed.map(({ json }) => ({ item: Number(String(json.username).slice(1)) })),
		]);
	});
});

describe('with On Error at Continue', () => {
	const onError = 'continueRegularOutput';

	test('every row comes out in its place, a failed one without a key named error', async () => {
		const { outputs, ranAfter } = await importUsers({ onError });
		expect(statuses(outputs[0])).toEqual(['created', 'invalid', 'created']);
		expect(pairs(outputs[0])).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(outputs[0]?.[1]?.json).not.toHaveProperty('error');
		expect(ranAfter).toEqual(['Done']);
	});

	test('Retry On Fail does not repeat a run whose rows all failed', async () => {
		expect((await importUsers({ onError, tries: 3, items: [BAD] })).executions).toBe(1);
	});

	test('Fail the Run When only warns', async () => {
		const { status, hints, outputs } = await importUsers({
			onError,
			parameters: { options: { failRunWhen: 'anyRow' } },
		});
		expect(status).toBe('success');
		expect(outputs[0]).toHaveLength(3);
		expect(hints.map(({ message }) => message).join(' ')).toContain('this run failed');
	});
});

describe('whatever happens, a Continue mode gives each row its verdict', () => {
	const causes: Array<[string, Partial<WorkflowOptions>, string]> = [
		['no credential selected', { credentials: null }, 'credentials'],
		['an empty credential', { credentials: {} }, 'base URL is empty'],
		['a setting that is an expression that breaks', { parameters: { operation: '={{ $json.no.such.thing() }}' } }, ''],
		['an operation that there is not', { parameters: { operation: 'explode' } }, 'not an operation'],
		[
			'no column for a required field',
			{ items: [{ a: 1 }, { a: 2 }, { a: 3 }] },
			'No columns hold the User ID and the Username',
		],
		[
			'two columns for one field',
			{ items: [GOOD, { ...ALSO_GOOD, 'User ID': 'x' }, GOOD] },
			'Two columns hold the User ID',
		],
		[
			'a service that is not there',
			{
				credentials: { baseUrl: 'http://127.0.0.1:1/v1', apiKey: 'k', apiSecret: 's' },
				parameters: { options: { maximumRunTime: 1 } },
			},
			'',
		],
	];

	test.each(causes)('with %s', async (_what, options, reason) => {
		for (const onError of ['continueErrorOutput', 'continueRegularOutput'] as const) {
			const { outputs, executions } = await importUsers({
				items: [GOOD, ALSO_GOOD, { userId: 's4', username: 'D' }],
				...options,
				onError,
			});
			const items = outputs.at(onError === 'continueErrorOutput' ? 1 : 0) ?? [];
			const verdicts = items.map(({ json }): unknown => (onError === 'continueErrorOutput' ? json.error : json));
			expect(verdicts).toMatchObject([
				{ row: 1, status: 'notAttempted' },
				{ row: 2, status: 'notAttempted' },
				{ row: 3, status: 'notAttempted' },
			]);
			expect(JSON.stringify(verdicts)).toContain(reason);
			expect(pairs(items)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
			expect(executions).toBe(1);
		}
		expect(written()).toBe(0);
	});
});

describe('with On Error at Stop Workflow', () => {
	test('a run with some good rows goes on by default, and its failed rows are among the others', async () => {
		const { outputs, status } = await importUsers();
		expect(status).toBe('success');
		expect(statuses(outputs[0])).toEqual(['created', 'invalid', 'created']);
	});

	test('a run whose rows all failed stops, and says what kept them', async () => {
		const { status, error } = await importUsers({ items: [BAD, { ...BAD, userId: 'x y' }] });
		expect(status).toBe('error');
		expect(error?.message).toBe('None of the 2 rows succeeded');
		expect(error?.description).toContain('2 × User ID holds a character that is not allowed');
	});

	const rules: Array<[string, INodeParameters, boolean]> = [
		['any row', { failRunWhen: 'anyRow' }, true],
		['every row', { failRunWhen: 'everyRow' }, false],
		['never', { failRunWhen: 'never' }, false],
		['a share above 33 %', { failRunWhen: 'share', sharePercent: 33 }, true],
		['a share above 34 %', { failRunWhen: 'share', sharePercent: 34 }, false],
		['a share above the shown default', { failRunWhen: 'share' }, true],
	];

	test.each(rules)('Fail the Run When: %s, with one of three rows failed', async (_name, options, isFailed) => {
		const { error } = await importUsers({ parameters: { options } });
		expect(error !== undefined).toBe(isFailed);
		if (!isFailed) return;
		expect(error?.message).toBe('1 of 3 rows did not succeed');
		expect(error?.description).toContain('2 rows succeeded (2 created) and need not be sent again.');
	});

	test('a wrong secret stops the run with what happened and what to do', async () => {
		const { baseUrl, apiKey } = sandbox;
		const { error } = await importUsers({ credentials: { baseUrl, apiKey, apiSecret: 'a-secret-of-mine' } });
		expect(error?.message).toMatch(/secret/i);
		expect(error?.description).toContain('None of the 3 rows succeeded');
		expect(error?.description).toContain('invalid_signature');
		expect(JSON.stringify(error)).not.toMatch(/of-mine|Ada/);
		expect(written()).toBe(0);
	});

	test('column names that hold an errno word are shown as they are', async () => {
		const { error } = await importUsers({
			items: [{ ...GOOD, 'attributes.deviceAccess': 1, 'Attributes.deviceAccess': 2 }],
		});
		expect(error?.message).toBe(
			'Two columns hold the attribute "deviceAccess": "attributes.deviceAccess" and "Attributes.deviceAccess"',
		);
	});
});

describe('Output', () => {
	test('Only Rows That Need Attention leaves the others out', async () => {
		const { outputs } = await importUsers({ parameters: { options: { output: 'attention' } } });
		expect(outputs[0]).toMatchObject([{ json: { row: 2, status: 'invalid' }, pairedItem: { item: 1 } }]);
	});

	test('One Summary is one item with counts and reasons, on the success output', async () => {
		const { outputs } = await importUsers({
			onError: 'continueErrorOutput',
			parameters: { options: { output: 'summary' } },
		});
		expect(outputs[1]).toEqual([]);
		expect(outputs[0]).toEqual([
			{
				json: {
					rows: 3,
					succeeded: 2,
					failed: 1,
					needAttention: 1,
					statuses: { created: 2, invalid: 1 },
					reasons: [
						{
							reason: 'User ID holds a character that is not allowed',
							rows: 1,
							cure: expect.stringMatching(/^Row 2: /),
						},
					],
				},
				pairedItem: { item: 0 },
			},
		]);
	});
});

describe('hints', () => {
	test('sum the run up', async () => {
		await importUsers();
		const { hints } = await importUsers({ items: [GOOD, { userId: 's9', username: 'New' }, BAD, BAD] });
		expect(hints).toEqual([
			{
				type: 'warning',
				location: 'outputPane',
				message: '1 created, 1 existed, 2 need attention (2 × User ID holds a character that is not allowed)',
			},
			{
				type: 'info',
				location: 'outputPane',
				message: expect.stringMatching(/^To get the rows that need attention: /),
			},
		]);
	});

	test('warn before the first write when the plan has less room than the sheet has rows', async () => {
		await restart({ quota: 2 });
		const { hints } = await importUsers({
			items: [GOOD, ALSO_GOOD, { userId: 's4', username: 'D' }],
			onError: 'continueRegularOutput',
		});
		expect(hints[0]).toMatchObject({
			type: 'warning',
			message: expect.stringContaining('room for 2 more users and 3 rows came in'),
		});
	});
});

describe('the other operations', () => {
	test('the same input twice creates nothing the second time and is green', async () => {
		await importUsers({ items: [GOOD, ALSO_GOOD] });
		const { outputs, error } = await importUsers({ items: [GOOD, ALSO_GOOD], executionId: '2' });
		expect(statuses(outputs[0])).toEqual(['exists', 'exists']);
		expect([error, sandbox.userCount()]).toEqual([undefined, 2]);
	});

	test('If User Exists at Report as Failed fails the row', async () => {
		await importUsers({ items: [GOOD] });
		const { outputs } = await importUsers({
			items: [GOOD, ALSO_GOOD],
			executionId: '2',
			parameters: { ifUserExists: 'fail' },
		});
		expect(statuses(outputs[0])).toEqual(['failed', 'created']);
	});

	test('Batch Create or Update changes what is given, and clears an empty cell where that was asked for', async () => {
		await importUsers({ items: [{ ...GOOD, email: 'ada@example.com' }] });
		const parameters = { operation: 'batchUpsert' };
		await importUsers({ items: [{ userId: 's1', username: 'Ada L', email: '' }], parameters, executionId: '2' });
		expect(sandbox.users()).toMatchObject([{ username: 'Ada L', email: 'ada@example.com' }]);
		const { outputs } = await importUsers({
			items: [{ userId: 's1', email: '' }],
			parameters: { ...parameters, emptyCells: 'clear' },
			executionId: '3',
		});
		expect(statuses(outputs[0])).toEqual(['updated']);
		expect(sandbox.users()[0]?.email ?? null).toBe(null);
	});

	test('Verify tells found, missing and different apart, and none of them fails', async () => {
		await importUsers({ items: [GOOD] });
		const items = [GOOD, { userId: 'nobody' }];
		const { outputs, hints } = await importUsers({
			items,
			parameters: { operation: 'verify' },
			onError: 'continueErrorOutput',
		});
		expect(statuses(outputs[0])).toEqual(['found', 'missing']);
		expect(hints[0]?.message).toBe('1 found, 1 needs attention (1 × missing)');
	});

	test('a group is created with its members, and one who is not there needs attention', async () => {
		await importUsers({ items: [GOOD, ALSO_GOOD] });
		const items = [{ groupId: 'g1', name: '3B', ownerId: 's1', memberIds: ['s3', 'nobody'] }];
		const { outputs, hints } = await importUsers({ items, parameters: { resource: 'group' } });
		expect(outputs[0]?.[0]?.json).toMatchObject({
			status: 'created',
			groupId: 'g1',
			members: { added: 1, failed: [{ userId: 'nobody', code: 'user_not_found' }] },
		});
		expect(hints[0]?.message).toBe('1 created, 1 needs attention (1 × members not added)');
	});

	test('Undo takes back what a run created and keeps the rest; Batch Delete takes every row', async () => {
		await importUsers({ items: [GOOD] });
		const { outputs: created } = await importUsers({ items: [GOOD, ALSO_GOOD], executionId: '2' });
		const items = created[0]?.map(({ json }) => json) ?? [];
		const undone = await importUsers({ items, parameters: { operation: 'undo' }, executionId: '3' });
		expect(statuses(undone.outputs[0])).toEqual(['kept', 'deleted']);
		expect(sandbox.users()).toMatchObject([{ userId: 's1' }]);
		const every = await importUsers({
			items,
			parameters: { operation: 'deleteEvery' },
			executionId: '4',
		});
		expect(statuses(every.outputs[0])).toEqual(['deleted', 'absent']);
		expect(every.hints[0]?.message).toBe('1 deleted, 1 already gone');
	});

	test('Add Members puts people into a group that is there, and Verify finds them in it', async () => {
		await importUsers({ items: [GOOD, ALSO_GOOD] });
		await importUsers({ items: [{ groupId: 'g1', name: '3B', ownerId: 's1' }], parameters: { resource: 'group' } });
		const items = [{ groupId: 'g1', memberIds: 's3' }];
		const added = await importUsers({ items, parameters: { resource: 'group', operation: 'addMembers' } });
		expect(statuses(added.outputs[0])).toEqual(['added']);
		const verified = await importUsers({ items, parameters: { resource: 'group', operation: 'verify' } });
		expect(statuses(verified.outputs[0])).toEqual(['found']);
	});
});

test('incoming items are not changed', async () => {
	const items = [{ ...GOOD, attributes: { class: '3B' } }, BAD];
	const before = JSON.stringify(items);
	await importUsers({ items, onError: 'continueErrorOutput', parameters: { options: { includeInputFields: true } } });
	expect(JSON.stringify(items)).toBe(before);
});
