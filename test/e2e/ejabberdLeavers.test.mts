// A live ejabberd and the node's own operations, in n8n's engine: accounts are listed, leavers found, banned and let in
// again, rooms get the members of a sheet, and are destroyed. What the node says is what ejabberd itself then has.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../../scripts/lib/paths.mts';
import { runWorkflow, type WorkflowOptions, type WorkflowResult } from '../host/engine.mts';
import { describeWithEjabberd } from './describe.mts';
import { HOST, ROOMS, startEjabberd, type Ejabberd } from './ejabberd/server.mts';

const PEOPLE = ['ada', 'bob', 'cleo', 'dora', 'emil', 'fay'];
const STAYING = PEOPLE.slice(0, 5);
const FIND: INodeParameters = { operation: 'findUnlisted' };
const SET: INodeParameters = { resource: 'group', operation: 'setMembers' };
const rowsOf = (ids: readonly string[]) => ids.map((userId) => ({ userId }));

await describeWithEjabberd('ejabberd, kept equal to a sheet', () => {
	let ejabberd: Ejabberd;
	let profileJson: string;

	beforeAll(async () => {
		profileJson = await readFile(join(ROOT, 'examples', 'profiles', 'ejabberd.json'), 'utf8');
		ejabberd = await startEjabberd();
		for (const user of PEOPLE) await ejabberd.ask('register', { user, host: HOST, password: passwordOf(user) });
		for (const name of ['class-a', 'class-b', 'class-c']) {
			const options = [{ name: 'persistent', value: 'true' }];
			await ejabberd.ask('create_room_with_opts', { name, service: ROOMS, host: HOST, options });
		}
		const people = { ada: 'owner', bob: 'member', cleo: 'admin', dora: 'outcast' };
		for (const [user, affiliation] of Object.entries(people))
			await affiliate('class-a', `${user}@${HOST}`, affiliation);
		await affiliate('class-a', 'bob@elsewhere.example', 'member');
		for (const user of PEOPLE) await affiliate('class-b', `${user}@${HOST}`, 'member');
	});
	afterAll(async () => {
		await ejabberd?.stop();
	});

	let executions = 0;
	async function run(items: WorkflowOptions['items'], parameters: INodeParameters): Promise<WorkflowResult> {
		const entries = [
			{ name: 'host', value: HOST },
			{ name: 'mucService', value: ROOMS },
		];
		const { jid, password } = ejabberd.admin;
		const credentials = {
			profile: 'custom',
			profileJson,
			baseUrl: ejabberd.baseUrl,
			apiKey: jid,
			apiSecret: password,
			profileValues: { entries },
		};
		return await runWorkflow({ items, parameters, credentials, executionId: `e${++executions}` });
	}

	async function affiliate(name: string, jid: string, affiliation: string): Promise<void> {
		await ejabberd.ask('set_room_affiliation', { name, service: ROOMS, jid, affiliation });
	}

	/** The affiliations of a room, as ejabberd itself has them. */
	async function affiliations(name: string): Promise<Record<string, string>> {
		const found = await ejabberd.ask('get_room_affiliations', { name, service: ROOMS });
		if (!Array.isArray(found)) throw new Error(`no affiliations: ${JSON.stringify(found)}`);
		return Object.fromEntries(found.map(({ username, domain, affiliation }) => [`${username}@${domain}`, affiliation]));
	}

	const passwordOf = (user: string) => `the one of ${user}`;
	const signsIn = async (user: string): Promise<boolean> =>
		(await ejabberd.ask('check_password', { user, host: HOST, password: passwordOf(user) })) === 0;
	const accounts = async () => await ejabberd.ask('registered_users', { host: HOST });

	test('Get Many gives every account and every room', async () => {
		const users = await run([{}], { operation: 'getAll', returnAll: true });
		expect(column(users, 'userId').sort()).toEqual(['ada', 'admin', ...PEOPLE.slice(1)]);
		const groups = await run([{}], { resource: 'group', operation: 'getAll', returnAll: true });
		expect(column(groups, 'groupId').sort()).toEqual(['class-a', 'class-b', 'class-c']);
	});

	test('Find gives whom no row names, the administrator where it is not told to leave him, and has its brake', async () => {
		const over = await run(rowsOf(STAYING), FIND);
		expect([column(over, 'userId'), over.error?.message]).toEqual([
			[],
			'2 users are in no row, of 7 active ones (28.6 %), and "Find at Most" is 20 %',
		]);
		const found = await run(rowsOf(STAYING), { ...FIND, neverThese: 'admin' });
		expect(items(found).map(({ json }) => json)).toMatchObject([{ status: 'unlisted', userId: 'fay' }]);
	});

	test('whom Find gave is banned; whoever has no account gets none by that', async () => {
		const found = await run(rowsOf(STAYING), { ...FIND, neverThese: 'admin' });
		const leavers = [...items(found).map(({ json }) => json), { userId: 'nobody' }];
		const before = await accounts();
		const held = await run(leavers, { operation: 'batchSuspend', suspendAtMost: 1 });
		expect([held.error?.message, await signsIn('fay')]).toEqual(['The rows name 2, and "Suspend at Most" is 1.', true]);
		const gone = await run(leavers, { operation: 'batchSuspend' });
		expect(column(gone, 'status')).toEqual(['suspended', 'absent']);
		expect([await signsIn('fay'), await signsIn('emil'), await accounts()]).toEqual([false, true, before]);
		// Its list does not tell who is banned: a leaver is found again.
		const again = await run(rowsOf(STAYING), { ...FIND, neverThese: 'admin' });
		expect(column(again, 'userId')).toEqual(['fay']);
	});

	test('who is banned comes back, or this ejabberd is too old for it and says so', async () => {
		const back = await run(rowsOf(['fay', 'nobody']), { operation: 'batchReactivate' });
		const [status, other] = column(back, 'status');
		const isOld = status === 'notAttempted';
		if (isOld) expect(items(back)[0]?.json.reason).toContain('24.06');
		expect([status, other]).toEqual([isOld ? 'notAttempted' : 'reactivated', 'missing']);
		expect(await signsIn('fay')).toBe(!isOld);
	});

	const CLASS_A = [{ groupId: 'class-a', memberIds: 'bob,emil' }];

	test('Set Members tells beforehand what it would do, and writes nothing', async () => {
		const before = await affiliations('class-a');
		const tried = await run(CLASS_A, { ...SET, validateOnly: true });
		expect(items(tried)[0]?.json).toMatchObject({
			would: 'updated',
			members: { added: 1, exists: 1, removed: ['cleo'] },
		});
		expect(await affiliations('class-a')).toEqual(before);
	});

	test('Set Members gives a room the members of its row; the owner, who is banned and who is from elsewhere stay', async () => {
		const set = await run(CLASS_A, SET);
		expect(items(set)[0]?.json).toMatchObject({
			status: 'updated',
			members: { added: 1, exists: 1, removed: ['cleo'], failed: [] },
		});
		expect(await affiliations('class-a')).toEqual({
			[`ada@${HOST}`]: 'owner',
			[`bob@${HOST}`]: 'member',
			[`dora@${HOST}`]: 'outcast',
			[`emil@${HOST}`]: 'member',
			'bob@elsewhere.example': 'member',
		});
		const again = await run(CLASS_A, SET);
		expect(items(again)[0]?.json).toMatchObject({ status: 'unchanged', members: { added: 0, removed: [] } });
	});

	test('over the brake nobody is taken out of a room, and its row says who would have been', async () => {
		const before = await affiliations('class-b');
		const held = await run([{ userId: 'ada', class: 'class-b' }], { ...SET, rows: 'membership', groupBy: 'class' });
		expect(items(held)[0]?.json).toMatchObject({ userId: 'ada', status: 'exists', group: 'unchanged' });
		expect(items(held)[0]?.json.members).toMatchObject({ removed: [], held: expect.arrayContaining(PEOPLE.slice(1)) });
		expect(await affiliations('class-b')).toEqual(before);
	});

	test('Batch Delete destroys the rooms of the rows, and their members stay users', async () => {
		const before = await accounts();
		const remove: INodeParameters = { resource: 'group', operation: 'batchDelete' };
		const gone = await run([{ groupId: 'class-b' }, { groupId: 'none' }], remove);
		expect(column(gone, 'status')).toEqual(['deleted', 'absent']);
		const left = await ejabberd.ask('muc_online_rooms', { service: ROOMS });
		expect([left, await accounts()]).toEqual([
			expect.arrayContaining([`class-a@${ROOMS}`, `class-c@${ROOMS}`]),
			before,
		]);
		expect(left).toHaveLength(2);
	});
});

function items({ outputs }: WorkflowResult): readonly INodeExecutionData[] {
	return outputs[0] ?? [];
}

function column(result: WorkflowResult, name: string): string[] {
	return items(result).map(({ json }) => String(json[name]));
}
