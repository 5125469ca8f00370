import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { issueInWords } from '../../nodes/TokenIm/output/tallyWords';

/** The codes of rows that are wrong themselves, as docs/messages.md lists them. */
const [, invalid = ''] = readFileSync(resolve(import.meta.dirname, '../../docs/messages.md'), 'utf8')
	.split(/^## /m)
	.filter((part) => !part.startsWith('`failed`'));
const CODES = [...invalid.matchAll(/^\| `([a-z_]+)` \|/gm)]
	.map(([, code = '']) => code)
	.filter((code) => code !== 'code');

test('every code of an invalid row reads as words, each its own', () => {
	expect(CODES.length).toBeGreaterThan(35);
	expect(new Set(CODES).size).toBe(CODES.length);
	const words = CODES.map((code) => issueInWords({ field: 'phone', code }));
	expect(words.filter((text) => /_|:/.test(text))).toEqual([]);
	expect(new Set(words).size).toBe(words.length);
});

test.each([
	['userId', 'bad_characters', 'User ID holds a character that is not allowed'],
	['groupId', 'required', 'Group ID is missing'],
	['memberIds.3', 'too_long', 'Member ID is too long'],
	['memberIds', 'not_a_list', 'Member list is not a list of IDs'],
	['attributes.class', 'too_long', 'Attribute "class" is too long'],
	['attributes', 'too_many_attributes', 'Attributes are too many'],
	['row', 'cells_over', 'row has too many cells'],
	['userId', 'repeated', 'same as another row'],
	['phone', 'odd_code', 'Phone: odd code'],
])('%s %s reads "%s"', (field, code, text) => {
	expect(issueInWords({ field, code })).toBe(text);
});

test('an attribute of a very long name stays short', () => {
	expect(issueInWords({ field: `attributes.${'x'.repeat(500)}`, code: 'too_long' }).length).toBeLessThan(80);
});
