// n8n is killed in the middle of a night's work, as by the system when memory runs out, and the workflow is run again:
// afterwards the service equals the sheet, and nobody else was touched.

import type { IDataObject } from 'n8n-workflow';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { outputOf, type RunResult } from '../../scripts/lib/run-data.mts';
import { describeWithN8n } from '../e2e/describe.mts';
import { openLab, type Lab } from '../e2e/lab.mts';
import { runWorkflow } from '../host/engine.mts';
import { startN8n } from './n8nProcess.mts';
import { csv, inARow, start, tokenIm, workflowOf } from './workflows.mts';

const PEOPLE = Array.from({ length: 2_000 }, (_, index) => `p${String(index).padStart(4, '0')}`);
/** Of the service, and in no row. */
const OTHERS = ['other1', 'other2', 'boss'];
const GROUPS = Array.from({ length: 40 }, (_, index) => `g${String(index).padStart(2, '0')}`);
const IN_GROUP = 40;
const MOVING = 5;

/** Every second one has another name. */
const nameOf = (userId: string) => `${Number(userId.slice(1)) % 2 === 0 ? 'New' : 'Old'} ${userId}`;
/** A stretch of people for each group; the sheet moves it a little. */
const membersOf = (group: string, moved = 0) => {
	const from = Number(group.slice(1)) * IN_GROUP + moved;
	return PEOPLE.slice(from, from + IN_GROUP);
};
const sheetOf = (...lines: ReadonlyArray<readonly string[]>) => lines.map((cells) => `${cells.join(',')}\n`).join('');

await describeWithN8n('n8n killed in the middle of a night', () => {
	let lab: Lab;

	beforeAll(async () => {
		lab = await openLab({
			plan: 'unpaced',
			limits: { concurrentRequests: 4, usersPerRequest: 10 },
			latencyMs: 20,
		});
		const { baseUrl, apiKey, apiSecret } = lab.sandbox;
		const prepare = async (items: readonly IDataObject[], resource: string, operation: string): Promise<void> => {
			const { error } = await runWorkflow({
				items,
				parameters: { resource, operation },
				credentials: { baseUrl, apiKey, apiSecret },
				executionId: `${resource} ${operation}`,
			});
			if (error !== undefined) throw new Error(error.message);
		};
		const everybody = [...PEOPLE, ...OTHERS].map((userId) => ({ userId, username: `Old ${userId}` }));
		await prepare(everybody, 'user', 'batchCreate');
		const groups = [...GROUPS, 'untouched'].map((groupId) => ({
			groupId,
			name: groupId,
			ownerId: 'boss',
			memberIds: groupId === 'untouched' ? OTHERS : membersOf(groupId),
		}));
		await prepare(groups, 'group', 'create');
		const names = sheetOf(['userId', 'username'], ...PEOPLE.map((userId) => [userId, nameOf(userId)]));
		const roster = GROUPS.flatMap((group) => membersOf(group, MOVING).map((userId) => [userId, group]));
		const people = await lab.write('people.csv', names);
		const members = await lab.write('members.csv', sheetOf(['userId', 'class'], ...roster));
		const upsert = { resource: 'user', operation: 'batchUpsert' };
		const set = { resource: 'group', operation: 'setMembers', rows: 'membership', groupBy: 'class' };
		const flow = (id: string, file: string, parameters: typeof upsert) =>
			workflowOf(
				id,
				[start, ...csv(file), tokenIm('Do', lab.credential, parameters)],
				inARow('Start', 'Read', 'Rows', 'Do'),
			);
		await lab.store([lab.credential], [flow('names', people, upsert), flow('members', members, set)]);
	});
	afterAll(() => lab?.close());

	/** Runs a workflow and kills it once so much is done; says how much was done when it was gone. */
	async function killedAt(workflow: string, done: () => number, most: number): Promise<number> {
		const { kill, printed } = await startN8n(lab.settings, ['execute', `--id=${workflow}`]);
		await vi.waitFor(() => expect(done()).toBeGreaterThan(most), { timeout: 120_000, interval: 5 });
		kill();
		expect(await printed).not.toContain('Execution was successful');
		return done();
	}

	/** All that the service holds of those whom no row names. */
	const untouched = () => ({
		users: lab.sandbox.users().filter(({ userId }) => OTHERS.includes(userId)),
		group: lab.sandbox.groups().find(({ groupId }) => groupId === 'untouched'),
		ids: lab.sandbox.users().map(({ userId }) => userId),
	});
	const statusesOf = (result: RunResult) => outputOf(result, 'Do').map(({ json }) => json.status);

	describe('Only What Differs', () => {
		const toBeNamed = PEOPLE.filter((userId) => nameOf(userId).startsWith('New'));
		const named = () => lab.sandbox.users().filter(({ username }) => username.startsWith('New')).length;

		test('run again ends with the names of the sheet, and writes nobody twice', async () => {
			const before = untouched();
			const killed = await killedAt('names', named, 200);
			expect(killed).toBeLessThan(toBeNamed.length);
			const wrong = lab.sandbox.users().filter(({ userId, username }) => username !== nameOf(userId));
			expect(wrong.every(({ userId, username }) => username === `Old ${userId}`)).toBe(true);
			const again = await lab.run('names');
			expect(again.error).toBeUndefined();
			const statuses = statusesOf(again);
			expect(statuses.filter((status) => status === 'updated')).toHaveLength(toBeNamed.length - killed);
			expect(statuses.filter((status) => status === 'unchanged')).toHaveLength(
				PEOPLE.length - toBeNamed.length + killed,
			);
			const names = new Map(lab.sandbox.users().map(({ userId, username }) => [userId, username]));
			expect(PEOPLE.map((userId) => names.get(userId))).toEqual(PEOPLE.map(nameOf));
			expect(untouched()).toEqual(before);
		});
	});

	describe('Set Members', () => {
		const heldBy = () =>
			new Map(lab.sandbox.groups().map(({ groupId, memberIds }) => [groupId, [...memberIds].sort()] as const));
		const wanted = (group: string) => ['boss', ...membersOf(group, MOVING)].sort();
		const isSet = (held: ReturnType<typeof heldBy>, group: string) =>
			JSON.stringify(held.get(group)) === JSON.stringify(wanted(group));
		const set = () => {
			const held = heldBy();
			return GROUPS.filter((group) => isSet(held, group)).length;
		};

		test('run again ends with the members of the sheet, and no other group was touched', async () => {
			const before = untouched();
			const killed = await killedAt('members', set, 5);
			expect(killed).toBeLessThan(GROUPS.length);
			for (const [group, members] of heldBy()) {
				if (group === 'untouched') continue;
				// Whom the rows name as well as the service did stays all the time; whoever else is there was, or is to be.
				expect(members).toEqual(expect.arrayContaining(['boss', ...membersOf(group).slice(MOVING)]));
				const known = new Set(['boss', ...membersOf(group), ...membersOf(group, MOVING)]);
				expect(members.filter((id) => !known.has(id))).toEqual([]);
			}
			const again = await lab.run('members');
			expect(again.error).toBeUndefined();
			const held = heldBy();
			expect(GROUPS.filter((group) => !isSet(held, group))).toEqual([]);
			expect(statusesOf(again).filter((status) => status !== 'exists' && status !== 'added')).toEqual([]);
			// Some groups were whole already; of the others the rest was done.
			const groups = new Set(outputOf(again, 'Do').map(({ json }) => json.group));
			expect(groups).toEqual(new Set(['unchanged', 'updated']));
			expect(untouched()).toEqual(before);
		});
	});
});
