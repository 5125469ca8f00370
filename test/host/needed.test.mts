// Columns that an operation has no use for: whatever stands in them keeps no row from its due.

import { beforeEach, describe, expect, test } from 'vitest';
import { statuses, useLab } from './lab.mts';

const lab = useLab();
/** A date, a phone, a URL and attributes that no creation would take, and two columns for one field. */
const JUNK = {
	注册时间: '02/03/2026',
	phone: '1.38E+10',
	avatarUrl: 'none',
	attributes: '{',
	email: 'x',
	Email: 'y',
	E_mail: 'z',
};
const group = { resource: 'group' };

beforeEach(async () => {
	await lab.run({
		items: [
			{ userId: 's1', username: 'Ada' },
			{ userId: 's2', username: 'Bob' },
		],
	});
	await lab.run({ items: [{ groupId: 'g1', name: '3B', ownerId: 's1' }], parameters: group });
});

test('Batch Delete needs the User ID alone', async () => {
	const items = [
		{ userId: 's1', ...JUNK },
		{ userId: 's2', ...JUNK },
	];
	const { outputs, error } = await lab.run({ items, parameters: { operation: 'deleteEvery' } });
	expect([error?.message, ...statuses(outputs[0])]).toEqual([undefined, 'deleted', 'deleted']);
	expect(lab.sandbox.userCount()).toBe(0);
});

describe('Undo', () => {
	test('keeps every other row, also one that never had a User ID to be known by', async () => {
		const [imId] = lab.sandbox.users().map((user) => user.imId);
		const items = [
			{ status: 'created', userId: 's1', imId },
			{ status: 'exists', userId: 's2' },
			{ status: 'invalid', reason: 'userId is missing' },
			{ status: 'failed', userId: 'not an id' },
		];
		const { outputs } = await lab.run({ items, parameters: { operation: 'undo' } });
		expect(statuses(outputs[0])).toEqual(['deleted', 'kept', 'kept', 'kept']);
		expect(outputs[0]?.map(({ json }) => json.userId)).toEqual(['s1', 's2', undefined, undefined]);
	});

	test('a row that was created and has lost its User ID is invalid', async () => {
		const [imId] = lab.sandbox.users().map((user) => user.imId);
		const items = [
			{ status: 'created', userId: 's1', imId },
			{ status: 'created', userId: '', imId },
		];
		const { outputs } = await lab.run({ items, parameters: { operation: 'undo' } });
		expect(statuses(outputs[0])).toEqual(['deleted', 'invalid']);
	});
});

test('Add Members needs the group and its members', async () => {
	const items = [
		{ groupId: 'g1', memberIds: 's2', description: ['x'], name: { a: 1 }, avatarUrl: 'none', attributes: '{' },
	];
	const { outputs } = await lab.run({ items, parameters: { ...group, operation: 'addMembers' } });
	expect(statuses(outputs[0])).toEqual(['added']);
});

test.each(['create', 'addMembers', 'verify'])(
	'with one row for each membership, %s needs the User ID of a person and no more',
	async (operation) => {
		await lab.run({ items: [{ groupId: 'g1', memberIds: 's2' }], parameters: { ...group, operation: 'addMembers' } });
		const items = [{ userId: 's2', class: 'g1', ...JUNK }];
		const parameters = {
			...group,
			operation,
			rows: 'membership',
			groupBy: 'class',
			owner: 'same',
			ownerId: { __rl: true, mode: 'id', value: 's1' },
		};
		const { outputs, error } = await lab.run({ items, parameters });
		expect([error?.message, ...statuses(outputs[0])]).toEqual([undefined, operation === 'verify' ? 'found' : 'exists']);
	},
);
