// Rows: One Row for Each Membership, as in a class roster.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
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
		const { outputs, hints } = await lab.run({ items: ROSTER, parameters, onError: 'continueErrorOutput' });
		expect(hints.map(({ message }) => message)).toEqual([
			'2 groups created; 2 members added, 1 existed, 1 needs attention (1 × user not found)',
			'Columns: User ID from "userId". Groups by "class", named by "title", owned by "teacher".',
		]);
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

describe('columns that were dragged', () => {
	const dragged = (column: string) => `={{ $json.${column} }}`;
	test('are those that were named: Group By, Group Name Column, Owner Column', async () => {
		const parameters = {
			...BY_CLASS,
			groupBy: dragged('class'),
			groupNameColumn: '={{ $json["title"] }}',
			owner: 'column',
			ownerColumn: dragged('teacher'),
		};
		const { outputs } = await lab.run({ items: ROSTER.slice(0, 2), parameters });
		expect(statuses(outputs[0])).toEqual(['added', 'added']);
		expect(lab.sandbox.groups()).toMatchObject([
			{ groupId: 'c3b', name: 'Class 3B', ownerId: 't1' },
			{ groupId: 'c3c', name: 'Class 3C', ownerId: 't1' },
		]);
	});

	test('are read from the rows of a file too', async () => {
		const files = [{ data: { content: 'userId,class\ns1,c3b\ns2,c3c\n', fileName: 'a.csv' } }];
		const parameters = {
			...BY_CLASS,
			input: 'file',
			groupBy: dragged('class'),
			owner: 'same',
			ownerId: { __rl: true, mode: 'id', value: 't1' },
		};
		await lab.run({ items: [{}], files, parameters });
		expect(lab.sandbox.groups()).toMatchObject([{ groupId: 'c3b' }, { groupId: 'c3c' }]);
	});

	test('and an expression of the run name a column, but none that computes with a row', async () => {
		const owner = { owner: 'none' };
		const run = async (groupBy: string) =>
			await lab.run({ items: ROSTER, parameters: { ...BY_CLASS, ...owner, operation: 'verify', groupBy } });
		expect((await run('={{ "cl" + "ass" }}')).error).toBeUndefined();
		const { error } = await run('={{ $json.class + "x" }}');
		expect(error?.message).toBe('The expression in "Group By" computes a value, but a column is needed');
		expect(error?.description).toContain('Edit Fields');
	});

	test('are none where one value holds for all rows', async () => {
		const ownerId = { __rl: true, mode: 'id', value: '={{ $json.userId }}' };
		const { error } = await lab.run({ items: ROSTER, parameters: { ...BY_CLASS, owner: 'same', ownerId } });
		expect(error?.message).toMatch(/^"Owner ID" is worked out as one value for item 1 and as another for item \d+$/);
		expect(lab.sandbox.groups()).toEqual([]);
	});
});

describe('Group ID: Made From the Name', () => {
	const NAMES = [
		{ userId: 's1', 班级: '三年级1班' },
		{ userId: 's2', 班级: ' 三年级1班' },
		{ userId: 't1', 班级: '三年级2班' },
	];
	const CODES = ['g-300d7fbba8fa765b', 'g-73aaace287c89ea3'];
	const byName = { resource, rows: 'membership', groupIdFrom: 'name', groupBy: '班级' };
	const ofTeacher = { owner: 'same', ownerId: { __rl: true, mode: 'id', value: 't1' } };

	test('makes groups with codes, and finds them again: to add members, to verify, in the next run', async () => {
		const parameters = { ...byName, ...ofTeacher };
		const made = await lab.run({ items: NAMES, parameters });
		expect(statuses(made.outputs[0])).toEqual(['added', 'added', 'exists']);
		expect(lab.sandbox.groups()).toMatchObject([
			{ groupId: CODES[0], name: '三年级1班' },
			{ groupId: CODES[1], name: '三年级2班' },
		]);
		const more = [{ userId: 's2', 班级: '三年级2班' }];
		const added = await lab.run({ items: more, parameters: { ...byName, operation: 'addMembers' } });
		expect(statuses(added.outputs[0])).toEqual(['added']);
		const verified = await lab.run({ items: [...NAMES, ...more], parameters: { ...byName, operation: 'verify' } });
		expect(statuses(verified.outputs[0])).toEqual(['found', 'found', 'found', 'found']);
		await lab.run({ items: NAMES, parameters });
		expect(lab.sandbox.groups()).toHaveLength(2);
	});

	test('is what a name in place of an ID is told of', async () => {
		const parameters = { ...byName, ...ofTeacher, groupIdFrom: 'column' };
		const { outputs } = await lab.run({ items: NAMES, parameters, onError: 'continueRegularOutput' });
		expect(outputs[0]?.[0]?.json).toMatchObject({
			status: 'invalid',
			reason: expect.stringContaining('If these are names of groups, set Group ID to Made From the Name.'),
		});
	});

	test('says what a service allows that has no room for such codes', async () => {
		const file = resolve(import.meta.dirname, '../../nodes/TokenIm/protocol/profiles/tokenim-rest-v1.json');
		const profile = JSON.parse(readFileSync(file, 'utf8'));
		profile.fields.group.groupId.bytes = { max: 6 };
		const { baseUrl, apiKey, apiSecret } = lab.sandbox;
		const writes = lab.writes();
		const { error } = await lab.run({
			items: NAMES,
			parameters: { ...byName, ...ofTeacher },
			credentials: { baseUrl, apiKey, apiSecret, profile: 'custom', profileJson: JSON.stringify(profile) },
		});
		expect(error?.message).toContain('allows no IDs of groups that could be made from names');
		expect(lab.writes()).toBe(writes);
	});
});

describe('Group ID: Same for All', () => {
	const same = { resource, rows: 'membership', groupIdFrom: 'same', sameGroupId: 'staff' };
	test('puts all rows into one group', async () => {
		const owner = { owner: 'same', ownerId: { __rl: true, mode: 'id', value: 't1' } };
		await lab.run({ items: ROSTER.slice(0, 1), parameters: { ...same, ...owner, sameGroupName: 'All staff' } });
		expect(lab.sandbox.groups()).toMatchObject([{ groupId: 'staff', name: 'All staff' }]);
		const { outputs } = await lab.run({
			items: ROSTER.slice(0, 2),
			parameters: { ...same, operation: 'addMembers' },
		});
		expect(statuses(outputs[0])).toEqual(['exists', 'added']);
	});

	test('needs its ID', async () => {
		const { error } = await lab.run({
			items: ROSTER,
			parameters: { ...same, sameGroupId: '={{ "" }}', owner: 'none' },
		});
		expect(error?.message).toBe('"ID of the Group" is empty');
	});
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
