// Get Many and Find Users Not in Rows in n8n's own engine: what comes out, and when nothing does.

import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { callThroughEngine } from './agent.mts';
import { pairs, statuses, useLab } from './lab.mts';
import { row, text, workbook, type SheetParts } from '../input/files/workbooks.mts';
import type { WorkflowOptions } from './engine.mts';

const lab = useLab();
const people = (count: number, from = 0): IDataObject[] =>
	Array.from({ length: count }, (_, index) => ({ userId: `s${index + from}`, username: `N${index + from}` }));
const ids = (items: readonly { json: IDataObject }[] = []) => items.map(({ json }) => json.userId);
const ALL: INodeParameters = { operation: 'getAll', returnAll: true };
const FIND: INodeParameters = { operation: 'findUnlisted', findAtMost: 0 };
const GO_ON = 'continueRegularOutput';
/** Requests beyond the plan's limits. */
const lists = () => lab.sandbox.requests.filter(({ endpoint }) => endpoint === 'users/list').length;
const find = async (
	items: readonly IDataObject[],
	parameters: INodeParameters = {},
	more: Partial<WorkflowOptions> = {},
) => await lab.run({ items, parameters: { ...FIND, ...parameters }, ...more });

describe('Get Many', () => {
	test('gives each user once, with its fields, whatever the number of items that come in', async () => {
		const attributes = { school: 'North' };
		await lab.run({ items: [{ userId: 's1', username: 'Ada', email: 'a@b.cd', attributes }, ...people(1, 2)] });
		const { outputs, hints, executions } = await lab.run({ items: [{ a: 1 }, { a: 2 }, { a: 3 }], parameters: ALL });
		expect(outputs[0]?.map(({ json }) => json)).toMatchObject([
			{ userId: 's1', username: 'Ada', email: 'a@b.cd', attributes, active: true, imId: expect.any(String) },
			{ userId: 's2', username: 'N2' },
		]);
		expect(outputs[0]?.[0]?.json).not.toHaveProperty('status');
		expect(pairs(outputs[0])).toEqual([{ item: 0 }, { item: 0 }]);
		expect([hints[0]?.message, executions, lists()]).toEqual(['2 found', 1, 1]);
	});

	test('gives the first fifty where nothing else is said, and as many as Limit says', async () => {
		await lab.run({ items: people(60) });
		const { outputs } = await lab.run({ items: [{}], parameters: { operation: 'getAll' } });
		expect(outputs[0]).toHaveLength(50);
		const few = await lab.run({ items: [{}], parameters: { operation: 'getAll', limit: 3 } });
		expect(ids(few.outputs[0])).toEqual(['s0', 's1', 's10']);
		expect(lab.sandbox.requests.at(-1)?.path).toContain('limit=3');
	});

	test('gives groups', async () => {
		await lab.run({ items: people(1) });
		const resource = 'group';
		await lab.run({ items: [{ groupId: 'g1', name: 'G', ownerId: 's0' }], parameters: { resource } });
		const { outputs } = await lab.run({ items: [{}], parameters: { ...ALL, resource } });
		expect(outputs[0]?.map(({ json }) => json)).toMatchObject([{ groupId: 'g1', name: 'G', ownerId: 's0' }]);
	});

	test('of a service without users is green, gives nothing and says so', async () => {
		const { outputs, hints, error } = await lab.run({ items: [{}], parameters: ALL });
		expect([outputs[0], hints.map(({ message }) => message), error]).toEqual([
			[],
			['The service has no users'],
			undefined,
		]);
	});

	test('of a list that breaks off gives nothing of it: the run fails, or one item says why', async () => {
		await lab.restart({ limits: { usersPerPage: 2 } });
		await lab.run({ items: people(5) });
		const broken = { when: { endpoint: 'users/list', from: 2 }, do: { kind: 'forbidden' } } as const;
		lab.sandbox.setFaults([broken]);
		const { error } = await lab.run({ items: [{}], parameters: ALL });
		expect(error?.message).toMatch(/^The list could not be read to its end/);
		lab.sandbox.setFaults([broken]);
		const { outputs } = await lab.run({ items: [{}, {}], parameters: ALL, onError: GO_ON });
		expect(outputs[0]?.map(({ json }) => json)).toMatchObject([{ status: 'notAttempted', code: 'forbidden' }]);
		lab.sandbox.setFaults([broken]);
		const parted = await lab.run({ items: [{}, {}], parameters: ALL, onError: 'continueErrorOutput' });
		expect([parted.outputs[0], statuses(parted.outputs[1]).length]).toEqual([[], 1]);
		expect(parted.outputs[1]?.[0]?.json).toMatchObject({ error: { status: 'notAttempted', code: 'forbidden' } });
	});

	test('that is set wrongly says so once, where the workflow goes on', async () => {
		const parameters = { operation: 'getAll', limit: 0 };
		const { error } = await lab.run({ items: [{}, {}], parameters });
		expect(error?.message).toBe('"Limit" is no whole number from 1 on');
		const { outputs } = await lab.run({ items: [{}, {}], parameters, onError: GO_ON });
		expect(statuses(outputs[0])).toEqual(['notAttempted']);
		expect(lab.sandbox.requests).toEqual([]);
	});

	test('ends at Maximum Run Time, with nothing', async () => {
		await lab.run({ items: people(1) });
		lab.sandbox.setFaults([{ when: { endpoint: 'users/list' }, do: { kind: 'hang', written: false } }]);
		const parameters = { ...ALL, options: { maximumRunTime: 1 } };
		const { outputs } = await lab.run({ items: [{}], parameters, onError: GO_ON });
		expect(outputs[0]?.map(({ json }) => json)).toMatchObject([{ status: 'notAttempted', code: 'maximum_run_time' }]);
	});

	test('sends nothing more after Stop', async () => {
		await lab.restart({ limits: { usersPerPage: 1 } });
		await lab.run({ items: people(3) });
		lab.sandbox.setFaults([{ when: { endpoint: 'users/list', request: 2 }, do: { kind: 'hang', written: false } }]);
		const stop = new AbortController();
		const running = lab.run({ items: [{}], parameters: ALL, stop: stop.signal });
		await expect.poll(lists).toBe(2);
		stop.abort();
		const { outputs } = await running;
		expect([outputs.flat(), lists()]).toEqual([[], 2]);
	});

	test('gives everybody, too, where Output was left at Only Rows That Need Attention', async () => {
		await lab.run({ items: people(3) });
		const { outputs } = await lab.run({ items: [{}], parameters: { ...ALL, options: { output: 'attention' } } });
		expect(outputs[0]).toHaveLength(3);
	});

	test('is one summary where Output says so', async () => {
		await lab.run({ items: people(3) });
		const { outputs } = await lab.run({ items: [{}], parameters: { ...ALL, options: { output: 'summary' } } });
		expect(outputs[0]?.map(({ json }) => json)).toMatchObject([{ rows: 3, failed: 0, statuses: { found: 3 } }]);
	});
});

describe('Find Users Not in Rows', () => {
	test('gives whom no row names, with fields and a reason, ready for what comes after', async () => {
		await lab.run({ items: people(5) });
		const { outputs, hints } = await find(people(3));
		expect(outputs[0]?.map(({ json }) => json)).toMatchObject([
			{ status: 'unlisted', userId: 's3', username: 'N3', active: true, reason: expect.stringMatching(/^In no row/) },
			{ status: 'unlisted', userId: 's4' },
		]);
		expect(Object.keys(outputs[0]?.[0]?.json ?? {}).slice(0, 3)).toEqual(['status', 'userId', 'reason']);
		expect(pairs(outputs[0])).toEqual([{ item: 0 }, { item: 0 }]);
		expect(hints[0]).toMatchObject({ message: '2 need attention (2 × in no row)', type: 'warning' });
		const after = await lab.run({
			items: outputs[0]?.map(({ json }) => json) ?? [],
			parameters: { operation: 'deleteEvery' },
		});
		expect(statuses(after.outputs[0])).toEqual(['deleted', 'deleted']);
	});

	test('finds nobody where everybody is in the rows, and is green', async () => {
		await lab.run({ items: people(2) });
		const { outputs, hints } = await find(people(2));
		expect([outputs[0], hints[0]?.message]).toEqual([[], 'All users are in the rows']);
	});

	test('counts the ID of a row, whatever else is wrong with it', async () => {
		await lab.run({ items: people(2) });
		const { outputs } = await find([{ userId: 's0', phone: '1.38E+10', email: 'no' }, { userId: 's0' }]);
		expect(ids(outputs[0])).toEqual(['s1']);
	});

	test.each([
		['an ID that a spreadsheet broke', { userId: '1.38E+10' }],
		['an ID that the service cannot have', { userId: 'a b' }],
		['a name and no ID', { userId: '', username: 'Ada' }],
	])('finds nobody where a row has %s, and names the row', async (_what, row) => {
		await lab.run({ items: people(2) });
		const { error } = await find([{ userId: 's0', username: 'N0' }, row]);
		expect(error?.message).toBe('The ID of 1 row cannot be read, so nobody was looked for');
		expect(error?.description).toContain('row 2:');
		expect(lists()).toBe(0);
		const { outputs } = await find([{ userId: 's0' }, row], {}, { onError: GO_ON });
		expect(outputs[0]?.map(({ json }) => json)).toMatchObject([{ status: 'notAttempted', code: 'rows_unreadable' }]);
	});

	test.each([
		['are all empty', [{ userId: '', username: null }, { userId: '  ' }], '2 rows came in, all empty.'],
		['hold a row number alone', [{ userId: '', row_number: 2 }], '1 row came in, all empty.'],
	])('finds nobody where the items %s, and says why', async (_what, items, why) => {
		await lab.run({ items: people(2) });
		const { error } = await find(items);
		expect(error?.message).toBe('No row names anybody, so nobody was looked for');
		expect(error?.description).toContain(why);
		expect(lists()).toBe(0);
	});

	test('finds nobody where items have no columns, or a file has no rows', async () => {
		await lab.run({ items: people(2) });
		for (const onError of [undefined, GO_ON] as const) {
			const none = await find([{}], {}, { onError });
			const file = { data: { content: 'userId\n', fileName: 'a.csv' } };
			const empty = await find([{}], { input: 'file' }, { files: [file], onError });
			for (const { outputs, error } of [none, empty]) {
				if (onError === undefined) expect(error).toBeDefined();
				else expect(statuses(outputs[0])).toEqual(['notAttempted']);
			}
		}
		expect(lists()).toBe(0);
	});

	test.each([
		['a header alone', 'userId\n'],
		['empty rows', 'userId,username\n,\n,\n'],
	])('finds nobody where one of two files has %s', async (_what, content) => {
		await lab.run({ items: people(2) });
		const files = ['userId\ns0\n', content].map((text) => ({ data: { content: text, fileName: 'a.csv' } }));
		const { error } = await find([{}, {}], { input: 'file' }, { files });
		expect(error?.message).toBe('Item 2 names nobody, so nobody was looked for');
		expect(lists()).toBe(0);
	});

	test('finds nobody where one of two lists is empty', async () => {
		await lab.run({ items: people(2) });
		const items = [{ rows: [] }, { rows: people(1) }];
		const { error } = await find(items, { input: 'json', rowsAsJson: '={{ $json.rows }}' });
		expect(error?.message).toBe('Item 1 names nobody, so nobody was looked for');
		expect(lists()).toBe(0);
	});

	test('finds nobody where a workbook shows several sheets with cells, and none was chosen', async () => {
		await lab.run({ items: people(3) });
		const one = (id: string) => row(1, text('userId')) + row(2, text(id));
		const other = { name: 'B', rows: one('s1') };
		const empty = { name: 'C', rows: '' };
		const hidden = { name: 'D', rows: one('s2'), state: 'hidden' } as const;
		const findIn = async (sheets: readonly SheetParts[], fileOptions = {}) => {
			const data = { content: workbook({ sheets: [{ name: 'A', rows: one('s0') }, ...sheets] }), fileName: 'a.xlsx' };
			return await find([{}], { input: 'file', fileOptions }, { files: [{ data }] });
		};
		const { error } = await findIn([empty, other, hidden]);
		expect(error?.message).toBe('It is not clear which sheet of the workbook names everybody who stays');
		expect(error?.description).toContain('"B"');
		expect(error?.description).not.toContain('"C"');
		expect(lists()).toBe(0);
		expect(ids((await findIn([empty, hidden])).outputs[0])).toEqual(['s1', 's2']);
		expect(ids((await findIn([other], { sheet: 'B' })).outputs[0])).toEqual(['s0', 's2']);
	});

	test('leaves empty rows among others out of account', async () => {
		await lab.run({ items: people(2) });
		expect(ids((await find([{ userId: 's0' }, { userId: '' }])).outputs[0])).toEqual(['s1']);
	});

	test('finds nobody where a file breaks off', async () => {
		await lab.run({ items: people(2) });
		const file = { data: { content: '[{"userId":"s0"},{"userId":', fileName: 'a.json' } };
		const { error } = await find([{}], { input: 'file' }, { files: [file] });
		expect(error).toBeDefined();
		expect(lists()).toBe(0);
	});

	test('over its brake gives nobody, and says both numbers', async () => {
		await lab.run({ items: people(10) });
		const { error } = await find(people(7), { findAtMost: 20 });
		expect(error?.message).toBe('3 users are in no row, of 10 active ones (30 %), and "Find at Most" is 20 %');
		expect(error?.description).toContain('0: no limit');
		const { outputs } = await find(people(7), { findAtMost: 20 }, { onError: GO_ON });
		expect(outputs[0]?.map(({ json }) => json)).toMatchObject([{ status: 'notAttempted', code: 'brake' }]);
		expect(outputs[0]?.[0]?.json.reason).toContain('3 users are in no row, of 10 active ones');
		const held = await find(people(8), { findAtMost: 20 });
		expect(ids(held.outputs[0])).toEqual(['s8', 's9']);
	});

	test('has a brake of a fifth where nothing else is said', async () => {
		await lab.run({ items: people(10) });
		const { error } = await lab.run({ items: people(7), parameters: { operation: 'findUnlisted' } });
		expect(error?.message).toContain('"Find at Most" is 20 %');
	});

	test('never finds those under Never These, however they are typed', async () => {
		await lab.run({ items: people(6) });
		const { outputs } = await find(people(1), { neverThese: ' s1 \r\ns2, s3\n\n\u200bs4' });
		expect(ids(outputs[0])).toEqual(['s5']);
	});

	test('looks only at users with the attribute, and counts its brake among them', async () => {
		const of = (school: string, from: number) => people(10, from).map((one) => ({ ...one, attributes: { school } }));
		await lab.run({ items: [...of('North', 10), ...of('South', 20)] });
		const only = { attribute: { name: 'school', value: 'North' } };
		const { outputs } = await find(people(8, 10), { onlyUsersWith: only, findAtMost: 20 });
		expect(ids(outputs[0])).toEqual(['s18', 's19']);
		const { error } = await find(people(7, 10), { onlyUsersWith: only, findAtMost: 20 });
		expect(error?.message).toContain('of 10 active ones');
		const none = await find(people(7, 10), { onlyUsersWith: { attribute: { name: 'school', value: 'north' } } });
		expect(none.outputs[0]).toEqual([]);
		expect(none.hints.map(({ message }) => message).join()).toContain('No user has the attribute');
	});

	test.each([
		[{ attribute: { name: 'school', value: ' ' } }, '"Only Users With" has no name, or no value'],
		[{ attribute: { name: '', value: 'North' } }, '"Only Users With" has no name, or no value'],
		[{ attribute: {} }, '"Only Users With" has no name, or no value'],
		[
			{ attribute: { name: 'school', value: '={{ $json.school }}' } },
			'"Only Users With → Value" takes no expression, and holds one',
		],
	])('of half an attribute, or of an expression, is refused: %j', async (onlyUsersWith, message) => {
		const { error } = await find(people(1), { onlyUsersWith });
		expect(error?.message).toBe(message);
		expect(lab.sandbox.requests).toEqual([]);
	});

	test('of a list that breaks off finds nobody', async () => {
		await lab.restart({ limits: { usersPerPage: 2 } });
		await lab.run({ items: people(6) });
		lab.sandbox.setFaults([{ when: { endpoint: 'users/list', from: 2 }, do: { kind: 'forbidden' } }]);
		const { outputs } = await find(people(1), {}, { onError: GO_ON });
		expect(outputs[0]?.map(({ json }) => json)).toMatchObject([{ status: 'notAttempted', code: 'forbidden' }]);
	});

	test('heeds no option that is of rows, left from another operation', async () => {
		await lab.run({ items: people(3) });
		const options = { reportFile: true, includeInputFields: true, failRunWhen: 'anyRow', output: 'attention' };
		const { outputs, error } = await find(people(2), { options });
		expect([ids(outputs[0]), error]).toEqual([['s2'], undefined]);
		expect(outputs[0]?.[0]).not.toHaveProperty('binary');
		expect(outputs[0]?.[0]?.json).not.toHaveProperty('input');
		const held = await find(people(2), { options, findAtMost: 1 }, { onError: GO_ON });
		expect(statuses(held.outputs[0])).toEqual(['notAttempted']);
		expect(held.outputs[0]?.[0]?.json).not.toHaveProperty('input');
		expect(held.hints.map(({ message }) => message).join()).not.toContain('Fail the Run When');
	});
});

describe('an AI agent', () => {
	const call = async (parameters: INodeParameters, input: IDataObject = {}) => {
		const { baseUrl, apiKey, apiSecret } = lab.sandbox;
		return await callThroughEngine({ parameters, credentials: { baseUrl, apiKey, apiSecret }, input });
	};

	test('is told of fifty users at most', async () => {
		await lab.run({ items: people(60) });
		expect(await call(ALL)).toHaveLength(50);
		expect(await call({ ...ALL, returnAll: false, limit: 55 })).toHaveLength(50);
		expect(await call({ ...ALL, returnAll: false, limit: 5 })).toHaveLength(5);
		const rowsAsJson = "={{ $fromAI('users', 'The users who stay', 'json') }}";
		const found = await call({ ...FIND, input: 'json', rowsAsJson }, { users: JSON.stringify(people(5)) });
		expect([found.length, found[0]?.status]).toEqual([50, 'unlisted']);
	});
});
