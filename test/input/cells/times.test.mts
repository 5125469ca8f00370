import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import type { ValueOptions } from '../../../nodes/TokenIm/input/cells/cell';
import { isInstant } from '../../../nodes/TokenIm/input/cells/instants';
import { readTime } from '../../../nodes/TokenIm/input/cells/times';
import { readCell } from '../../../nodes/TokenIm/input/cells/values';

const SHANGHAI = { timeZone: 'Asia/Shanghai' };
const read = (cell: unknown, rules: ValueOptions = SHANGHAI) => {
	const time = readCell(cell, 'time', rules);
	return time.kind === 'value' ? time.value : time.kind === 'refused' ? time.finding.code : time.kind;
};

describe('times with an offset', () => {
	test.each([
		['2026-09-01T08:00:00+08:00', '2026-09-01T08:00:00+08:00'],
		[' 2026-09-01T08:00:00Z ', '2026-09-01T08:00:00Z'],
		['2026-09-01T08:00:00.123456Z', '2026-09-01T08:00:00.123456Z'],
		['2026-09-01t08:00:00z', '2026-09-01t08:00:00z'],
		['2026-09-01T08:00Z', '2026-09-01T08:00:00Z'],
		['2026-09-01 08:00:00+08:00', '2026-09-01T08:00:00+08:00'],
		['2024-01-15T09:30:00.000+0000', '2024-01-15T09:30:00Z'],
		['2024-01-15 09:30:00 UTC', '2024-01-15T09:30:00Z'],
		[new Date(0), '1970-01-01T00:00:00.000Z'],
		[DateTime.fromISO('2026-09-01T08:00:00', { zone: 'Asia/Shanghai' }), '2026-09-01T08:00:00.000+08:00'],
		['2024-09-01 08:00:00.123456+00', '2024-09-01T08:00:00.123Z'],
		['2024-09-02 08:00:00+00', '2024-09-02T08:00:00Z'],
		['2024-09-02 08:00:00+08', '2024-09-02T08:00:00+08:00'],
		['2024-09-02 08:00+08', '2024-09-02T08:00:00+08:00'],
		['2024-09-02 08:00:00-05', '2024-09-02T08:00:00-05:00'],
		['2024-09-02 08:00:00.5-05', '2024-09-02T08:00:00.500-05:00'],
		['2024-09-01 08:00:00 +0000 UTC', '2024-09-01T08:00:00Z'],
		['2024-09-01 08:00:00.123 +0800 CST', '2024-09-01T08:00:00.123+08:00'],
		['2024-09-01T08:00:00+08:00[Asia/Shanghai]', '2024-09-01T08:00:00+08:00'],
		['2024-09-01T08:00:00Z[UTC]', '2024-09-01T08:00:00Z'],
		['2024-09-01 08:00:00 GMT+0800', '2024-09-01T08:00:00+08:00'],
		['20240901T080000Z', '2024-09-01T08:00:00Z'],
		['20240901T0800Z', '2024-09-01T08:00:00Z'],
		['20240901T080000.25+0800', '2024-09-01T08:00:00.250+08:00'],
		['20240901T080000', '2024-09-01T08:00:00+08:00'],
	])('%s keeps its moment: %s', (cell, text) => {
		expect(read(cell)).toBe(text);
	});
});

describe("times without an offset are in the workflow's time zone", () => {
	test.each([
		['2026-07-02', '2026-07-02T00:00:00+08:00'],
		['2026-07-02T08:05', '2026-07-02T08:05:00+08:00'],
		['2026-07-02 08:05:09', '2026-07-02T08:05:09+08:00'],
		['2026/7/2', '2026-07-02T00:00:00+08:00'],
		['2026/7/2 8:05', '2026-07-02T08:05:00+08:00'],
		['2026.7.2', '2026-07-02T00:00:00+08:00'],
		['2026年7月2日', '2026-07-02T00:00:00+08:00'],
		['2026年7月2日 8:05', '2026-07-02T08:05:00+08:00'],
		['2026年7月2日8时5分', '2026-07-02T08:05:00+08:00'],
		['2026年7月2日 下午3点', '2026-07-02T15:00:00+08:00'],
		['2026年7月2日 8时5分9秒', '2026-07-02T08:05:09+08:00'],
		['２０２６／７／２', '2026-07-02T00:00:00+08:00'],
		['7/22/2026', '2026-07-22T00:00:00+08:00'],
		['22.7.2026 8:05', '2026-07-22T08:05:00+08:00'],
		['7/22/2026, 12:05 AM', '2026-07-22T00:05:00+08:00'],
		['7/22/2026 1:05 pm', '2026-07-22T13:05:00+08:00'],
		['7/7/2026', '2026-07-07T00:00:00+08:00'],
	])('%s is %s', (cell, text) => {
		expect(read(cell)).toBe(text);
	});

	test('the offset is that of the day, summer time included', () => {
		expect([
			read('2026-01-15', { timeZone: 'Europe/Berlin' }),
			read('2026-07-15', { timeZone: 'Europe/Berlin' }),
		]).toEqual(['2026-01-15T00:00:00+01:00', '2026-07-15T00:00:00+02:00']);
	});

	test('without a zone it is UTC', () => {
		expect(read('2026-07-02', {})).toBe('2026-07-02T00:00:00Z');
	});
});

describe('the numbers by which spreadsheets count days', () => {
	test.each([
		[46205, '2026-07-02T00:00:00+08:00'],
		['46205', '2026-07-02T00:00:00+08:00'],
		[46205.5, '2026-07-02T12:00:00+08:00'],
		['46205,5', '2026-07-02T12:00:00+08:00'],
		[46205.3958333333, '2026-07-02T09:30:00+08:00'],
		['46205.9999999', '2026-07-03T00:00:00+08:00'],
	])('%s is %s', (cell, text) => {
		expect(read(cell)).toBe(text);
	});

	test('every day number is the day that Excel shows', () => {
		fc.assert(
			fc.property(fc.integer({ min: 10_000, max: 99_999 }), (days) => {
				const shown = DateTime.fromISO('1899-12-30', { zone: 'utc' }).plus({ days }).toISODate();
				expect(String(read(days, {})).slice(0, 10)).toBe(shown);
			}),
		);
	});

	test.each([
		[1725177600, '2024-09-01T08:00:00Z'],
		['1725177600', '2024-09-01T08:00:00Z'],
		[1725177600000, '2024-09-01T08:00:00Z'],
		['1725177600123', '2024-09-01T08:00:00.123Z'],
		['1725177600.5', '2024-09-01T08:00:00.500Z'],
		['1000000000', '2001-09-09T01:46:40Z'],
	])('%s counts from 1970: %s', (cell, text) => {
		expect(read(cell)).toBe(text);
	});

	test('every second from 2001 to 2030 is itself, with and without milliseconds', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1_000_000_000, max: 1_899_999_999 }), (seconds) => {
				expect([Date.parse(String(read(seconds))), Date.parse(String(read(seconds * 1000)))]).toEqual([
					seconds * 1000,
					seconds * 1000,
				]);
			}),
		);
	});

	test.each([
		2026,
		20260702,
		202607,
		2024090108,
		'2024090108',
		'20240901080000',
		1900000000,
		172517760,
		'17251776000000',
		-1,
		0,
		'2026',
		'20260702',
	])('%s is no day number: it could be anything', (cell) => {
		expect(read(cell)).toBe('not_a_time');
	});
});

describe('what can be read in two ways', () => {
	test.each(['2026-07-02 08:00-09', '2026-07-02 08:00 CST', '2026-07-02 08:00:00 +0800 UTC', '2026-07-02 08:00 +8'])(
		'%s: the offset is refused',
		(cell) => {
			expect(read(cell)).toBe('not_a_time');
		},
	);

	test.each(['02/03/2026', '2.3.2026', '02-03-2026 08:00'])('%s is refused', (cell) => {
		expect(read(cell)).toBe('ambiguous_time');
	});

	test.each([
		['02/03/2026', 'dd/MM/yyyy', '2026-03-02T00:00:00+08:00'],
		['02/03/2026', 'MM/dd/yyyy', '2026-02-03T00:00:00+08:00'],
		['2/3/26', 'd/M/yy', '2026-03-02T00:00:00+08:00'],
		['02/03/2026 14:30', 'dd/MM/yyyy', '2026-03-02T14:30:00+08:00'],
		['02/03/2026 2:30 PM', 'dd/MM/yyyy h:mm a', '2026-03-02T14:30:00+08:00'],
		['2 Mar 2026', 'd MMM yyyy', '2026-03-02T00:00:00+08:00'],
		['2026-03-02T14:30:00Z', 'dd/MM/yyyy', '2026-03-02T14:30:00Z'],
		['46205', 'dd/MM/yyyy', '2026-07-02T00:00:00+08:00'],
	])('%s as %s is %s', (cell, dateFormat, text) => {
		expect(read(cell, { ...SHANGHAI, dateFormat })).toBe(text);
	});

	test('a date against the given format is refused, though its numbers would tell', () => {
		expect(read('22/03/2026', { dateFormat: 'MM/dd/yyyy' })).toBe('impossible_time');
		expect(read('3.22.2026', { dateFormat: 'MM/dd/yyyy' })).toBe('time_not_of_format');
	});
});

describe('the calendar', () => {
	const two = (from: number, to: number) =>
		fc.integer({ min: from, max: to }).map((number) => String(number).padStart(2, '0'));
	const year = fc.oneof(fc.integer({ min: 0, max: 9999 }), fc.constantFrom(1900, 2000, 2023, 2024, 2100, 2400));

	test('knows the moments that there are, and no others', () => {
		fc.assert(
			fc.property(year, two(0, 13), two(0, 32), two(0, 24), two(0, 60), two(0, 61), (y, month, day, h, m, s) => {
				const text = `${String(y).padStart(4, '0')}-${month}-${day}T${h}:${m}:${s}+08:00`;
				expect(isInstant(text)).toBe(h !== '24' && DateTime.fromISO(text).isValid);
			}),
			{ numRuns: 3_000 },
		);
	});

	test.each(['2024-02-29', '2000-02-29', '2400-02-29', '0004-02-29', '2026-12-31'])('has %s', (day) => {
		expect(isInstant(`${day}T23:59:59Z`)).toBe(true);
	});

	test.each(['2026-02-29', '1900-02-29', '2100-02-29', '2026-04-31', '2026-00-01', '2026-13-01'])('lacks %s', (day) => {
		expect(isInstant(`${day}T23:59:59Z`)).toBe(false);
		expect(read(`${day}T23:59:59Z`)).toBe('impossible_time');
	});

	test('has no leap seconds: nothing that comes later could tell when they are', () => {
		expect(isInstant('2016-12-31T23:59:60Z')).toBe(false);
		expect(read('2016-12-31T23:59:60Z')).toBe('impossible_time');
	});

	test('has 24:00 as the first moment of the next day', () => {
		expect(read('2026-02-28T24:00:00Z')).toBe('2026-03-01T00:00:00Z');
	});
});

describe('what is no time', () => {
	test.each([
		'2026-02-30',
		'2026-02-29T00:00:00Z',
		'2026年13月1日',
		'2026-07-02 25:00',
		'2026-07-02 08:61',
		'31/31/2026',
		'30/2/2026',
	])('%s is on no calendar', (cell) => {
		expect(read(cell)).toBe('impossible_time');
	});

	test.each([
		'tomorrow',
		'Q3 2026',
		'8:00',
		'2026-07',
		'2026-07-02 and more',
		true,
		{},
		[],
		new Date('nonsense'),
		DateTime.invalid('nonsense'),
	])('%s is refused', (cell) => {
		expect(read(cell)).toBe('not_a_time');
	});

	test('every refusal says how to mend it', () => {
		for (const cell of ['02/03/2026', '2026-02-30', 'soon']) {
			const time = readTime(cell, {});
			expect(time.kind === 'refused' && time.finding.fix('').length > 20 && time.finding.found).toBe(cell);
		}
	});

	test('no text makes it throw', () => {
		fc.assert(fc.property(fc.oneof(fc.string(), fc.double(), fc.anything()), (cell) => void readTime(cell, SHANGHAI)));
	});
});

test.each([
	'2567-09-01',
	'1403-06-11',
	'1446-02-27T08:00:00Z',
	'0001-01-01T00:00:00Z',
	'0001-01-01',
	'1601-01-01',
	'9999-12-31',
	'31.12.9999',
	'1899-12-31',
	'2201-01-01',
])('%s is of another calendar, or no date at all', (text) => {
	const cell = readTime(text, { timeZone: 'UTC' });
	expect(cell).toMatchObject({
		kind: 'refused',
		finding: { code: 'impossible_time', expected: 'a year from 1900 to 2200' },
	});
});

test.each(['1900-01-01', '2200-12-31', '1900-01-01T00:00:00Z', '2200-12-31T23:59:59Z'])('%s is a date', (text) => {
	expect(readTime(text, { timeZone: 'UTC' })).toMatchObject({ kind: 'value' });
});

test.each([
	['2026-09-01 12:30 PM', '2026-09-01T12:30:00Z'],
	['2026-09-01 12:00 PM', '2026-09-01T12:00:00Z'],
	['2026-09-01 12:00 AM', '2026-09-01T00:00:00Z'],
])('%s is noon or midnight', (text, value) => {
	expect(readTime(text, { timeZone: 'UTC' })).toEqual({ kind: 'value', value });
});
