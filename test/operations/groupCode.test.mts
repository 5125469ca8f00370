// Group ID: Made From the Name. What these codes are is promised: a change makes other groups of all of them.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileText } from '../../nodes/TokenIm/input/cells/checks';
import { groupCodes } from '../../nodes/TokenIm/operations/groupCode';
import type { Field } from '../../nodes/TokenIm/protocol/profile/fields';
import { defaultProfile } from '../../nodes/TokenIm/protocol/profiles';

function profileWith(rules: Partial<Field>) {
	const { fields, ...others } = defaultProfile;
	const groupId = { ...fields.group.groupId, characterSet: undefined, ...rules };
	return { ...others, fields: { ...fields, group: { ...fields.group, groupId } } };
}
const codes = groupCodes(defaultProfile);
const codeOf = (text: string) => codes.codeOf(codes.nameOf(text));

test.each(['3B\u200B', '\u200E3B', '3\u00ADB', '3B\uFE0F', '\uFEFF3B', '３Ｂ'])(
	'what nobody sees, and full-width letters, make no other group: %j',
	(name) => {
		expect([codes.nameOf(name), codeOf(name)]).toEqual(['3B', codeOf('3B')]);
	},
);

describe('a code', () => {
	test.each([
		['三年级1班', 'g-300d7fbba8fa765b'],
		['Class 3B', 'class-3b-f6870770e4c1df9f'],
		['Année 3', 'g-ec6fdfbdedc416ab'],
	])('of "%s" is always %s', (name, code) => {
		expect(codeOf(name)).toBe(code);
	});

	test.each([
		['  三年级1班 ', '三年级1班'],
		['三年级　1班', '三年级 1班'],
		['Anne\u0301e 3', 'Ann\u00e9e 3'],
		['Class\u00a0 3B', 'Class 3B'],
	])('is the same for "%s" and "%s", which nobody can tell apart', (one, other) => {
		expect(codeOf(one)).toBe(codeOf(other));
	});

	test('of a long name keeps to what people read and to its length', () => {
		expect(codeOf('Advanced Mathematics for Engineers')).toMatch(/^advanced-mathematics-for-[0-9a-f]{16}$/);
	});

	test.each<[string, Partial<Field>, RegExp]>([
		['no "-"', { characterSet: 'A-Za-z0-9_' }, /^class_3b_[0-9a-f]{16}$/],
		['letters and digits', { characterSet: 'a-z0-9' }, /^g[0-9a-f]{16}$/],
		['capitals', { characterSet: 'A-Z0-9' }, /^G[0-9A-F]{16}$/],
		['digits', { characterSet: '0-9' }, /^[1-9]\d{14}$/],
		['numbers', { cast: 'number' }, /^[1-9]\d{14}$/],
		['20 bytes', { bytes: { max: 20 } }, /^cla-[0-9a-f]{16}$/],
		['12 characters', { characters: { max: 12 } }, /^g-[0-9a-f]{10}$/],
		['a start of its own', { notStartingWith: ['class', 'g'] }, /^x-[0-9a-f]{16}$/],
	])('is one that the service takes: %s', (_what, rules, form) => {
		const made = groupCodes(profileWith(rules));
		expect(made.codeOf('Class 3B')).toMatch(form);
	});

	test.each<[string, Partial<Field>]>([
		['is too short', { bytes: { max: 8 } }],
		['has too few characters', { characterSet: 'a-f' }],
		['is a short number', { characterSet: '0-9', characters: { max: 6 } }],
	])('cannot be made where an ID %s', (_what, rules) => {
		expect(() => groupCodes(profileWith(rules))).toThrow(/allows no IDs of groups that could be made from names/);
	});

	test('is valid for any name, its own for each, and the same every time', () => {
		const check = compileText(defaultProfile.fields.group.groupId);
		fc.assert(
			fc.property(
				fc.string({ unit: 'grapheme', minLength: 1 }),
				fc.string({ unit: 'grapheme', minLength: 1 }),
				(a, b) => {
					const [one, other] = [codes.nameOf(a), codes.nameOf(b)];
					expect(check(codes.codeOf(one))).toEqual({ ok: true, value: codes.codeOf(one) });
					expect(codes.codeOf(one) === codes.codeOf(other)).toBe(one === other);
				},
			),
		);
	});
});
