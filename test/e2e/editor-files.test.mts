// Files, rosters and results in the editor: what somebody finds there who has read nothing but the labels.

import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../scripts/lib/tokenim-client.mts';
import { describeWithBrowser } from './describe.mts';
import { accessTo } from './lab.mts';
import { openSession, type Session } from './editor/session.mts';
import { FILE, openFile, openRows, ROWS } from './editor/workflows.mts';

const NODE = 'TokenIM';
/** Of the service: enough for all but the last test. */
const QUOTA = 8;
const CSV = '学号,姓名,备注\nlin,林小雨,x\nwei 2,魏来,\nzhao,赵明,y\n';

await describeWithBrowser('files, rosters and results in the editor', (chromium) => {
	let session: Session;

	beforeAll(async () => {
		session = await openSession(chromium, { quota: QUOTA });
		await session.canvas.newWorkflow();
		const dialog = await (await session.canvas.addByAction(NODE, 'Batch create users')).newCredential();
		await dialog.fill(accessTo(session.lab.sandbox));
		expect(await dialog.save()).toMatchObject({ passed: true });
		await dialog.close();
	});
	afterAll(() => session?.close());
	afterEach(() => session?.canvas.closePanels());

	describe('a file that a node before it reads from disk', () => {
		const name = 'Batch create users';

		test('becomes users, row by row', async () => {
			await openFile(session, 'people.csv', CSV);
			const panel = await session.canvas.addByAction(NODE, name, FILE);
			await panel.choose('input', 'File');
			expect(await panel.value('inputDataFieldName')).toBe('data');
			await panel.execute();
			const { columns, rows } = await panel.table();
			expect(columns.slice(0, 4)).toEqual(['status', 'userId', 'reason', 'row']);
			expect(rows.map(({ row, status, reason }) => [row, status, reason])).toEqual([
				['2', 'created', expect.not.stringContaining('Take')],
				['3', 'invalid', expect.stringContaining('Take the space out of column "学号".')],
				['4', 'created', expect.not.stringContaining('Take')],
			]);
			const hints = await panel.hints();
			expect(hints).toContain('2 created, 1 needs attention (1 × User ID holds a character that is not allowed)');
			expect(hints).toContain('Columns: User ID from "学号", Username from "姓名". Not used: "备注".');
		});

		test('leaves a report file to mend, beside the rows', async () => {
			const panel = await session.canvas.openNode(name);
			await panel.addOption('Report File');
			await panel.toggle('reportFile');
			await panel.execute();
			expect((await panel.table()).rows.map(({ status }) => status)).toEqual(['exists', 'invalid', 'exists', 'report']);
			expect(await panel.files()).toContain('tokenim-report.csv');
		});

		test('shows Only Rows That Need Attention', async () => {
			const panel = await session.canvas.openNode(name);
			await panel.addOption('Output');
			await panel.choose('output', 'Only Rows That Need Attention');
			await panel.execute();
			expect((await panel.table()).rows.map(({ status }) => status)).toEqual(['invalid', 'report']);
		});

		test('shows All Rows again', async () => {
			const panel = await session.canvas.openNode(name);
			await panel.choose('output', 'All Rows');
			await panel.execute();
			expect((await panel.table()).rows.map(({ status }) => status)).toEqual(['exists', 'invalid', 'exists', 'report']);
		});

		test('comes to One Summary', async () => {
			const panel = await session.canvas.openNode(name);
			await panel.choose('output', 'One Summary');
			await panel.execute();
			const { rows } = await panel.table();
			expect(rows).toMatchObject([{ rows: '3', succeeded: '2', failed: '1', needAttention: '1' }]);
			expect(await panel.files()).toContain('tokenim-report.csv');
		});

		test('may be written in ways that can be found under File Options', async () => {
			const panel = await session.canvas.openNode(name);
			expect(await panel.offered('File Options')).toEqual([
				'Comment Rows Start With',
				'Delimiter',
				'Encoding',
				'File Format',
				'Header Row',
				'Sheet',
			]);
		});
	});

	test('groups come from a roster, one row for each membership', async () => {
		const users = ['teacher', 'ada', 'bob'].map((userId) => ({ userId, username: userId }));
		await ask(accessTo(session.lab.sandbox), 'POST', '/users/batch', { onConflict: 'skip', users });
		await openRows(session, 'Roster', [
			{ userId: 'ada', class: '3b' },
			{ userId: 'bob', class: '3b' },
			{ userId: 'nobody', class: '3c' },
		]);
		const panel = await session.canvas.addByAction(NODE, 'Create groups', ROWS);
		await panel.choose('rows', 'One Row for Each Membership');
		await panel.fill('groupBy', 'class');
		await panel.choose('owner', 'Same for All');
		await panel.fill('ownerId', 'teacher');
		await panel.execute();
		expect((await panel.table()).rows).toMatchObject([
			{ groupId: '3b', userId: 'ada', status: 'added', group: 'created' },
			{ groupId: '3b', userId: 'bob', status: 'added', group: 'created' },
			{ groupId: '3c', userId: 'nobody', status: 'failed', group: 'created', code: 'user_not_found' },
		]);
	});

	describe('by its label can be found', () => {
		test.each([
			['Batch create users', ['If User Exists', 'Input', 'Columns', 'Validate Only']],
			['Batch create or update users', ['Empty Cells', 'Send', 'Input', 'Columns', 'Validate Only']],
			['Batch delete users', ['Delete at Most', 'Input', 'Columns', 'Validate Only']],
			['Verify users', ['Input', 'Columns']],
			['Create groups', ['Input', 'Rows', 'Columns', 'Validate Only']],
			['Add members to groups', ['Input', 'Rows', 'Columns', 'Validate Only']],
			['Verify groups', ['Other Members', 'Input', 'Rows', 'Columns']],
		])('what "%s" lets one choose', async (action, labels) => {
			await session.canvas.newWorkflow();
			const panel = await session.canvas.addByAction(NODE, action);
			expect((await panel.labels()).filter((label) => label !== 'Options')).toEqual([
				'Credential',
				'Resource',
				'Operation',
				...labels,
			]);
		});

		test('each option', async () => {
			await session.canvas.newWorkflow();
			const panel = await session.canvas.addByAction(NODE, 'Batch create users');
			expect(await panel.offered('Options')).toEqual([
				'Batch Size',
				'Concurrent Requests',
				'Date Format',
				'Default Country Code',
				'Fail the Run When',
				'Include Input Fields',
				'Maximum Run Time',
				'Output',
				'Report File',
				'Request Timeout',
				'Return Tokens',
			]);
		});

		test('the template CSV, with the columns that it has', async () => {
			await session.canvas.newWorkflow();
			const panel = await session.canvas.addByAction(NODE, 'Batch create users');
			expect(await panel.text()).toContain('Template CSV: users.csv. Columns: userId, username, avatarUrl,');
		});

		test('the operation under the node on the canvas', async () => {
			await session.canvas.newWorkflow();
			await (await session.canvas.addByAction(NODE, 'Batch create or update users')).close();
			expect(await session.canvas.node('Batch create or update users').innerText()).toContain(
				'Batch Create or Update: User',
			);
		});
	});

	test('markup in the name of a column is text, in a hint and in what is said of a failure', async () => {
		const calls: string[] = [];
		const stranger = createServer((request, response) => {
			calls.push(request.url ?? '');
			response.end();
		});
		await once(stranger.listen(0, '127.0.0.1'), 'listening');
		const address = stranger.address();
		const host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
		const image = `<img src="http://${host}/image"><a href="http://${host}/link">Sign in again</a>`;

		await openRows(session, 'Markup', [{ userId: 'm1', username: 'M', [image]: 1 }]);
		const panel = await session.canvas.addByAction(NODE, 'Batch create users', ROWS);
		await panel.toggle('validateOnly');
		await panel.execute();
		expect(await panel.hints()).toContainEqual(expect.stringContaining(`Not used: "${image}`.slice(0, 60)));
		expect(await panel.markup('img, a[href*="127.0.0.1"]')).toBe(0);
		await panel.close();

		await openRows(session, 'Markup that fails', [{ email: 'm@example.com', [image]: 1 }]);
		const failing = await session.canvas.addByAction(NODE, 'Batch create users', ROWS);
		await failing.execute();
		expect((await failing.failure()).description).toContain(`Columns found: "email", "${image}`.slice(0, 60));
		expect(await failing.markup('img, a[href*="127.0.0.1"]')).toBe(0);
		expect(calls).toEqual([]);
		stranger.close();
	});

	test('a hint warns where the sheet is longer than the room that the plan has left', async () => {
		const people = Array.from({ length: QUOTA }, (_, index) => ({ userId: `p${index}`, username: 'P' }));
		await openRows(session, 'Too many', people);
		const panel = await session.canvas.addByAction(NODE, 'Batch create users', ROWS);
		await panel.toggle('validateOnly');
		await panel.execute();
		const room = QUOTA - session.lab.sandbox.userCount();
		expect(await panel.hints()).toContainEqual(
			expect.stringContaining(`The plan has room for ${room} more users and ${QUOTA} rows came in`),
		);
	});
});
