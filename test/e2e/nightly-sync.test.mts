// A school's nights with the workflow nightly-sync.json in the real n8n: a good one, bad ones, the one that sets all
// right, and all of it taken back. After each the whole state of the service is compared with the sheet.

import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { filesFolder } from '../../scripts/lib/n8n-env.mts';
import { makeRoster } from '../../scripts/lib/roster.mts';
import { ask } from '../../scripts/lib/tokenim-client.mts';
import { verdictsOf } from '../../scripts/lib/verdicts.mts';
import { startN8n } from '../delivery/n8nProcess.mts';
import { describeWithN8n } from './describe.mts';
import { example, standIn, type StandIn } from './examples.mts';
import { accessTo, openLab, type Lab } from './lab.mts';
import {
	classesCsv,
	csvOf,
	cutOff,
	dayAfter,
	makeSchool,
	otherTeachers,
	stateBy,
	stateOf,
	takenAway,
	withAlso,
	withoutLastClass,
	type Person,
} from './school.mts';

/** 10,000 in `npm run test:soak`. */
const PEOPLE = Number(process.env.TOKENIM_NIGHT_PEOPLE ?? 1_000);
const NIGHT = 'tokenimNightly01';
/** The same with Remove at Most raised. */
const MEANT = 'tokenimNightly02';
/** The same with a folder for the lists of Undo that is not there. */
const NOWHERE = 'tokenimNightly03';
const UNDO = 'tokenimUndoRun01';
const DISSOLVE = 'tokenimDissolve1';

const YESTERDAY = makeSchool(PEOPLE, PEOPLE / 50);
/** They were suspended before yesterday. */
const BACK: readonly Person[] = withAlso(
	YESTERDAY,
	makeRoster({ students: 2, classes: 1, seed: 19 }).map((one) => ({ ...one, userId: `back-${one.userId}` })),
).filter(({ userId }) => userId.startsWith('back-'));

const today = dayAfter(YESTERDAY, { prefix: 'today-', came: 40, changed: 12, gone: 25 });
const TODAY = withAlso(withoutLastClass(otherTeachers(today.sheet)), BACK);
const spared = [...today.came, ...today.changed, ...BACK.map(({ userId }) => userId)];
/** Its sheet comes broken, whichever way. */
const bad = dayAfter(TODAY, { prefix: 'bad-', came: 20, changed: 10, gone: 10, spared });
/** Its night is killed. */
const last = dayAfter(bad.sheet, {
	prefix: 'last-',
	came: 20,
	changed: 10,
	gone: 10,
	spared: [...spared, ...bad.came, ...bad.changed],
});

await describeWithN8n(`the nights of a school of ${PEOPLE}`, () => {
	let lab: Lab;
	let others: StandIn;
	let mails = 0;

	beforeAll(async () => {
		lab = await openLab({ plan: 'unpaced', limits: { concurrentRequests: 4 } });
		others = await standIn();
		const night = others.sends(await example('nightly-sync.json', lab), 'Send Report', ({ text, subject }) => ({
			text,
			subject,
		}));
		const nodes = night.nodes.map((node) =>
			node.name === 'Set Members of Classes'
				? { ...node, parameters: { ...node.parameters, removeShareAtMost: 0 } }
				: node,
		);
		const elsewhere = night.nodes.map((node) =>
			node.name === 'Write Undo List'
				? { ...node, parameters: { ...node.parameters, fileName: join(filesOf(), 'nowhere', 'night.csv') } }
				: node,
		);
		const undo = JSON.stringify(await example('undo.json', lab)).replace('users-created.csv', 'night-*.csv');
		await lab.store(
			[lab.credential],
			[
				night,
				{ ...night, id: MEANT, nodes },
				{ ...night, id: NOWHERE, nodes: elsewhere },
				await example('dissolve-groups.json', lab),
				JSON.parse(undo),
			],
		);
		const access = accessTo(lab.sandbox);
		const users = BACK.map(({ userId, username, avatarUrl, registeredAt, email, phone }) => {
			return { userId, username, avatarUrl, registeredAt, email, phone };
		});
		await ask(access, 'POST', '/users/batch', { onConflict: 'fail', users });
		await ask(access, 'POST', '/users/batch-status', { active: false, userIds: users.map(({ userId }) => userId) });
	});
	afterAll(async () => {
		others?.close();
		await lab?.close();
	});

	/** The mails since the last look. The subject of each says whether something was held. */
	function newMails(): string[] {
		const sent = others.sent('Send Report').slice(mails) as Array<{ readonly text: string; readonly subject: string }>;
		mails += sent.length;
		return sent.map(({ text, subject }) => {
			const held = text.endsWith('Held or not done:\nnothing') ? '' : ': something was held or not done';
			expect(subject).toMatch(new RegExp(`^TokenIM, the night of \\d{4}-\\d\\d-\\d\\d${held}$`));
			return text;
		});
	}

	/** One night with this sheet. Returns its e-mail, of which there is one. */
	async function night(sheet: string | Uint8Array, workflow = NIGHT): Promise<string> {
		await lab.write('roster.csv', sheet);
		const result = await lab.run(workflow);
		expect(result.error).toBeUndefined();
		const sent = newMails();
		expect(sent).toHaveLength(1);
		return sent[0] ?? '';
	}

	/** The last rows of these people. */
	const rowsOf = (...ids: ReadonlyArray<readonly string[]>) => {
		const wanted = new Set(ids.flat());
		return [last.sheet, bad.sheet, TODAY, YESTERDAY].flatMap((sheet) =>
			sheet.filter(({ userId }) => wanted.delete(userId)),
		);
	};
	const filesOf = () => filesFolder(lab.settings.userFolder);

	test('the first one makes everybody and every class', async () => {
		const text = await night(csvOf(YESTERDAY));
		expect(text).toContain(`New: ${PEOPLE}\nChanged: 0\nUnchanged: 0\nLeft and suspended: 0\n`);
		expect(text).toContain('Held or not done:\nnothing');
		expect(stateOf(lab.sandbox)).toEqual(stateBy(YESTERDAY, BACK));
		// What made the school is no night to take back.
		const [list = ''] = (await readdir(filesOf())).filter((file) => file.startsWith('night-'));
		await rename(join(filesOf(), list), join(filesOf(), 'first.csv'));
	});

	test('the next day is done exactly, and nobody else is touched', async () => {
		const text = await night(csvOf(TODAY));
		const unchanged = PEOPLE - 12 - 25 + 2;
		expect(text).toContain(`Came back: 2\nNew: 40\nChanged: 12\nUnchanged: ${unchanged}\nLeft and suspended: 25 (`);
		// Who came, came back or changed class is new in one; who left is taken out, and so may a teacher who changed class.
		expect(text).toMatch(/^Classes: 0 new, \d+ changed; members, teachers aside: \d\d+ new, 2[5-7] taken out$/m);
		expect(text).toContain('Held or not done:\nnothing');
		// The group of the class that is in no row is as it was, until somebody dissolves it.
		const dissolved = YESTERDAY.at(-1)?.classId ?? '';
		const wanted = stateBy(TODAY, rowsOf(today.gone));
		const groups = { ...wanted.groups, [dissolved]: stateBy(YESTERDAY, []).groups[dissolved] };
		expect(stateOf(lab.sandbox)).toEqual({ ...wanted, groups });

		await lab.write('classes.csv', classesCsv(TODAY));
		expect((await lab.run(DISSOLVE)).error).toBeUndefined();
		expect(stateOf(lab.sandbox)).toEqual(wanted);
	});

	test('a night on which nothing is to be done says so', async () => {
		const before = stateOf(lab.sandbox);
		const text = await night(csvOf(TODAY));
		expect(text).toContain(
			`Came back: 0\nNew: 0\nChanged: 0\nUnchanged: ${TODAY.length}\nLeft and suspended: 0\nClasses: 0 new, 0 changed; members, teachers aside: 0 new, 0 taken out\nRows that could not be taken`,
		);
		expect(text).toContain('Held or not done:\nnothing');
		expect(stateOf(lab.sandbox)).toEqual(before);
	});

	test.each([
		['with its header only', csvOf([]), /^Nobody was looked for: No row names anybody/m],
		['cut off at its half', csvOf(cutOff(bad.sheet)), /^Nobody was looked for: [\d,]+ users are in no row/m],
		[
			'misread on its way',
			iconv.encode(iconv.decode(Buffer.from(csvOf(bad.sheet)), 'cp1252'), 'utf8'),
			/^Create or Update Users, row 2: username: .*another encoding[^]*^Nobody was looked for: more than a fifth of the rows/m,
		],
		[
			'with damaged bytes',
			damaged(csvOf(bad.sheet)),
			/^Create or Update Users, row 1: The file holds no text[^]*^Nobody was looked for: /m,
		],
	])('nobody is taken away when the sheet comes %s, and the mail says so', async (_, sheet, said) => {
		const before = stateOf(lab.sandbox);
		const text = await night(sheet);
		expect(takenAway(before, stateOf(lab.sandbox))).toEqual([]);
		expectNobodyLeft(text, said);
	});

	test('nobody is taken away when the list of users breaks off in the middle, and the mail says so', async () => {
		const before = stateOf(lab.sandbox);
		lab.sandbox.setFaults([{ when: { endpoint: 'users/list', from: 2 }, do: { kind: 'cursorExpired' } }]);
		const text = await night(csvOf(bad.sheet));
		lab.sandbox.setFaults([]);
		expect(takenAway(before, stateOf(lab.sandbox))).toEqual([]);
		expectNobodyLeft(text, /^Nobody was looked for: The list could not be read to its end/m);
	});

	function expectNobodyLeft(text: string, said: RegExp): void {
		expect(text).toContain('Left and suspended: 0\n');
		expect(text).toMatch(said);
		expect(text).toContain('Nobody was taken out of a class, for it is not certain that the sheet is whole.');
	}

	test('nobody is taken away when n8n is killed in the middle, and no mail goes out', async () => {
		const before = stateOf(lab.sandbox);
		lab.sandbox.setFaults([{ when: { endpoint: 'groups/members' }, do: { kind: 'slow', delayMs: 2_000 } }]);
		const from = lab.sandbox.requests.length;
		await lab.write('roster.csv', csvOf(last.sheet));
		const { kill, printed } = await startN8n(lab.settings, ['execute', `--id=${NIGHT}`]);
		try {
			await vi.waitFor(
				() => expect(lab.sandbox.requests.slice(from).map(({ endpoint }) => endpoint)).toContain('groups/members'),
				{ timeout: 300_000, interval: 50 },
			);
		} finally {
			kill();
		}
		expect(await printed).not.toContain('Execution was successful');
		lab.sandbox.setFaults([]);
		expect(newMails()).toEqual([]);
		expect(takenAway(before, stateOf(lab.sandbox))).toEqual([]);
		expect(stateOf(lab.sandbox)).not.toEqual(before);
	});

	test('the next good night sets all right', async () => {
		const text = await night(csvOf(last.sheet));
		expect(text).toContain(
			`Left and suspended: ${bad.gone.length + last.gone.length} (${[...bad.gone, ...last.gone].sort()[0]} `,
		);
		expect(text).toContain('Held or not done:\nnothing');
		expect(stateOf(lab.sandbox)).toEqual(stateBy(last.sheet, rowsOf(today.gone, bad.gone, last.gone)));
	});

	test('the lists of the nights and the sheet of yesterday bring all of it back', async () => {
		const undone = await lab.run(UNDO);
		expect(undone.error).toBeUndefined();
		const counts = { deleted: 0, updated: 0 };
		for (const { status } of verdictsOf(undone, 'Undo Import')) counts[status as keyof typeof counts]++;
		expect(counts).toEqual({
			deleted: today.came.length + bad.came.length + last.came.length,
			updated: today.changed.length + bad.changed.length + last.changed.length,
		});
		// Half of a class goes back to the one that was dissolved: the brake holds that until somebody says that it is meant.
		expect(await night(csvOf(YESTERDAY))).toContain('members not taken out');
		await night(csvOf(YESTERDAY), MEANT);
		expect(stateOf(lab.sandbox)).toEqual(stateBy(YESTERDAY, BACK));
	});

	test('a list for Undo that cannot be written is told of, and the night goes on', async () => {
		const text = await night(csvOf(TODAY), NOWHERE);
		expect(text).toContain('Left and suspended: 25 (');
		expect(text).toMatch(/^The list for Undo could not be written: /m);
	});
});

/** As by a disk or a transfer that does not hold: in each hundred bytes one has another bit. */
function damaged(sheet: string): Uint8Array {
	return Buffer.from(sheet).map((byte, index) => (index % 100 === 99 ? byte ^ 0x80 : byte));
}
