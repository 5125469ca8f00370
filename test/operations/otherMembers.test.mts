// Group → Verify, Other Members: Report tells of members whom no row names.

import { beforeEach, describe, expect, it } from 'vitest';

import { createLab, type Lab, type LabRun } from './lab.mts';
import type { ParameterValues } from './parameters.mts';

const verify: ParameterValues = { resource: 'group', operation: 'verify' };
const report: ParameterValues = { ...verify, otherMembers: 'report' };

let lab: Lab;
beforeEach(async () => {
	lab = createLab({ plan: 'unpaced' });
	const people = ['boss', 'u1', 'u2', 'u3'].map((userId) => ({ userId, username: userId }));
	await lab.run({ resource: 'user', operation: 'batchCreate', ifUserExists: 'keep' }, people, {
		executionId: 'people',
	});
	const group = { groupId: 'g', name: 'G', ownerId: 'boss', memberIds: ['u1', 'u2', 'u3'] };
	await lab.run({ resource: 'group', operation: 'create' }, [group], { executionId: 'group' });
});

it('is off at first: whoever no row names is no difference', async () => {
	const ran = await lab.run(verify, [{ groupId: 'g', memberIds: ['u1'] }]);
	expect(ran.verdicts).toMatchObject([{ status: 'found' }]);
	expect(ran.attempts.filter(({ endpoint }) => endpoint === 'groups/members/list')).toEqual([]);
});

it('names each of them, the owner aside; rows of one group count together', async () => {
	const ran = await lab.run(report, [
		{ groupId: 'g', memberIds: ['u1'] },
		{ groupId: 'g', memberIds: ['u3'] },
	]);
	const differences = [{ field: 'memberIds', expected: null, actual: 'u2' }];
	expect(ran.verdicts).toMatchObject([
		{ status: 'mismatch', differences },
		{ status: 'mismatch', differences },
	]);
	expect((await lab.run(report, [{ groupId: 'g', memberIds: ['u1', 'u2', 'u3'] }])).verdicts).toMatchObject([
		{ status: 'found' },
	]);
});

it('compares the fields that one row of the group alone gives', async () => {
	const ran = await lab.run(report, [
		{ groupId: 'g', name: 'Other', memberIds: ['u1', 'u2', 'u3', 'u9'] },
		{ groupId: 'gone', memberIds: ['u1'] },
	]);
	expect(ran.verdicts).toMatchObject([
		{
			status: 'mismatch',
			differences: [
				{ field: 'name', expected: 'Other', actual: 'G' },
				{ field: 'memberIds', expected: 'u9', actual: null },
			],
		},
		{ status: 'missing' },
	]);
});

it('tells of a roster on the first row of the group', async () => {
	const ran = await lab.run({ ...report, rows: 'membership', groupBy: 'class' }, [
		{ userId: 'u9', class: 'g' },
		{ userId: 'u1', class: 'g' },
		{ userId: 'u2', class: 'g' },
	]);
	expect(ran.verdicts).toMatchObject([
		{
			status: 'mismatch',
			userId: 'u9',
			differences: [
				{ field: 'memberIds', expected: 'u9', actual: null },
				{ field: 'memberIds', expected: null, actual: 'u3' },
			],
		},
		{ status: 'found', userId: 'u1' },
		{ status: 'found', userId: 'u2' },
	]);
});

it('says nothing of a list that was not read to its end', async () => {
	lab.service.setLimits({ idsPerQuery: 2 });
	lab.service.setFaults([{ when: { endpoint: 'groups/members/list', request: 2 }, do: { kind: 'forbidden' } }]);
	const ran = await lab.run(report, [{ groupId: 'g', memberIds: ['u1', 'u2', 'u3'] }]);
	expect(ran.verdicts).toMatchObject([{ status: 'notAttempted', code: 'forbidden' }]);
});

describe('a row that could not be read', () => {
	const UNCLEAR = {
		status: 'notAttempted',
		code: 'others_unclear',
		reason: expect.stringContaining('could not be read'),
	};

	it('may name them, so nobody is said to be in no row; what differs otherwise is told', async () => {
		const ran = await lab.run(report, [
			{ groupId: 'g', memberIds: ['u1'] },
			{ groupId: 'g', memberIds: ['u2', 'bad id!'] },
		]);
		expect(ran.verdicts).toMatchObject([UNCLEAR, { status: 'invalid' }]);
		const differing = await lab.run(report, [
			{ groupId: 'g', name: 'Other', memberIds: ['u1'] },
			{ groupId: '1.38E+10', memberIds: ['u2'] },
		]);
		expect(differing.verdicts[0]).toMatchObject({
			status: 'mismatch',
			differences: [{ field: 'name', expected: 'Other', actual: 'G' }],
			unclear: expect.stringContaining('could not be read so far that its group was known'),
		});
		expect(differing.verdicts[0]).toHaveProperty('differences.length', 1);
	});

	it('holds no group in which nobody else is', async () => {
		const ran = await lab.run(report, [
			{ groupId: 'g', memberIds: ['u1', 'u2', 'u3'] },
			{ groupId: '', memberIds: ['u2'] },
		]);
		expect(ran.verdicts).toMatchObject([{ status: 'found' }, { status: 'invalid' }]);
	});

	it.each([
		{ userId: '1.38E+10', class: 'g' },
		{ userId: 'u3', class: '' },
	])('is told in a roster on the first row of the group, beside its own member: %j', async (unread) => {
		const parameters = { ...report, rows: 'membership', groupBy: 'class' };
		const rows = ['u1', 'u2'].map((userId) => ({ userId, class: 'g' }));
		const ran = await lab.run(parameters, [...rows, unread]);
		expect(ran.verdicts).toMatchObject([
			{ ...UNCLEAR, userId: 'u1' },
			{ status: 'found', userId: 'u2' },
			{ status: 'invalid' },
		]);
		const missing = await lab.run(parameters, [{ userId: 'u9', class: 'g' }, ...rows, unread]);
		expect(missing.verdicts[0]).toMatchObject({
			status: 'mismatch',
			userId: 'u9',
			differences: [{ field: 'memberIds', expected: 'u9', actual: null }],
			unclear: UNCLEAR.reason,
		});
		expect(missing.verdicts[0]).toHaveProperty('differences.length', 1);
	});
});

describe('a list that lags behind a write', () => {
	const listsOf = ({ attempts }: LabRun) => attempts.filter(({ endpoint }) => endpoint === 'groups/members/list');

	it('is read once more before anybody is said to be in no row, with one wait for all groups', async () => {
		const slow = createLab({ plan: 'unpaced', readLagMs: 2_000 });
		const people = ['boss', 'u1', 'u2', 'u3'].map((userId) => ({ userId, username: userId }));
		const groups = ['g', 'h'].map((groupId) => ({
			groupId,
			name: 'G',
			ownerId: 'boss',
			memberIds: ['u1', 'u2', 'u3'],
		}));
		const rows = ['g', 'h'].map((groupId) => ({ groupId, memberIds: ['u1', 'u2'] }));
		await slow.run({ resource: 'user', operation: 'batchCreate' }, people, { executionId: 'people' });
		await slow.run({ resource: 'group', operation: 'create' }, groups, { executionId: 'groups' });
		await slow.rest(5_000);
		await slow.run({ resource: 'group', operation: 'setMembers' }, rows, { executionId: 'set' });
		const ran = await slow.run(report, rows);
		expect(ran.verdicts).toMatchObject([{ status: 'found' }, { status: 'found' }]);
		expect(listsOf(ran)).toHaveLength(4);
		expect(ran.endedAt - ran.startedAt).toBeLessThan(2_500);
	});

	it('keeps what it told where it cannot be read again', async () => {
		lab.service.setFaults([{ when: { endpoint: 'groups/members/list', request: 2 }, do: { kind: 'forbidden' } }]);
		const ran = await lab.run(report, [{ groupId: 'g', memberIds: ['u1', 'u2'] }]);
		expect(ran.verdicts).toMatchObject([{ status: 'mismatch', differences: [{ actual: 'u3' }] }]);
	});

	it('is read once where nobody else is in the group', async () => {
		expect(listsOf(await lab.run(report, [{ groupId: 'g', memberIds: ['u1', 'u2', 'u3'] }]))).toHaveLength(1);
	});
});
