// Three rows in a hundred are wrong: the others get through, and each bad row says what is wrong with it.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeRoster, toCsv, type Student } from '../../scripts/lib/roster.mts';
import { outputOf, type OutputItem, type RunResult } from '../../scripts/lib/run-data.mts';
import { describeWithN8n } from './describe.mts';
import { openLab, type Lab } from './lab.mts';
import { csvInto } from './workflows.mts';

const ROWS = 200;

interface BadRow {
	readonly what: string;
	/** Index of the item; the row number is one more. */
	readonly item: number;
	readonly change: Partial<Student>;
	readonly column: keyof Student;
}

const BAD_ROWS: readonly BadRow[] = [
	{ what: 'an empty name', item: 20, change: { username: '' }, column: 'username' },
	{ what: 'an id with a space', item: 45, change: { userId: 's 46' }, column: 'userId' },
	{ what: 'an id with Chinese characters', item: 90, change: { userId: '学生91' }, column: 'userId' },
	{ what: 'an id that stood above', item: 120, change: { userId: 's000012' }, column: 'userId' },
	{ what: 'an avatar that is no URL', item: 150, change: { avatarUrl: 'avatar.png' }, column: 'avatarUrl' },
	{
		what: 'an avatar under ftp',
		item: 199,
		change: { avatarUrl: 'ftp://avatars.school.example/1.png' },
		column: 'avatarUrl',
	},
];

const ROSTER = makeRoster({ students: ROWS, classes: 4, seed: 3 }).map((student, item) => ({
	...student,
	...BAD_ROWS.find((bad) => bad.item === item)?.change,
}));
const GOOD_IDS = ROSTER.filter((_, item) => !BAD_ROWS.some((bad) => bad.item === item)).map(({ userId }) => userId);

await describeWithN8n('three bad rows in a hundred', () => {
	let lab: Lab;
	let result: RunResult;

	beforeAll(async () => {
		lab = await openLab();
		const csv = await lab.write('roster.csv', toCsv(ROSTER));
		const workflow = csvInto('badRows', csv, lab.credential, [
			{ name: 'Plain' },
			{ name: 'Error Output', onError: 'continueErrorOutput' },
		]);
		await lab.store([lab.credential], [workflow]);
		result = await lab.run('badRows');
	});
	afterAll(() => lab?.close());

	test('do not fail the run', () => {
		expect(result.error).toBeUndefined();
	});

	test('do not keep the good ones from being created', () => {
		expect(
			lab.sandbox
				.users()
				.map(({ userId }) => userId)
				.sort(),
		).toEqual([...GOOD_IDS].sort());
	});

	test('leave one item for each row, in order', () => {
		const items = outputOf(result, 'Plain');
		expect(items.map(({ json }) => json.row)).toEqual(ROSTER.map((_, item) => item + 1));
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(ROSTER.map((_, item) => ({ item })));
		expect(items.filter(({ json }) => json.status === 'created')).toHaveLength(GOOD_IDS.length);
	});

	test.each(BAD_ROWS)(
		'$what is invalid, with its column, what was found and what is expected',
		({ item, column, change }) => {
			const verdict = outputOf(result, 'Plain')[item]?.json;
			expect(verdict).toMatchObject({ status: 'invalid', row: item + 1 });
			expect(issueOf(verdict)).toMatchObject({
				column,
				expected: expect.stringMatching(/\S/),
				fix: expect.stringMatching(/\S/),
			});
			if (change[column]) expect(issueOf(verdict).found).toBe(change[column]);
		},
	);

	test('go to the error output, the good rows to the other one', () => {
		expect(outputOf(result, 'Error Output', 0).map(({ json }) => json.userId)).toEqual(GOOD_IDS);
		expect(outputOf(result, 'Error Output', 1)).toHaveLength(BAD_ROWS.length);
	});

	test.each(BAD_ROWS)(
		'$what keeps its input columns on the error output, beside the whole verdict',
		({ item, column }) => {
			const found = outputOf(result, 'Error Output', 1).find((candidate) => errorOf(candidate).row === item + 1);
			expect(found?.json).toMatchObject(ROSTER[item] ?? {});
			expect(found && errorOf(found)).toMatchObject({ status: 'invalid', row: item + 1 });
			expect(found && issueOf(errorOf(found))).toMatchObject({ column });
		},
	);
});

function errorOf({ json }: OutputItem): Readonly<Record<string, unknown>> {
	expect(json.error).toBeTypeOf('object');
	return json.error as Record<string, unknown>;
}

function issueOf(verdict: Readonly<Record<string, unknown>> | undefined): Readonly<Record<string, unknown>> {
	const issues: unknown = verdict?.issues;
	if (!Array.isArray(issues)) throw new Error(`no issues in ${JSON.stringify(verdict)}`);
	return issues[0];
}
