// The example workflow as it stands in examples/, ten rows through the real n8n, checked against the service itself.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { differences } from '../../scripts/lib/check-service.mts';
import { exampleWorkflow } from '../../scripts/lib/example-workflow.mts';
import { makeRoster, toCsv } from '../../scripts/lib/roster.mts';
import { outputOf, type RunResult } from '../../scripts/lib/run-data.mts';
import { verdictsOf } from '../../scripts/lib/verdicts.mts';
import { describeWithN8n } from './describe.mts';
import { accessTo, openLab, type Lab } from './lab.mts';

const ROSTER = makeRoster({ students: 10, classes: 2, seed: 10 });

await describeWithN8n('the example workflow in the real n8n', () => {
	let lab: Lab;
	let workflowId: string;
	let first: RunResult;
	let firstRequests: string[];

	beforeAll(async () => {
		lab = await openLab();
		const workflow = await exampleWorkflow(await lab.write('roster.csv', toCsv(ROSTER)), lab.credential);
		workflowId = workflow.id;
		await lab.store([lab.credential], [workflow]);
		first = await lab.run(workflowId);
		firstRequests = lab.sandbox.requests.map(({ method, path }) => `${method} ${path}`);
	});
	afterAll(() => lab?.close());

	test('ends well', () => {
		expect(first.error).toBeUndefined();
		expect(first.status).toBe('success');
	});

	test('reports every student as created, one item for each line of the file, in order, paired with the file', () => {
		const items = outputOf(first, 'Create Students');
		expect(items.map(({ json }) => json.status)).toEqual(Array(10).fill('created'));
		expect(items.map(({ json }) => json.userId)).toEqual(ROSTER.map(({ userId }) => userId));
		expect(items.map(({ json }) => json.row)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(ROSTER.map(() => ({ item: 0 })));
	});

	test('makes a group of each class after its people exist', () => {
		expect(
			verdictsOf(first, 'Create Class Groups').map(({ groupId, group, userId }) => [groupId, group, userId]),
		).toEqual(ROSTER.map(({ classId, userId }) => [classId, 'created', userId]));
		expect(firstRequests.indexOf('POST /v1/users/batch')).toBeLessThan(firstRequests.indexOf('POST /v1/groups/batch'));
	});

	test('finds every student as the roster says', () => {
		expect(verdictsOf(first, 'Verify Students').map(({ status }) => status)).toEqual(Array(10).fill('found'));
	});

	test('leaves exactly the people and classes of the roster in the service', async () => {
		expect(await differences(accessTo(lab.sandbox), ROSTER)).toEqual([]);
	});

	test('costs one request for the people and one for the groups', () => {
		expect(firstRequests.filter((request) => request === 'POST /v1/users/batch')).toHaveLength(1);
		expect(firstRequests.filter((request) => request === 'POST /v1/groups/batch')).toHaveLength(1);
	});

	test('creates nothing when it runs again', async () => {
		const second = await lab.run(workflowId);
		expect(second.status).toBe('success');
		expect(verdictsOf(second, 'Create Students').map(({ status }) => status)).toEqual(Array(10).fill('exists'));
		const memberships = verdictsOf(second, 'Create Class Groups').map(({ status, group }) => `${group} ${status}`);
		expect(memberships).toEqual(Array(10).fill('exists exists'));
		expect(lab.sandbox.userCount()).toBe(10);
	});
});
