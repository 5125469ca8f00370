import { describe, expect, it } from 'vitest';

import { parseRetryAfter } from '../../../nodes/TokenIm/protocol/answer/retryAfter';

const NOW = Date.UTC(2026, 0, 1, 12, 0, 0);

describe('Retry-After', () => {
	const table: ReadonlyArray<readonly [why: string, value: string, waitMs: number | undefined]> = [
		['whole seconds', '5', 5_000],
		['0 is no wait', '0', 0],
		['spaces around it do no harm', ' 7 ', 7_000],
		['leading zeros do no harm', '007', 7_000],
		['a month is what it says; who waits decides', '2592000', 2_592_000_000],
		['the longest number that is still exact', '999999999999999', 999_999_999_999_999_000],
		['a number beyond that is malformed', '1000000000000000', undefined],
		['an HTTP date is the time until then', 'Thu, 01 Jan 2026 12:00:30 GMT', 30_000],
		['an HTTP date that is now is no wait', 'Thu, 01 Jan 2026 12:00:00 GMT', 0],
		['an HTTP date that has passed is no wait', 'Wed, 31 Dec 2025 12:00:00 GMT', 0],
		['an HTTP date a month ahead', 'Sun, 01 Feb 2026 12:00:00 GMT', 31 * 86_400_000],
		['a fraction is malformed', '1.5', undefined],
		['a negative number is malformed', '-1', undefined],
		['a plus sign is malformed', '+1', undefined],
		['hexadecimal is malformed', '0x10', undefined],
		['an exponent is malformed', '1e3', undefined],
		['a word is malformed', 'soon', undefined],
		['nothing is malformed', '', undefined],
		['blanks are malformed', '   ', undefined],
		['two values are malformed', '5, 6', undefined],
		['a unit is malformed', '5s', undefined],
		['an ISO date is no HTTP date', '2026-01-01T12:00:30Z', undefined],
		['a date of RFC 850', 'Thursday, 01-Jan-26 12:00:30 GMT', 30_000],
		['a date of RFC 850 that has passed', 'Sunday, 06-Nov-94 08:49:37 GMT', 0],
		['a date of RFC 850 more than 50 years ahead is one that has passed', 'Friday, 01-Jan-77 12:00:30 GMT', 0],
		['a date of RFC 850 in a zone of its own', 'Thursday, 01-Jan-26 12:00:30 CET', undefined],
		['a date of asctime', 'Thu Jan  1 12:00:30 2026', 30_000],
		['a date of asctime with two digits of the day', 'Thu Jan 15 12:00:00 2026', 14 * 86_400_000],
		['a date of asctime with a zone', 'Thu Jan  1 12:00:30 2026 GMT', undefined],
		['a date in another zone is not taken', 'Thu, 01 Jan 2026 12:00:30 CET', undefined],
		['a month that there is not', 'Thu, 01 Foo 2026 12:00:30 GMT', undefined],
		['an hour that there is not', 'Thu, 01 Jan 2026 25:00:30 GMT', undefined],
		['text before a date', 'x Thu, 01 Jan 2026 12:00:30 GMT', undefined],
		['text after a date', 'Thu, 01 Jan 2026 12:00:30 GMT x', undefined],
		['text before a number', 'x5', undefined],
	];
	it.each(table)('%s: %j', (_why, value, waitMs) => {
		expect(parseRetryAfter(value, NOW)).toBe(waitMs);
	});
});
