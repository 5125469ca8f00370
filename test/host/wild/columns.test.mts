// Columns as people's tools name and fill them: ids that are none, names in several columns, column names that are
// typed by hand, lists of members.

import type { INodeParameters } from 'n8n-workflow';
import { beforeEach, describe, expect, test } from 'vitest';
import { useWild } from './wild.mts';

const wild = useWild();

describe('columns that were only guessed', () => {
	test('Account is empty in every row: the e-mail addresses are the ids', async () => {
		const { users } = await wild.run('31-account-is-empty');
		expect(users).toEqual([
			['ada@school.example', 'Ada Lind'],
			['bob@school.example', 'Bob Stone'],
		]);
	});

	test('Account is the company: the Contact ID is the id', async () => {
		const { users } = await wild.run('32-account-is-a-company');
		expect(users).toEqual([
			['c1', 'Ada Lind'],
			['c2', 'Bob Stone'],
		]);
	});

	test('type and address of a record are no attributes', async () => {
		const { users, hints } = await wild.run('33-attributes-of-a-record');
		expect(users).toEqual([['003AAA', 'Ada Lind']]);
		expect(wild.lab.sandbox.users()[0]?.attributes ?? {}).toEqual({});
		expect(hints.join()).toContain('Attributes from "attributes"');
	});

	test('attributes that are lists are left out', async () => {
		const { users, hints } = await wild.run('34-attributes-of-lists');
		expect(users).toEqual([['u-1', 'Ada Lind']]);
		expect(hints.join()).toContain('Attributes from "attributes"');
	});

	test('Registered that says Yes is left out with a hint', async () => {
		const { users, hints } = await wild.run('35-registered-yes');
		expect(users).toEqual([['ada@school.example', 'Ada Lind']]);
		expect(hints.join()).toContain('Registered At from "Registered"');
	});
});

test('names that are empty in a row are taken from the next column that has one', async () => {
	const { users } = await wild.run('36-names-empty-in-a-row');
	expect(users).toEqual([
		['u1', 'ada'],
		['u2', 'Bob Stone'],
	]);
});

test('an address that comes again in other letters is the same person', async () => {
	const { users, verdicts } = await wild.run('39-addresses-as-ids-by-case');
	expect(users).toEqual([['Ada@school.example', 'Ada Lind']]);
	expect(verdicts[1]).toMatchObject({ status: 'invalid', userId: 'ada@school.example' });
	expect(verdicts[1]?.reason).toContain('Same as row 1');
});

test('two columns that nobody uses may share a name', async () => {
	const { users } = await wild.run('45-twin-columns-unused');
	expect(users).toEqual([['s1', 'Ada']]);
});

describe('groups', () => {
	const people = ['s1', 's2', 't1'].map((userId) => ({ userId, username: userId }));
	const groups = { resource: 'group', operation: 'create' };
	const owner = { owner: 'same', ownerId: { __rl: true, mode: 'id', value: 't1' } };
	const byClass = (groupBy: string): INodeParameters => ({ ...groups, rows: 'membership', groupBy, ...owner });
	const made = () => wild.lab.sandbox.groups().map(({ groupId, memberIds }) => [groupId, [...memberIds].sort()]);

	beforeEach(async () => void (await wild.runItems(people)));

	test.each([
		['40-group-by-in-other-case', 'Class'],
		['41-group-by-under-a-bom', 'class'],
	])('Group By finds its column: %s', async (folder, groupBy) => {
		await wild.run(folder, byClass(groupBy));
		expect(made()).toEqual([['c1', ['s1', 's2', 't1']]]);
	});

	test('a Group By that no row has is one message, and nothing is sent', async () => {
		const { stopped, verdicts } = await wild.run('40-group-by-in-other-case', byClass('Klasse'));
		expect(made()).toEqual([]);
		const reason = stopped ?? String(verdicts[0]?.reason);
		expect(reason).toContain('The column "Klasse", entered as Group By, is in no row');
		expect(reason).toContain('Columns found: "userId", "class"');
		expect(verdicts.map(({ status }) => status)).toEqual(['notAttempted', 'notAttempted']);
	});

	test('an empty cell under Group By is told once', async () => {
		const { verdicts } = await wild.runItems([{ userId: 's1', class: '' }], byClass('class'));
		expect(String(verdicts[0]?.reason).split('Fill in').length).toBe(2);
	});

	test('members are split at |, and at a space or / the way out is named', async () => {
		const { verdicts } = await wild.run('42-members-by-other-separators', groups);
		expect(made()).toEqual([['g1', ['s1', 's2', 't1']]]);
		for (const verdict of verdicts.slice(1))
			expect(verdict).toMatchObject({ status: 'invalid', reason: expect.stringContaining('commas between') });
	});

	test('numbered columns of members are members', async () => {
		await wild.run('43-numbered-member-columns', groups);
		expect(made()).toEqual([['g1', ['s1', 's2', 't1']]]);
	});
});
