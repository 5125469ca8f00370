// The first tries of somebody who has read nothing: what the editor says then, and that it is in sight.

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ask } from '../../scripts/lib/tokenim-client.mts';
import { describeWithBrowser } from './describe.mts';
import { accessTo } from './lab.mts';
import { openSession, type Session } from './editor/session.mts';
import { FILE, openFile, openRows, openTool, ROWS } from './editor/workflows.mts';

const NODE = 'TokenIM';
const CREATE = 'Batch create users';
const SHEET = [
	{ 学号: 's1', 姓名: '林小雨' },
	{ 学号: 's 2', 姓名: '魏来' },
];

await describeWithBrowser('first contact in the editor', (chromium) => {
	let session: Session;

	beforeAll(async () => {
		session = await openSession(chromium);
		await session.canvas.newWorkflow();
		const dialog = await (await session.canvas.addByAction(NODE, CREATE)).newCredential();
		await dialog.fill(accessTo(session.lab.sandbox));
		expect(await dialog.save()).toMatchObject({ passed: true });
		await dialog.close();
	});
	afterAll(() => session?.close());
	afterEach(async ({ task }) => {
		if (task.result?.state === 'fail') console.error(await session?.recorder.tell(task.name));
		await session?.canvas.closePanels();
	});

	test.each(['import users', 'students', 'instant messaging'])('the node is found by "%s"', async (words) => {
		await session.canvas.newWorkflow();
		expect(await session.canvas.found(words)).toContain(NODE);
	});

	test('a custom profile is asked for before its address, with a link to how it is written', async () => {
		await session.canvas.newWorkflow();
		const dialog = await (await session.canvas.addByAction(NODE, CREATE)).editCredential();
		await dialog.choose('profile', 'Custom');
		// What n8n asks for at every credential stands behind these.
		expect((await dialog.labels()).slice(0, 6)).toEqual([
			'API Profile',
			'API Profile JSON',
			'Base URL',
			'API Key',
			'API Secret',
			'Values for the Profile',
		]);
		expect(await dialog.links()).toContainEqual(expect.stringMatching(/\/docs\/api-profiles\.md$/));
		await dialog.discard();
	});

	test('a file that was read and not chosen as Input says so', async () => {
		await openFile(session, 'students.csv', '学号,姓名\ns1,林小雨\n');
		const panel = await session.canvas.addByAction(NODE, CREATE, FILE);
		await panel.execute();
		expect(await panel.failure()).toMatchObject({
			message: 'These items carry a file (data: students.csv)',
			description: expect.stringMatching(/^Set Input to File\./),
		});
		await panel.choose('input', 'File');
		await panel.execute();
		expect((await panel.table()).rows).toMatchObject([{ status: 'created', userId: 's1' }]);
	});

	test('rows with Input at File say so', async () => {
		await openRows(session, 'Rows and no file', SHEET);
		const panel = await session.canvas.addByAction(NODE, CREATE, ROWS);
		await panel.choose('input', 'File');
		await panel.execute();
		expect(await panel.failure()).toMatchObject({
			description: expect.stringMatching(/^Set Input to Incoming Items\./),
		});
	});

	test('what Choose Columns and Set Each Value do is in sight, and a column that was typed as text is refused', async () => {
		await openRows(session, 'Typed', SHEET);
		const panel = await session.canvas.addByAction(NODE, CREATE, ROWS);
		await panel.choose('columns', 'Choose Columns');
		expect(await panel.text()).toContain('Drag each column from the input onto its field, or enter the name');
		await panel.choose('columns', 'Set Each Value');
		expect(await panel.text()).toContain('Text that you type is the same in every row.');
		expect((await panel.labels()).filter((label) => /^Attributes$/.test(label))).toHaveLength(1);
		await panel.fill('userId', '学号');
		await panel.dragColumn('姓名', 'username');
		await panel.execute();
		expect(await panel.failure()).toMatchObject({
			message: 'The User ID is the text "学号" in every row, which is the name of a column',
			description: expect.stringContaining('Drag the column "学号" from the input onto User ID.'),
		});
	});

	test('groups come from the names of classes that were dragged, and are told before their members', async () => {
		const users = ['teacher', 'lin', 'wei'].map((userId) => ({ userId, username: userId }));
		await ask(accessTo(session.lab.sandbox), 'POST', '/users/batch', { onConflict: 'skip', users });
		await openRows(session, 'Names', [
			{ 学号: 'lin', 班级: '三年级1班', 班主任: 'teacher' },
			{ 学号: 'wei', 班级: '三年级2班', 班主任: 'teacher' },
		]);
		const panel = await session.canvas.addByAction(NODE, 'Create groups', ROWS);
		await panel.choose('rows', 'One Row for Each Membership');
		await panel.choose('groupIdFrom', 'Made From the Name');
		await panel.dragColumn('班级', 'groupBy');
		await panel.dragColumn('班主任', 'ownerColumn');
		expect(await panel.text()).toContain('A class that is renamed is a new group.');
		await panel.execute();
		expect((await panel.table()).rows).toMatchObject([
			{ status: 'added', groupId: 'g-300d7fbba8fa765b', group: 'created' },
			{ status: 'added', groupId: 'g-73aaace287c89ea3', group: 'created' },
		]);
		const hints = await panel.hints();
		expect(hints).toContain('2 groups created; 2 members added');
		expect(hints).toContainEqual(
			expect.stringMatching(/Groups by "班级", owned by "班主任"\. Their IDs are made from these names/),
		);
	});

	test.each([
		['Batch delete users', 'A deleted user cannot be brought back.'],
		['Batch delete groups', 'A deleted group cannot be brought back.'],
		['Batch suspend users', 'A suspended user keeps everything and cannot sign in, until Batch Reactivate.'],
		['Remove members from groups', 'Takes the members whom the rows name out of their groups.'],
		['Set members of groups', 'Removes from each group in the rows every member whom no row names'],
		['Undo an import of users', 'A deleted user cannot be brought back.'],
	])('what "%s" takes away is in sight', async (action, warning) => {
		await openRows(session, action, SHEET);
		const panel = await session.canvas.addByAction(NODE, action, ROWS);
		expect(await panel.notices()).toContainEqual(expect.stringContaining(warning));
	});

	test('as a tool of an agent the model fills in the rows, and a notice says so', async () => {
		await openTool(session, 'People');
		const panel = await session.canvas.openNode('People');
		expect(await panel.notices()).toContainEqual(
			expect.stringMatching(/^As a tool of an agent: leave Input at JSON, and let the model fill in Rows as JSON/),
		);
		expect(await panel.value('input')).toBe('JSON');
		expect(await panel.text()).toContain('Rows as JSON Defined automatically by the model');
	});

	test('Validate Only stands under the node on the canvas', async () => {
		await openRows(session, 'A try', SHEET);
		const panel = await session.canvas.addByAction(NODE, CREATE, ROWS);
		await panel.toggle('validateOnly');
		await panel.close();
		await expect.poll(async () => await session.canvas.node(CREATE).innerText()).toContain('(validate only) Create');
	});

	test('where every row failed, the cure of most of them is told', async () => {
		await openRows(
			session,
			'Phones',
			['a', 'b'].map((userId) => ({ userId, username: userId, phone: '020 7946 0000' })),
		);
		const panel = await session.canvas.addByAction(NODE, CREATE, ROWS);
		await panel.execute();
		expect(await panel.failure()).toMatchObject({
			message: 'None of the 2 rows succeeded',
			description: expect.stringMatching(
				/^What kept them: 2 × .*Set Default Country Code in the options, e\.g\. \+86\./,
			),
		});
	});

	test('a row with a bad ID shows it, and a hint names the ways to such rows', async () => {
		await openRows(session, 'A bad ID', SHEET);
		const panel = await session.canvas.addByAction(NODE, CREATE, ROWS);
		await panel.execute();
		expect((await panel.table()).rows.map(({ status, userId }) => `${status} ${userId}`)).toEqual([
			'exists s1',
			'invalid s 2',
		]);
		expect(await panel.hints()).toContainEqual(
			expect.stringMatching(/^To get the rows that need attention: .*Report File/),
		);
	});
});
