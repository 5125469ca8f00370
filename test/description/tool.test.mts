// What a model is told of the rows that it fills in, where the node is a tool.

import { NodeHelpers, type INodeProperties, type INodeTypeDescription } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { properties } from '../../nodes/TokenIm/description';
import { OPERATIONS } from '../../nodes/TokenIm/operations';
import { TokenIm } from '../../nodes/TokenIm/TokenIm.node';

const { description } = new TokenIm();
const asTool: INodeTypeDescription = { ...description, name: `${description.name}Tool` };

/** The parameters of this name that the editor shows. */
function shown(name: string, chosen: Readonly<Record<string, string>>, type = asTool): INodeProperties[] {
	const node = { typeVersion: 1 };
	return properties.filter(
		(property) => property.name === name && NodeHelpers.displayParameter({ ...chosen }, property, node, type),
	);
}

describe.each(OPERATIONS.filter(({ lists }) => lists !== 'alone'))('$resource $words.name', (listed) => {
	const { resource, words, takesMemberships } = listed;
	const kinds = takesMemberships === true ? ['group', 'membership'] : ['group'];

	test.each(kinds)('is told once, with an example that is JSON, for rows that are a %s', (rows) => {
		const chosen = { resource, operation: words.value, input: 'json', rows };
		const [parameter, ...others] = shown('rowsAsJson', chosen);
		expect(others).toEqual([]);
		const told = String(parameter?.default);
		expect(told).toMatch(/^={{ \/\*n8n-auto-generated-fromAI-override\*\/ \$fromAI\('rows', `[^`]*`, 'json'\) }}$/);
		// n8n ends an expression at the first of these.
		expect(told.indexOf('}}')).toBe(told.length - 2);
		const [, example = ''] = /Example: (.*)`, 'json'\)/.exec(told) ?? [];
		expect(JSON.parse(example)).toHaveLength(1);
	});

	test('has rows of the model from the start, and a notice that says so', () => {
		const chosen = { resource, operation: words.value };
		expect(shown('input', chosen).map((input) => input.default)).toEqual(['json']);
		expect(shown('toolNotice', chosen)).toHaveLength(1);
	});

	test('is as it was where it is no tool', () => {
		const chosen = { resource, operation: words.value, input: 'json', rows: 'group' };
		expect(shown('input', chosen, description).map((input) => input.default)).toEqual(['items']);
		expect(shown('rowsAsJson', chosen, description).map((rows) => rows.default)).toEqual(['[]']);
		expect(shown('toolNotice', chosen, description)).toEqual([]);
	});
});

test('Undo asks the model for results, not for the fields of a row', () => {
	const [parameter] = shown('rowsAsJson', { resource: 'user', operation: 'undo', input: 'json' });
	expect(parameter?.default).toMatch(/results of an earlier run.*"status":"created","imId":/);
});
