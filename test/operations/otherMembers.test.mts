// Group → Verify, Other Members: Report tells of members whom no row names.

import { beforeEach, expect, it } from 'vitest';

import { createLab, type Lab } from './lab.mts';
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
