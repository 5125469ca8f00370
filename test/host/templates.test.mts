// The template files that the editor links to.

import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { expect, test } from 'vitest';
import { templatesDescription } from '../../nodes/TokenIm/description/templates';
import { statuses, useLab } from './lab.mts';

const lab = useLab();
const root = resolve(import.meta.dirname, '../..');
const rowsOf = (file: string): IDataObject[] =>
	parse(readFileSync(join(root, 'docs/templates', file)), { columns: true });

test('each is there, and its columns are those that the editor names', () => {
	for (const { displayName } of templatesDescription) {
		const [, path = '', columns = ''] = /blob\/main\/([^"]+)".*Columns: (.*?)\. Other/.exec(displayName) ?? [];
		expect(existsSync(join(root, path))).toBe(true);
		const header = Object.keys(rowsOf(path.replace(/^.*\//, ''))[0] ?? {}).join(', ');
		if (path.endsWith('memberships.csv')) expect(header).toMatch(/^userId, /);
		else expect(columns).toBe(header);
	}
	expect(templatesDescription).toHaveLength(4);
});

test('each imports clean', async () => {
	const resource = 'group';
	const owner = { groupNameColumn: 'className', ownerColumn: 'teacher' };
	const imports: Array<[string, INodeParameters, string]> = [
		['users.csv', {}, 'created'],
		['groups.csv', { resource }, 'created'],
		['members.csv', { resource, operation: 'addMembers' }, 'exists'],
		['memberships.csv', { resource, rows: 'membership', groupBy: 'class', ...owner }, 'exists'],
	];
	for (const [file, parameters, status] of imports) {
		const { outputs, error } = await lab.run({ items: rowsOf(file), parameters });
		expect([file, error?.message, ...new Set(statuses(outputs[0]))]).toEqual([file, undefined, status]);
	}
});
