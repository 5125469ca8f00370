import { describe, expect, test } from 'vitest';
import { mapColumns } from '../../../nodes/TokenIm/input/columns/columns';
import { USER_FIELDS } from '../../../nodes/TokenIm/input/columns/fields';
import { readCell } from '../../../nodes/TokenIm/input/cells/values';

const read = (cell: unknown, defaultCountryCode?: string) => {
	const phone = readCell(cell, 'phone', { defaultCountryCode });
	return phone.kind === 'value' ? phone.value : phone.kind === 'refused' ? phone.finding.code : phone.kind;
};

describe('numbers with a country code lose only what people put between digits', () => {
	test.each([
		['+86 138 0000 0000', '+8613800000000'],
		['\u202A＋８６138\u200D0000 0000\u202C', '+8613800000000'],
		['+1 (415) 555-0101', '+14155550101'],
		['+44 (0) 20 7946 0000', '+442079460000'],
		['+49.30/123-456', '+4930123456'],
	])('%s is %s, whatever the default', (cell, phone) => {
		expect([read(cell), read(cell, '+86'), read(cell, '+1')]).toEqual([phone, phone, phone]);
	});
});

describe('national numbers get the country code that the user set', () => {
	test.each([
		['138 0000 0000', '+86', '+8613800000000'],
		[13800000000, '+86', '+8613800000000'],
		['（010）6552-0000', '+86', '+861065520000'],
		['8613800000000', '+86', '+8613800000000'],
		['0086 138 0000 0000', '+86', '+8613800000000'],
		['(415) 555-0101', '+1', '+14155550101'],
		['1-415-555-0101', '+1', '+14155550101'],
		['020 7946 0000', '+44', '+442079460000'],
		['06 1234 5678', '+39', '+390612345678'],
		['8 912 345-67-89', '+7', '+79123456789'],
	])('%s with %s is %s', (cell, code, phone) => {
		expect(read(cell, code)).toBe(phone);
	});

	test.each(['138 0000 0000', '0086138', 13800000000])('%s without one is refused', (cell) => {
		expect(read(cell)).toBe('no_country_code');
	});

	test.each([
		['447911123456', '+44'],
		['491701234567', '+49'],
		['861065520000', '+86'],
	])('%s may hold %s or not: it is refused, not guessed', (cell, code) => {
		expect(read(cell, code)).toBe('country_unclear');
	});

	test.each(['none', '12', '1234567890123456', '138x0000'])('%s is left for the profile to refuse', (cell) => {
		expect([read(cell), read(cell, '+86')]).toEqual([cell, cell]);
	});

	test('digits that a spreadsheet lost stay lost', () => {
		expect(read('1.38E+10', '+86')).toBe('number_shortened');
	});
});

test.each(['china', '+0', '+1234', '0086'])(
	'a Default Country Code of %j stops the run before anything is read',
	(defaultCountryCode) => {
		expect(() => mapColumns(USER_FIELDS, { required: [], values: { defaultCountryCode } })).toThrow('is none');
	},
);

test.each(['86', '+86', ' + 86 '])('a Default Country Code may be written %j', (defaultCountryCode) => {
	const map = mapColumns(USER_FIELDS, { required: [], values: { defaultCountryCode } });
	expect(map.map({ number: 1, item: 0, columns: { phone: '13800000000' } }).values.phone).toBe('+8613800000000');
});
