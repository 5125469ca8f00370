// The workflow dissolve-groups.json in the real n8n: the classes that the sheet no longer names, and nothing else.

import iconv from 'iconv-lite';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RunResult } from '../../scripts/lib/run-data.mts';
import { ask } from '../../scripts/lib/tokenim-client.mts';
import { verdictsOf } from '../../scripts/lib/verdicts.mts';
import { describeWithN8n } from './describe.mts';
import { plainExample } from './examples.mts';
import { accessTo, openLab, type Lab } from './lab.mts';
import { startServer, type Server } from './server.mts';
import { lastRows, written } from './written.mts';

const CLASSES = Array.from({ length: 30 }, (_, index) => `class-${index + 1}`);
const ALL = [...CLASSES, 'staff'].sort();

await describeWithN8n('dissolving classes', () => {
	let lab: Lab;
	let n8n: Server;
	let workflow: string;

	beforeAll(async () => {
		lab = await openLab();
		n8n = await startServer(lab.settings);
		await n8n.addCredential({ ...lab.credential, name: 'TokenIM account' });
		workflow = await n8n.add(await plainExample('dissolve-groups.json', lab));
	});
	afterAll(async () => {
		await n8n?.stop();
		await lab?.close();
	});
	beforeEach(async () => {
		lab.sandbox.reset();
		const users = ['t1', 's1'].map((userId) => ({ userId, username: userId }));
		await ask(accessTo(lab.sandbox), 'POST', '/users/batch', { onConflict: 'fail', users });
		const groups = ALL.map((groupId) => ({ groupId, name: `Name of ${groupId}`, ownerId: 't1', memberIds: ['s1'] }));
		for (const some of [groups.slice(0, 20), groups.slice(20)])
			await ask(accessTo(lab.sandbox), 'POST', '/groups/batch', { onConflict: 'fail', groups: some });
	});

	async function run(sheet: string | Uint8Array): Promise<RunResult> {
		await lab.write('classes.csv', sheet);
		return await n8n.run(workflow);
	}

	const sheetOf = (ids: readonly string[], header = 'classId,className') =>
		`${header}\n${ids.map((id) => `${id},Name of ${id}`).join('\n')}\n`;

	async function groups(): Promise<string[]> {
		const answer = await ask<{ groups: Array<{ groupId: string }> }>(accessTo(lab.sandbox), 'GET', '/groups?limit=200');
		return answer.groups.map(({ groupId }) => groupId).sort();
	}

	test('deletes the group of the class that the sheet no longer names; its members stay, and a list of it is written', async () => {
		const rest = CLASSES.filter((id) => id !== 'class-7');
		// As a Chinese Excel saves it.
		const sheet = iconv.encode(sheetOf([...rest, 'class-new'], '班级编号,班级名称'), 'gb18030');
		const result = await run(Uint8Array.from(sheet));
		expect(result.error).toBeUndefined();
		expect(verdictsOf(result, 'Dissolve Classes')).toMatchObject([{ status: 'deleted', groupId: 'class-7' }]);
		expect(await groups()).toEqual(ALL.filter((id) => id !== 'class-7'));
		expect(await lastRows(lab, 'classes-dissolved')).toMatchObject([
			{ groupId: 'class-7', name: 'Name of class-7', ownerId: 't1' },
		]);
		expect(lab.sandbox.users()).toHaveLength(2);
	});

	test('does nothing where every class is in the sheet', async () => {
		const before = await written(lab, 'classes-dissolved');
		expect((await run(sheetOf(CLASSES))).error).toBeUndefined();
		expect(await groups()).toEqual(ALL);
		expect(await written(lab, 'classes-dissolved')).toEqual(before);
	});

	test.each([
		['is empty', '', 'The file is empty'],
		['has its header only', sheetOf([]).trimEnd(), undefined],
		['lacks the column of the class', sheetOf(CLASSES, 'code,title'), 'No column'],
		['has a row that cannot be read', sheetOf([...CLASSES.slice(1), 'class 1']), '1 of 30 rows did not succeed'],
		['is garbled', Uint8Array.from(iconv.encode(sheetOf(CLASSES, '班号,班级'), 'utf-7-imap')), 'No column'],
		['is another one', sheetOf(CLASSES.map((id) => `other-${id}`)), 'Is it the right sheet'],
		['lacks more than ten: the brake holds', sheetOf(CLASSES.slice(0, 19)), '11'],
	])('dissolves nothing where the sheet %s', async (_, sheet, message) => {
		const { error } = await run(sheet);
		expect(await groups()).toEqual(ALL);
		if (message === undefined) expect(error).toBeUndefined();
		else expect(`${error?.message} ${error?.description}`).toContain(message);
	});
});
