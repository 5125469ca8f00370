// Set Each Value: text stands for itself, in every row. Where that makes one user of all rows, nothing is sent.

import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { statuses, useLab } from './lab.mts';

const lab = useLab();
const ROWS = [
	{ 学号: 's1', 姓名: 'Ada' },
	{ 学号: 's2', 姓名: 'Bob' },
];
const NAME = '={{ $json["姓名"] }}';
const set = (value: Record<string, string>, others: INodeParameters = {}): INodeParameters => ({
	columns: 'set',
	values: { mappingMode: 'defineBelow', value },
	...others,
});
const members = { resource: 'group', operation: 'addMembers' };

describe('a fixed id', () => {
	test.each<[string, string, INodeParameters]>([
		['User ID', 'Batch Create', set({ userId: 'someone', username: NAME })],
		['User ID', 'Batch Create or Update', set({ userId: 'someone', username: NAME }, { operation: 'batchUpsert' })],
		['User ID', 'Verify', set({ userId: 'someone' }, { operation: 'verify' })],
		['User ID', 'Batch Create, typed as an expression', set({ userId: '=someone', username: NAME })],
		['Group ID', 'Create', set({ groupId: 'g', name: NAME, ownerId: 't' }, { resource: 'group' })],
		['Group ID', 'Verify of groups', set({ groupId: 'g', name: NAME }, { resource: 'group', operation: 'verify' })],
		['User ID', 'a roster', set({ userId: 'someone' }, { ...members, rows: 'membership', groupBy: '姓名' })],
	])('%s of more than one row is refused before anything is sent: %s', async (label, _operation, parameters) => {
		const { error } = await lab.run({ items: ROWS, parameters });
		expect(error?.message).toMatch(new RegExp(`^The ${label} is the text "(someone|g)" in every row$`));
		expect(error?.description).toMatch(
			new RegExp(
				`^Drag the column that holds the ${label} of each row from the input onto this field, .*Nothing was sent\\.$`,
			),
		);
		expect(lab.sandbox.requests.filter(({ endpoint }) => endpoint !== 'limits')).toEqual([]);
	});

	test('is refused for the rows of a file too', async () => {
		const parameters = set({ userId: 'someone', username: '={{ $json["姓名"] }}' }, { input: 'file' });
		const files = [{ data: { content: '学号,姓名\ns1,Ada\ns2,Bob\n', fileName: 'a.csv' } }];
		const { error } = await lab.run({ items: [{}], files, parameters });
		expect(error?.message).toBe('The User ID is the text "someone" in every row');
	});

	test('of a single row is meant', async () => {
		const { outputs } = await lab.run({ items: [{}], parameters: set({ userId: 's1', username: 'Ada' }) });
		expect(statuses(outputs[0])).toEqual(['created']);
	});

	test('of the group that all rows are members of is meant, also to be verified', async () => {
		await lab.run({ items: ROWS.map(({ 学号, 姓名 }) => ({ userId: 学号, username: 姓名 })) });
		await lab.run({ items: [{ groupId: 'g', name: 'G', ownerId: 's1' }], parameters: { resource: 'group' } });
		const value = { groupId: 'g', memberIds: '={{ $json["学号"] }}' };
		const added = await lab.run({ items: ROWS, parameters: set(value, members) });
		expect(statuses(added.outputs[0])).toEqual(['exists', 'added']);
		const verified = await lab.run({ items: ROWS, parameters: set(value, { ...members, operation: 'verify' }) });
		expect(statuses(verified.outputs[0])).toEqual(['found', 'found']);
	});
});

describe('text that is the name of a column', () => {
	test.each<[string, Record<string, string>]>([
		['User ID', { userId: '学号', username: 'Ada' }],
		['Username', { userId: '={{ $json["学号"] }}', username: '姓名' }],
	])('is refused for the %s, with how the column is meant and how the text is', async (label, value) => {
		const { error } = await lab.run({ items: ROWS.slice(0, 1), parameters: set(value) });
		const name = label === 'User ID' ? '学号' : '姓名';
		expect(error?.message).toBe(`The ${label} is the text "${name}" in every row, which is the name of a column`);
		expect(error?.description).toContain(`Drag the column "${name}" from the input onto ${label}`);
		expect(error?.description).toContain(`{{ "${name}" }}`);
		expect(lab.sandbox.userCount()).toBe(0);
	});

	test('is taken where it is written as an expression', async () => {
		const value = { userId: '={{ $json["学号"] }}', username: '={{ "姓名" }}' };
		const { outputs } = await lab.run({ items: ROWS, parameters: set(value) });
		expect(statuses(outputs[0])).toEqual(['created', 'created']);
		expect(lab.sandbox.users()).toMatchObject([{ username: '姓名' }, { username: '姓名' }]);
	});
});
