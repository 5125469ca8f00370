// Group → Set Members (law 14): afterwards each group of the rows has their members and no others, and nobody is taken
// out where the rows do not say so for certain.

import { beforeEach, describe, expect, it } from 'vitest';

import { needsAttention } from '../../nodes/TokenIm/output/tally';
import type { Fault } from '../../sandbox/faults/script.mts';
import { createLab, type Lab, type LabRun } from './lab.mts';
import type { ParameterValues } from './parameters.mts';

const setMembers: ParameterValues = { resource: 'group', operation: 'setMembers' };
const roster: ParameterValues = { ...setMembers, rows: 'membership', groupBy: 'class' };
const WRITES = new Set(['groups/batch', 'groups/members', 'groups/members/remove']);
const writesOf = (ran: LabRun): unknown[] => ran.attempts.filter(({ endpoint }) => WRITES.has(String(endpoint)));
const people = (count: number, from = 1): string[] => Array.from({ length: count }, (_, index) => `u${index + from}`);

let lab: Lab;
let executions = 0;
type Rows = ReadonlyArray<Record<string, unknown>>;
const run = async (parameters: ParameterValues, rows: Rows): Promise<LabRun> => {
	await lab.rest(5_000);
	return await lab.run(parameters, rows, { executionId: `e${++executions}` });
};
const inGroup = (id: string): string[] =>
	[...(lab.service.groups().find(({ groupId }) => groupId === id)?.memberIds ?? [])].sort();

/** `small`: the owner and u1 to u3. `large`: the owner and u1 to u19. `other`: named by no row. */
beforeEach(async () => {
	lab = createLab({ plan: 'unpaced' });
	await run(
		{ resource: 'user', operation: 'batchCreate', ifUserExists: 'keep' },
		['boss', ...people(40)].map((userId) => ({ userId, username: userId })),
	);
	await run({ resource: 'group', operation: 'create' }, [
		{ groupId: 'small', name: 'Small', ownerId: 'boss', memberIds: people(3) },
		{ groupId: 'large', name: 'Large', ownerId: 'boss', memberIds: people(19) },
		{ groupId: 'other', name: 'Other', ownerId: 'boss', memberIds: people(5) },
	]);
});

describe('one row for each group', () => {
	it('adds who is missing, takes out who is too many, and touches nobody else; a second run writes nothing', async () => {
		const rows = [{ groupId: 'small', memberIds: ['u1', 'u9'] }];
		const first = await run(setMembers, rows);
		expect(first.verdicts).toMatchObject([
			{ status: 'updated', groupId: 'small', members: { added: 1, exists: 1, held: [] } },
		]);
		expect(first.verdicts[0]).toHaveProperty('members.removed', ['u2', 'u3']);
		expect(inGroup('small')).toEqual(['boss', 'u1', 'u9']);
		expect(inGroup('other')).toHaveLength(6);
		const second = await run(setMembers, rows);
		expect(second.verdicts).toMatchObject([{ status: 'unchanged', members: { added: 0, removed: [], held: [] } }]);
		expect(writesOf(second)).toEqual([]);
	});

	it('joins the rows of one group', async () => {
		const ran = await run(setMembers, [
			{ groupId: 'small', memberIds: ['u1'] },
			{ groupId: 'large', memberIds: people(19) },
			{ groupId: 'small', memberIds: ['u2'] },
		]);
		expect(ran.verdicts.map(({ status }) => status)).toEqual(['updated', 'unchanged', 'updated']);
		expect(inGroup('small')).toEqual(['boss', 'u1', 'u2']);
	});

	it('says of a group that is not there that it is not, and of a member who is no user', async () => {
		const ran = await run(setMembers, [
			{ groupId: 'gone', memberIds: ['u1'] },
			{ groupId: 'small', memberIds: ['u1', 'u2', 'u3', 'ghost'] },
		]);
		expect(ran.verdicts).toMatchObject([
			{ status: 'failed', code: 'group_not_found' },
			{ status: 'unchanged', members: { failed: [{ userId: 'ghost', code: 'user_not_found' }] } },
		]);
	});
});

describe('the brake', () => {
	it('lets 3 go, and of 20 members no more than 20 %', async () => {
		expect((await run(setMembers, [{ groupId: 'large', memberIds: people(15) }])).verdicts).toMatchObject([
			{ status: 'updated', members: { removed: ['u16', 'u17', 'u18', 'u19'] } },
		]);
		// 16 are left: 3 are 20 %.
		const held = await run(setMembers, [{ groupId: 'large', memberIds: [...people(11), 'u30'] }]);
		expect(held.verdicts).toMatchObject([
			{ status: 'updated', members: { added: 1, removed: [], held: ['u12', 'u13', 'u14', 'u15'] } },
		]);
		expect(held.verdicts[0]).toHaveProperty('members.heldBecause', expect.stringContaining('4 of 16 members'));
		expect(inGroup('large')).toHaveLength(17);
	});

	it('holds each group by itself', async () => {
		const ran = await run(setMembers, [
			{ groupId: 'large', memberIds: ['u1'] },
			{ groupId: 'small', memberIds: ['u1'] },
		]);
		expect(ran.verdicts).toMatchObject([
			{ status: 'unchanged', members: { removed: [] } },
			{ status: 'updated', members: { removed: ['u2', 'u3'], held: [] } },
		]);
		expect(inGroup('large')).toHaveLength(20);
	});

	it('is as wide as it is set; 0 is none', async () => {
		const rows = [{ groupId: 'large', memberIds: ['u1'] }];
		await run({ ...setMembers, removeShareAtMost: 89 }, rows);
		expect(inGroup('large')).toHaveLength(20);
		await run({ ...setMembers, removeShareAtMost: 0 }, rows);
		expect(inGroup('large')).toEqual(['boss', 'u1']);
	});

	it('leaves somebody of the rows in the group, whatever the limit', async () => {
		const ran = await run({ ...setMembers, removeShareAtMost: 0 }, [{ groupId: 'small', memberIds: ['ghost'] }]);
		expect(ran.verdicts).toMatchObject([{ status: 'unchanged', members: { removed: [], held: people(3) } }]);
		expect(inGroup('small')).toEqual(['boss', ...people(3)]);
	});
});

describe('an empty list of members', () => {
	it('is invalid, and holds its group', async () => {
		const ran = await run(setMembers, [
			{ groupId: 'small', memberIds: [] },
			{ groupId: 'small', memberIds: ['u1'] },
		]);
		expect(ran.verdicts).toMatchObject([
			{ status: 'invalid' },
			{ status: 'unchanged', members: { held: ['u2', 'u3'] } },
		]);
		expect(inGroup('small')).toHaveLength(4);
	});

	it('means nobody where that is said, and only where the row has the column', async () => {
		const ran = await run({ ...setMembers, emptyMeansNobody: true }, [
			{ groupId: 'small', memberIds: '' },
			{ groupId: 'other' },
		]);
		expect(ran.verdicts).toMatchObject([{ status: 'updated', members: { removed: people(3) } }, { status: 'invalid' }]);
		expect(inGroup('small')).toEqual(['boss']);
		expect(inGroup('other')).toHaveLength(6);
	});

	it.each([['ghost'], ['-'], [0]])('is not one that names %j, who is no user', async (memberIds) => {
		const ran = await run({ ...setMembers, emptyMeansNobody: true }, [{ groupId: 'small', memberIds }]);
		expect(ran.verdicts).toMatchObject([{ status: 'unchanged', members: { removed: [], held: people(3) } }]);
		expect(inGroup('small')).toHaveLength(4);
	});

	it.each([[[null]], [['']], [' , '], ['["", null]']])(
		'is not one like %j, where somebody may be meant',
		async (memberIds) => {
			const ran = await run({ ...setMembers, emptyMeansNobody: true }, [{ groupId: 'small', memberIds }]);
			expect(ran.verdicts).toMatchObject([
				{ status: 'invalid', issues: [{ field: 'memberIds', code: 'gap_in_list' }] },
			]);
			expect(inGroup('small')).toHaveLength(4);
		},
	);
});

describe('who stays', () => {
	it('is the owner, and those of Never These, however they are written', async () => {
		const parameters = { ...setMembers, neverThese: '\u200bu2\nu8, boss' };
		await run(parameters, [{ groupId: 'small', memberIds: ['u1'] }]);
		expect(inGroup('small')).toEqual(['boss', 'u1', 'u2']);
	});

	it.each(['["u2","u3"]', '"u2", "u3"', "'u2';'u3'", '\u201Cu2\u201D \u201Eu3\u201C', '[u2 u3]', '- u2\n- u3'])(
		'is whoever stands under Never These as %j',
		async (neverThese) => {
			await run({ ...setMembers, neverThese }, [{ groupId: 'small', memberIds: ['u1'] }]);
			expect(inGroup('small')).toEqual(['boss', ...people(3)]);
		},
	);

	it.each(['U2', 'u02'])('is whom Never These names as %j, an ID that nobody in the group has', async (neverThese) => {
		await run({ ...setMembers, neverThese }, [{ groupId: 'small', memberIds: ['u1'] }]);
		expect(inGroup('small')).toEqual(['boss', 'u1', 'u2']);
	});

	it('is everybody of a group of which a row cannot be read', async () => {
		const ran = await run(setMembers, [
			{ groupId: 'small', memberIds: ['u1'] },
			{ groupId: 'small', memberIds: ['not an id'] },
			{ groupId: 'other', memberIds: people(4) },
		]);
		expect(ran.verdicts).toMatchObject([
			{ status: 'unchanged', members: { held: ['u2', 'u3'] } },
			{ status: 'invalid' },
			{ status: 'updated', members: { removed: ['u5'] } },
		]);
	});

	it.each([[['u1', null]], [['u1', ' ']], ['["u1",null]']])(
		'is everybody of a group of which a list such as %j has nothing in one of its places',
		async (memberIds) => {
			const ran = await run(setMembers, [
				{ groupId: 'small', memberIds },
				{ groupId: 'other', memberIds: people(4) },
			]);
			expect(ran.verdicts).toMatchObject([
				{ status: 'invalid', issues: [{ field: 'memberIds', code: 'gap_in_list' }] },
				{ status: 'updated', members: { removed: ['u5'] } },
			]);
			expect(inGroup('small')).toHaveLength(4);
		},
	);

	it('is everybody of every group where a row does not say which it is about', async () => {
		const ran = await run(setMembers, [
			{ groupId: 'small', memberIds: ['u1', 'u20'] },
			{ groupId: '1.38E+10', memberIds: ['u2'] },
		]);
		expect(ran.verdicts).toMatchObject([
			{ status: 'updated', members: { added: 1, removed: [], held: ['u2', 'u3'] } },
			{ status: 'invalid' },
		]);
	});

	it.each<[string, Fault['do']]>([
		['is refused', { kind: 'forbidden' }],
		['is never answered', { kind: 'reset', written: false }],
	])('is everybody where the list %s', async (_name, how) => {
		lab.service.setFaults([{ when: { endpoint: 'groups/members/list' }, do: how }]);
		const ran = await run(setMembers, [{ groupId: 'small', memberIds: ['u1', 'u9'] }]);
		expect(ran.verdicts[0]?.status).toBe('notAttempted');
		expect(writesOf(ran)).toEqual([]);
	});
});

it('takes nobody out whose ID no row could hold', async () => {
	const members = ['u1', 'u2', '\u673A\u5668\u4EBA', 'a b'].map((userId) => ({ userId, role: 'member' }));
	const body = { members: [{ userId: 'boss', role: 'owner' }, ...members] };
	lab.service.setFaults([{ when: { endpoint: 'groups/members/list' }, do: { kind: 'refusal', status: 200, body } }]);
	const ran = await run(setMembers, [{ groupId: 'small', memberIds: ['u1'] }]);
	expect(ran.attempts.filter(({ path }) => path.endsWith('/remove'))).toMatchObject([{ ids: ['u2'] }]);
});

describe('the owner', () => {
	const list = (members: unknown): Fault => ({
		when: { endpoint: 'groups/members/list' },
		do: { kind: 'refusal', status: 200, body: { members } },
	});
	const query = (body: unknown): Fault => ({
		when: { endpoint: 'groups/query' },
		do: { kind: 'refusal', status: 200, body },
	});
	const lagging = query({ groups: [], missing: ['small'] });
	const boss = { userId: 'boss' };
	const u1 = { userId: 'u1', role: 'member' };

	it.each<[string, Fault[]]>([
		['the look-up lags behind', [lagging, list([boss, u1])]],
		['the role is one that is not known', [lagging, list([{ ...boss, role: 'Owner' }, u1])]],
		['the look-up leaves the owner out', [query({ groups: [{ groupId: 'small' }], missing: [] }), list([boss, u1])]],
		['it is no ID', [query({ groups: [{ groupId: 'small', ownerId: [] }], missing: [] }), list([boss, u1])]],
	])('may be any of them where nobody tells who it is, so nobody goes, and others come: %s', async (_why, faults) => {
		lab.service.setFaults(faults);
		const ran = await run({ ...setMembers, removeShareAtMost: 0 }, [{ groupId: 'small', memberIds: ['u1', 'u9'] }]);
		expect(ran.verdicts).toMatchObject([{ status: 'updated', members: { added: 1, removed: [], held: ['boss'] } }]);
		expect(ran.attempts.filter(({ path }) => path.endsWith('/remove'))).toEqual([]);
	});

	it('is whom the list calls so, and whom the group calls so, for it may have changed between the two', async () => {
		lab.service.setFaults([list([boss, u1, { userId: 'u2', role: 'owner' }, { userId: 'u3', role: 'member' }])]);
		const ran = await run(setMembers, [{ groupId: 'small', memberIds: ['u1'] }]);
		expect(ran.attempts.filter(({ path }) => path.endsWith('/remove'))).toMatchObject([{ ids: ['u3'] }]);
	});

	it('is known where the ID comes as a number', async () => {
		const number = query({ groups: [{ groupId: 'small', ownerId: 42 }], missing: [] });
		lab.service.setFaults([number, list([{ userId: 42 }, u1, { userId: 'u2' }])]);
		const ran = await run(setMembers, [{ groupId: 'small', memberIds: ['u1'] }]);
		expect(ran.attempts.filter(({ path }) => path.endsWith('/remove'))).toMatchObject([{ ids: ['u2'] }]);
	});
});

it('takes nobody out where the list ends after its first page', async () => {
	lab.service.setLimits({ idsPerQuery: 2 });
	lab.service.setFaults([{ when: { endpoint: 'groups/members/list', request: 2 }, do: { kind: 'forbidden' } }]);
	const ran = await run(setMembers, [{ groupId: 'small', memberIds: ['u9'] }]);
	expect(ran.verdicts).toMatchObject([{ status: 'notAttempted', code: 'forbidden' }]);
	expect(inGroup('small')).toHaveLength(4);
});

it('takes nobody out where the rows break off', async () => {
	const rows = [
		{ groupId: 'small', memberIds: ['u1'] },
		{ groupId: 'small', memberIds: ['u2', 'u3'] },
	];
	const broken = lab.run(setMembers, rows, { executionId: 'broken', rowsBreakOffAfter: 1 });
	await expect(broken).rejects.toThrow('the rows break off');
	expect(inGroup('small')).toHaveLength(4);
});

it('takes nobody out where no rows come', async () => {
	expect(writesOf(await run(setMembers, []))).toEqual([]);
});

describe('one row for each membership', () => {
	it('tells each row of its member, and the first of a group of the others', async () => {
		const ran = await run(roster, [
			{ userId: 'u1', class: 'small' },
			{ userId: 'u9', class: 'small' },
			{ userId: 'u1', class: 'large' },
		]);
		expect(ran.verdicts).toMatchObject([
			{ status: 'exists', userId: 'u1', group: 'updated', members: { removed: ['u2', 'u3'], held: [] } },
			{ status: 'added', userId: 'u9', group: 'updated' },
			{ status: 'exists', group: 'unchanged', members: { removed: [], held: [...people(18, 2)].sort() } },
		]);
		expect(ran.verdicts[1]).not.toHaveProperty('members');
		expect(inGroup('small')).toEqual(['boss', 'u1', 'u9']);
	});

	it('holds a group of which a member cannot be read, and all where the group cannot', async () => {
		const unread = await run(roster, [
			{ userId: 'u1', class: 'small' },
			{ userId: '', class: 'small' },
			{ userId: 'u1', class: 'other' },
			{ userId: 'u2', class: 'other' },
			{ userId: 'u3', class: 'other' },
		]);
		expect(unread.verdicts.map(({ status }) => status)).toEqual(['exists', 'invalid', 'exists', 'exists', 'exists']);
		expect(inGroup('small')).toHaveLength(4);
		expect(inGroup('other')).toEqual(['boss', 'u1', 'u2', 'u3']);
		await run(roster, [
			{ userId: 'u1', class: 'small' },
			{ userId: 'u2', class: '' },
		]);
		expect(inGroup('small')).toHaveLength(4);
	});
});

describe('Validate Only', () => {
	it('says who would be taken out and whether the brake would hold, and writes nothing', async () => {
		const ran = await run({ ...setMembers, validateOnly: true }, [
			{ groupId: 'small', memberIds: ['u1', 'u9'] },
			{ groupId: 'large', memberIds: ['u1'] },
			{ groupId: 'other', memberIds: people(5) },
			{ groupId: 'gone', memberIds: ['u1'] },
		]);
		expect(ran.verdicts).toMatchObject([
			{ status: 'valid', would: 'updated', members: { added: 1, exists: 1, removed: ['u2', 'u3'], held: [] } },
			{ status: 'valid', would: 'unchanged', members: { removed: [], held: [...people(18, 2)].sort() } },
			{ status: 'valid', would: 'unchanged', members: { removed: [], held: [] } },
			{ status: 'valid', would: 'failed' },
		]);
		expect(writesOf(ran)).toEqual([]);
	});

	it('holds what a row that cannot be read holds', async () => {
		const ran = await run({ ...setMembers, validateOnly: true }, [
			{ groupId: 'small', memberIds: ['u1'] },
			{ groupId: '', memberIds: ['u1'] },
		]);
		expect(ran.verdicts[0]).toMatchObject({ would: 'unchanged', members: { removed: [], held: ['u2', 'u3'] } });
	});
});

describe('a group that was made just now', () => {
	const rows = [
		{ groupId: 'new', memberIds: ['u1', 'u2'] },
		{ groupId: 'gone', memberIds: ['u1'] },
		{ groupId: 'gone too', memberIds: ['u1'] },
		{ groupId: 'away', memberIds: ['u1'] },
	];
	const make = async () => {
		const slow = createLab({ plan: 'unpaced', readLagMs: 1_900 });
		const users = ['boss', 'u1', 'u2'].map((userId) => ({ userId, username: userId }));
		slow.post('/users/batch', { onConflict: 'skip', users });
		await slow.rest(5_000);
		slow.post('/groups/batch', { onConflict: 'skip', groups: [{ groupId: 'new', name: 'N', ownerId: 'boss' }] });
		return slow;
	};

	it('is looked for once more before it is said to be absent, with one wait for all', async () => {
		const slow = await make();
		const ran = await slow.run(setMembers, rows);
		const absent = { status: 'failed', code: 'group_not_found' };
		expect(ran.verdicts).toMatchObject([
			{ status: 'updated', members: { added: 2 } },
			absent,
			{ status: 'invalid' },
			absent,
		]);
		expect(ran.endedAt - ran.startedAt).toBeLessThan(2_500);
	});

	it.each([
		[setMembers, 'updated'],
		[{ ...setMembers, operation: 'addMembers' }, 'added'],
		[{ ...setMembers, operation: 'removeMembers' }, 'absent'],
	])('is there in Validate Only too: %j', async (parameters, would) => {
		const slow = await make();
		const ran = await slow.run({ ...parameters, validateOnly: true }, rows);
		expect(ran.verdicts).toMatchObject([{ would }, { would: 'failed' }, { status: 'invalid' }, { would: 'failed' }]);
		expect(ran.attempts.filter(({ endpoint }) => endpoint === 'groups/query')).toHaveLength(2);
		expect(ran.endedAt - ran.startedAt).toBeLessThan(2_500);
	});
});

it.each([
	[setMembers, { groupId: 'small', memberIds: 'u1,u2,u3,u4,etc.' }],
	[
		{ ...setMembers, operation: 'addMembers' },
		{ groupId: 'small', memberIds: 'u1,u2,u3,u4,etc.' },
	],
])('Validate Only names members who are no users, as the run does: %j', async (parameters, row) => {
	const tried = await run({ ...parameters, validateOnly: true }, [row]);
	const members = { added: 1, exists: 3, failed: [{ userId: 'etc.', code: 'user_not_found' }] };
	expect(tried.verdicts).toMatchObject([{ status: 'valid', members }]);
	expect(tried.attempts.filter(({ endpoint }) => endpoint === 'users/query')).toMatchObject([{ ids: ['u4', 'etc.'] }]);
	expect((await run(parameters, [row])).verdicts).toMatchObject([{ members }]);
	expect(tried.verdicts.every(needsAttention)).toBe(true);
});
