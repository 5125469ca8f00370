// The node as a tool that n8n's engine runs for an AI agent.

import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { callThroughEngine } from './agent.mts';
import { statuses, useLab } from './lab.mts';

const lab = useLab();
const people = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ userId: `s${index}`, username: `N${index}` }));
const parameters = { input: 'json', rowsAsJson: "={{ $fromAI('users', 'The users to create', 'json') }}" };

async function callTool(users: unknown, more: INodeParameters = {}, input: IDataObject = {}) {
	const { baseUrl, apiKey, apiSecret } = lab.sandbox;
	return await callThroughEngine({
		parameters: { ...parameters, ...more },
		credentials: { baseUrl, apiKey, apiSecret },
		input: { users: JSON.stringify(users), ...input },
	});
}

test('creates the people whom the model names, and tells it what became of each', async () => {
	const heard = await callTool([...people(2), { userId: 'a b', username: 'Bob' }]);
	expect(heard).toMatchObject([
		{ row: 1, status: 'created', userId: 's0' },
		{ row: 2, status: 'created', userId: 's1' },
		{ row: 3, status: 'invalid', issues: [{ field: 'userId', found: 'a b' }], input: { username: 'Bob' } },
	]);
});

test('takes fifty rows in one call, and sends nothing of fifty-one', async () => {
	expect(await callTool(people(50))).toHaveLength(50);
	const before = lab.writes();
	const [refused] = await callTool(people(51));
	expect(JSON.stringify(refused)).toContain('at most 50 rows in one call');
	expect(lab.writes()).toBe(before);
});

test.each([
	['a list', (ids: readonly string[]) => ids],
	['one text', (ids: readonly string[]) => ids.join(',')],
])('counts the members of a row as well, given as %s', async (_what, given) => {
	await lab.run({ items: people(60) });
	await lab.run({ items: [{ groupId: 'g1', name: 'G', ownerId: 's0' }], parameters: { resource: 'group' } });
	const before = lab.writes();
	const ids = people(51).map(({ userId }) => userId);
	const add = { resource: 'group', operation: 'addMembers' };
	const [refused] = await callTool([{ groupId: 'g1', memberIds: given(ids) }], add);
	expect(JSON.stringify(refused)).toContain('at most 50 rows and members in one call');
	const rows = [ids.slice(0, 25), ids.slice(25, 51)].map((some) => ({ groupId: 'g1', memberIds: given(some) }));
	expect(JSON.stringify(await callTool(rows, add))).toContain('at most 50 rows and members in one call');
	expect(lab.writes()).toBe(before);
	expect(await callTool([{ groupId: 'g1', memberIds: given(ids.slice(0, 50)) }], add)).toMatchObject([
		{ status: 'added', members: { added: 49, exists: 1 } },
	]);
});

test('is told of fifty members whom no row names, and how many more there are', async () => {
	const ids = people(90).map(({ userId }) => userId);
	const group = { resource: 'group' };
	await lab.run({ items: people(90) });
	for (const groupId of ['g1', 'g2'])
		await lab.run({ items: [{ groupId, name: 'G', ownerId: 's0', memberIds: ids.slice(1, 45) }], parameters: group });
	const verify = { ...group, operation: 'verify', otherMembers: 'report' };
	const rows = ['g1', 'g2'].map((groupId) => ({ groupId, name: 'Another', memberIds: ['s1'] }));
	const heard = await callTool(rows, verify);
	const named = { field: 'name', expected: 'Another', actual: 'G' };
	const told = heard.map(({ differences }) => (Array.isArray(differences) ? differences : []));
	expect(told.map(([first]) => first)).toEqual([named, named]);
	const members = told.map((differences) => differences.slice(1).map(({ actual }: IDataObject) => actual));
	const others = ids.slice(2, 45).sort();
	expect(members).toEqual([others, [...others.slice(0, 7), '36 more']]);
	expect(heard[1]?.reason).toContain('"36 more" in the service');
});

test.each([
	['held', { validateOnly: true }],
	['held', {}],
	['removed', { removeShareAtMost: 0, validateOnly: true }],
	['removed', { removeShareAtMost: 0 }],
])('is told of fifty members who are %s, and how many more there are: %j', async (list, settings) => {
	const ids = people(90).map(({ userId }) => userId);
	const group = { resource: 'group' };
	await lab.run({ items: people(90) });
	for (const groupId of ['g1', 'g2'])
		await lab.run({ items: [{ groupId, name: 'G', ownerId: 's0', memberIds: ids.slice(1, 45) }], parameters: group });
	const set = { ...group, operation: 'setMembers', ...settings, options: { allowAgentToTakeAway: true } };
	const rows = ['g1', 'g2'].map((groupId) => ({ groupId, memberIds: ['s1', 'ghost'] }));
	const heard = await callTool(rows, set);
	const others = ids.slice(2, 45).sort();
	expect(heard).toMatchObject([
		{ members: { [list]: others, failed: [{ userId: 'ghost' }] } },
		{ members: { [list]: others.slice(0, 7), more: { [list]: 36 }, failed: [{ userId: 'ghost' }] } },
	]);
	if (list === 'held') expect(heard[1]?.reason).toMatch(/ and 36 more\. The brake holds: 43 of 45 members/);
});

describe.each(['deleteEvery', 'undo'])('an agent that calls %s', (operation) => {
	const REFUSED = 'An AI agent may not take people away with this tool';

	test('is refused, and nothing is sent', async () => {
		await lab.run({ items: people(1) });
		const before = lab.sandbox.requests.length;
		const rows = [{ userId: 's0', status: 'created', imId: lab.sandbox.users()[0]?.imId }];
		for (const parameters of [{ operation }, { operation, validateOnly: true }, { operation, options: {} }])
			expect(JSON.stringify(await callTool(rows, parameters))).toContain(REFUSED);
		expect(lab.sandbox.requests).toHaveLength(before);
		expect(lab.sandbox.userCount()).toBe(1);
	});

	test('may do so where the author allowed it, and never by its own word', async () => {
		await lab.run({ items: people(1) });
		const rows = [{ userId: 's0', status: 'created', imId: lab.sandbox.users()[0]?.imId }];
		const options = { allowAgentToTakeAway: "={{ $fromAI('allow', 'Whether to allow it', 'boolean') }}" };
		const refused = JSON.stringify(await callTool(rows, { operation, options }, { allow: true }));
		expect(refused).toMatch(/may not take people away|takes no expression/);
		expect(lab.sandbox.userCount()).toBe(1);
		const heard = await callTool(rows, { operation, options: { allowAgentToTakeAway: true } });
		expect(heard).toMatchObject([{ status: 'deleted', userId: 's0' }]);
	});
});

test('a workflow takes away without being allowed to', async () => {
	await lab.run({ items: people(1) });
	const { outputs } = await lab.run({ items: people(1), parameters: { operation: 'deleteEvery' } });
	expect(statuses(outputs[0])).toEqual(['deleted']);
});

test('the cap is for agents: a workflow runs any number', async () => {
	const { outputs } = await lab.run({
		items: [{}],
		parameters: { input: 'json', rowsAsJson: JSON.stringify(people(51)) },
	});
	expect(outputs[0]).toHaveLength(51);
});

test('Rows as JSON of several items are one list of rows, each paired with its item', async () => {
	const items = [{ users: people(2) }, { users: [{ userId: 'x', username: 'X' }] }];
	const { outputs } = await lab.run({ items, parameters: { input: 'json', rowsAsJson: '={{ $json.users }}' } });
	expect(outputs[0]?.map(({ json, pairedItem }) => [json.row, pairedItem])).toEqual([
		[1, { item: 0 }],
		[2, { item: 0 }],
		[3, { item: 1 }],
	]);
	expect(statuses(outputs[0])).toEqual(['created', 'created', 'created']);
});

test.each([
	['no JSON', 'nonsense', 'it is none'],
	['a list of names', '["Ada"]', 'its entry 1 is none'],
])('Rows as JSON that is %s is named, and nothing is sent', async (_what, rowsAsJson, says) => {
	const { error } = await lab.run({
		items: [{}],
		parameters: { input: 'json', rowsAsJson: `={{ ${JSON.stringify(rowsAsJson)} }}` },
	});
	expect(error?.message).toContain(says);
	expect(lab.sandbox.requests).toEqual([]);
});
