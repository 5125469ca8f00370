// What the README shows, one function for each picture. They build on each other: the credential is made first.

import type { Page } from 'playwright-core';
import { example, standIn } from '../../test/e2e/examples.mts';
import { accessTo } from '../../test/e2e/lab.mts';
import { VIEW, type Session } from '../../test/e2e/editor/session.mts';
import type { NodePanel } from '../../test/e2e/editor/node-panel.mts';
import { openRows, ROWS } from '../../test/e2e/editor/workflows.mts';
import { csvOf, dayAfter, makeSchool } from '../../test/e2e/school.mts';
import { makeRoster, toCsv } from '../lib/roster.mts';
import { ask } from '../lib/tokenim-client.mts';
import { mailPage, type Mail } from './mail.mts';

type Picture = (session: Session, file: string) => Promise<void>;

const NODE = 'TokenIM';

const PEOPLE = [
	{ userId: 's000001', username: '林小雨', email: 'lin@school.example', phone: '+8613800000001' },
	{ userId: 's000002', username: '魏来', email: 'wei@school.example', phone: '1.38E+10' },
	{ userId: 's000003', username: '赵明', email: 'zhao@school.example', phone: '+8613800000003' },
	{ userId: 's000004', username: '周海', email: 'zhou@school.example', phone: '+8613800000004' },
];

export const PICTURES: ReadonlyArray<readonly [name: string, take: Picture]> = [
	['credential', credential],
	['node', node],
	['workflow', workflow],
	['row', row],
	['plan', plan],
	['mail', mail],
];

/** The credential after its test passed. */
async function credential({ canvas, lab, page }: Session, file: string): Promise<void> {
	await canvas.newWorkflow();
	const panel = await canvas.addByAction(NODE, 'Batch create users');
	const first = await panel.newCredential();
	await first.fill(accessTo(lab.sandbox));
	await first.save();
	await first.close();
	const dialog = await panel.editCredential();
	await dialog.passes();
	await dialog.show('baseUrl', 'https://im.example.com/v1');
	await quiet(page);
	await dialog.picture(file);
	await canvas.closePanels();
}

/** The node with its parameters, its input and a verdict for each row. */
async function node(session: Session, file: string): Promise<void> {
	const { canvas, page } = session;
	await page.setViewportSize({ width: 1760, height: 700 });
	await openRows(session, 'Students', PEOPLE);
	const panel = await canvas.addByAction(NODE, 'Batch create users', ROWS);
	await panel.execute();
	await panel.table();
	await panel.widenOutput(440);
	await quiet(page);
	await panel.picture(file);
	await panel.close();
	await page.setViewportSize(VIEW);
}

/** An example workflow after its run. */
async function workflow(session: Session, file: string): Promise<void> {
	const { canvas, lab, page, store } = session;
	await lab.write('users.csv', toCsv(makeRoster({ students: 120, classes: 4, seed: 5 })).replace('+86', '86.0E+'));
	const { nodes, ...rest } = await example('csv-import.json', lab);
	await canvas.open(await store({ ...rest, nodes: nodes.map(({ credentials: _, ...node }) => node) }));
	const panel = await canvas.openNode('Create Users');
	await panel.chooseCredential('TokenIM account');
	await panel.close();
	await canvas.execute();
	await canvas.fit();
	await quiet(page);
	await canvas.picture(file);
}

/** A row that has to be mended, with its reason. */
async function row(session: Session, file: string): Promise<void> {
	session.lab.sandbox.reset();
	await openRows(session, 'Students', PEOPLE);
	await outputOf(session, 'Batch create users', file, async (panel) => {
		await panel.addOption('Output');
		await panel.choose('output', 'Only Rows That Need Attention');
	});
}

/** What a run would do to each row, told before it happens. */
async function plan(session: Session, file: string): Promise<void> {
	const { lab } = session;
	lab.sandbox.reset();
	const [lin, ...others] = makeRoster({ students: 5, classes: 1, seed: 7 }).map(({ userId, username, email }) => {
		return { userId, username, email };
	});
	const users = [{ ...lin, email: 'lin@old.example' }, ...others.slice(0, -2)];
	await ask(accessTo(lab.sandbox), 'POST', '/users/batch', { onConflict: 'fail', users });
	await openRows(session, 'Students', [lin ?? {}, ...others]);
	await outputOf(session, 'Batch create or update users', file, (panel) => panel.toggle('validateOnly'));
}

/** Runs a node behind the rows that are open, once it is set, and shows what comes out. */
async function outputOf(
	{ canvas, page }: Session,
	action: string,
	file: string,
	set: (panel: NodePanel) => Promise<void>,
): Promise<void> {
	await page.setViewportSize({ width: 1500, height: 700 });
	const panel = await canvas.addByAction(NODE, action, ROWS);
	await set(panel);
	await panel.execute();
	await panel.table();
	await panel.widenOutput(440);
	await quiet(page);
	await panel.outputPicture(file);
	await panel.close();
	await page.setViewportSize(VIEW);
}

/** The mail of a night on which people came, changed and left, and one phone is damaged. */
async function mail({ lab, page }: Session, file: string): Promise<void> {
	lab.sandbox.reset();
	const others = await standIn();
	const workflow = await example('nightly-sync.json', lab);
	const sending = others.sends(workflow, 'Send Report', ({ fromEmail, toEmail, subject, text }) => {
		return { from: fromEmail, to: toEmail, subject, text };
	});
	await lab.store([lab.credential], [sending]);
	const yesterday = makeSchool(600, 12);
	const today = dayAfter(yesterday, { prefix: 'n', came: 9, changed: 12, gone: 5 });
	const damaged = today.sheet.at(7)?.phone ?? '';
	for (const sheet of [csvOf(yesterday), csvOf(today.sheet).replace(damaged, '1.38E+10')]) {
		await lab.write('roster.csv', sheet);
		await lab.run(workflow.id);
	}
	others.close();
	await page.setContent(mailPage(others.sent('Send Report').at(-1) as Mail));
	await page.locator('article').screenshot({ path: file });
}

/** Without the messages that fade by themselves. */
async function quiet(page: Page): Promise<void> {
	await page.addStyleTag({
		content: '.el-notification, [data-test-id="toast"], .toast-root { display: none !important; }',
	});
	await page.mouse.move(0, 0);
	await page.waitForTimeout(800);
}
