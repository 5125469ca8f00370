// Every operation with a brake, with that brake at 0, in n8n's own engine over HTTP: it does what the rows say, however
// many they are. And whom Find gives of those who are suspended already.

import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { statuses, useLab } from './lab.mts';

const lab = useLab();
const idsOf = (count: number): string[] => Array.from({ length: count }, (_, index) => `s${index}`);
const people = (count: number): IDataObject[] => idsOf(count).map((userId) => ({ userId, username: userId }));
const groups = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, index) => ({ groupId: `g${index}`, name: `G${index}`, ownerId: 's0' }));
const GROUP: INodeParameters = { resource: 'group', operation: 'create' };
const MANY = 130;

const asleep = () => lab.sandbox.users().flatMap(({ userId, active }) => (active ? [] : [userId]));
const membersOf = (id: string) => lab.sandbox.groups().find(({ groupId }) => groupId === id)?.memberIds ?? [];

interface Case {
	readonly name: string;
	readonly parameters: INodeParameters;
	/** The brake, by the name of its parameter. */
	readonly brake: string;
	readonly items: IDataObject[];
	/** What the file of the same rows says. */
	readonly csv: string;
	readonly status: string;
	/** How many are left of those whom it takes away. */
	readonly left: () => number;
}

const cases: readonly Case[] = [
	{
		name: 'Batch Delete of users',
		parameters: { operation: 'deleteEvery' },
		brake: 'deleteAtMost',
		items: people(MANY),
		csv: ['userId', ...idsOf(MANY)].join('\n'),
		status: 'deleted',
		left: () => lab.sandbox.userCount(),
	},
	{
		name: 'Batch Suspend',
		parameters: { operation: 'batchSuspend' },
		brake: 'suspendAtMost',
		items: people(MANY),
		csv: ['userId', ...idsOf(MANY)].join('\n'),
		status: 'suspended',
		left: () => MANY - asleep().length,
	},
	{
		name: 'Batch Delete of groups',
		parameters: { resource: 'group', operation: 'batchDelete' },
		brake: 'deleteGroupsAtMost',
		items: groups(12),
		csv: ['groupId', ...groups(12).map(({ groupId }) => groupId)].join('\n'),
		status: 'deleted',
		left: () => lab.sandbox.groups().length,
	},
	{
		name: 'Remove Members',
		parameters: { resource: 'group', operation: 'removeMembers' },
		brake: 'removeAtMost',
		items: [{ groupId: 'g0', memberIds: idsOf(MANY).slice(1) }],
		csv: `groupId,memberIds\ng0,${idsOf(MANY).slice(1).join(';')}`,
		status: 'removed',
		left: () => membersOf('g0').length - 1,
	},
	{
		name: 'Set Members',
		parameters: { resource: 'group', operation: 'setMembers' },
		brake: 'removeShareAtMost',
		items: [{ groupId: 'g0', memberIds: ['s1'] }],
		csv: 'groupId,memberIds\ng0,s1',
		status: 'updated',
		left: () => membersOf('g0').length - 2,
	},
];

describe.each(cases)('$name with its brake at 0', ({ parameters, brake, items, csv, status, left }) => {
	async function prepare(): Promise<void> {
		await lab.run({ items: people(MANY) });
		const [first = {}, ...others] = groups(12);
		await lab.run({ items: [{ ...first, memberIds: idsOf(MANY) }, ...others], parameters: GROUP });
	}

	test('takes nobody away at its default, and all of them at 0', async () => {
		await prepare();
		const before = left();
		await lab.run({ items, parameters, onError: 'continueRegularOutput' });
		expect([left(), before > 0]).toEqual([before, true]);
		const { outputs, error } = await lab.run({ items, parameters: { ...parameters, [brake]: 0 } });
		expect([error, new Set(statuses(outputs[0])), left()]).toEqual([undefined, new Set([status]), 0]);
	});

	test('does the same with the rows of a file', async () => {
		await prepare();
		const { outputs, error } = await lab.run({
			items: [{}],
			files: [{ data: { content: csv, fileName: 'rows.csv', mimeType: 'text/csv' } }],
			parameters: { ...parameters, input: 'file', [brake]: 0 },
		});
		expect([error, new Set(statuses(outputs[0])), left()]).toEqual([undefined, new Set([status]), 0]);
	});

	test('foretells it, and takes nobody away', async () => {
		await prepare();
		const before = left();
		const { outputs } = await lab.run({ items, parameters: { ...parameters, [brake]: 0, validateOnly: true } });
		expect(new Set(outputs[0]?.map(({ json }) => json.would))).toEqual(new Set([status]));
		expect(left()).toBe(before);
	});
});

describe('Find Users Not in Rows', () => {
	const FIND: INodeParameters = { operation: 'findUnlisted' };
	const found = (items: ReadonlyArray<{ readonly json: IDataObject }> = []) =>
		items.map(({ json }) => [json.userId, json.active]);

	test('gives all but one with its brake at 0, and nobody at its default', async () => {
		await lab.run({ items: people(10) });
		const held = await lab.run({ items: people(1), parameters: FIND });
		expect([held.outputs[0] ?? [], held.error?.message]).toEqual([
			[],
			expect.stringContaining('"Find at Most" is 20 %'),
		]);
		const { outputs } = await lab.run({ items: people(1), parameters: { ...FIND, findAtMost: 0 } });
		expect(found(outputs[0])).toHaveLength(9);
	});

	test('leaves out who is suspended already, until Include Suspended is on', async () => {
		await lab.run({ items: people(10) });
		await lab.run({ items: people(10).slice(8), parameters: { operation: 'batchSuspend' } });
		const rows = people(7);
		const { outputs } = await lab.run({ items: rows, parameters: FIND });
		expect(found(outputs[0])).toEqual([['s7', true]]);
		const all = await lab.run({ items: rows, parameters: { ...FIND, includeSuspended: true, findAtMost: 0 } });
		expect(found(all.outputs[0])).toEqual([
			['s7', true],
			['s8', false],
			['s9', false],
		]);
	});

	test('counts those who are suspended against its brake where they come out, and its share is one of active users', async () => {
		await lab.run({ items: people(10) });
		await lab.run({ items: people(10).slice(5), parameters: { operation: 'batchSuspend' } });
		// One of five who are active is 20 %.
		const { outputs } = await lab.run({ items: people(4), parameters: FIND });
		expect(found(outputs[0])).toEqual([['s4', true]]);
		const held = await lab.run({ items: people(4), parameters: { ...FIND, includeSuspended: true } });
		expect(held.error?.message).toBe('6 users are in no row, of 5 active ones (120 %), and "Find at Most" is 20 %');
	});

	test('whom it gives can be suspended, and is not found again', async () => {
		await lab.run({ items: people(10) });
		const first = await lab.run({ items: people(9), parameters: FIND });
		const leavers = first.outputs[0]?.map(({ json }) => json) ?? [];
		await lab.run({ items: leavers, parameters: { operation: 'batchSuspend' } });
		expect(asleep()).toEqual(['s9']);
		const again = await lab.run({ items: people(9), parameters: FIND });
		expect([again.outputs[0], again.hints[0]?.message]).toEqual([[], 'All users are in the rows']);
	});
});
