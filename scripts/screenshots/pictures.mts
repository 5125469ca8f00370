// What the README shows, one function for each picture. They build on each other: the credential is made first.

import type { Page } from 'playwright-core';
import { example } from '../../test/e2e/examples.mts';
import { accessTo } from '../../test/e2e/lab.mts';
import { VIEW, type Session } from '../../test/e2e/editor/session.mts';
import { openRows, ROWS } from '../../test/e2e/editor/workflows.mts';
import { makeRoster, toCsv } from '../lib/roster.mts';

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

/** Without the messages that fade by themselves. */
async function quiet(page: Page): Promise<void> {
	await page.addStyleTag({
		content: '.el-notification, [data-test-id="toast"], .toast-root { display: none !important; }',
	});
	await page.mouse.move(0, 0);
	await page.waitForTimeout(800);
}
