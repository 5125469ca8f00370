// Columns: what the person chose beside each field, in n8n's own engine.

import type { IDataObject, INodeParameters, INodeType, ResourceMapperValue } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { runWorkflow } from './engine.mts';
import { nodeThat } from './fakeNode.mts';
import { builtPackage } from './package.mts';
import { statuses, useLab } from './lab.mts';

const lab = useLab();
const ROWS: IDataObject[] = [
	{ Nr: 's1', 'Full Name': 'Ada', Mail: 'ada@example.com', Class: '3B' },
	{ Nr: 's2', 'Full Name': 'Bob', Mail: 'bob@example.com', Class: '3C' },
];

/** As the editor stores a resource mapper. */
const mapper = (value: Record<string, string>): ResourceMapperValue => ({
	mappingMode: 'defineBelow',
	value,
	matchingColumns: [],
	schema: Object.keys(value).map((id) => ({
		id,
		displayName: id,
		required: false,
		defaultMatch: false,
		display: true,
		type: 'string',
	})),
	attemptToConvertTypes: false,
	convertFieldsToString: true,
});

const choose = (value: Record<string, string>, more: INodeParameters = {}): INodeParameters => ({
	columns: 'choose',
	chosenColumns: mapper(value),
	...more,
});
const set = (value: Record<string, string>, more: INodeParameters = {}): INodeParameters => ({
	columns: 'set',
	values: mapper(value),
	...more,
});

describe('Choose Columns', () => {
	test('takes columns that were dragged onto their fields, and names that were typed', async () => {
		const chosenAttributes = { attribute: [{ name: 'class', value: '={{ $json.Class }}' }] };
		const parameters = choose(
			{ userId: '={{ $json.Nr }}', username: "={{ $json['Full Name'] }}", email: 'Mail' },
			{ chosenAttributes },
		);
		const { outputs, error } = await lab.run({ items: ROWS, parameters });
		expect([error, statuses(outputs[0])]).toEqual([undefined, ['created', 'created']]);
		expect(lab.sandbox.users()).toMatchObject([
			{ userId: 's1', username: 'Ada', email: 'ada@example.com', attributes: { class: '3B' } },
			{ userId: 's2', username: 'Bob', email: 'bob@example.com', attributes: { class: '3C' } },
		]);
	});

	test('names the column in what is wrong with a row', async () => {
		const items = [{ ...ROWS[0], Nr: 'a b' }];
		const parameters = choose({ userId: '={{ $json.Nr }}', username: 'Full Name' });
		const { outputs } = await lab.run({ items, parameters, onError: 'continueRegularOutput' });
		expect(outputs[0]?.[0]?.json).toMatchObject({
			status: 'invalid',
			issues: [{ column: 'Nr', field: 'userId', found: 'a b' }],
		});
	});

	test.each([
		['a required field left empty', { username: 'Full Name', userId: '' }, 'No column is chosen for the User ID'],
		[
			'a column that is in no row',
			{ userId: 'No', username: 'Full Name' },
			'The column "No", chosen for the User ID, is in no row',
		],
	])('with %s sends nothing', async (_what, value, message) => {
		const { error } = await lab.run({ items: ROWS, parameters: choose(value) });
		expect(error?.message).toBe(message);
		expect(lab.writes()).toBe(0);
	});
});

describe('Set Each Value', () => {
	test('works expressions out for each row, and takes text for itself', async () => {
		const attributeValues = {
			attribute: [
				{ name: 'year', value: '2026' },
				{ name: 'mail', value: "={{ $json.Mail.split('@')[1] }}" },
			],
		};
		const value = {
			userId: '=u-{{ $json.Nr }}',
			username: '={{ $json["Full Name"].toUpperCase() }}',
			email: '={{ $json.Mail }}',
		};
		const { outputs } = await lab.run({ items: ROWS, parameters: set(value, { attributeValues }) });
		expect(statuses(outputs[0])).toEqual(['created', 'created']);
		expect(lab.sandbox.users()).toMatchObject([
			{ userId: 'u-s1', username: 'ADA', email: 'ada@example.com', attributes: { year: '2026', mail: 'example.com' } },
			{ userId: 'u-s2', username: 'BOB' },
		]);
	});

	test('an expression that breaks on a row fails that row alone', async () => {
		const items = [ROWS[0] ?? {}, { Nr: 's2' }, { Nr: 's3', 'Full Name': 'Cem' }];
		const value = { userId: '={{ $json.Nr }}', username: "={{ $json['Full Name'].toUpperCase() }}" };
		const { outputs } = await lab.run({ items, parameters: set(value), onError: 'continueRegularOutput' });
		expect(statuses(outputs[0])).toEqual(['created', 'invalid', 'created']);
		expect(outputs[0]?.[1]?.json).toMatchObject({ issues: [{ field: 'username', code: 'required' }] });
	});

	test('an expression that n8n refuses to work out for a row fails that row alone, with what n8n says', async () => {
		const items = [ROWS[0] ?? {}, { Nr: 's2', 'Full Name': 'Bob', Mail: 'no date' }];
		const value = {
			userId: '={{ $json.Nr }}',
			username: "={{ $json.Mail === 'no date' ? $('Nowhere').item.json.name : 'Ada' }}",
		};
		const { outputs } = await lab.run({ items, parameters: set(value) });
		expect(statuses(outputs[0])).toEqual(['created', 'invalid']);
		expect(outputs[0]?.[1]?.json).toMatchObject({
			issues: [{ field: 'username', code: 'expression_broke', found: expect.stringMatching(/\S/) }],
		});
	});

	test('on rows of JSON, a column is read from its row; other expressions must not ask for the row', async () => {
		const json = { input: 'json', rowsAsJson: JSON.stringify(ROWS) };
		const plain = {
			userId: '={{ $json.Nr }}',
			username: '={{ $json["Full Name"] }}',
			registeredAt: "={{ '2026-09-01' + 'T08:00:00Z' }}",
		};
		const { outputs } = await lab.run({ items: [{}], parameters: set(plain, json) });
		expect(statuses(outputs[0])).toEqual(['created', 'created']);
		const { error } = await lab.run({ items: [{}], parameters: set({ ...plain, userId: '=u-{{ $json.Nr }}' }, json) });
		expect(error?.message).toContain('The expression for "userId" computes with a row');
	});
});

test('plain columns are read from the row: n8n works no expression out for them, and a parameter is read once', async () => {
	const { nodeType } = await builtPackage();
	const asked: string[] = [];
	const counting: INodeType = {
		description: nodeType.description,
		async execute() {
			const host = Object.create(this, {
				evaluateExpression: {
					value: (expression: string, item: number) =>
						asked.push(expression) && this.evaluateExpression(expression, item),
				},
				getNodeParameter: {
					value: (name: string, item: number, fallback: unknown, options: { rawExpressions?: boolean } = {}) =>
						asked.push(options.rawExpressions ? `${name}, as it is written` : name) &&
						this.getNodeParameter(name, item, fallback, options),
				},
			});
			return (await nodeType.execute?.call(host)) ?? [];
		},
	};
	const items = Array.from({ length: 1_000 }, (_, index) => ({ Nr: `s${index}`, Name: `N${index}` }));
	const parameters = {
		...choose({ userId: '={{ $json.Nr }}', username: '={{ $json["Name"] }}' }),
		validateOnly: true,
		lookUpExisting: false,
	};
	const { outputs } = await lab.run({ items, parameters, nodeType: counting });
	expect(new Set(statuses(outputs[0]))).toEqual(new Set(['valid']));
	expect(asked.filter((name) => name.includes('$json'))).toEqual([]);
	expect(asked.length).toBe(new Set(asked).size);
});

describe('hints', () => {
	test('say which column became which field and which were not used', async () => {
		const { hints } = await lab.run({ items: [{ 'User ID': 's1', username: 'Ada', Shoe: 44 }] });
		expect(hints).toContainEqual({
			type: 'info',
			location: 'outputPane',
			message: expect.stringMatching(/User ID.*Username.*Not used: "Shoe"\.$/s),
		});
	});

	test('are silent where every column is named like its field', async () => {
		const { hints } = await lab.run({ items: [{ userId: 's1', username: 'Ada' }] });
		expect(hints.map(({ message }) => message)).toEqual(['1 created']);
	});
});

test('n8n works an expression out for a row', async () => {
	const nodeType = nodeThat(async (host) => [
		{
			json: { rows: [0, 1].map((item) => String(host.evaluateExpression('{{ $json.n * 2 }}', item))) },
			pairedItem: { item: 0 },
		},
	]);
	const { outputs } = await runWorkflow({ items: [{ n: 1 }, { n: 2 }], nodeType });
	expect(outputs[0]?.[0]?.json).toEqual({ rows: ['2', '4'] });
});
