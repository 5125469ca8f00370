// What derives from the list of operations: where the editor shows what, and that nothing asks for one of them by name.

import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { ESLint } from 'eslint';
import type { INodeProperties } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { properties } from '../../nodes/TokenIm/description';
import { OPERATIONS } from '../../nodes/TokenIm/operations';

const { NodeHelpers }: typeof import('n8n-workflow') = createRequire(import.meta.url)('n8n-workflow');
const ROOT = join(import.meta.dirname, '../..');

/** Names of what the editor shows at an operation with these other choices. */
function shown(resource: string, operation: string, others: Record<string, string> = {}): Set<string> {
	const all = {
		resource,
		operation,
		columns: 'auto',
		rows: 'group',
		groupIdFrom: 'column',
		returnAll: false,
		...others,
	};
	return new Set(
		properties
			.filter((property) => NodeHelpers.displayParameter(all, property, null, null))
			.map(({ name, displayName }) =>
				name === 'templateNotice' ? (/[a-z]+\.csv/.exec(displayName)?.[0] ?? '') : name,
			),
	);
}

describe.each(OPERATIONS.map((listed) => [listed.resource, listed.words.value, listed] as const))(
	'%s %s shows',
	(
		resource,
		value,
		{ parameters = [], hasValidateOnly, lists, takesMemberships = false, makesUsers = false, mode },
	) => {
		const own = new Set(parameters.map(({ name }) => name));
		const isWhole = mode !== 'delete' && mode !== 'members';

		test('its own settings, and those of no other', () => {
			const ofOperations = OPERATIONS.flatMap((listed) => listed.parameters ?? []).map(({ name }) => name);
			const here = shown(resource, value);
			expect(ofOperations.filter((name) => here.has(name))).toEqual(ofOperations.filter((name) => own.has(name)));
		});

		test('where rows come from, but where it has none', () => {
			const choices: Array<Record<string, string>> = [
				{},
				{ input: 'json' },
				{ input: 'file' },
				{ columns: 'choose' },
				{ columns: 'set' },
			];
			for (const others of choices) {
				const here = shown(resource, value, others);
				const ofRows = [
					'input',
					'rowsAsJson',
					'fileOptions',
					'inputDataFieldName',
					'columns',
					'columnsNotice',
					'values',
				];
				expect(ofRows.some((name) => here.has(name))).toBe(lists !== 'alone');
				expect(here.has('input')).toBe(lists !== 'alone');
			}
		});

		test.each([
			'reportFile',
			'reportFileFormat',
			'escapeFormulas',
			'includeInputFields',
			'failRunWhen',
			'sharePercent',
		])('the option %s where items are what became of rows', (name) => {
			const inside = properties.flatMap(({ options = [] }) => options);
			const option = inside.find((one): one is INodeProperties => one.name === name && 'type' in one);
			if (option === undefined) throw new Error(`There is no option ${name}`);
			const chosen = { reportFile: true, failRunWhen: 'share' };
			const root = { resource, operation: value };
			expect(NodeHelpers.displayParameter(chosen, option, null, null, root)).toBe(lists === undefined);
		});

		test('Validate Only where it has a forecast', () => {
			expect(shown(resource, value).has('validateOnly')).toBe(hasValidateOnly);
		});

		test('Rows where a row may be a membership, and an owner where the group is made', () => {
			expect(shown(resource, value).has('rows')).toBe(takesMemberships);
			const roster = shown(resource, value, { rows: 'membership' });
			expect(roster.has('groupBy')).toBe(takesMemberships);
			expect(roster.has('groupIdFrom')).toBe(takesMemberships);
			expect(roster.has('owner')).toBe(takesMemberships && (mode === 'create' || mode === 'update'));
			expect(roster.has('memberships.csv')).toBe(takesMemberships);
		});

		test('attributes and a whole template where all fields are read', () => {
			expect(shown(resource, value, { columns: 'set' }).has('attributeValues')).toBe(isWhole);
			expect(shown(resource, value, { columns: 'choose' }).has('chosenAttributes')).toBe(isWhole);
			expect(shown(resource, value).has(`${resource}s.csv`)).toBe(isWhole);
			expect(shown(resource, value).has('members.csv')).toBe(mode === 'members');
		});

		test('Return Tokens where it makes users', () => {
			const inside = properties.flatMap(({ options = [] }) => options);
			const option = inside.find((one): one is INodeProperties => one.name === 'returnTokens' && 'type' in one);
			expect(option).toBeDefined();
			if (option === undefined) return;
			const root = { resource, operation: value };
			expect(NodeHelpers.displayParameter({}, option, null, null, root)).toBe(makesUsers);
		});
	},
);

test("n8n's linter, which does not see through a list, finds nothing in what derives from it either", async () => {
	const text = inspect(properties, { depth: null, maxArrayLength: null, maxStringLength: null });
	const [result] = await new ESLint({ cwd: ROOT }).lintText(
		`import type { INodeProperties } from 'n8n-workflow';\nexport const properties: INodeProperties[] = ${text};\n`,
		{ filePath: join(ROOT, 'nodes/TokenIm/description/index.ts') },
	);
	expect(result?.messages.map(({ ruleId, message, line }) => `${line}: ${ruleId}: ${message}`)).toEqual([]);
});

test('no file but that of an operation asks which operation it is', () => {
	// "create" and "verify" are also what rows are for.
	const values = OPERATIONS.map(({ words }) => words.value).filter((value) => /[A-Z]/.test(value));
	const asks = new RegExp(`\\boperation\\s*[!=]==|\\boperation:\\s*\\['|'(?:${values.join('|')})'`);
	const folder = join(ROOT, 'nodes/TokenIm');
	const found = readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts') && !/^(?:operations\/(?:user|group)|protocol)\//.test(file))
		.filter((file) => asks.test(readFileSync(join(folder, file), 'utf8')));
	expect(found).toEqual([]);
});
