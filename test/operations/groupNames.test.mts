// Group By with names: what a row becomes, and when two names would be one group.

import { expect, test } from 'vitest';
import { mapColumns } from '../../nodes/TokenIm/input/columns/columns';
import { USER_FIELDS } from '../../nodes/TokenIm/input/columns/fields';
import { mapMemberships } from '../../nodes/TokenIm/operations/groupBy';
import { issueInWords } from '../../nodes/TokenIm/output/tallyWords';

const users = mapColumns(USER_FIELDS, { required: ['userId'], reads: ['userId'] });
/** As if the hash were so short that names with one first letter have one code. */
const codes = { nameOf: (text: string) => text.trim(), codeOf: (name: string) => `g-${name.slice(0, 1)}` };
const groupBy = { group: { column: 'class', holdsNames: true } };
const row = (number: number, name: string) => ({ number, item: 0, columns: { userId: `s${number}`, class: name } });

test('two names of one run that give one ID are refused, the later one, and told of the earlier', () => {
	const map = mapMemberships(users, groupBy, true, codes);
	expect(map.map(row(1, 'Ada')).values).toMatchObject({ groupId: 'g-A', name: 'Ada', memberIds: ['s1'] });
	const { issues } = map.map(row(2, 'Anna'));
	expect(issues).toMatchObject([{ column: 'class', code: 'code_taken', found: 'Anna' }]);
	expect(issues[0]?.fix).toMatch(/^"Ada" gives the same ID\..*From Column\.$/);
	expect(issueInWords({ field: 'groupId', code: 'code_taken' })).toBe('two group names give one ID');
	// The first name keeps the code, however often its rows are looked at.
	expect(map.map(row(1, ' Ada ')).issues).toEqual([]);
	expect(map.map(row(2, 'Anna')).issues).toHaveLength(1);
});

test('a name is sent where the group is made, and not compared elsewhere', () => {
	expect(mapMemberships(users, groupBy, false, codes).map(row(1, 'Ada')).values).not.toHaveProperty('name');
});

test('a row without a name has no group', () => {
	expect(mapMemberships(users, groupBy, true, codes).map(row(1, ' ')).values).not.toHaveProperty('groupId');
});
