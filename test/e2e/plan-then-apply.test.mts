// The workflow plan-then-apply.json in the real n8n: a person says yes, no, or nothing.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Workflow } from '../../scripts/lib/n8n-cli.mts';
import { outputOf } from '../../scripts/lib/run-data.mts';
import { ask } from '../../scripts/lib/tokenim-client.mts';
import { verdictsOf } from '../../scripts/lib/verdicts.mts';
import { describeWithN8n } from './describe.mts';
import { plainExample } from './examples.mts';
import { accessTo, openLab, type Lab } from './lab.mts';
import { startServer, type Server } from './server.mts';
import { startMailServer, type Mail, type MailServer } from './smtp.mts';
import { lastRows, written } from './written.mts';

const HEADER = 'userId,username,email';
const OLD = ['s1', 's2', 's3'];
const rowOf = (userId: string, username = `Name of ${userId}`) => `${userId},${username},${userId}@school.example`;
/** It must not become a link of the mail. */
const RISKY = '李雷 & <a href=x>Apply</a>';
const SHEET = [HEADER, rowOf('s1'), rowOf('s2', RISKY), rowOf('s3'), rowOf('new'), 'a b,Bad,'].join('\n');
/** n8n answers nothing but a browser. */
const BROWSER = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' };

await describeWithN8n('a plan that a person is asked about', () => {
	let lab: Lab;
	let n8n: Server;
	let post: MailServer;
	let workflow: string;
	let impatient: string;
	/** The execution that gets no answer; n8n looks once a minute whose time is up. */
	let unanswered: string;

	beforeAll(async () => {
		lab = await openLab();
		post = await startMailServer();
		n8n = await startServer(lab.settings);
		await n8n.addCredential({ ...lab.credential, name: 'TokenIM account' });
		await n8n.addCredential(post.credential);
		workflow = await n8n.add(await plainExample('plan-then-apply.json', lab));
		impatient = await n8n.add(hurried(await plainExample('plan-then-apply.json', lab)));
	});
	afterAll(async () => {
		await n8n?.stop();
		post?.close();
		await lab?.close();
	});
	beforeEach(async () => {
		lab.sandbox.reset();
		const users = OLD.map((userId) => ({
			userId,
			username: `Name of ${userId}`,
			email: `${userId}@school.example`,
		}));
		await ask(accessTo(lab.sandbox), 'POST', '/users/batch', { onConflict: 'fail', users });
	});

	const names = () => Object.fromEntries(lab.sandbox.users().map(({ userId, username }) => [userId, username]));
	const AS_BEFORE = Object.fromEntries(OLD.map((userId) => [userId, `Name of ${userId}`]));

	/** Starts the workflow with this sheet; it waits for an answer to the mail. */
	async function planned(sheet: string, id = workflow): Promise<{ readonly execution: string; readonly mail: Mail }> {
		await lab.write('people.csv', sheet);
		const before = post.mails.length;
		const execution = await n8n.start(id);
		await n8n.until(execution, 'waiting');
		expect(post.mails).toHaveLength(before + 1);
		const mail = post.mails.at(-1);
		if (mail === undefined) throw new Error('no mail');
		return { execution, mail };
	}

	async function click(mail: Mail, words: string) {
		const answer = await fetch(mail.links[words] ?? `no link "${words}"`, { headers: BROWSER });
		expect(answer.status).toBe(200);
	}

	test('waits for an answer', async () => {
		unanswered = (await planned(SHEET, impatient)).execution;
		expect(names()).toEqual(AS_BEFORE);
	});

	test('is told in the mail: how many, whom, from what to what, and what cannot be sent', async () => {
		const { execution, mail } = await planned(SHEET);
		expect(mail.to).toBe('school-admin@example.com');
		expect(mail.html).toContain(
			'Nothing was written yet. The sheet would create 1, update 1 and leave 2 as they are; 1 rows cannot be sent.',
		);
		expect(mail.html).toContain('changed: s2: username from "Name of s2" to "李雷 ＆ ‹a href=x>Apply‹/a>"\nnew: new\n');
		expect(mail.html).toContain('\ncannot be sent: row 6: userId: found "a b"');
		expect(Object.keys(mail.links)).toEqual(['Leave all as it is', 'Apply']);
		expect(names()).toEqual(AS_BEFORE);
		await click(mail, 'Leave all as it is');
		await n8n.until(execution, 'success');
	});

	test('is applied when it is approved, as it was read then: what the file says by now does not matter', async () => {
		const { execution, mail } = await planned(SHEET);
		await lab.write('people.csv', [HEADER, rowOf('s1', 'Another'), rowOf('late')].join('\n'));
		await click(mail, 'Apply');
		const result = await n8n.until(execution, 'success');
		const applied = ['unchanged', 'updated', 'unchanged', 'created', 'invalid'];
		expect(verdictsOf(result, 'Apply').map(({ status }) => status)).toEqual(applied);
		expect(names()).toEqual({ ...AS_BEFORE, s2: RISKY, new: 'Name of new' });
		expect((await lastRows(lab, 'applied')).map(({ status }) => status)).toEqual(applied);
		// The yes is used up.
		await fetch(mail.links.Apply ?? '', { headers: BROWSER });
		expect(await n8n.executions(workflow)).toHaveLength(2);
	});

	test('changes nothing when it is declined', async () => {
		const files = await written(lab, 'applied');
		const { execution, mail } = await planned(SHEET);
		await click(mail, 'Leave all as it is');
		const result = await n8n.until(execution, 'success');
		expect(outputOf(result, 'Apply')).toEqual([]);
		expect(names()).toEqual(AS_BEFORE);
		expect(await written(lab, 'applied')).toEqual(files);
	});

	test('that changes nothing asks nobody', async () => {
		const before = post.mails.length;
		await lab.write('people.csv', [HEADER, ...OLD.map((id) => rowOf(id))].join('\n'));
		expect((await n8n.run(workflow)).error).toBeUndefined();
		expect(post.mails).toHaveLength(before);
	});

	test('changes nothing when nobody answers in time', async () => {
		const result = await n8n.until(unanswered, 'success');
		expect(outputOf(result, 'Ask for Approval')).toHaveLength(1);
		expect(outputOf(result, 'Apply')).toEqual([]);
		expect(names()).toEqual(AS_BEFORE);
	});
});

/** The same workflow that waits a second for an answer in place of days. */
function hurried(workflow: Workflow): Workflow {
	const text = JSON.stringify({ ...workflow, id: 'hurried' });
	return JSON.parse(text.replace('"resumeAmount":3,"resumeUnit":"days"', '"resumeAmount":0.02,"resumeUnit":"minutes"'));
}
