// Law 13 in n8n's own engine: what an expression says of a row never decides about another one.

import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { callThroughEngine } from './agent.mts';
import { statuses, useLab } from './lab.mts';

const lab = useLab();

const people = (...ids: string[]) => ids.map((userId) => ({ userId, username: `N ${userId}` }));
const ROSTER = people('s1', 's2', 's3').map((person) => ({ ...person, class: 'c1', teacher: 's1' }));
const GROUP_BY: INodeParameters = { resource: 'group', rows: 'membership', groupBy: 'class', owner: 'none' };

/** Nothing was asked of the service at all. */
async function refused(items: readonly IDataObject[], parameters: INodeParameters): Promise<string> {
	const { error } = await lab.run({ items, parameters });
	expect(lab.sandbox.requests).toEqual([]);
	return error?.message ?? 'nothing was refused';
}

describe('a setting that decides about people takes no expression', () => {
	const disagree = people('s1', 's2').map((person, index) => ({ ...person, say: index === 0 }));
	test.each<[string, INodeParameters]>([
		['Empty Cells', { operation: 'batchUpsert', emptyCells: '={{ $json.say ? "clear" : "leave" }}' }],
		['Delete at Most', { operation: 'deleteEvery', deleteAtMost: '={{ $json.say ? 0 : 1 }}' }],
		['Suspend at Most', { operation: 'batchSuspend', suspendAtMost: '={{ $json.say ? 0 : 1 }}' }],
		['Delete at Most', { resource: 'group', operation: 'batchDelete', deleteGroupsAtMost: '={{ $json.say ? 0 : 1 }}' }],
		['Remove at Most', { resource: 'group', operation: 'removeMembers', removeAtMost: '={{ $json.say ? 0 : 1 }}' }],
		[
			'Remove at Most (%)',
			{ resource: 'group', operation: 'setMembers', removeShareAtMost: '={{ $json.say ? 0 : 1 }}' },
		],
		['Never These', { resource: 'group', operation: 'setMembers', neverThese: '={{ $json.say }}' }],
		['Empty Means Nobody', { resource: 'group', operation: 'setMembers', emptyMeansNobody: '={{ $json.say }}' }],
		['Validate Only', { validateOnly: '={{ !$json.say }}' }],
		['Look Up Existing', { validateOnly: true, lookUpExisting: '={{ $json.say }}' }],
		['If User Exists', { ifUserExists: '={{ $json.say ? "keep" : "fail" }}' }],
		['Operation', { operation: '={{ $json.say ? "verify" : "batchCreate" }}' }],
		['Resource', { resource: '={{ $json.say ? "user" : "group" }}' }],
		['Input', { input: '={{ "items" }}' }],
		['Columns', { columns: '={{ "auto" }}' }],
		['Rows', { ...GROUP_BY, rows: '={{ "membership" }}' }],
		['Owner', { ...GROUP_BY, owner: '={{ "none" }}' }],
		[
			'Attributes → Name',
			{ columns: 'set', attributeValues: { attribute: [{ name: '={{ $json.userId }}', value: 'x' }] } },
		],
	])('%s, even where all rows agree', async (label, parameters) => {
		expect(await refused(disagree, parameters)).toBe(`"${label}" takes no expression, and holds one`);
	});

	test('nor one that a model fills in', async () => {
		const { baseUrl, apiKey, apiSecret } = lab.sandbox;
		const [heard] = await callThroughEngine({
			parameters: {
				input: 'json',
				rowsAsJson: "={{ $fromAI('users', 'The users', 'json') }}",
				validateOnly: "={{ $fromAI('dry', 'Whether to write nothing', 'boolean') }}",
			},
			credentials: { baseUrl, apiKey, apiSecret },
			input: { users: JSON.stringify(people('s1')), dry: false },
		});
		expect(JSON.stringify(heard)).toContain('takes no expression');
		expect(lab.sandbox.requests).toEqual([]);
	});
});

describe('a switch of an edited workflow file that is neither on nor off', () => {
	test.each<[string, string, INodeParameters]>([
		['Validate Only as text', 'Validate Only', { validateOnly: 'true' }],
		['Validate Only as an expression without braces', 'Validate Only', { validateOnly: '=true' }],
		['Validate Only as a number', 'Validate Only', { validateOnly: 1 }],
		['Validate Only as nothing', 'Validate Only', { validateOnly: null }],
		['Look Up Existing as text', 'Look Up Existing', { validateOnly: true, lookUpExisting: 'false' }],
	])('is refused before anybody is deleted: %s', async (_what, label, parameters) => {
		const said = await refused(people('s1', 's2'), { operation: 'deleteEvery', ...parameters });
		expect(said).toBe(`"${label}" is neither on nor off`);
	});

	test.each<[string, string, INodeParameters]>([
		['Include Suspended as text', 'Include Suspended', { operation: 'findUnlisted', includeSuspended: 'true' }],
		['Include Suspended as nothing', 'Include Suspended', { operation: 'findUnlisted', includeSuspended: null }],
		[
			'Empty Means Nobody as text',
			'Empty Means Nobody',
			{ resource: 'group', operation: 'setMembers', emptyMeansNobody: 'true' },
		],
		[
			'Empty Means Nobody as a number',
			'Empty Means Nobody',
			{ resource: 'group', operation: 'setMembers', emptyMeansNobody: 0 },
		],
		['Return All of users as text', 'Return All', { operation: 'getAll', returnAll: 'true' }],
		['Return All of groups as nothing', 'Return All', { resource: 'group', operation: 'getAll', returnAll: null }],
	])('is not taken for off: %s', async (_what, label, parameters) => {
		expect(await refused(people('s1', 's2'), parameters)).toBe(`"${label}" is neither on nor off`);
	});
});

describe('a setting that is read once is refused where items disagree', () => {
	test.each<[string, INodeParameters]>([
		['Owner ID', { ...GROUP_BY, owner: 'same', ownerId: { __rl: true, mode: 'id', value: '={{ $json.userId }}' } }],
		[
			'Options → Default Country Code',
			{ options: { defaultCountryCode: '={{ $json.userId === "s3" ? "+86" : "+44" }}' } },
		],
		['Options → Date Format', { options: { batchSize: 1, dateFormat: '={{ $json.userId }}' } }],
	])('%s', async (label, parameters) => {
		expect(await refused(ROSTER, parameters)).toMatch(
			new RegExp(`^"${label}" is worked out as one value for item 1 and as another for item \\d$`),
		);
	});

	test('without a word of what it was worked out as: that may be a person', async () => {
		const { error } = await lab.run({
			items: ROSTER,
			parameters: { ...GROUP_BY, owner: 'same', ownerId: { __rl: true, mode: 'id', value: '={{ $json.username }}' } },
		});
		expect(`${error?.message} ${error?.description}`).not.toMatch(/N s/);
	});

	test('and where the last of many items does', async () => {
		const items = people(...Array.from({ length: 400 }, (_, index) => `s${index}`));
		expect(await refused(items, { options: { batchSize: '={{ $json.userId === "s399" ? 1 : 2 }}' } })).toContain(
			'another for item 400',
		);
	});
});

test('items that agree are carried out', async () => {
	const { outputs, error } = await lab.run({
		items: ROSTER.map((row) => ({ ...row, code: '+44', phone: '020 7946 0000' })),
		parameters: { options: { defaultCountryCode: '={{ $json.code }}', batchSize: 2 } },
	});
	expect(error).toBeUndefined();
	expect(statuses(outputs[0])).toEqual(['created', 'created', 'created']);
	expect(lab.sandbox.users().map(({ phone }) => phone)).toEqual(Array(3).fill('+442079460000'));
});

test('in a Continue mode each row is told why, and nothing is sent', async () => {
	const { outputs } = await lab.run({
		items: ROSTER,
		parameters: { ...GROUP_BY, owner: 'same', ownerId: { __rl: true, mode: 'id', value: '={{ $json.userId }}' } },
		onError: 'continueRegularOutput',
	});
	expect(statuses(outputs[0])).toEqual(['notAttempted', 'notAttempted', 'notAttempted']);
	expect(JSON.stringify(outputs[0])).toContain('part them before this node');
	expect(lab.sandbox.requests).toEqual([]);
});
