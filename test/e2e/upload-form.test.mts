// The workflow upload-form.json as a colleague meets it, in a browser: upload, plan, answer, and the rows to mend.

import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startChromium } from '../../scripts/lib/chromium.mts';
import { publishWorkflow, type Workflow } from '../../scripts/lib/n8n-cli.mts';
import { startEditor, type Editor } from '../../scripts/lib/n8n-editor.mts';
import { freePort } from '../../scripts/lib/ports.mts';
import { ask } from '../../scripts/lib/tokenim-client.mts';
import { rowsOf } from '../input/files/reading.mts';
import { row, text, workbook } from '../input/files/workbooks.mts';
import { describeWithBrowser } from './describe.mts';
import { example } from './examples.mts';
import { accessTo, openLab, type Lab } from './lab.mts';

const FORM = 'tokenimUploadFm1';
const LOGIN = { id: 'tokenimUploadPw1', name: 'Colleagues', type: 'httpBasicAuth' };
const ENTERED = { user: 'colleague', password: 'let me in' };

const ROWS = [
	['学号', '姓名', '手机'],
	['s1', '林小雨', '+8613800000001'],
	['s2', '魏来', '<b>12</b>'],
	['s3', '赵明', '+8613800000003'],
];
const csvOf = (rows: readonly (readonly string[])[]) =>
	Buffer.from(rows.map((cells) => `${cells.join(',')}\n`).join(''));
const workbookOf = (rows: readonly (readonly string[])[]) =>
	workbook(rows.map((cells, index) => row(index + 1, ...cells.map((cell) => text(cell)))).join(''));

await describeWithBrowser('the page on which a colleague uploads a sheet', (chromium) => {
	let lab: Lab;
	let editor: Editor;
	let browser: Browser;
	let page: Page;

	beforeAll(async () => {
		lab = await openLab();
		const workflow = await example('upload-form.json', lab);
		await lab.store([lab.credential, { ...LOGIN, data: ENTERED }], [withLogin(workflow)]);
		await publishWorkflow(lab.settings, FORM);
		editor = await startEditor({ ...lab.settings, port: await freePort() });
		browser = await startChromium(chromium);
	});
	afterAll(async () => {
		await browser?.close();
		await editor?.stop();
		await lab?.close();
	});
	afterEach(async () => await page?.context().close());
	beforeEach(async () => {
		lab.sandbox.reset();
		const users = [{ userId: 's3', username: '赵明', phone: '+8613800000099' }];
		await ask(accessTo(lab.sandbox), 'POST', '/users/batch', { onConflict: 'fail', users });
		const { user: username, password } = ENTERED;
		const context = await browser.newContext({ httpCredentials: { username, password }, acceptDownloads: true });
		page = await context.newPage();
		page.setDefaultTimeout(30_000);
	});

	/** Uploads a file; the text of the page that shows the plan. */
	async function upload(name: string, content: Uint8Array): Promise<string> {
		await page.goto(`${editor.url}/form/tokenim-upload`);
		await page.locator('input[type=file]').setInputFiles({ name, mimeType: '', buffer: Buffer.from(content) });
		await page.getByRole('button', { name: 'Show the plan' }).click();
		await page.getByText('Nothing was written yet.').waitFor();
		return await shown();
	}

	async function shown(): Promise<string> {
		return await page.locator('body').innerText();
	}

	async function answer(choice: string): Promise<void> {
		await page.locator('select').selectOption(choice);
		await page.getByRole('button', { name: 'Go on' }).click();
	}

	const phones = () => Object.fromEntries(lab.sandbox.users().map(({ userId, phone }) => [userId, phone]));
	const BEFORE = { s3: '+8613800000099' };
	const AFTER = { s1: '+8613800000001', s3: '+8613800000003' };

	test.each([
		['a CSV file', 'people.csv', csvOf(ROWS)],
		['a workbook', 'people.xlsx', workbookOf(ROWS)],
	])('%s is foreseen, applied, and its bad row comes back to mend', async (_, name, content) => {
		const plan = await upload(name, content);
		expect(plan).toContain('New: 1\nChanged: 1\nAs they are: 0\nCannot be taken: 1\n');
		expect(plan).toMatch(/Row 3: 手机: found "<b>12<\/b>", expected .+\./);
		expect(plan).toContain('Changed: s3 (row 4): phone from "+8613800000099" to "+8613800000003"\nNew: s1 (row 2)\n');
		expect(phones()).toEqual(BEFORE);

		const download = page.waitForEvent('download');
		await answer('Do it');
		const file = await download;
		expect(file.suggestedFilename()).toBe('tokenim-report.xlsx');
		expect(await shown()).toMatch(/1 new, 1 changed, 0 as they were\.\s+1 could not be taken\./);
		expect(phones()).toEqual(AFTER);
		const { rows } = await rowsOf(await readFile(await file.path()));
		expect(rows.map(({ columns }) => columns)).toEqual([
			{ row: '3', reason: expect.stringContaining('<b>12</b>'), 学号: 's2', 姓名: '魏来', 手机: '<b>12</b>' },
		]);
	});

	test('the mended rows are uploaded like any sheet, and nothing is left to mend', async () => {
		const mended = ['row', 'reason', ...(ROWS[0] ?? [])];
		expect(
			await upload('tokenim-report.xlsx', workbookOf([mended, ['3', 'why', 's2', '魏来', '+8613800000002']])),
		).toContain('New: 1\nChanged: 0\nAs they are: 0\nCannot be taken: 0\n');
		await answer('Do it');
		await page.getByText('1 new, 0 changed, 0 as they were.').waitFor();
		expect(phones()).toEqual({ ...BEFORE, s2: '+8613800000002' });
	});

	test('of many that are new the first are named, and how many more there are', async () => {
		const many = Array.from({ length: 25 }, (_, index) => [`n${index}`, '新', '']);
		const plan = await upload('people.csv', csvOf([...ROWS.slice(0, 1), ...many]));
		expect(plan).toContain('New: n0 (row 2)\nNew: n1 (row 3)\n');
		expect(plan).toContain('New: n19 (row 21)\n… and 5 more of these\n');
	});

	test('nothing is done when the colleague says so', async () => {
		await upload('people.csv', csvOf(ROWS));
		await answer('Do nothing');
		await page.getByText('Nothing was done').waitFor();
		expect(phones()).toEqual(BEFORE);
	});

	test.each([
		['with its header only', csvOf(ROWS.slice(0, 1)), /Cannot be taken: 0\n/],
		['that is no sheet', Buffer.from([0, 1, 2, 3, 0, 255]), /Cannot be taken: 1\s+Row 1: .+ Nothing was sent\./],
	])('a file %s is told of, and changes nobody', async (_, content, said) => {
		expect(await upload('people.csv', content)).toMatch(said);
		await answer('Do it');
		await page.getByText('0 new, 0 changed, 0 as they were.').waitFor();
		expect(phones()).toEqual(BEFORE);
	});

	test('nobody comes to the page without the password', async () => {
		expect((await fetch(`${editor.url}/form/tokenim-upload`)).status).toBe(401);
	});
});

function withLogin(workflow: Workflow): Workflow {
	const { id, name, type } = LOGIN;
	const nodes = workflow.nodes.map((node) =>
		node.type === 'n8n-nodes-base.formTrigger' ? { ...node, credentials: { [type]: { id, name } } } : node,
	);
	return { ...workflow, nodes };
}
