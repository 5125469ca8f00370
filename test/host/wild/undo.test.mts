// Results of an earlier run, as they come back from a file: Undo takes whom that run created and nobody else.

import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { csvLine } from '../../../nodes/TokenIm/output/csv';
import { useWild } from './wild.mts';

const wild = useWild();
const UNDO = { resource: 'user', operation: 'undo' };
const people = (...ids: string[]) => ids.map((userId) => ({ userId, username: `Nº ${userId}` }));

/** The results as a table, as n8n's Convert to File writes one: what is nested has a column for each of its values. */
function csvOf(results: ReadonlyArray<Readonly<Record<string, unknown>>>): string {
	const flat = results.map((result) => Object.fromEntries(flattened(result)));
	const columns = [...new Set(flat.flatMap((result) => Object.keys(result)))];
	const cells = flat.map((result) => columns.map((name) => cellOf(result[name])));
	return [columns, ...cells].map((line) => `${csvLine(line, false)}\n`).join('');
}

function flattened(value: object): Array<readonly [name: string, value: unknown]> {
	return Object.entries(value).flatMap(([name, inner]) =>
		typeof inner === 'object' && inner !== null
			? flattened(inner).map(([rest, one]) => [`${name}.${rest}`, one] as const)
			: [[name, inner] as const],
	);
}

function cellOf(value: unknown): string {
	return typeof value === 'boolean' ? String(value).toUpperCase() : String(value ?? '');
}

test('an ID that a spreadsheet stripped of its zeros names somebody else, who stays', async () => {
	await wild.runItems(people('007', '7'));
	const { verdicts, users, writes } = await wild.run('49-undo-without-its-zeros', UNDO);
	expect(verdicts).toMatchObject([{ status: 'kept', userId: '7', row: 2 }]);
	expect(verdicts[0]?.reason).toContain('a spreadsheet has changed one of the two IDs');
	expect(users.map(([userId]) => userId)).toEqual(['007', '7']);
	expect(writes).toBe(1);
});

test.each(['a file', 'items'])('results that went through a CSV file and come as %s are taken back', async (way) => {
	await wild.runItems(people('old'));
	const { verdicts } = await wild.runItems([...people('s1', 'old', '002'), { userId: 'a b', username: 'Bad' }]);
	expect(verdicts.map(({ status }) => status)).toEqual(['created', 'exists', 'created', 'invalid']);
	const undone =
		way === 'a file' ? await wild.runFile(csvOf(verdicts), 'results.csv', UNDO) : await wild.runItems(verdicts, UNDO);
	expect(undone.verdicts.map(({ status }) => status)).toEqual(['deleted', 'kept', 'deleted', 'kept']);
	expect(undone.users.map(([userId]) => userId)).toEqual(['old']);
});

test.each(['a file', 'items'])('updates that went through a CSV file and come as %s are taken back', async (way) => {
	const ann = { userId: 'ann', username: 'Ann', phone: '+8613800138000', attributes: { class: '3B' } };
	await wild.runItems([ann]);
	const before = wild.lab.sandbox.users();
	const rows = [
		{ userId: 'ann', username: 'Ann "A", 安', phone: '', attributes: { class: '4A', room: 'x' } },
		{ userId: 's1', username: 'Sam' },
	];
	const upsert = { operation: 'batchUpsert', emptyCells: 'clear' };
	const { verdicts } = await wild.runItems(rows, upsert);
	expect(verdicts.map(({ status }) => status)).toEqual(['updated', 'created']);
	const csv = csvOf(verdicts);
	expect(csv.split('\n')[0]).toContain('changes.0.field,changes.0.from,changes.0.to,changes.1.field');
	const undone =
		way === 'a file'
			? await wild.runFile(csv, 'results.csv', UNDO)
			: await wild.runItems(parse(csv, { columns: true }), UNDO);
	expect(undone.verdicts.map(({ status }) => status)).toEqual(['updated', 'deleted']);
	expect(wild.lab.sandbox.users()).toEqual(before);
	const again = await wild.runFile(csv, 'results.csv', UNDO);
	expect(again.verdicts.map(({ status }) => status)).toEqual(['kept', 'absent']);
	expect(again.hints).toEqual(['1 already gone, 1 kept']);
});

test('a cell of changes that cannot be read keeps its row', async () => {
	await wild.runItems(people('s1'));
	const { verdicts } = await wild.runItems([{ userId: 's1', username: 'Sam' }], { operation: 'batchUpsert' });
	const csv = csvOf(verdicts.map(({ changes: _, ...others }) => ({ ...others, changes: '[object Object]' })));
	const undone = await wild.runFile(csv, 'results.csv', UNDO);
	expect(undone.verdicts).toMatchObject([{ status: 'kept', reason: expect.stringContaining('cannot be read') }]);
	expect(undone.users).toEqual([['s1', 'Sam']]);
});

test('the results of a roster, a group and a summary are nobody to delete', async () => {
	await wild.runItems(people('s1', 't1'));
	const group = { resource: 'group', rows: 'membership', groupBy: 'class', owner: 'same' };
	const roster = await wild.runItems([{ userId: 's1', class: 'c1' }], {
		...group,
		ownerId: { __rl: true, mode: 'id', value: 't1' },
	});
	expect(roster.verdicts).toMatchObject([{ status: 'added', group: 'created', userId: 's1' }]);
	expect((await wild.runItems(roster.verdicts, UNDO)).verdicts).toMatchObject([{ status: 'kept', userId: 's1' }]);
	const groups = await wild.runItems([{ groupId: 'g1', name: 'G', ownerId: 't1' }], { resource: 'group' });
	expect((await wild.runItems(groups.verdicts, UNDO)).verdicts).toMatchObject([{ status: 'notAttempted' }]);
	const summary = await wild.runItems(people('s9'), { options: { output: 'summary' } });
	expect((await wild.runItems(summary.verdicts, UNDO)).verdicts).toMatchObject([{ status: 'notAttempted' }]);
	expect(wild.lab.sandbox.userCount()).toBe(3);
});
