import fc from 'fast-check';
import {
	getCountries,
	getCountryCallingCode,
	getExampleNumber,
	parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/examples.mobile.json' with { type: 'json' };
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

	test.each(['none', '12', '1234567890123456', '138y0000'])('%s is left for the profile to refuse', (cell) => {
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

describe('what is written for calls at home is dialled from abroad as the country has it', () => {
	test.each([
		['06 30 123 4567', '+36', '+36301234567'],
		['8 029 491 19 11', '+375', '+375294911911'],
		['01 95 12 34 56', '+229', '+2290195123456'],
		['8 66 123456', '+993', '+99366123456'],
		['8 612 34567', '+370', '+37061234567'],
		['011 15-2345-6789', '+54', '+5491123456789'],
		['0 20 7946 0000', '+44', '+442079460000'],
		['0044 (0)20 7946 0000', '+1', '+442079460000'],
		['0039 (0)6 1234 5678', '+39', '+390612345678'],
	])('%s with %s is %s', (cell, code, phone) => {
		expect(read(cell, code)).toBe(phone);
	});

	test.each([
		['+44 020 7946 0000', '+442079460000'],
		['+86 010 6552 0000', '+861065520000'],
		['+39 06 1234 5678', '+390612345678'],
		['+39 (0)6 1234 5678', '+390612345678'],
		['+44-(0)20-7946-0000', '+442079460000'],
		['(+44) 20 7946 0000', '+442079460000'],
		['tel:+1-415-555-0101', '+14155550101'],
	])('%s is %s', (cell, phone) => {
		expect([read(cell), read(cell, '+86')]).toEqual([phone, phone]);
	});

	test.each([
		['1234', '+44'],
		['555 0101', '+1'],
		['06 30 123 45', '+36'],
		['011 44 20 7946 0000', '+1'],
		['138 0000 00000 0', '+86'],
		['138 0000 000', '+86'],
		['15 2345 6789 12', '+54'],
	])('%s is no number of %s', (cell, code) => {
		expect(read(cell, code)).toBe('not_of_plan');
	});

	test.each(['+1 555 0101', '+1 415 555 0101 22', '+86 10 88888888-801', '+86138', '+44 0', '+36 06'])(
		'%s is a number that no country has',
		(cell) => {
			expect(read(cell)).toBe('not_of_plan');
		},
	);
});

describe('more than one number', () => {
	test.each([
		'+1 (415) 555-0101 (2)',
		'+86 10 88888888(801)',
		'415-555-0101 ext. 22',
		'415-555-0101x22',
		'415 555 0101 #22',
		'+1-415-555-0101;ext=22',
		'010-65520000转801',
		'+7 495 123-45-67 доб. 12',
		'+49 89 1234 Durchwahl 12',
	])('%s has an extension', (cell) => {
		expect([read(cell), read(cell, '+1')]).toEqual(['phone_extension', 'phone_extension']);
	});

	test.each([
		'415-555-0101/0102',
		'+49 89 1234-0 / -12',
		'+1 555 0100 / 555 0101',
		'13800000000、13900000000',
		'13800000000;13900000000',
		'+8613800000000+8613900000000',
		'+14155550101\n+14155550102',
		'415 555 0101 or 415 555 0102',
		'13800000000或13900000000',
		'030/123456/7',
	])('%s holds several', (cell) => {
		expect([read(cell), read(cell, '+1')]).toEqual(['several_phones', 'several_phones']);
	});

	test.each([
		['030/123456', '+49', '+4930123456'],
		['+49 (0)3834/123456', '+49', '+493834123456'],
		['0049 30/123456', '+49', '+4930123456'],
	])('a slash behind the area code is no second number: %s', (cell, code, phone) => {
		expect(read(cell, code)).toBe(phone);
	});
});

describe('numbers of every country', () => {
	const numbers = getCountries().flatMap((country) => {
		const number = getExampleNumber(country, examples);
		return number === undefined ? [] : [{ country, code: `+${getCountryCallingCode(country)}`, number }];
	});

	test.each(numbers)('$country: as at home it is itself or refused, as abroad it is itself', ({ code, number }) => {
		expect(read(number.formatInternational())).toBe(number.number);
		expect(read(number.number.replace('+', '00'), code)).toBe(number.number);
		const cell = number.formatNational();
		const got = read(cell, code);
		if (String(got).startsWith('+')) expect([cell, got]).toEqual([cell, number.number]);
		else expect(['country_unclear', 'not_of_plan']).toContain(got);
	});

	test('most of them are themselves', () => {
		const right = numbers.filter(({ code, number }) => read(number.formatNational(), code) === number.number);
		expect([numbers.length > 200, right.length / numbers.length > 0.9]).toEqual([true, true]);
	});

	test('no national text becomes a number that its country does not have', () => {
		const codes = [...new Set(numbers.map(({ code }) => code))];
		fc.assert(
			fc.property(fc.constantFrom(...codes), fc.stringMatching(/^[0-9]{4,13}$/), (code, digits) => {
				const got = String(read(digits, code));
				if (got.startsWith('+') && !CHINESE_MOBILE.test(got)) {
					const isPlain = digits.startsWith('00') && got === `+${digits.slice(2)}`;
					expect(isPlain || parsePhoneNumberFromString(got)?.isPossible()).toBe(true);
				}
			}),
			{ numRuns: 3_000 },
		);
	});
});

const CHINESE_MOBILE = /^\+861[3-9]\d{9}$/;

test('a slash stands behind an area code, or between two numbers', () => {
	const phone = (text: string) => readCell(text, 'phone', { defaultCountryCode: '+49' });
	expect(phone('+49 30 123/45678')).toEqual({ kind: 'value', value: '+493012345678' });
	expect(phone('030123/-57')).toMatchObject({ kind: 'refused', finding: { code: 'several_phones' } });
});
