// Get Many by itself: how many of a list come out, whatever its pages hold.

import { expect, test } from 'vitest';
import type { Listed } from '../../nodes/TokenIm/engine/wire';
import { getMany, readGetMany } from '../../nodes/TokenIm/operations/getMany';
import { createProtocol } from '../../nodes/TokenIm/protocol/calls';
import { defaultProfile } from '../../nodes/TokenIm/protocol/profiles';

const list = createProtocol(defaultProfile).listUsers();
const users = (count: number): Listed[] => Array.from({ length: count }, (_, at) => ({ id: `s${at}`, record: {} }));
const many = (limit: number | undefined, most?: number) => getMany(list, 'userId', { limit }, most);
const idsOf = (listing: ReturnType<typeof many>) => [...listing.results().found].map(({ id }) => id);

test('no more come out than Limit says, though a page holds more', () => {
	const listing = many(2);
	expect([listing.take(users(3)), listing.wanted]).toEqual([false, 2]);
	expect(idsOf(listing)).toEqual([{ userId: 's0' }, { userId: 's1' }]);
});

test('pages are asked for until there are enough, and all of them where all are wanted', () => {
	const some = many(3);
	expect([some.take(users(2)), some.take(users(1))]).toEqual([true, false]);
	const all = many(undefined);
	expect([all.take(users(60)), all.wanted, idsOf(all).length]).toEqual([true, undefined, 60]);
});

test.each([
	[undefined, 2, 3, 2, 1],
	[5, 2, 3, 2, 1],
	[2, 2, 3, 2, 0],
	[1, 2, 3, 1, 0],
	[undefined, 3, 2, 2, 0],
])('at Limit %j and %j for an agent, of %j come %j, with %j hints', (limit, most, there, come, hints) => {
	const listing = many(limit, most);
	listing.take(users(there));
	expect([idsOf(listing).length, listing.results().hints.length]).toEqual([come, hints]);
});

test.each([0, -1, 1.5, '50', null])('Limit at %j is refused, but where all are wanted', (limit) => {
	const read = (returnAll: boolean) => readGetMany((name) => (name === 'limit' ? limit : returnAll));
	expect(() => read(false)).toThrow('"Limit" is no whole number from 1 on');
	expect(read(true)).toEqual({ limit: undefined });
});

test('a list that holds more than n8n could is given up, with what to do', () => {
	const listing = many(undefined);
	const large = { attributes: { about: 'x'.repeat(100_000_000) } };
	const page = (from: number): Listed[] => [0, 1].map((at) => ({ id: `s${from + at}`, record: large }));
	expect([listing.take(page(0)), listing.take(page(2))]).toEqual([true, true]);
	expect(() => listing.take(page(4))).toThrow(expect.objectContaining({ code: 'list_too_large' }));
});
