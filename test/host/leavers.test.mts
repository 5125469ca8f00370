// Leavers in n8n's own engine: Batch Suspend and Batch Reactivate, and what takes groups away.

import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { callThroughEngine } from './agent.mts';
import { statuses, useLab } from './lab.mts';

const lab = useLab();
const people = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, index) => ({ userId: `s${index}`, username: `N${index}` }));
const SUSPEND: INodeParameters = { operation: 'batchSuspend' };
const REACTIVATE: INodeParameters = { operation: 'batchReactivate' };
const asleep = () => lab.sandbox.users().flatMap(({ userId, active }) => (active ? [] : [userId]));

describe('Batch Suspend and Batch Reactivate', () => {
	test('say what became of each, count it, and take each other back', async () => {
		await lab.run({ items: people(3) });
		const rows = [...people(2), { userId: 'nobody' }];
		const gone = await lab.run({ items: rows, parameters: SUSPEND });
		expect(statuses(gone.outputs[0])).toEqual(['suspended', 'suspended', 'absent']);
		expect(gone.hints.map(({ message }) => message)).toEqual(['2 suspended, 1 already gone']);
		expect(asleep()).toEqual(['s0', 's1']);
		const back = await lab.run({ items: [...rows, { userId: 's2' }], parameters: REACTIVATE });
		expect(statuses(back.outputs[0])).toEqual(['reactivated', 'reactivated', 'missing', 'unchanged']);
		expect(back.hints[0]?.message).toBe('1 unchanged, 2 reactivated, 1 needs attention (1 × missing)');
		expect([asleep(), lab.sandbox.userCount()]).toEqual([[], 3]);
	});

	test('of more than a hundred people suspend nobody, and bring back any number', async () => {
		await lab.run({ items: people(101) });
		const { error } = await lab.run({ items: people(101), parameters: SUSPEND });
		expect(error?.message).toBe('The rows name 101, and "Suspend at Most" is 100.');
		expect(error?.description).toContain('0: no limit');
		expect(asleep()).toEqual([]);
		const meant = await lab.run({ items: people(101), parameters: { ...SUSPEND, suspendAtMost: 101 } });
		expect(new Set(statuses(meant.outputs[0]))).toEqual(new Set(['suspended']));
		const back = await lab.run({ items: people(101), parameters: REACTIVATE });
		expect(new Set(statuses(back.outputs[0]))).toEqual(new Set(['reactivated']));
	});

	test('tell in Validate Only what they would do, and that the brake would hold', async () => {
		await lab.run({ items: people(2) });
		await lab.run({ items: people(1), parameters: SUSPEND });
		const items = [...people(2), { userId: 'nobody' }];
		const before = lab.writes();
		const tried = await lab.run({ items, parameters: { ...SUSPEND, validateOnly: true } });
		expect(tried.hints[0]?.message).toBe(
			'Nothing was written. Would leave 1 as they are, suspend 1, find 1 already gone',
		);
		const back = await lab.run({ items, parameters: { ...REACTIVATE, validateOnly: true } });
		expect(back.hints[0]?.message).toBe('Nothing was written. Would leave 1 as they are, reactivate 1, miss 1');
		const over = await lab.run({
			items,
			parameters: { ...SUSPEND, suspendAtMost: 2, validateOnly: true },
			onError: 'continueRegularOutput',
		});
		expect(over.outputs[0]?.[0]?.json).toMatchObject({ status: 'notAttempted', code: 'brake', userId: 's0' });
		expect([lab.writes(), asleep()]).toEqual([before, ['s0']]);
	});
});

const groups = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, index) => ({ groupId: `g${index}`, name: `G${index}`, ownerId: 's0' }));
const GROUP: INodeParameters = { resource: 'group' };
const DELETE: INodeParameters = { ...GROUP, operation: 'batchDelete' };

describe('Batch Delete of groups', () => {
	test('deletes them, tells who is gone already, and leaves their members users', async () => {
		await lab.run({ items: people(2) });
		await lab.run({ items: groups(2).map((group) => ({ ...group, memberIds: 's0,s1' })), parameters: GROUP });
		const { outputs, hints } = await lab.run({ items: [...groups(1), { groupId: 'g9' }], parameters: DELETE });
		expect(outputs[0]?.map(({ json }) => [json.groupId, json.status])).toEqual([
			['g0', 'deleted'],
			['g9', 'absent'],
		]);
		expect(hints.map(({ message }) => message)).toEqual(['1 deleted, 1 already gone']);
		expect([lab.sandbox.groups().map(({ groupId }) => groupId), lab.sandbox.userCount()]).toEqual([['g1'], 2]);
	});

	test('of more than ten deletes none, says both numbers, and in Validate Only too', async () => {
		await lab.run({ items: people(1) });
		await lab.run({ items: groups(11), parameters: GROUP });
		const { error } = await lab.run({ items: groups(11), parameters: DELETE });
		expect(error?.message).toBe('The rows name 11, and "Delete at Most" is 10.');
		const tried = await lab.run({
			items: groups(11),
			parameters: { ...DELETE, validateOnly: true },
			onError: 'continueRegularOutput',
		});
		expect(tried.outputs[0]?.[0]?.json).toMatchObject({ status: 'notAttempted', code: 'brake', groupId: 'g0' });
		expect(lab.sandbox.groups()).toHaveLength(11);
		// The brake of users is another one.
		const other = await lab.run({ items: groups(11), parameters: { ...DELETE, deleteAtMost: 0 } });
		expect(other.error?.message).toContain('is 10.');
		const meant = await lab.run({ items: groups(11), parameters: { ...DELETE, deleteGroupsAtMost: 0 } });
		expect(new Set(statuses(meant.outputs[0]))).toEqual(new Set(['deleted']));
	});
});

const REMOVE: INodeParameters = { ...GROUP, operation: 'removeMembers' };

describe('Remove Members', () => {
	test('takes out whom rows name, one row for each group or for each membership', async () => {
		await lab.run({ items: people(4) });
		await lab.run({ items: groups(2).map((group) => ({ ...group, memberIds: 's0,s1,s2' })), parameters: GROUP });
		const items = [
			{ groupId: 'g0', memberIds: 's1,s3,s0' },
			{ groupId: 'g1', memberIds: '' },
		];
		const { outputs, hints } = await lab.run({ items, parameters: REMOVE });
		expect(outputs[0]?.[0]?.json).toMatchObject({
			status: 'removed',
			members: { removed: ['s1'], absent: 1, failed: [{ userId: 's0', code: 'owner_stays' }] },
			reason: expect.stringMatching(/^Members not taken out: s0 \(/),
		});
		expect(outputs[0]?.[1]?.json).toMatchObject({ status: 'invalid', groupId: 'g1' });
		expect(hints[0]?.message).toBe(
			'1 removed, 2 need attention (1 × members not taken out, 1 × Member list is missing)',
		);
		const roster = ['s1', 's2', 's3'].map((userId) => ({ userId, class: 'g1' }));
		const parameters = { ...REMOVE, rows: 'membership', groupBy: 'class' };
		const told = await lab.run({ items: roster, parameters });
		expect(told.outputs[0]?.map(({ json }) => [json.userId, json.status, json.group])).toEqual([
			['s1', 'removed', 'removed'],
			['s2', 'removed', 'removed'],
			['s3', 'absent', 'removed'],
		]);
		expect(told.hints[0]?.message).toBe('2 members removed, 1 already gone');
		expect(lab.sandbox.groups().map(({ memberIds }) => memberIds)).toEqual([['s0', 's2'], ['s0']]);
		expect(lab.sandbox.userCount()).toBe(4);
	});

	test('of more than a hundred members takes nobody out, and in Validate Only too', async () => {
		await lab.run({ items: people(101) });
		const ids = people(101).map(({ userId }) => userId);
		await lab.run({ items: [{ ...groups(1)[0], memberIds: ids }], parameters: GROUP });
		const items = [{ groupId: 'g0', memberIds: ids }];
		const { error } = await lab.run({ items, parameters: REMOVE });
		expect(error?.message).toBe('The rows name 101, and "Remove at Most" is 100.');
		const tried = await lab.run({
			items,
			parameters: { ...REMOVE, validateOnly: true },
			onError: 'continueRegularOutput',
		});
		expect(tried.outputs[0]?.[0]?.json).toMatchObject({ status: 'notAttempted', code: 'brake', groupId: 'g0' });
		expect(lab.sandbox.groups()[0]?.memberIds).toHaveLength(101);
	});
});

describe('an agent', () => {
	const { input, rowsAsJson } = { input: 'json', rowsAsJson: "={{ $fromAI('rows', 'The rows', 'json') }}" };

	async function callTool(rows: unknown, parameters: INodeParameters) {
		const { baseUrl, apiKey, apiSecret } = lab.sandbox;
		return await callThroughEngine({
			parameters: { input, rowsAsJson, ...parameters },
			credentials: { baseUrl, apiKey, apiSecret },
			input: { rows: JSON.stringify(rows) },
		});
	}

	test.each([
		[SUSPEND, 'suspended'],
		[DELETE, 'deleted'],
		[REMOVE, 'removed'],
	] as const)('may do %j only where the author allowed it', async (parameters, done) => {
		await lab.run({ items: people(2) });
		await lab.run({ items: [{ ...groups(1)[0], memberIds: 's1' }], parameters: GROUP });
		const rows = [{ ...people(1)[0], ...groups(1)[0], memberIds: ['s1'] }];
		const before = lab.sandbox.requests.length;
		for (const more of [{}, { validateOnly: true }])
			expect(JSON.stringify(await callTool(rows, { ...parameters, ...more }))).toContain(
				'An AI agent may not take people away with this tool',
			);
		expect(lab.sandbox.requests).toHaveLength(before);
		const allowed = { ...parameters, options: { allowAgentToTakeAway: true } };
		expect(await callTool(rows, allowed)).toMatchObject([{ status: done }]);
	});

	test('may bring back', async () => {
		await lab.run({ items: people(1) });
		await lab.run({ items: people(1), parameters: SUSPEND });
		expect(await callTool(people(1), REACTIVATE)).toMatchObject([{ status: 'reactivated', userId: 's0' }]);
	});
});
