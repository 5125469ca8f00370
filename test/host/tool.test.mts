// The node as a tool that n8n's engine runs for an AI agent.

import { expect, test } from 'vitest';
import { callThroughEngine } from './agent.mts';
import { statuses, useLab } from './lab.mts';

const lab = useLab();
const people = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ userId: `s${index}`, username: `N${index}` }));
const parameters = { input: 'json', rowsAsJson: "={{ $fromAI('users', 'The users to create', 'json') }}" };

async function callTool(users: unknown) {
	const { baseUrl, apiKey, apiSecret } = lab.sandbox;
	return await callThroughEngine({
		parameters,
		credentials: { baseUrl, apiKey, apiSecret },
		input: { users: JSON.stringify(users) },
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
