// The README says which columns are sent: those that become attributes, which nobody asked for by that name, stand in it.

import { expect, test } from 'vitest';
import { mapColumns } from '../../nodes/TokenIm/input/columns/columns';
import { GROUP_ALIASES, USER_ALIASES } from '../../nodes/TokenIm/input/columns/aliases';
import { USER_FIELDS } from '../../nodes/TokenIm/input/columns/fields';
import { textOf } from '../architecture/sources.mts';

const readme = textOf('README.md');
const OF_ATTRIBUTES = Object.entries({ ...USER_ALIASES, ...GROUP_ALIASES }).filter(([field]) => field.includes('.'));
const NAMES = OF_ATTRIBUTES.flatMap(([field, tiers]) => tiers.flat().map((name) => [field, name] as const));

test('there are such columns', () => {
	expect(NAMES.length).toBeGreaterThan(2);
});

test.each(NAMES)('%s of a column "%s" stands in the README', (field, name) => {
	const line = readme.split('\n').find((text) => text.includes(`is sent as \`${field}\``)) ?? '';
	expect(line).toContain(`\`${name}\``);
});

test('a column of no known name is not sent', () => {
	const map = mapColumns(USER_FIELDS, { required: ['userId'] });
	const columns = { userId: 's1', class: '3B', Shoe: 44, 备注: 'x', attribute: 'y', classroom: 'z' };
	expect(map.map({ number: 1, item: 0, columns }).values).toEqual({ userId: 's1', attributes: { class: '3B' } });
});
