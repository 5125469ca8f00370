// Rows whose group is nobody's, and whose ID is nearly that of another group of the rows, may mean that one: whoever they
// name is not in no row (law 14).

import { beforeEach, describe, expect, it } from 'vitest';

import { defaultProfile } from '../../nodes/TokenIm/protocol/profiles/index';
import { createLab, type Lab } from './lab.mts';
import type { ParameterValues } from './parameters.mts';

const setMembers: ParameterValues = { resource: 'group', operation: 'setMembers' };
const verify: ParameterValues = { resource: 'group', operation: 'verify', otherMembers: 'report' };
const ROSTER = { rows: 'membership', groupBy: 'class' };
const IDS = ['u1', 'u2', 'u3', 'u4'];

let lab: Lab;
const membersOf = (id: string) =>
	[...(lab.service.groups().find(({ groupId }) => groupId === id)?.memberIds ?? [])].sort();

async function make(...groupIds: readonly string[]): Promise<void> {
	await lab.run(
		{ resource: 'user', operation: 'batchCreate' },
		['boss', ...IDS, 'u5'].map((userId) => ({ userId, username: userId })),
		{ executionId: 'people' },
	);
	const rows = groupIds.map((groupId) => ({ groupId, name: 'G', ownerId: 'boss', memberIds: IDS }));
	await lab.run({ resource: 'group', operation: 'create' }, rows, { executionId: 'groups' });
	await lab.rest(5_000);
}

beforeEach(() => {
	lab = createLab({ plan: 'unpaced' });
});

const ZEROS = [
	{ groupId: '0301', memberIds: 'u1,u2,u5' },
	{ groupId: 301, memberIds: 'u3,u4' },
];

describe('Set Members', () => {
	it.each([false, true])(
		'takes nobody out whom rows name in a group without its zeros; Validate Only: %s',
		async (validateOnly) => {
			await make('0301');
			const { verdicts } = await lab.run({ ...setMembers, validateOnly }, ZEROS);
			expect(verdicts).toMatchObject([
				{ members: { added: 1, removed: [], held: ['u3', 'u4'], heldBecause: expect.stringContaining('"301"') } },
				validateOnly ? { would: 'failed' } : { status: 'failed', code: 'group_not_found' },
			]);
			if (!validateOnly) expect(membersOf('0301')).toEqual(['boss', ...IDS, 'u5']);
		},
	);

	it('nor in other capitals, in a roster', async () => {
		await make('3B');
		const rows = [...['u1', 'u2'].map((userId) => ({ userId, class: '3B' })), { userId: 'u3', class: '3b' }];
		const { verdicts } = await lab.run({ ...setMembers, ...ROSTER }, rows);
		expect(verdicts).toMatchObject([
			{ status: 'exists', members: { removed: [], held: ['u3', 'u4'], heldBecause: expect.stringContaining('"3b"') } },
			{ status: 'exists' },
			{ status: 'notAttempted' },
		]);
		expect(membersOf('3B')).toEqual(['boss', ...IDS]);
	});

	it('nor where such a row could not be read', async () => {
		await make('0301');
		const rows = [
			{ groupId: '0301', memberIds: 'u1,u2' },
			{ groupId: '301', memberIds: 'bad id!' },
		];
		await lab.run(setMembers, rows);
		expect(membersOf('0301')).toEqual(['boss', ...IDS]);
	});

	it('where both are groups, they are two', async () => {
		await make('0301', '301');
		await lab.run(setMembers, ZEROS);
		expect([membersOf('0301'), membersOf('301')]).toEqual([
			['boss', 'u1', 'u2', 'u5'],
			['boss', 'u3', 'u4'],
		]);
	});

	it('they are two also where one was made just now', async () => {
		lab = createLab({ plan: 'unpaced', readLagMs: 1_900 });
		await make('0301');
		lab.post('/groups/batch', { onConflict: 'skip', groups: [{ groupId: '301', name: 'G', ownerId: 'boss' }] });
		await lab.run(setMembers, ZEROS);
		expect([membersOf('0301'), membersOf('301')]).toEqual([
			['boss', 'u1', 'u2', 'u5'],
			['boss', 'u3', 'u4'],
		]);
	});

	it('asks the list where the service looks no groups up', async () => {
		const { operations } = defaultProfile;
		const profile = {
			...defaultProfile,
			operations: { ...operations, queryGroups: { unsupported: 'It has no such request.' } },
		};
		const blind = createLab({ plan: 'unpaced', profile });
		for (const { userId, username } of ['boss', ...IDS].map((id) => ({ userId: id, username: id })))
			blind.post('/users/batch', { onConflict: 'skip', users: [{ userId, username }] });
		const groups = ['0301', '3B', '3b'].map((groupId) => ({ groupId, name: 'G', ownerId: 'boss', memberIds: IDS }));
		blind.post('/groups/batch', { onConflict: 'skip', groups });
		await blind.rest(5_000);
		const rows = [
			...['0301', '301'].map((groupId, index) => ({ groupId, memberIds: [`u${index + 1}`] })),
			...['3B', '3b'].map((groupId) => ({ groupId, memberIds: ['u1', 'u2'] })),
		];
		const { verdicts } = await blind.run(setMembers, rows);
		expect(verdicts).toMatchObject([
			{ members: { held: ['u2', 'u3', 'u4'], removed: [] } },
			{ status: 'failed' },
			{ members: { removed: ['u3', 'u4'] } },
			{ members: { removed: ['u3', 'u4'] } },
		]);
	});
});

describe('Verify', () => {
	it('does not say that they are in no row', async () => {
		await make('0301');
		const { verdicts } = await lab.run(verify, ZEROS.slice(1).concat({ groupId: '0301', memberIds: 'u1,u2' }));
		expect(verdicts).toMatchObject([
			{ status: 'missing' },
			{ status: 'notAttempted', code: 'others_unclear', reason: expect.stringContaining('"301"') },
		]);
	});

	it('nor of whom a row names in other capitals, who is no member', async () => {
		await make('g');
		const { verdicts } = await lab.run(verify, [{ groupId: 'g', memberIds: 'u1,u2,u3,U4' }]);
		expect(verdicts).toMatchObject([
			{ status: 'mismatch', differences: [{ field: 'memberIds', expected: 'U4', actual: null }] },
		]);
		expect(verdicts[0]).toHaveProperty('differences.length', 1);
	});
});
