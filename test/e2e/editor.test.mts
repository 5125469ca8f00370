// The editor as people use it: a real n8n, a real browser, the sandbox as the service.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../scripts/lib/tokenim-client.mts';
import { describeWithBrowser } from './describe.mts';
import { accessTo } from './lab.mts';
import { openSession, type Session } from './editor/session.mts';
import { openRows, ROWS } from './editor/workflows.mts';

const NODE = 'TokenIM';

/** Each action of the picker with the resource and the operation that its node has then. */
const ACTIONS = [
	['Add members to groups', 'Group', 'Add Members'],
	['Batch delete groups', 'Group', 'Batch Delete'],
	['Create groups', 'Group', 'Create'],
	['Create or update groups', 'Group', 'Create or Update'],
	['Get many groups', 'Group', 'Get Many'],
	['Remove members from groups', 'Group', 'Remove Members'],
	['Set members of groups', 'Group', 'Set Members'],
	['Verify groups', 'Group', 'Verify'],
	['Batch create users', 'User', 'Batch Create'],
	['Batch create or update users', 'User', 'Batch Create or Update'],
	['Batch delete users', 'User', 'Batch Delete'],
	['Batch reactivate users', 'User', 'Batch Reactivate'],
	['Batch suspend users', 'User', 'Batch Suspend'],
	['Find users that are not in the rows', 'User', 'Find Users Not in Rows'],
	['Get many users', 'User', 'Get Many'],
	['Undo an import of users', 'User', 'Undo'],
	['Verify users', 'User', 'Verify'],
] as const;

const PEOPLE = [
	{ userId: 'lin', username: '林小雨', email: 'lin@school.example', classId: 'class-1' },
	{ userId: 'wei 2', username: '魏来', email: 'wei@school.example', classId: 'class-1' },
	{ userId: 'zhao', username: '', email: 'zhao@school.example', classId: 'class-1' },
];

await describeWithBrowser('the editor', (chromium) => {
	let session: Session;

	beforeAll(async () => {
		session = await openSession(chromium);
	});
	afterAll(() => session?.close());
	afterEach(async ({ task }) => {
		if (task.result?.state === 'fail') console.error(await session?.recorder.tell(task.name));
		await session?.canvas.closePanels();
	});

	test('tells a wrong secret, an unreachable host and a good credential apart', async () => {
		const { canvas, lab } = session;
		await canvas.newWorkflow();
		const panel = await canvas.addByAction(NODE, 'Batch create users');
		const dialog = await panel.newCredential();
		await dialog.fill({ ...accessTo(lab.sandbox), apiSecret: 'not-the-secret' });
		const wrongSecret = await dialog.save();
		expect(wrongSecret).toMatchObject({ passed: false, text: expect.stringMatching(/secret/i) });
		await dialog.fill({ baseUrl: 'http://127.0.0.1:9/v1', apiSecret: lab.sandbox.apiSecret });
		const unreachable = await dialog.save();
		expect(unreachable).toMatchObject({
			passed: false,
			text: expect.stringMatching(/could not be reached.*Check Base URL/s),
		});
		await dialog.fill({ baseUrl: lab.sandbox.baseUrl });
		expect(await dialog.save()).toMatchObject({
			passed: true,
			text: expect.stringMatching(/^Connected to TokenIM.* at 127\.0\.0\.1:\d+, plan standard\.$/),
		});
		await dialog.close();
		expect(await panel.credential()).toBe('TokenIM account');
		expect(await (await panel.editCredential()).passes()).toBe(true);
	});

	test('offers all actions', async () => {
		await session.canvas.newWorkflow();
		expect(await session.canvas.actionsOf(NODE)).toEqual(ACTIONS.map(([action]) => action));
	});

	test.each(ACTIONS)('adds a node by its action "%s"', async (action, resource, operation) => {
		const panel = await session.canvas.addByAction(NODE, action);
		expect(await panel.title()).toBe(action);
		expect(await panel.value('resource')).toBe(resource);
		expect(await panel.value('operation')).toBe(operation);
		expect(await panel.credential()).toBe('TokenIM account');
	});

	test('runs the node and shows a verdict for each row, and a sentence that sums up', async () => {
		await openRows(session, 'Three people', PEOPLE);
		const panel = await session.canvas.addByAction(NODE, 'Batch create users', ROWS);
		await panel.execute();
		const { rows } = await panel.table();
		expect(rows.map(({ row, status }) => `${row} ${status}`)).toEqual(['1 created', '2 invalid', '3 invalid']);
		expect(rows[0]).toMatchObject({ userId: 'lin', imId: expect.stringMatching(/^im_/) });
		expect(rows[1]?.issues).toContain('Take the space out of column "userId".');
		expect(rows[2]?.issues).toContain('Fill in column "username".');
		expect(await panel.hints()).toContainEqual(expect.stringMatching(/^1 created, 2 need attention \(/));
		expect(session.lab.sandbox.users().map(({ userId }) => userId)).toEqual(['lin']);
	});

	test('keeps the values that two operations share when one is changed for the other', async () => {
		const panel = await session.canvas.openNode('Batch create users');
		await panel.addOption('Fail the Run When');
		await panel.choose('failRunWhen', 'Never');
		await panel.addOption('Batch Size');
		await panel.fill('batchSize', '7');
		const shared = async () => [
			await panel.credential(),
			await panel.value('failRunWhen'),
			await panel.value('batchSize'),
		];
		await panel.choose('operation', 'Batch Create or Update');
		expect(await panel.isShown('ifUserExists')).toBe(false);
		expect(await panel.value('emptyCells')).toBe('Leave Unchanged');
		expect(await shared()).toEqual(['TokenIM account', 'Never', '7']);
		await panel.choose('resource', 'Group');
		expect(await panel.value('operation')).toBe('Create');
		expect(await shared()).toEqual(['TokenIM account', 'Never', '7']);
		await panel.choose('resource', 'User');
		await panel.choose('operation', 'Batch Create');
		expect(await panel.value('ifUserExists')).toBe('Keep');
		expect(await shared()).toEqual(['TokenIM account', 'Never', '7']);
	});

	test('reports who exists as failed where that is chosen', async () => {
		const panel = await session.canvas.openNode('Batch create users');
		await panel.choose('ifUserExists', 'Report as Failed');
		await panel.execute();
		const { rows } = await panel.table();
		expect(rows[0]).toMatchObject({ status: 'failed', code: 'user_exists' });
	});

	test('sends the failed rows to the error branch with their columns', async () => {
		const panel = await session.canvas.openNode('Batch create users');
		await panel.choose('ifUserExists', 'Keep');
		await panel.openSettings();
		await panel.choose('onError', 'Continue (using error output)');
		await panel.execute();
		expect((await panel.table()).rows.map(({ status }) => status)).toEqual(['exists']);
		await panel.chooseOutput('Error Branch (2 items)');
		const { columns, rows } = await panel.table();
		expect(columns).toEqual(expect.arrayContaining(['userId', 'username', 'email', 'classId', 'error']));
		expect(rows.map(({ userId }) => userId)).toEqual(['wei 2', 'zhao']);
	});

	describe('with a sheet whose columns have names of their own', () => {
		const SHEET = [{ 编号X: 'zhou', 叫什么: '周海', 'Post Box': 'zhou@school.example' }];
		const NODE_NAME = 'Batch create users';

		test('takes the columns that were dragged onto fields, or whose names were entered', async () => {
			await openRows(session, 'Own names', SHEET);
			const panel = await session.canvas.addByAction(NODE, NODE_NAME, ROWS);
			await panel.choose('columns', 'Choose Columns');
			await panel.dragColumn('编号X', 'userId');
			await panel.fill('username', '叫什么');
			await panel.execute();
			expect((await panel.table()).rows).toMatchObject([{ status: 'created', userId: 'zhou' }]);
			expect(await panel.hints()).toContainEqual(
				'Columns: User ID from "编号X", Username from "叫什么". Not used: "Post Box".',
			);
			expect(session.lab.sandbox.users()).toContainEqual(expect.objectContaining({ userId: 'zhou', username: '周海' }));
		});

		test('keeps the chosen columns when the operation is changed', async () => {
			const panel = await session.canvas.openNode(NODE_NAME);
			await panel.choose('operation', 'Batch Create or Update');
			expect(await panel.value('columns')).toBe('Choose Columns');
			expect(await panel.expression('userId').innerText()).toContain('编号X');
			expect(await panel.value('username')).toBe('叫什么');
			await panel.execute();
			expect((await panel.table()).rows).toMatchObject([{ status: 'unchanged', userId: 'zhou' }]);
		});

		test('takes text and expressions for each field', async () => {
			const panel = await session.canvas.openNode('Batch create or update users'); // n8n renames it with its operation
			await panel.choose('columns', 'Set Each Value');
			await panel.dragColumn('编号X', 'userId');
			await panel.fill('username', 'Same for all');
			await panel.execute();
			expect((await panel.table()).rows).toMatchObject([{ status: 'updated', userId: 'zhou' }]);
			expect(session.lab.sandbox.users()).toContainEqual(
				expect.objectContaining({ userId: 'zhou', username: 'Same for all' }),
			);
		});
	});

	test('writes nothing with Validate Only, and says what the run would do', async () => {
		const users = [{ userId: 'here', username: '林小雨' }];
		await ask(accessTo(session.lab.sandbox), 'POST', '/users/batch', { onConflict: 'fail', users });
		await openRows(session, 'A try', [...users, { userId: 'new-one', username: '新人' }]);
		const panel = await session.canvas.addByAction(NODE, 'Batch create users', ROWS);
		await panel.toggle('validateOnly');
		await panel.execute();
		expect((await panel.table()).rows.map(({ status, would }) => `${status}, would be ${would}`)).toEqual([
			'valid, would be exists',
			'valid, would be created',
		]);
		expect(session.lab.sandbox.users().map(({ userId }) => userId)).not.toContain('new-one');
	});

	test('says in the panel why a run failed and what to do', async () => {
		await openRows(session, 'No id', [{ someone: 'lin', town: 'Hangzhou' }]);
		const panel = await session.canvas.addByAction(NODE, 'Batch create users', ROWS);
		await panel.execute();
		expect(await panel.failure()).toEqual({
			message: 'No columns hold the User ID and the Username',
			description: expect.stringContaining('2 columns were found, and none of their names is known'),
		});
	});
});
