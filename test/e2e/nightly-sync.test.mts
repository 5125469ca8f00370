// The workflow nightly-sync.json in the real n8n: good nights and bad ones, and the one e-mail of each.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from '../../scripts/lib/tokenim-client.mts';
import { describeWithN8n } from './describe.mts';
import { example, standIn, type StandIn } from './examples.mts';
import { accessTo, openLab, type Lab } from './lab.mts';

const NIGHT = 'tokenimNightly01';
const PEOPLE = Array.from({ length: 12 }, (_, index) => `s${index + 1}`);

await describeWithN8n('a night', () => {
	let lab: Lab;
	let others: StandIn;
	let mails = 0;

	beforeAll(async () => {
		lab = await openLab();
		others = await standIn();
		const workflow = await example('nightly-sync.json', lab);
		await lab.store(
			[lab.credential],
			[others.sends(workflow, 'Send Report', ({ subject, text }) => ({ subject, text }))],
		);
		const access = accessTo(lab.sandbox);
		const users = ['t1', ...PEOPLE].map((userId) => ({ userId, username: `Name of ${userId}` }));
		await ask(access, 'POST', '/users/batch', { onConflict: 'fail', users });
		const group = { groupId: 'c1', name: 'Class 1', ownerId: 't1', memberIds: PEOPLE };
		await ask(access, 'POST', '/groups/batch', { onConflict: 'fail', groups: [group] });
	});
	afterAll(async () => {
		others?.close();
		await lab?.close();
	});

	/** One night with this sheet. Returns its e-mail, of which there is one. */
	async function night(sheet: string): Promise<string> {
		await lab.write('roster.csv', sheet);
		const result = await lab.run(NIGHT);
		expect(result.error).toBeUndefined();
		const sent = others.sent('Send Report').slice(mails) as Array<{ readonly text: string }>;
		mails += sent.length;
		expect(sent).toHaveLength(1);
		return sent[0]?.text ?? '';
	}

	const sheetOf = (ids: readonly string[], names: Readonly<Record<string, string>> = {}) =>
		`userId,username,classId\n${ids.map((id) => `${id},${names[id] ?? `Name of ${id}`},c1`).join('\n')}\n`;
	const state = () =>
		Object.fromEntries(
			lab.sandbox.users().map(({ userId, username, active }) => [userId, active ? username : 'suspended']),
		);
	const ALL = ['t1', ...PEOPLE];

	test('does what the sheet says: who is new, changed, gone; and tells it', async () => {
		const ids = [...ALL.filter((id) => id !== 's12'), 's13'];
		const text = await night(sheetOf(ids, { s1: 'Another name' }));
		expect(text).toContain('New: 1\nChanged: 1\nUnchanged: 11\nLeft and suspended: 1\n');
		expect(text).toContain('Held or not done:\nnothing');
		expect(state()).toMatchObject({ s1: 'Another name', s12: 'suspended', s13: 'Name of s13' });
	});

	test('tells of a night on which nothing was to be done, and brings back who came back', async () => {
		const ids = [...ALL, 's13'];
		expect(await night(sheetOf(ids, { s1: 'Another name' }))).toContain('Came back: 1\nNew: 0\nChanged: 0');
		const before = state();
		const text = await night(sheetOf(ids, { s1: 'Another name' }));
		expect(text).toContain('Came back: 0\nNew: 0\nChanged: 0\nUnchanged: 14\nLeft and suspended: 0\n');
		expect(state()).toEqual(before);
	});

	test.each([
		['with its header only', 'userId,username,classId\n'],
		['with half its rows', sheetOf(ALL.slice(0, 6), { s1: 'Another name' })],
	])('takes nobody away when the sheet comes %s, and says so', async (_, sheet) => {
		const before = state();
		const text = await night(sheet);
		expect(text).toContain('Nobody was looked for: ');
		expect(text).toContain('Left and suspended: 0\n');
		expect(state()).toEqual(before);
		const { members } = await ask<{ members: unknown[] }>(accessTo(lab.sandbox), 'GET', '/groups/c1/members');
		expect(members).toHaveLength(ALL.length + 1);
	});
});
