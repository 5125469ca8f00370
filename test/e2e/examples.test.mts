// Each example workflow in the real n8n, against the sandbox.

import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { outputOf, type RunResult } from '../../scripts/lib/run-data.mts';
import { ask } from '../../scripts/lib/tokenim-client.mts';
import { verdictsOf } from '../../scripts/lib/verdicts.mts';
import { describeWithN8n } from './describe.mts';
import { example, standIn, type StandIn } from './examples.mts';
import { accessTo, openLab, type Lab } from './lab.mts';
import { lastRows, written } from './written.mts';

const CSV = 'tokenimCsvUsers1';
const UNDO = 'tokenimUndoRun01';
const CRM = 'tokenimCrmSync01';
const DRIFT = 'tokenimDriftRep1';
const CLASSES = 'tokenimClassGrp1';

await describeWithN8n('the example', () => {
	let lab: Lab;
	let others: StandIn;

	beforeAll(async () => {
		lab = await openLab();
		others = await standIn();
		const crm = others.reads(await example('crm-sync.json', lab), 'Get Contacts');
		await lab.store(
			[lab.credential],
			[
				await example('csv-import.json', lab),
				await example('undo.json', lab),
				await example('drift-report.json', lab),
				await example('class-groups.json', lab),
				others.sends(crm, 'Send Alert', ({ subject, text }) => ({ subject, text })),
			],
		);
	});
	afterAll(async () => {
		others?.close();
		await lab?.close();
	});

	/** Runs a workflow that must end well. */
	async function run(id: string): Promise<RunResult> {
		const result = await lab.run(id);
		expect(result.error).toBeUndefined();
		return result;
	}

	const statuses = (result: RunResult, node: string) => verdictsOf(result, node).map(({ status }) => status);

	/** The service holds these and nobody else. */
	async function people(...users: ReadonlyArray<Readonly<Record<string, unknown>>>): Promise<void> {
		lab.sandbox.reset();
		await ask(accessTo(lab.sandbox), 'POST', '/users/batch', { onConflict: 'fail', users });
	}

	const userIds = () =>
		lab.sandbox
			.users()
			.map(({ userId }) => userId)
			.sort();

	describe('CSV file', () => {
		const HEADER = 'userId,username,email,phone';

		test('creates the users, writes the rows to mend with their reason, and lists whom it created', async () => {
			await people({ userId: 'csv-old', username: 'was there' });
			await lab.write(
				'users.csv',
				`${HEADER}\ncsv-1,林小雨,lin@school.example,+8613800000001\ncsv-2,魏来,,1.38E+10\ncsv-old,老师,,\ncsv-3,赵明,,\n`,
			);
			const result = await run(CSV);
			expect(statuses(result, 'Create Users')).toEqual(['created', 'invalid', 'exists', 'created', 'report']);
			expect(await lastRows(lab, 'users-to-mend')).toEqual([
				{
					row: '3',
					reason: expect.stringContaining('Format the column as Text'),
					userId: 'csv-2',
					username: '魏来',
					email: '',
					phone: '1.38E+10',
				},
			]);
			expect((await lastRows(lab, 'users-created')).map(({ userId, status }) => `${userId} ${status}`)).toEqual([
				'csv-1 created',
				'csv-3 created',
			]);
			expect(userIds()).toEqual(['csv-1', 'csv-3', 'csv-old']);
		});

		test('takes the mended rows', async () => {
			const [row] = await lastRows(lab, 'users-to-mend');
			await lab.write('users.csv', `${Object.keys(row ?? {}).join(',')}\n2,,csv-2,魏来,,+8613800000002\n`);
			expect(statuses(await run(CSV), 'Create Users')).toEqual(['created']);
		});

		test('reads a sheet as a Chinese Excel saves it', async () => {
			await people();
			await lab.write('users.csv', Uint8Array.from(iconv.encode('学号,姓名\ngb-1,张三\ngb-2,李四\n', 'gb18030')));
			expect(statuses(await run(CSV), 'Create Users')).toEqual(['created', 'created']);
			expect(lab.sandbox.users().map(({ username }) => username)).toEqual(['张三', '李四']);
		});

		test('a second run leaves the lists of the first', async () => {
			const before = await written(lab, 'users-created');
			await lab.write('users.csv', `${HEADER}\ncsv-9,Nina,,\n`);
			await run(CSV);
			expect((await written(lab, 'users-created')).slice(1)).toEqual(before);
		});
	});

	test('undo deletes whom the import created and nobody else', async () => {
		await people(...['csv-1', 'csv-2', 'csv-3', 'csv-old', 'stranger'].map((userId) => ({ userId, username: userId })));
		const imIds = new Map(lab.sandbox.users().map(({ userId, imId }) => [userId, imId]));
		const results = ['created,csv-1', 'created,csv-2', 'exists,csv-old', 'created,csv-3', 'created,stranger'];
		const lines = results.map((line, index) => `${index + 1},${line},${imIds.get(line.replace(/^.*,/, ''))}`);
		// Of the stranger nothing is right but name and status.
		lines.push((lines.pop() ?? '').replace(/[^,]+$/, 'im_of_another'));
		await lab.write('users-created.csv', `row,status,userId,imId\n${lines.join('\n')}\n`);
		const undone = ['deleted', 'deleted', 'kept', 'deleted', 'kept'];
		expect(statuses(await run(UNDO), 'Undo Import')).toEqual(undone);
		expect(userIds()).toEqual(['csv-old', 'stranger']);
		expect(statuses(await run(UNDO), 'Undo Import')).toEqual(['absent', 'absent', 'kept', 'absent', 'kept']);
	});

	describe('CRM', () => {
		const contact = (id: string, firstname: string, phone: string | null) => ({
			id,
			properties: { firstname, lastname: 'Lin', email: `${id}@crm.example`, phone },
		});

		test('creates and updates the contacts, and sends nothing when all is well', async () => {
			await people({ userId: 'crm-101', username: 'old name', phone: '+8613800000101' });
			others.give('Get Contacts', [contact('101', 'Xiaoyu', null), contact('102', 'Wei', '+8613800000102')]);
			expect(statuses(await run(CRM), 'Create or Update Users')).toEqual(['updated', 'created']);
			expect(lab.sandbox.users().find(({ userId }) => userId === 'crm-101')).toMatchObject({
				username: 'Xiaoyu Lin',
				phone: '+8613800000101',
			});
			expect(others.sent('Send Alert')).toEqual([]);
		});

		test('sends one alert that names the contacts that did not work', async () => {
			others.give('Get Contacts', [contact('101', 'Xiaoyu', '+8613800000101'), contact('103', 'Ming', '12')]);
			await run(CRM);
			expect(others.sent('Send Alert')).toEqual([
				{ subject: 'TokenIM: 1 contacts need attention', text: expect.stringMatching(/^(crm-103|row 2): \w+$/) },
			]);
		});
	});

	describe('drift report', () => {
		const ROSTER = 'userId,username\ndrift-1,林小雨\ndrift-2,魏来\ndrift-3,赵明\n';

		test('lists who is missing and what differs, with both values', async () => {
			await people({ userId: 'drift-1', username: '林小雨' }, { userId: 'drift-2', username: '魏 来' });
			await lab.write('roster.csv', ROSTER);
			const result = await run(DRIFT);
			expect(outputOf(result, 'Verify Users')[0]?.json).toMatchObject({ rows: 3, needAttention: 2 });
			expect(await lastRows(lab, 'differences')).toMatchObject([
				{ row: '3', userId: 'drift-2', reason: expect.stringMatching(/username.*魏来.*魏 来/) },
				{ row: '4', userId: 'drift-3', reason: expect.stringContaining('no such ID') },
			]);
			expect(userIds()).not.toContain('drift-3');
		});

		test('writes nothing when nothing differs', async () => {
			const before = await written(lab, 'differences');
			await lab.write('roster.csv', 'userId,username\ndrift-1,林小雨\n');
			expect(outputOf(await run(DRIFT), 'Write Report')).toEqual([]);
			expect(await written(lab, 'differences')).toEqual(before);
		});
	});

	test('class groups makes a group of each class and tells who could not be added', async () => {
		await people(
			{ userId: 'teacher-1', username: '王老师' },
			{ userId: 'pupil-1', username: '林小雨' },
			{ userId: 'pupil-2', username: '魏来' },
		);
		const rows = ['pupil-1,c1,一班,teacher-1', 'pupil-2,c2,二班,teacher-1', 'pupil-9,c1,一班,teacher-1'];
		await lab.write('roster.csv', `userId,classId,className,monitorId\n${rows.join('\n')}\n`);
		const result = await run(CLASSES);
		expect(verdictsOf(result, 'Create Class Groups').slice(0, 3)).toMatchObject([
			{ row: 2, status: 'added', group: 'created', groupId: 'c1', userId: 'pupil-1' },
			{ row: 3, status: 'added', group: 'created', groupId: 'c2', userId: 'pupil-2' },
			{ row: 4, status: 'failed', group: 'created', groupId: 'c1', userId: 'pupil-9' },
		]);
		expect(await lastRows(lab, 'groups-to-mend')).toMatchObject([{ row: '4', userId: 'pupil-9', classId: 'c1' }]);
		const answer = await ask<{ groups: unknown[] }>(accessTo(lab.sandbox), 'POST', '/groups/query', {
			groupIds: ['c1', 'c2'],
		});
		expect(answer.groups).toMatchObject([
			{ groupId: 'c1', name: '一班', ownerId: 'teacher-1' },
			{ groupId: 'c2', name: '二班', ownerId: 'teacher-1' },
		]);
	});
});
