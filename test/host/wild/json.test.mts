// JSON as services hand it out: which of its lists holds the people.

import { describe, expect, test } from 'vitest';
import { useWild } from './wild.mts';

const wild = useWild();
const ADA_AND_BOB = [
	['s1', 'Ada'],
	['s2', 'Bob'],
];

test('a realm with groups, users and clients makes its users', async () => {
	const { users } = await wild.run('11-keycloak-realm');
	expect(users).toEqual([
		['u-1', 'Ada Lind'],
		['u-2', 'Bob Stone'],
	]);
});

test('its groups are groups', async () => {
	const parameters = { resource: 'group', operation: 'addMembers' };
	const { stopped, verdicts, writes } = await wild.run('11-keycloak-realm', parameters);
	expect(writes).toBe(0);
	expect(`${stopped}${String(verdicts[0]?.reason)}`).toContain('No column holds the Member IDs');
});

test.each(['12-empty-lists-first', '15-list-two-deep'])('%s', async (folder) => {
	const { users, verdicts } = await wild.run(folder);
	expect(users).toEqual(ADA_AND_BOB);
	expect(verdicts.map(({ row, status }) => [row, status])).toEqual([
		[1, 'created'],
		[2, 'created'],
	]);
});

test.each(['13-one-user-with-roles', '14-one-user-with-an-empty-list'])('%s', async (folder) => {
	const { users, verdicts } = await wild.run(folder);
	expect(users).toEqual([['s1', 'Ada']]);
	expect(verdicts.map(({ row, status }) => [row, status])).toEqual([[1, 'created']]);
});

describe('where it is not clear which list is meant', () => {
	const one = [{ id: 's1', name: 'Ada' }];

	test('the lists are named, and nothing is sent', async () => {
		const { users, verdicts } = await wild.runFile(JSON.stringify({ east: one, west: [...one, ...one] }), 'x.json');
		expect(users).toEqual([]);
		expect(verdicts.map(({ status }) => status)).toEqual(['notAttempted']);
		expect(verdicts[0]?.reason).toContain('"east" (1 entry) and "west" (2 entries)');
	});

	test('nor are groups alone ever people', async () => {
		const { users, verdicts } = await wild.runFile(JSON.stringify({ groups: one }), 'x.json');
		expect(users).toEqual([]);
		expect(verdicts[0]?.reason).toContain('"groups" (1 entry)');
	});
});

describe('items that hold the list', () => {
	test('the way to split it is named', async () => {
		const { users, verdicts } = await wild.runItems([{ total: 1, users: [{ id: 's1', name: 'Ada' }] }]);
		expect(users).toEqual([]);
		expect(verdicts[0]?.reason).toContain('Split Out');
		expect(verdicts[0]?.reason).toContain('"users"');
	});

	test('also where the item itself could be taken for a person', async () => {
		const { users, verdicts } = await wild.runItems([{ id: '7', name: 'Export', users: [{ id: 's1', name: 'Ada' }] }]);
		expect(users).toEqual([]);
		expect(verdicts[0]?.reason).toContain('Split Out');
	});
});
