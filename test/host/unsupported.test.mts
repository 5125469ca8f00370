// What a service cannot do, and a profile that cannot be used: said by n8n before anything is sent.

import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { statuses } from './lab.mts';
import type { Reply } from '../profiles/world.mts';
import { useVendors, type Profile } from './vendor.mts';

const run = useVendors();
const group = (operation: string, more: INodeParameters = {}): INodeParameters => ({
	resource: 'group',
	operation,
	...more,
});
const roster = { rows: 'membership', groupBy: 'class' };
const USER = { userId: 's1', username: 'Ada' };
const GROUP = { groupId: 'g1', name: 'One', ownerId: 's1', memberIds: ['s1'] };

const without =
	(operation: string) =>
	({ operations }: Profile) =>
		void (operations[operation] = { unsupported: 'it has no such endpoint' });

describe('an operation that the service does not have', () => {
	test.each<[string, string, INodeParameters, object, string, string]>([
		[
			'Batch Delete',
			'netease-yunxin',
			{ operation: 'deleteEvery' },
			USER,
			'delete users',
			'describe no endpoint for it.',
		],
		[
			'Batch Create or Update',
			'ejabberd',
			{ operation: 'batchUpsert' },
			USER,
			'create or update users',
			'An account has a name and a password and nothing else',
		],
		[
			'Batch Create that reports who exists',
			'rongcloud',
			{ ifUserExists: 'fail' },
			USER,
			'tell which users exist',
			'Set If User Exists to Keep.',
		],
		[
			'Get Many of users',
			'cometchat',
			{ operation: 'getAll' },
			{},
			'list users',
			'do not tell how a page names the next',
		],
		['Get Many of groups', 'rongcloud', group('getAll'), {}, 'list groups', 'describe no endpoint for it.'],
		['Find', 'netease-yunxin', { operation: 'findUnlisted' }, USER, 'list users', 'describe no endpoint for it.'],
		['Verify groups', 'easemob', group('verify'), GROUP, 'look groups up', 'describe no endpoint for it.'],
		[
			'Verify members of a roster',
			'netease-yunxin',
			group('verify', roster),
			{ userId: 's1', class: 'g1' },
			'look members of groups up',
			'describe no endpoint for it.',
		],
		[
			'Look Up Existing',
			'cometchat',
			group('create', { validateOnly: true }),
			GROUP,
			'look groups up',
			'Turn Look Up Existing off to check the rows without it.',
		],
	])('%s of %s ends the run', async (_what, vendor, parameters, row, deed, why) => {
		const { error, outputs, seen } = await run(vendor, { items: [{ ...row }], parameters });
		expect(error?.message).toMatch(new RegExp(`^\\S.* cannot ${deed}$`));
		expect(error?.description).toContain(why);
		expect(error?.description).toMatch(/^Its API profile says: [A-Z].*Nothing was sent\.$/);
		expect([outputs.flat(), seen]).toEqual([[], []]);
	});

	test('with On Error at Continue each row says so', async () => {
		const items = [USER, { ...USER, userId: 's2' }];
		const { outputs, seen } = await run('netease-yunxin', {
			items,
			parameters: { operation: 'deleteEvery' },
			onError: 'continueRegularOutput',
		});
		expect(statuses(outputs[0])).toEqual(['notAttempted', 'notAttempted']);
		expect(outputs[0]?.[1]?.json.reason).toMatch(/cannot delete users\. Its API profile says: /);
		expect(seen).toEqual([]);
	});

	test('adding members to a roster', async () => {
		const { error, seen } = await run('ejabberd', {
			items: [{ userId: 's1', class: 'g1' }],
			parameters: group('create', { ...roster, owner: 'none' }),
			edit: without('addMembers'),
		});
		expect([error?.message, seen]).toEqual(['ejabberd cannot add members to groups', []]);
	});
});

describe('what a service cannot do with members', () => {
	test('of a new group, is told by a hint, and the group is made', async () => {
		const { outputs, hints, world } = await run('ejabberd', {
			items: [GROUP],
			parameters: group('create'),
			edit: without('addMembers'),
		});
		expect([statuses(outputs[0]), [...world.groups.keys()]]).toEqual([['created'], ['g1']]);
		expect(hints.map(({ message }) => message).join()).toMatch(/no such field: .*Member IDs/);
	});

	test('of a new group that its request has no room for, is told of each of them', async () => {
		const memberIds = Array.from({ length: 102 }, (_, index) => `m${index}`);
		const { outputs } = await run('easemob', {
			items: [{ ...GROUP, memberIds }],
			parameters: group('create'),
			edit: without('addMembers'),
		});
		expect(outputs[0]?.[0]?.json).toMatchObject({
			status: 'created',
			members: {
				added: 100,
				failed: [
					{ userId: 'm100', code: 'unsupported', message: expect.stringContaining('it has no such endpoint') },
					{ userId: 'm101' },
				],
			},
		});
	});

	const edit = (profile: Profile): void => {
		without('queryMembers')(profile);
		Object.assign(profile.operations.addMembers ?? {}, { lookUpFirst: false });
	};

	test('of a group that is verified, is told by a hint, and the group is compared', async () => {
		const { outputs, hints } = await run('ejabberd', { items: [GROUP], parameters: group('verify'), edit });
		expect(statuses(outputs[0])).toEqual(['missing']);
		expect(hints.map(({ message }) => message).join()).toMatch(/does not give it back: .*Member IDs/);
	});

	test('who are in a group already, is left open by Validate Only', async () => {
		const there: Record<string, Reply> = {
			'/api/get_room_affiliation': { body: { affiliation: 'owner' } },
			'/api/check_account': { body: 0 },
		};
		const { outputs, error } = await run('ejabberd', {
			items: [{ groupId: 'g1', memberIds: ['s1'] }],
			parameters: group('addMembers', { validateOnly: true }),
			edit,
			script: ({ path }) => there[path],
		});
		expect([error, statuses(outputs[0])]).toEqual([undefined, ['valid']]);
		expect(outputs[0]?.[0]?.json.would).toBe(undefined);
	});
});
