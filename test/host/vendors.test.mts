// Every example profile through n8n's own engine and over HTTP: what n8n does to methods, addresses, forms and bodies on
// the way counts too.

import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { VENDORS } from '../profiles/services.mts';
import { statuses } from './lab.mts';
import { useVendors } from './vendor.mts';

const run = useVendors();
const people = ['s1', 's2', 's3'].map((userId) => ({ userId, username: `学生 ${userId}` }));
const group = (operation: string): INodeParameters => ({ resource: 'group', operation });

describe.each(VENDORS)('$name', ({ name, words }) => {
	test('creates users, is left as it is by a second run, and tells who is there', async () => {
		const first = await run(name, { items: people });
		expect([first.error, statuses(first.outputs[0])]).toEqual([undefined, people.map(() => words.fresh)]);
		expect([...first.world.users.keys()].sort()).toEqual(['s1', 's2', 's3']);
		const again = await run(name, { items: people, world: first.world });
		expect(statuses(again.outputs[0])).toEqual(people.map(() => words.known));
		const verified = await run(name, {
			items: [{ userId: 's1' }, { userId: 'nobody' }],
			parameters: { operation: 'verify' },
			world: first.world,
		});
		expect([verified.error, statuses(verified.outputs[0])]).toEqual([undefined, ['found', words.absent]]);
	});

	test('makes a group with its members, and takes more of them', async () => {
		const { world } = await run(name, { items: people });
		const row = { groupId: 'class1', name: '一班 & Co', ownerId: 's1', memberIds: 's2' };
		const made = await run(name, { items: [row], parameters: group('create'), world });
		expect([made.error, statuses(made.outputs[0])]).toEqual([undefined, ['created']]);
		expect(made.outputs[0]?.[0]?.json).toMatchObject({ members: { added: 1, failed: [] } });
		const [groupId = ''] = world.groups.keys();
		const added = await run(name, { items: [{ groupId, memberIds: 's3' }], parameters: group('addMembers'), world });
		expect([added.error, statuses(added.outputs[0])]).toEqual([undefined, ['added']]);
		expect([...(world.groups.get(groupId)?.members ?? [])]).toEqual(expect.arrayContaining(['s2', 's3']));
	});
});
