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
	const { resource, words } = listed;

	test('has its fields told to the model', () => {
		const told = String(shown('rowsAsJson', { resource, operation: words.value, input: 'json' })[0]?.default);
		expect(told).toMatch(new RegExp(`[.:;] ${words.action}(;[^:]*)?: [a-z]`));
	});

	test('has rows of the model from the start, and a notice that says so', () => {
		const chosen = { resource, operation: words.value };
		expect(shown('input', chosen).map((input) => input.default)).toEqual(['json']);
		expect(shown('toolNotice', chosen)).toHaveLength(1);
	});

	test('names the option that lets an agent take away where it can be added', () => {
		const chosen = { resource, operation: words.value };
		expect(shown('toolTakesAwayNotice', chosen)).toHaveLength(listed.takesAway === true ? 1 : 0);
		expect(shown('toolTakesAwayNotice', chosen, description)).toEqual([]);
	});

	test('is as it was where it is no tool', () => {
		const chosen = { resource, operation: words.value, input: 'json', rows: 'group' };
		expect(shown('input', chosen, description).map((input) => input.default)).toEqual(['items']);
		expect(shown('rowsAsJson', chosen, description).map((rows) => rows.default)).toEqual(['[]']);
		expect(shown('toolNotice', chosen, description)).toEqual([]);
	});
});

describe('what a model is told of the rows', () => {
	const ways = ['user', 'group'].flatMap((resource) => shown('rowsAsJson', { resource, operation: '', input: 'json' }));
	const told = String(ways[0]?.default);

	test('is one for all operations, for the editor keeps it when the operation is changed', () => {
		expect(new Set(ways).size).toBe(1);
	});

	test('is an expression that the editor shows as defined by the model', () => {
		expect(told).toMatch(/^={{ \/\*n8n-auto-generated-fromAI-override\*\/ \$fromAI\('rows', `[^`]*`, 'json'\) }}$/);
		// n8n ends an expression at the first of these.
		expect(told.indexOf('}}')).toBe(told.length - 2);
	});

	test('has examples that are JSON, and says what each operation needs', () => {
		const examples = [...told.matchAll(/\[\{.*?\}\]/g)].map(([example]): unknown => JSON.parse(example));
		expect(examples).toMatchObject([[{ userId: 's001' }], [{ groupId: 'class-3b', memberIds: ['s001', 's002'] }]]);
		expect(told).toContain('Batch create users: userId (required), username (required), avatarUrl');
		expect(told).toMatch(/Batch delete users[^:]*: userId \(required\)\./);
		expect(told).toContain('Undo an import of users: results of an earlier run');
	});
});
