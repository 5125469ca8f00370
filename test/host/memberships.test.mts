// Rows: One Row for Each Membership, as in a class roster.

import { beforeEach, describe, expect, test } from 'vitest';
import { pairs, statuses, useLab } from './lab.mts';

const lab = useLab();
const PEOPLE = [
	{ userId: 't1', username: 'Teacher' },
	{ userId: 's1', username: 'Ada' },
	{ userId: 's2', username: 'Bob' },
];
const ROSTER = [
	{ userId: 's1', class: 'c3b', title: 'Class 3B', teacher: 't1' },
	{ userId: 's2', class: 'c3c', title: 'Class 3C', teacher: 't1' },
	{ userId: 'nobody', class: 'c3b', title: 'Class 3B', teacher: 't1' },
	{ userId: 't1', class: 'c3b', title: 'Class 3B', teacher: 't1' },
];
const resource = 'group';
const BY_CLASS = { resource, rows: 'membership', groupBy: 'class' };

beforeEach(async () => void (await lab.run({ items: PEOPLE })));

describe('Create', () => {
	test('takes name and owner from columns; each row is told of its own member', async () => {
		const parameters = { ...BY_CLASS, groupNameColumn: 'title', owner: 'column', ownerColumn: 'teacher' };
		const { outputs } = await lab.run({ items: ROSTER, parameters, onError: 'continueErrorOutput' });
		expect(outputs[0]?.map(({ json }) => [json.userId, json.status, json.group])).toEqual([
			['s1', 'added', 'created'],
			['s2', 'added', 'created'],
			['t1', 'exists', 'created'],
		]);
		expect(pairs(outputs[0])).toEqual([{ item: 0 }, { item: 1 }, { item: 3 }]);
		expect(outputs[1]?.[0]?.json).toMatchObject({ userId: 'nobody', error: { code: 'user_not_found', row: 3 } });
		expect(lab.sandbox.groups()).toMatchObject([
			{ groupId: 'c3b', name: 'Class 3B', ownerId: 't1' },
			{ groupId: 'c3c', name: 'Class 3C', ownerId: 't1' },
		]);
	});

	test('names groups by their id and gives all of them one owner', async () => {
		const owner = { owner: 'same', ownerId: { __rl: true, mode: 'id', value: 't1' } };
		await lab.run({ items: ROSTER, parameters: { ...BY_CLASS, ...owner } });
		expect(lab.sandbox.groups()).toMatchObject([
			{ groupId: 'c3b', name: 'c3b', ownerId: 't1' },
			{ groupId: 'c3c', name: 'c3c', ownerId: 't1' },
		]);
	});
});

test('Add Members and Verify need the column only', async () => {
	const groups = ['c3b', 'c3c'].map((groupId) => ({ groupId, name: groupId, ownerId: 't1' }));
	await lab.run({ items: groups, parameters: { resource } });
	const items = ROSTER.filter(({ userId }) => userId.startsWith('s'));
	const added = await lab.run({ items, parameters: { ...BY_CLASS, operation: 'addMembers' } });
	expect(statuses(added.outputs[0])).toEqual(['added', 'added']);
	const verified = await lab.run({
		items: [...items, { userId: 's2', class: 'c3b' }],
		parameters: { ...BY_CLASS, operation: 'verify' },
	});
	expect(statuses(verified.outputs[0])).toEqual(['found', 'found', 'missing']);
});

test.each([
	['Group By', { ...BY_CLASS, groupBy: '={{ "" }}', ownerColumn: 'teacher' }],
	['Owner Column', { ...BY_CLASS, ownerColumn: '={{ "" }}' }],
	['Owner ID', { ...BY_CLASS, owner: 'same', ownerId: { __rl: true, mode: 'id', value: '={{ "" }}' } }],
])('an expression that leaves "%s" empty is named, and nothing is sent', async (label, parameters) => {
	const { error } = await lab.run({ items: ROSTER, parameters });
	expect(error?.message).toBe(`"${label}" is empty`);
	expect(lab.sandbox.groups()).toEqual([]);
});
