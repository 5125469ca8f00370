// Where capitals make no other id, one person in two spellings is one person (laws 9 and 15): sent once, with one verdict
// for every row that names them.

import { beforeEach, describe, expect, it } from 'vitest';

import { folding } from './folding.mts';
import { createLab, type Lab, type LabRun } from './lab.mts';
import type { ParameterValues } from './parameters.mts';

const group = (operation: string, more: ParameterValues = {}): ParameterValues => ({
	resource: 'group',
	operation,
	...more,
});
const CHANGING: ReadonlySet<unknown> = new Set(['groups/members', 'groups/members/remove']);
const roster = { rows: 'membership', groupBy: 'class' };

let lab: Lab;
beforeEach(async () => {
	lab = createLab({ plan: 'unpaced', ...folding });
	lab.post('/users/batch', {
		onConflict: 'skip',
		users: ['boss', 'u1', 'u2', 'u3'].map((userId) => ({ userId, username: userId })),
	});
	lab.post('/groups/batch', {
		onConflict: 'skip',
		groups: [{ groupId: 'g', name: 'G', ownerId: 'boss', memberIds: ['u1', 'u2'] }],
	});
});

const members = () => lab.service.groups().map(({ memberIds }) => memberIds);
/** The ids of members in each request that changed some. */
const sent = ({ attempts }: LabRun) => attempts.flatMap(({ endpoint, ids }) => (CHANGING.has(endpoint) ? [ids] : []));
const statuses = ({ verdicts }: LabRun) => verdicts.map(({ status }) => status);

describe('a member in two rows of a roster, in other capitals', () => {
	it.each([
		['removeMembers', 'u2', 'removed', {}],
		['addMembers', 'u3', 'added', {}],
		['upsert', 'u3', 'added', { owner: 'none' }],
		['setMembers', 'u3', 'added', {}],
	])('is sent once, and each row has its verdict: %s', async (operation, userId, status, more) => {
		const rows = [userId.toUpperCase(), userId].map((one) => ({ class: 'g', userId: one }));
		const parameters = group(operation, { ...roster, ...more });
		const plan = await lab.run({ ...parameters, validateOnly: true }, rows, { executionId: 'plan' });
		expect(plan.verdicts).toMatchObject([{ would: status }, { would: status }]);
		const ran = await lab.run(parameters, rows);
		expect(ran.verdicts).toMatchObject([
			{ status, userId: userId.toUpperCase() },
			{ status, userId },
		]);
		expect(sent(ran)[0]).toHaveLength(1);
		expect(members()[0]?.includes(userId)).toBe(status === 'added');
	});

	it('is asked after once by Verify', async () => {
		const ran = await lab.run(group('verify', { ...roster, otherMembers: 'report' }), [
			{ class: 'g', userId: 'U1' },
			{ class: 'g', userId: 'u1' },
			{ class: 'G', userId: 'u2' },
		]);
		expect(statuses(ran)).toEqual(['found', 'found', 'found']);
		expect(ran.attempts.map(({ ids }) => ids)).toContainEqual(['U1', 'u2']);
	});

	it('is one member of a new group', async () => {
		const ran = await lab.run(group('create', { ...roster, ownerColumn: 'owner' }), [
			{ class: 'New', userId: 'u1', owner: 'boss' },
			{ class: 'new', userId: 'U1', owner: 'Boss' },
			{ class: 'NEW', userId: 'u2', owner: 'BOSS' },
		]);
		expect(statuses(ran)).toEqual(['added', 'added', 'added']);
		expect(members()[1]).toEqual(['boss', 'u1', 'u2']);
	});
});

it('one member twice in a cell is sent once', async () => {
	const ran = await lab.run(group('removeMembers'), [{ groupId: 'g', memberIds: 'U2,u2' }]);
	expect([statuses(ran), sent(ran)]).toEqual([['removed'], [['U2']]]);
});

describe('rows of one group that write its ID, or its owner, in other capitals', () => {
	const rows = [
		{ class: 'G', userId: 'u1', name: 'G', owner: 'boss' },
		{ class: 'g', userId: 'u2', name: 'G', owner: 'Boss' },
	];

	it.each([
		['setMembers', ['exists', 'exists'], {}],
		['verify', ['found', 'found'], { otherMembers: 'report' }],
		['upsert', ['exists', 'exists'], { ownerColumn: 'owner', groupNameColumn: 'name' }],
	])('agree: %s', async (operation, expected, more) => {
		expect(statuses(await lab.run(group(operation, { ...roster, ...more }), rows))).toEqual(expected);
		expect(members()).toEqual([['boss', 'u1', 'u2']]);
	});

	it('agree where each row is the group', async () => {
		const lists = rows.map((row) => ({ groupId: row.class, memberIds: row.userId }));
		expect(statuses(await lab.run(group('setMembers'), lists))).toEqual(['unchanged', 'unchanged']);
		expect(statuses(await lab.run(group('verify', { otherMembers: 'report' }), lists))).toEqual(['found', 'found']);
	});

	it('are told where they name the group, or its owner, otherwise', async () => {
		const more = { ownerColumn: 'owner', groupNameColumn: 'name' };
		const another = await lab.run(group('upsert', { ...roster, ...more }), [
			rows[0] ?? {},
			{ ...rows[1], owner: 'u1' },
		]);
		expect(another.verdicts[1]).toMatchObject({ issues: [{ field: 'ownerId', code: 'differs_within_group' }] });
		const named = await lab.run(group('upsert', { ...roster, ...more }), [rows[0] ?? {}, { ...rows[1], name: 'Gg' }]);
		expect(named.verdicts[1]).toMatchObject({ issues: [{ field: 'name', code: 'differs_within_group' }] });
	});
});

describe('an owner in other capitals', () => {
	it('is the same: nothing is written, and Verify finds the group', async () => {
		const row = { groupId: 'G', name: 'G', ownerId: 'Boss' };
		expect(statuses(await lab.run(group('upsert'), [row]))).toEqual(['unchanged']);
		expect(statuses(await lab.run(group('verify'), [row]))).toEqual(['found']);
	});

	it('is another where it is somebody else', async () => {
		const row = { groupId: 'g', ownerId: 'U1' };
		const differences = [{ field: 'ownerId', expected: 'U1', actual: 'boss' }];
		expect((await lab.run(group('verify'), [row])).verdicts).toMatchObject([{ differences }]);
	});

	it('is another where the service tells capitals apart', async () => {
		const strict = createLab({ plan: 'unpaced' });
		strict.post('/users/batch', { onConflict: 'skip', users: [{ userId: 'boss', username: 'boss' }] });
		strict.post('/groups/batch', { onConflict: 'skip', groups: [{ groupId: 'g', name: 'G', ownerId: 'boss' }] });
		const ran = await strict.run(group('verify'), [{ groupId: 'g', ownerId: 'Boss' }]);
		expect(statuses(ran)).toEqual(['mismatch']);
	});
});
