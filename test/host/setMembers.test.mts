// Set Members and Create or Update of groups as n8n runs them: settings from the editor, verdicts as items, what needs
// attention, agents.

import type { INodeParameters } from 'n8n-workflow';
import { beforeEach, describe, expect, test } from 'vitest';
import { callThroughEngine } from './agent.mts';
import { row, text, workbook } from '../input/files/workbooks.mts';
import { statuses, useLab } from './lab.mts';

const lab = useLab();
const IDS = ['t1', ...Array.from({ length: 10 }, (_, index) => `s${index + 1}`)];
const resource = 'group';
const SET = { resource, operation: 'setMembers' };
const members = () => [...(lab.sandbox.groups()[0]?.memberIds ?? [])].sort();

beforeEach(async () => {
	await lab.run({ items: IDS.map((userId) => ({ userId, username: userId })) });
	const items = [{ groupId: 'c3b', name: '3B', ownerId: 't1', memberIds: IDS.slice(1, 7).join(',') }];
	await lab.run({ items, parameters: { resource } });
});

describe('Set Members', () => {
	test('gives the group the members of the row and no others', async () => {
		const items = [{ groupId: 'c3b', memberIds: 's1,s2,s3,s9' }];
		const { outputs, hints } = await lab.run({ items, parameters: SET });
		expect(outputs[0]?.[0]?.json).toMatchObject({
			status: 'updated',
			members: { added: 1, exists: 3, removed: ['s4', 's5', 's6'], held: [] },
		});
		expect(hints[0]?.message).toBe('1 updated');
		expect(members()).toEqual(['s1', 's2', 's3', 's9', 't1']);
		expect(statuses((await lab.run({ items, parameters: SET })).outputs[0])).toEqual(['unchanged']);
	});

	test('over the brake takes nobody out, says who and why, and is among what needs attention', async () => {
		const items = [{ groupId: 'c3b', memberIds: 's1,s9' }];
		const parameters = { ...SET, options: { output: 'attention' } };
		const { outputs, hints } = await lab.run({ items, parameters });
		expect(outputs[0]?.[0]?.json).toMatchObject({
			status: 'updated',
			reason: expect.stringMatching(/^Members not taken out: s2, s3, s4, s5, s6\. The brake holds: 5 of 7 members/),
			members: { added: 1, removed: [], held: ['s2', 's3', 's4', 's5', 's6'] },
		});
		expect(hints[0]?.message).toBe('1 updated, 1 needs attention (1 × members not taken out)');
		expect(members()).toHaveLength(8);
		await lab.run({ items, parameters: { ...SET, removeShareAtMost: 80, neverThese: 's6' } });
		expect(members()).toEqual(['s1', 's6', 's9', 't1']);
	});

	test('tells of a roster on the first row of the group whom it took out', async () => {
		const items = ['s1', 's2', 's3', 's4'].map((userId) => ({ userId, class: 'c3b' }));
		const parameters = { ...SET, rows: 'membership', groupBy: 'class' };
		const tried = await lab.run({ items, parameters: { ...parameters, validateOnly: true } });
		expect(tried.outputs[0]?.[0]?.json).toMatchObject({ would: 'exists', members: { removed: ['s5', 's6'] } });
		const { outputs, hints } = await lab.run({ items, parameters });
		expect(outputs[0]?.map(({ json }) => json.members)).toMatchObject([{ removed: ['s5', 's6'] }, ...Array(3)]);
		expect(hints[0]?.message).toBe('1 group updated; 4 members existed');
		expect(members()).toEqual(['s1', 's2', 's3', 's4', 't1']);
	});

	test('empties a group only where that was said', async () => {
		const items = [{ groupId: 'c3b', memberIds: '' }];
		const refused = await lab.run({ items, parameters: SET, onError: 'continueRegularOutput' });
		expect(statuses(refused.outputs[0])).toEqual(['invalid']);
		expect(members()).toHaveLength(7);
		await lab.run({ items, parameters: { ...SET, removeShareAtMost: 0, emptyMeansNobody: true } });
		expect(members()).toEqual(['t1']);
	});

	test.each([[{}], [{ memberIds: undefined }]])(
		'empties no group whose item has no list, though others have: %j',
		async (nothing) => {
			const items = [
				{ groupId: 'c3b', ...nothing },
				{ groupId: 'gone', memberIds: 's1' },
			];
			const parameters = { ...SET, removeShareAtMost: 0, emptyMeansNobody: true };
			const { outputs } = await lab.run({ items, parameters, onError: 'continueRegularOutput' });
			expect(statuses(outputs[0])).toEqual(['invalid', 'failed']);
			expect(members()).toHaveLength(7);
		},
	);

	test.each([
		['groupId,memberIds,,\nc3b,s1,s2,s3\n', 'column3'],
		['groupId,memberIds,\nc3b,s1,\nc3b,s2,s3\n', 'column3'],
		['groupId,member1,member2,\nc3b,s1,s2,s3\n', 'column4'],
	])('takes nobody out where a list goes on in columns without a name: %j', async (content, column) => {
		const files = [{ data: { content, fileName: 'a.csv' } }];
		const parameters = { ...SET, removeShareAtMost: 0, input: 'file' };
		const { outputs } = await lab.run({ items: [{}], files, parameters, onError: 'continueRegularOutput' });
		expect(outputs[0]?.at(-1)?.json).toMatchObject({
			status: 'invalid',
			groupId: 'c3b',
			issues: [{ field: 'memberIds', code: 'list_goes_on', column }],
		});
		expect(members()).toHaveLength(7);
	});

	test.each([
		['groupId,memberIds,members\nc3b,"s1,s2","s3,s4"\n', '"memberIds" and "members"'],
		['groupId,memberIds,member1\nc3b,s1,s2\n', '"memberIds" and "member1"'],
		['群组ID,成员,群成员\nc3b,s1,s2\n', '"成员" and "群成员"'],
	])('asks where a second column may hold members, whom nobody would read: %j', async (content, columns) => {
		const files = [{ data: { content, fileName: 'a.csv' } }];
		for (const parameters of [
			SET,
			{ ...SET, validateOnly: true },
			{ ...SET, operation: 'verify', otherMembers: 'report' },
		]) {
			const { error } = await lab.run({ items: [{}], files, parameters: { ...parameters, input: 'file' } });
			expect(error?.message).toContain(`Two columns hold the Member IDs: ${columns}`);
		}
		expect(members()).toHaveLength(7);
	});

	test.each(['Member IDs,Member IDs (2)', 'memberIds,memberIds.1', 'members,members2', 'Member ID 1,Member ID 2'])(
		'reads a list that goes on in numbered columns: %s',
		async (columns) => {
			const files = [{ data: { content: `groupId,${columns}\nc3b,s1,s2\n`, fileName: 'a.csv' } }];
			await lab.run({ items: [{}], files, parameters: { ...SET, removeShareAtMost: 0, input: 'file' } });
			expect(members()).toEqual(['s1', 's2', 't1']);
		},
	);

	test('asks so for items too, and not where the columns are chosen', async () => {
		const items = [{ groupId: 'c3b', memberIds: ['s1', 's2', 's3', 's4', 's5', 's6'], members: ['s7'] }];
		const asked = await lab.run({ items, parameters: SET });
		expect(asked.error?.message).toContain('Two columns hold');
		expect(members()).toHaveLength(7);
	});

	test('takes nobody out, and finds nobody, where a stray quote swallows rows', async () => {
		const content = 'groupId,memberIds,note\nc3b,s1,x\nc3b,s2,"big\nc3b,s3,x\nc3b,s4,17"\nc3b,s5,y\nc3b,s6,y\n';
		const files = [{ data: { content, fileName: 'a.csv' } }];
		const set = { ...SET, removeShareAtMost: 0, input: 'file' };
		await lab.run({ items: [{}], files, parameters: set, onError: 'continueRegularOutput' });
		expect(members()).toHaveLength(7);
		const find = { operation: 'findUnlisted', input: 'file', findAtMost: 0 };
		const people = IDS.map((id, at) => (at === 3 || at === 6 ? `${id},${at === 3 ? '"big' : '17"'}` : `${id},x`));
		const sheet = [{ data: { content: `userId,note\n${people.join('\n')}\n`, fileName: 'a.csv' } }];
		const found = await lab.run({ items: [{}], files: sheet, parameters: find, onError: 'continueRegularOutput' });
		expect(found.outputs[0]?.map(({ json }) => json.code ?? json.userId)).toEqual(['rows_unreadable']);
	});

	test('takes empty columns without a name for nothing, and such as stand elsewhere', async () => {
		const files = [{ data: { content: 'groupId,memberIds,,note,\nc3b,"s1,s2,s3",,x,y\n', fileName: 'a.csv' } }];
		const { outputs } = await lab.run({ items: [{}], files, parameters: { ...SET, input: 'file' } });
		expect(statuses(outputs[0])).toEqual(['updated']);
	});

	test('is refused where one of several files, or lists, has no rows: its people would be taken out', async () => {
		const one = { ...SET, removeShareAtMost: 0, rows: 'membership', groupIdFrom: 'same', sameGroupId: 'c3b' };
		const csv = (content: string) => ({ data: { content, fileName: 'a.csv' } });
		const files = [csv('userId\ns1\ns2\n'), csv('userId\n')];
		const ofFiles = await lab.run({ items: [{}, {}], files, parameters: { ...one, input: 'file' } });
		expect(ofFiles.error?.message).toBe('Item 2 has no rows');
		const items = [{ list: [] }, { list: [{ userId: 's1' }] }];
		const ofLists = await lab.run({ items, parameters: { ...one, input: 'json', rowsAsJson: '={{ $json.list }}' } });
		expect(ofLists.error?.message).toBe('Item 1 has no rows');
		expect(members()).toHaveLength(7);
		const whole = [csv('userId\ns1\ns2\n'), csv('userId\ns3\n')];
		await lab.run({ items: [{}, {}], files: whole, parameters: { ...one, input: 'file' } });
		expect(members()).toEqual(['s1', 's2', 's3', 't1']);
	});

	test('is refused where a workbook shows several sheets with cells, and none was chosen', async () => {
		const rows = (ids: string) => row(1, text('groupId'), text('memberIds')) + row(2, text('c3b'), text(ids));
		const content = workbook({ sheets: [{ rows: rows('s1,s2,s3') }, { rows: rows('s4') }] });
		const files = [{ data: { content, fileName: 'a.xlsx' } }];
		const { error } = await lab.run({ items: [{}], files, parameters: { ...SET, input: 'file' } });
		expect(error?.message).toBe('It is not clear which sheet of the workbook names everybody who stays');
		expect(members()).toHaveLength(7);
	});

	test('is refused to an agent unless the author allowed it', async () => {
		const { baseUrl, apiKey, apiSecret } = lab.sandbox;
		const call = async (options: INodeParameters) =>
			await callThroughEngine({
				parameters: { ...SET, input: 'json', rowsAsJson: "={{ $fromAI('rows', 'The rows', 'json') }}", options },
				credentials: { baseUrl, apiKey, apiSecret },
				input: { rows: JSON.stringify([{ groupId: 'c3b', memberIds: ['s1', 's2', 's3', 's4'] }]) },
			});
		expect(JSON.stringify(await call({}))).toContain('An AI agent may not take people away with this tool');
		expect(members()).toHaveLength(7);
		expect(await call({ allowAgentToTakeAway: true })).toMatchObject([{ status: 'updated' }]);
		expect(members()).toHaveLength(5);
	});
});

test('Create or Update changes what differs, and is green and still the second time', async () => {
	const items = [
		{ groupId: 'c3b', name: 'Class 3B', ownerId: 't1', memberIds: 's1,s9' },
		{ groupId: 'c3c', name: 'Class 3C', ownerId: 't1', memberIds: 's2' },
	];
	const parameters = { resource, operation: 'upsert' };
	const { outputs } = await lab.run({ items, parameters });
	expect(outputs[0]?.map(({ json }) => [json.status, json.changes])).toEqual([
		['updated', [{ field: 'name', from: '3B', to: 'Class 3B' }]],
		['created', undefined],
	]);
	expect(members()).toHaveLength(8);
	const before = lab.writes();
	const again = await lab.run({ items, parameters });
	expect(statuses(again.outputs[0])).toEqual(['unchanged', 'unchanged']);
	expect(lab.writes()).toBe(before);
});
