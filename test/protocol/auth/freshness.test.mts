// How long an answer may be used again, by its headers.

import { describe, expect, it } from 'vitest';

import { freshnessOf } from '../../../nodes/TokenIm/protocol/auth/freshness';

const etag = '"abc"';

describe('an answer is fresh', () => {
	it.each([
		['as long as it says', { 'cache-control': 'max-age=300' }, 300_000],
		['in capitals, among other directives', { 'cache-control': 'Private , Max-Age=60,must-revalidate' }, 60_000],
		['in quotation marks', { 'cache-control': 'max-age="60"' }, 60_000],
		['less the time that it lay elsewhere', { 'cache-control': 'max-age=300', age: '100' }, 200_000],
		['for the shortest time of several', { 'cache-control': 'max-age=300, max-age=20' }, 20_000],
		['for an hour at most', { 'cache-control': 'max-age=31536000' }, 3_600_000],
		[
			'for an hour at most, whatever time it lay elsewhere',
			{ 'cache-control': 'max-age=31536000', age: '60' },
			3_600_000,
		],
	])('%s', (_how, headers, freshMs) => {
		expect(freshnessOf(headers)).toEqual({ freshMs });
		expect(freshnessOf({ ...headers, etag })).toEqual({ freshMs, etag });
	});

	it.each([
		['it names no time', {}],
		['its time is no number', { 'cache-control': 'max-age=soon' }],
		['its time is negative', { 'cache-control': 'max-age=-5' }],
		['one of several times is no number', { 'cache-control': 'max-age=300, max-age=x' }],
		['it is older than its time', { 'cache-control': 'max-age=10', age: '11' }],
		['it must be asked after', { 'cache-control': 'no-cache, max-age=300' }],
		['another time is meant', { 'cache-control': 's-maxage=300' }],
	])('never without asking, where %s', (_why, headers) => {
		expect(freshnessOf(headers)).toBeUndefined();
		expect(freshnessOf({ ...headers, etag })).toEqual({ freshMs: 0, etag });
	});

	it('at no time where the service forbids to keep it', () => {
		expect(freshnessOf({ 'cache-control': 'max-age=300, no-store', etag })).toBeUndefined();
	});
});

describe('an ETag', () => {
	it.each(['"a"', 'W/"a"', '""', '"a-b+c/="'])('may be %s', (tag) => {
		expect(freshnessOf({ etag: tag })).toEqual({ freshMs: 0, etag: tag });
	});

	it.each(['a', '"a', '"a b"', '"a"b"', '"ä"', '"a"\r\nX: y', `"${'a'.repeat(201)}"`, 'w/"a"'])(
		'that no header should carry is none: %s',
		(tag) => {
			expect(freshnessOf({ etag: tag })).toBeUndefined();
		},
	);
});
