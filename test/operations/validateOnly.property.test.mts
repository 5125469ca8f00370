// Validate Only: nothing is written, and each row is told what the run then does, on a service that nobody else changes.
// Some people, owners among them, do not exist; that, a look-up can tell.

import fc from 'fast-check';
import { expect, it } from 'vitest';

import type { Verdict } from '../../nodes/TokenIm/engine/types';
import { createLab, type Lab } from './lab.mts';
import type { ParameterValues } from './parameters.mts';
import { numRuns, planOf } from './runs.mts';

const USERS = ['u1', 'u2', 'u3', 'u4', '__proto__'];
const GROUPS = ['g1', 'g2', 'g3'];
const READS = new Set(['limits', 'users/query', 'groups/query', 'groups/members/query', 'groups/members/list']);
const OWNER = 'owner';

type Rows = ReadonlyArray<Readonly<Record<string, unknown>>>;

/** An id, now and then one that no service would take, or none. */
const idOf = (ids: readonly string[]) =>
	fc.oneof(
		{ weight: 8, arbitrary: fc.constantFrom(...ids) },
		{ weight: 1, arbitrary: fc.constantFrom('not an id', '') },
	);
const userRows = fc.array(
	fc.record(
		{
			userId: idOf(USERS),
			username: fc.constantFrom('Ann', 'Bob', '', 'x'.repeat(65)),
			registeredAt: fc.constantFrom('2026-07-02', '02/03/2026', ''),
			status: fc.constantFrom('created', 'exists'),
			imId: fc.constantFrom('im_0001', 'im_0002', 'im_0003', ''),
		},
		{ requiredKeys: ['userId', 'status', 'imId'] },
	),
	{ maxLength: 12 },
);
const memberIds = fc.subarray([...USERS, OWNER], { maxLength: 4 });
const groupRows = fc.array(
	fc.record({
		groupId: idOf(GROUPS),
		name: fc.constantFrom('One', 'Two', ''),
		ownerId: fc.constantFrom(OWNER, 'u1', 'nobody'),
		memberIds,
	}),
	{ maxLength: 8 },
);
const memberRows = fc.array(
	fc.record({ groupId: idOf(GROUPS), memberIds: fc.subarray([...USERS, OWNER], { minLength: 1, maxLength: 4 }) }),
	{ maxLength: 8 },
);
/** Rows of groups that may be there: as they are, or with other values, now and then without one. */
const changedRows = fc.array(
	fc.record(
		{
			groupId: idOf(GROUPS),
			name: fc.constantFrom('Earlier', 'One', ''),
			ownerId: fc.constantFrom(OWNER, OWNER, 'u1', 'nobody'),
			description: fc.constantFrom('', 'Said'),
			memberIds,
		},
		{ requiredKeys: ['groupId'] },
	),
	{ maxLength: 8 },
);
/** Now and then nobody, or somebody who is none. */
const setRows = fc.array(
	fc.record({
		groupId: idOf(GROUPS),
		memberIds: fc.oneof(
			{ weight: 8, arbitrary: fc.subarray([...USERS, OWNER, 'nobody']) },
			{ weight: 1, arbitrary: fc.constant(['not an id']) },
		),
	}),
	{ maxLength: 5 },
);
const rosterRows = fc.array(fc.record({ userId: idOf([...USERS, OWNER]), class: idOf(GROUPS) }), { maxLength: 12 });

const roster = { rows: 'membership', groupBy: 'class' };
const owned = { ...roster, owner: 'same', ownerId: OWNER };
const orphaned = { ...roster, owner: 'same', ownerId: 'nobody' };

const SET: ParameterValues = { resource: 'group', operation: 'setMembers' };

interface Case {
	readonly name: string;
	readonly parameters: ParameterValues;
	readonly rows: fc.Arbitrary<Rows>;
}

const CASES: readonly Case[] = [
	{
		name: 'Batch Create',
		parameters: { resource: 'user', operation: 'batchCreate', ifUserExists: 'keep' },
		rows: userRows,
	},
	{
		name: 'Batch Create, Report as Failed',
		parameters: { resource: 'user', operation: 'batchCreate', ifUserExists: 'fail' },
		rows: userRows,
	},
	{
		name: 'Batch Create or Update',
		parameters: { resource: 'user', operation: 'batchUpsert', emptyCells: 'leave' },
		rows: userRows,
	},
	{
		name: 'Batch Create or Update, Clear',
		parameters: { resource: 'user', operation: 'batchUpsert', emptyCells: 'clear' },
		rows: userRows,
	},
	{ name: 'Undo', parameters: { resource: 'user', operation: 'undo' }, rows: userRows },
	{
		name: 'Batch Delete',
		parameters: { resource: 'user', operation: 'deleteEvery' },
		rows: userRows,
	},
	{ name: 'Batch Suspend', parameters: { resource: 'user', operation: 'batchSuspend' }, rows: userRows },
	{ name: 'Batch Reactivate', parameters: { resource: 'user', operation: 'batchReactivate' }, rows: userRows },
	{ name: 'Batch Delete of groups', parameters: { resource: 'group', operation: 'batchDelete' }, rows: groupRows },
	{ name: 'Create groups', parameters: { resource: 'group', operation: 'create' }, rows: groupRows },
	{ name: 'Remove Members', parameters: { resource: 'group', operation: 'removeMembers' }, rows: memberRows },
	{
		name: 'Remove Members of a roster',
		parameters: { resource: 'group', operation: 'removeMembers', ...roster },
		rows: rosterRows,
	},
	{ name: 'Add Members', parameters: { resource: 'group', operation: 'addMembers' }, rows: memberRows },
	{
		name: 'Create groups of a roster',
		parameters: { resource: 'group', operation: 'create', ...owned },
		rows: rosterRows,
	},
	{
		name: 'Create groups of a roster, whose owner does not exist',
		parameters: { resource: 'group', operation: 'create', ...orphaned },
		rows: rosterRows,
	},
	{ name: 'Create or Update of groups', parameters: { resource: 'group', operation: 'upsert' }, rows: changedRows },
	{
		name: 'Create or Update of groups, Clear',
		parameters: { resource: 'group', operation: 'upsert', emptyCells: 'clear' },
		rows: changedRows,
	},
	{
		name: 'Create or Update of groups of a roster',
		parameters: { resource: 'group', operation: 'upsert', ...owned },
		rows: rosterRows,
	},
	{
		name: 'Create or Update of groups of a roster, whose owner does not exist',
		parameters: { resource: 'group', operation: 'upsert', ...orphaned },
		rows: rosterRows,
	},
	{ name: 'Set Members', parameters: SET, rows: setRows },
	{ name: 'Set Members, without a brake', parameters: { ...SET, removeShareAtMost: 0 }, rows: setRows },
	{
		name: 'Set Members, but never two, and Empty Means Nobody',
		parameters: { ...SET, removeShareAtMost: 0, emptyMeansNobody: true, neverThese: 'u1\nu2' },
		rows: setRows,
	},
	{
		name: 'Set Members of a roster',
		parameters: { ...SET, ...roster, removeShareAtMost: 0 },
		rows: rosterRows,
	},
	{
		name: 'Add Members of a roster',
		parameters: { resource: 'group', operation: 'addMembers', ...roster },
		rows: rosterRows,
	},
];

async function labWith(
	limits: Parameters<typeof createLab>[0],
	existing: readonly string[],
	groups: ReadonlyMap<string, readonly string[]>,
): Promise<Lab> {
	const lab = createLab({ ...limits, quota: null });
	const users = [...existing, OWNER].map((userId) => ({ userId, username: 'Earlier' }));
	await lab.run({ resource: 'user', operation: 'batchCreate', ifUserExists: 'keep' }, users, { executionId: 'users' });
	const rows = [...groups].map(([groupId, memberIds]) => ({ groupId, name: 'Earlier', ownerId: OWNER, memberIds }));
	if (rows.length > 0) await lab.run({ resource: 'group', operation: 'create' }, rows, { executionId: 'groups' });
	// The query endpoints may lag a write.
	await lab.rest(5_000);
	return lab;
}

const told = (verdict: Verdict) => [verdict.row, verdict.status === 'valid' ? verdict.would : verdict.status];
/** Of a group, who comes in, is in already, goes, is held by a brake, and is no user. */
function movesOf(verdict: Verdict) {
	if (!('members' in verdict) || verdict.members === undefined) return undefined;
	const { added, exists, removed, held, absent, failed } = verdict.members;
	return { added, exists, removed, held, absent, failed: failed.map(({ userId, code }) => [userId, code]) };
}

it.each(CASES)('$name', { timeout: 3_600_000 }, async ({ parameters, rows: rowsOf }) => {
	const isOfUsers = parameters.resource === 'user';
	const cases = fc.record({
		rows: rowsOf,
		existing: fc.subarray(USERS),
		groups: fc.array(fc.tuple(fc.constantFrom(...GROUPS), memberIds), { maxLength: isOfUsers ? 0 : 3 }),
		limits: planOf(),
	});
	await fc.assert(
		fc.asyncProperty(cases, async ({ rows, existing, groups, limits }) => {
			const lab = await labWith({ limits }, existing, new Map(groups));
			const tried = await lab.run({ ...parameters, validateOnly: true }, rows, { executionId: 'try' });
			expect(
				tried.attempts.map(({ endpoint = 'none' }) => endpoint).filter((endpoint) => !READS.has(endpoint)),
			).toEqual([]);
			const done = await lab.run(parameters, rows, { executionId: 'run' });
			expect(tried.verdicts.map(told)).toEqual(done.verdicts.map(({ row, status }) => [row, status]));
			// Create asks after no members beforehand, and of what an earlier row writes Create or Update knows nothing.
			const isWhole = ['setMembers', 'addMembers', 'removeMembers'].includes(String(parameters.operation));
			const [planned, made] = [tried.verdicts.map(movesOf), done.verdicts.map(movesOf)];
			const isCompared = (moves: unknown) => moves !== undefined || isWhole;
			expect(planned.filter(isCompared)).toEqual(made.filter((_, index) => isCompared(planned[index])));
			expect(tried.verdicts.map((verdict) => ('issues' in verdict ? verdict.issues : []))).toEqual(
				done.verdicts.map((verdict) => ('issues' in verdict ? verdict.issues : [])),
			);
		}),
		{ numRuns: numRuns(0.02) },
	);
});

it('Undo of two accounts of one id: with the one the id is gone', async () => {
	const lab = await labWith({}, ['u1', 'u2'], new Map());
	const rows = ['im_0002', 'im_0001'].map((imId) => ({ userId: 'u2', status: 'created', imId }));
	const undo = { resource: 'user', operation: 'undo' };
	const tried = await lab.run({ ...undo, validateOnly: true }, rows, { executionId: 'try' });
	const done = await lab.run(undo, rows, { executionId: 'run' });
	const said = [
		[1, 'deleted'],
		[2, 'absent'],
	];
	expect([tried.verdicts.map(told), done.verdicts.map(told)]).toEqual([said, said]);
});
