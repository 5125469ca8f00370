import { describe, expect, test } from 'vitest';
import type { FieldKind } from '../../../nodes/TokenIm/input/cells/cell';
import { issueOf } from '../../../nodes/TokenIm/input/cells/finding';
import { readCell } from '../../../nodes/TokenIm/input/cells/values';

const valueOf = (cell: unknown, kind: FieldKind) => {
	const read = readCell(cell, kind);
	return read.kind === 'value' ? read.value : read.kind;
};
const codeOf = (cell: unknown, kind: FieldKind) => {
	const read = readCell(cell, kind);
	return read.kind === 'refused' ? read.finding.code : read;
};

describe('ids and phones are text', () => {
	test.each([
		['s001', 's001'],
		[' s001\u00A0', 's001'],
		['\uFEFFs001', 's001'],
		['s0\u200B01', 's001'],
		['ｓ００１＠ｘ', 's001@x'],
		['007', '007'],
		[7, '7'],
		[0, '0'],
		[Number.MAX_SAFE_INTEGER, '9007199254740991'],
		[12345678901234567890n, '12345678901234567890'],
		['7E12', '7E12'],
		['1.2.0', '1.2.0'],
		['v1.0', 'v1.0'],
		['', 'empty'],
		['\u3000', 'empty'],
	])('%s is %s', (cell, value) => {
		expect(valueOf(cell, 'id')).toBe(value);
	});

	test.each([
		['1.38E+10', 'number_shortened'],
		['1e+12', 'number_shortened'],
		['１.３８Ｅ＋１０', 'number_shortened'],
		['1001.0', 'number_decimal_tail'],
		['13800000000.00', 'number_decimal_tail'],
		[1001.5, 'number_not_whole'],
		[2 ** 53, 'number_too_long'],
		[1.38e21, 'number_too_long'],
		[Number.NaN, 'number_not_whole'],
		[true, 'not_text'],
		[{ a: 1 }, 'not_text'],
		[['s1'], 'not_text'],
	])('%j is refused: %s', (cell, code) => {
		expect(codeOf(cell, 'id')).toBe(code);
		expect(codeOf(cell, 'phone')).toBe(code);
	});

	test('a refusal shows what was found, what is expected, and how to mend it', () => {
		const read = readCell('1001.0', 'id');
		expect(read.kind === 'refused' && issueOf('userId', read.finding, () => '学号')).toEqual({
			column: '学号',
			field: 'userId',
			code: 'number_decimal_tail',
			found: '1001.0',
			expected: '1001',
			fix: 'A tool on the way turned this text into a decimal number. Take away the ".0", or format the column as Text before it is exported.',
		});
	});

	test('what an export writes to keep leading zeros is taken away', () => {
		expect(valueOf('="007"', 'id')).toBe('007');
	});
});

describe('names and free text', () => {
	test('keep their joiners and wide characters, lose marks and outer space', () => {
		expect(valueOf('\uFEFF 👩\u200D🏫\u00A0Ｌi \u00A0', 'text')).toBe('👩\u200D🏫 Ｌi');
	});

	test.each([
		[1.5, '1.5'],
		[42, '42'],
	])('%j becomes text', (cell, text) => {
		expect(valueOf(cell, 'text')).toBe(text);
	});

	test('a number whose digits are lost is refused in a name too', () => {
		expect(codeOf(1e20, 'text')).toBe('number_too_long');
	});

	test('1.38E+10 and 1001.0 may be names', () => {
		expect([valueOf('1.38E+10', 'text'), valueOf('1001.0', 'text')]).toEqual(['1.38E+10', '1001.0']);
	});
});

describe('lists of ids', () => {
	test.each([
		[['s1', ' s2 ', 3]],
		['["s1","s2",3]'],
		['s1,s2,3'],
		['s1; s2；3'],
		['s1、s2，3'],
		['s1\r\ns2\n3\n'],
		[',s1,,s2,3,'],
		['s1|s2｜3'],
		['s1\ts2\t3'],
	])('%j is s1, s2, 3', (cell) => {
		expect(valueOf(cell, 'ids')).toEqual(['s1', 's2', '3']);
	});

	test('| stays within ids that other marks stand between', () => {
		expect(valueOf('auth0|1, auth0|2', 'ids')).toEqual(['auth0|1', 'auth0|2']);
	});

	test('one number is a list of one', () => {
		expect(valueOf(1001, 'ids')).toEqual(['1001']);
	});

	test.each([[[]], ['[]'], [' , '], [''], [[null, '']]])('%j is empty', (cell) => {
		expect(valueOf(cell, 'ids')).toBe('empty');
	});

	test.each([
		['[s1, s2', 'not_a_list'],
		[{ 0: 's1' }, 'not_a_list'],
		['s1, 1.38E+10', 'number_shortened'],
		[['s1', 2 ** 60], 'number_too_long'],
		[[['s1']], 'not_text'],
	])('%j is refused: %s', (cell, code) => {
		expect(codeOf(cell, 'ids')).toBe(code);
	});
});

describe('attributes', () => {
	test.each(['{broken', '[1]', '3', [1], 7, true])('%j is no object of attributes', (cell) => {
		expect(codeOf(cell, 'attributes')).toBe('not_an_object');
	});

	test.each([null, '', ' ', 'null'])('%j is empty', (cell) => {
		expect(valueOf(cell, 'attributes')).toBe('empty');
	});

	test('values are cleaned, and what is not flat is left for the profile to refuse', () => {
		expect(valueOf({ ' class\uFEFF': ' 3B ', deep: { a: 1 } }, 'attributes')).toEqual({ class: '3B', deep: { a: 1 } });
	});
});

test('what was found is shown short', () => {
	const read = readCell({ text: 'x'.repeat(500) }, 'id');
	expect(read.kind === 'refused' && read.finding.found).toHaveLength(100);
});
