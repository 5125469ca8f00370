// Lists are read to their end, each id once, or not believed (laws 1 and 14).

import { describe, expect, it } from 'vitest';

import type { Refusal } from '../../../nodes/TokenIm/engine/wire';
import { pagesOf, readList, type PageAnswer } from '../lists.mts';

const ids = (count: number, from = 1): string[] =>
	Array.from({ length: count }, (_, index) => `u${String(from + index).padStart(4, '0')}`);
const refusal = (change: Partial<Refusal> & Pick<Refusal, 'class'>): PageAnswer => ({
	refusal: { code: change.class, message: `It says ${change.class}.`, ...change },
});
const EXPIRED = refusal({ class: 'expired' });
const numbered = (page: (number: number) => PageAnswer) => readList({ answer: ({ number }) => page(number) });

describe('a list', () => {
	it('is read page by page, each page from the cursor of the one before', async () => {
		const read = await readList({ answer: pagesOf(() => ids(7), 3) });
		expect(read.ids).toEqual(ids(7));
		expect(read.end).toEqual({ kind: 'whole' });
		expect(read.asked.map(({ cursor }) => cursor)).toEqual([undefined, 'u0003', 'u0006']);
	});

	it('that is empty is one page, and whole', async () => {
		const read = await readList({ answer: pagesOf(() => [], 3) });
		expect([read.ids, read.end, read.asked.length]).toEqual([[], { kind: 'whole' }, 1]);
	});

	it.each([
		['the plan', { usersPerPage: 50 }, undefined, 50],
		['the service, where that is less', { usersPerPage: 50 }, 20, 20],
		['the plan, where that is less', { usersPerPage: 50 }, 100, 50],
		['the service alone', {}, 20, 20],
		['nobody', {}, undefined, undefined],
	])('has pages as long as %s says', async (_who, limits, most, size) => {
		const read = await readList({ answer: pagesOf(() => ids(3), 1), limits, most });
		expect(read.asked.map((one) => one.size)).toEqual([size, size, size]);
	});

	it('keeps the length of its pages where a limit is lowered under way', async () => {
		const read = await readList({
			answer: pagesOf(() => ids(4), 2),
			limits: { usersPerPage: 50 },
			meanwhile: (ctx) => void ctx.limits.lower('usersPerPage', 10),
		});
		expect(read.asked.map((one) => one.size)).toEqual([50, 50]);
	});

	it('names each id once, whatever pages repeat', async () => {
		const read = await numbered((number) =>
			number < 3 ? { ids: ['a', 'b', `c${number}`, 'a'], next: number } : { ids: ['c1', 'd'] },
		);
		expect(read.ids).toEqual(['a', 'b', 'c1', 'c2', 'd']);
		expect(read.end).toEqual({ kind: 'whole' });
	});

	it('compares ids folded, and names the first form', async () => {
		const read = await readList({
			answer: ({ number }) => (number === 1 ? { ids: ['Ada', 'bob'], next: 'x' } : { ids: ['ADA', 'Bob', 'Cleo'] }),
			fold: (id) => id.toLowerCase(),
		});
		expect(read.ids).toEqual(['Ada', 'bob', 'Cleo']);
	});

	it('whose page is long gives it in slices, and the event loop turns between', async () => {
		const read = await readList({ answer: () => ({ ids: ids(3_500) }) });
		expect([read.ids.length, read.breaths, read.longest]).toEqual([3_500, 3, 1_000]);
	});
});

describe('a cursor that expired', () => {
	it('begins the list anew, and names nobody twice', async () => {
		const pages = pagesOf(() => ids(6), 2);
		const read = await readList({ answer: (asked) => (asked.number === 3 ? EXPIRED : pages(asked)) });
		expect(read.ids).toEqual(ids(6));
		expect(read.end).toEqual({ kind: 'whole' });
		expect(read.asked.map(({ cursor }) => cursor)).toEqual([undefined, 'u0002', 'u0004', undefined, 'u0002', 'u0004']);
	});

	it('begins it anew twice, and at the third time the list broke off', async () => {
		const pages = pagesOf(() => ids(6), 2);
		const answer = (times: number) => {
			let left = times;
			return (asked: { cursor: string | number | undefined }) =>
				asked.cursor === 'u0002' && left-- > 0 ? EXPIRED : pages(asked);
		};
		expect((await readList({ answer: answer(2) })).end).toEqual({ kind: 'whole' });
		const broken = await readList({ answer: answer(3) });
		expect(broken.end).toMatchObject({ kind: 'brokeOff', code: 'list_expired' });
		expect(broken.asked).toHaveLength(6);
	});

	it('does not make pages that were read before look like pages without anybody new', async () => {
		const pages = pagesOf(() => ids(20), 2);
		const read = await readList({ answer: (asked) => (asked.number === 10 ? EXPIRED : pages(asked)) });
		expect(read.ids).toEqual(ids(20));
		expect(read.end).toEqual({ kind: 'whole' });
	});

	it('lets cursors of the first reading come again in the second, and no more often', async () => {
		const read = await readList({
			answer: ({ number, cursor }) => {
				if (number === 2) return EXPIRED;
				return cursor === undefined ? { ids: ['a'], next: 'x' } : { ids: ['b'], next: 'x' };
			},
		});
		expect(read.end).toMatchObject({ kind: 'brokeOff', code: 'list_without_end' });
		expect(read.asked).toHaveLength(4);
	});
});

describe('a list without an end', () => {
	it('broke off where a cursor comes again', async () => {
		const read = await numbered((number) => ({ ids: [`u${number}`], next: number % 3 }));
		expect(read.end).toMatchObject({ kind: 'brokeOff', code: 'list_without_end' });
		expect(read.asked).toHaveLength(4);
	});

	it('tells cursors that are numbers from those that are text', async () => {
		const read = await numbered((number) =>
			number === 1 ? { ids: ['a'], next: 1 } : number === 2 ? { ids: ['b'], next: '1' } : { ids: ['c'] },
		);
		expect(read.end).toEqual({ kind: 'whole' });
	});

	it.each([
		['empty', []],
		['the same again', ['a', 'b']],
	])('broke off after three pages in a row that are %s', async (_what, again) => {
		const read = await numbered((number) => ({ ids: number === 1 ? ['a', 'b'] : again, next: number }));
		expect(read.end).toMatchObject({ kind: 'brokeOff', code: 'list_without_end' });
		expect(read.asked).toHaveLength(4);
		expect(read.ids).toEqual(['a', 'b']);
	});

	it('goes on where only two in a row name nobody new', async () => {
		const read = await numbered((number) =>
			number === 12 ? { ids: ['z'] } : { ids: number % 3 === 0 ? [`u${number}`] : [], next: number },
		);
		expect(read.end).toEqual({ kind: 'whole' });
		expect(read.ids).toEqual(['u3', 'u6', 'u9', 'z']);
	});

	it('may end with pages that name nobody new', async () => {
		const read = await numbered((number) => ({ ids: ['a'], ...(number < 3 ? { next: number } : {}) }));
		expect([read.end, read.ids]).toEqual([{ kind: 'whole' }, ['a']]);
	});
});

describe('a page that is not answered', () => {
	it.each<[string, PageAnswer]>([
		['lost', { lost: true }],
		['not understood', refusal({ class: 'transient', code: 'unreadable_answer' })],
		['held back', refusal({ class: 'throttled', waitMs: 3_000 })],
		['refused for its nonce', refusal({ class: 'nonce' })],
		['busy', refusal({ class: 'busy', waitMs: 1_000 })],
	])('is asked for again where it was %s', async (_how, answer) => {
		const pages = pagesOf(() => ids(6), 2);
		const read = await readList({ answer: (asked) => (asked.number === 2 ? answer : pages(asked)) });
		expect([read.ids, read.end]).toEqual([ids(6), { kind: 'whole' }]);
		expect(read.asked.map(({ cursor }) => cursor)).toEqual([undefined, 'u0002', 'u0002', 'u0004']);
	});

	it('waits as long as the service asks', async () => {
		const pages = pagesOf(() => ids(4), 2);
		const wait = refusal({ class: 'throttled', waitMs: 42_000 });
		const read = await readList({ answer: (asked) => (asked.number === 2 ? wait : pages(asked)) });
		expect((read.asked[2]?.atMs ?? 0) - (read.asked[1]?.atMs ?? 0)).toBeGreaterThanOrEqual(42_000);
	});

	it('for good ends the list: it broke off, and says why', async () => {
		const pages = pagesOf(() => ids(6), 2);
		const read = await readList({ answer: (asked) => (asked.cursor === undefined ? pages(asked) : { lost: true }) });
		expect(read.end).toMatchObject({ kind: 'brokeOff', reason: expect.stringContaining('No answer came') });
		expect(read.ids).toEqual(ids(2));
	});

	it.each<[Refusal['class'], 'brokeOff' | 'absent', boolean]>([
		['stop', 'brokeOff', true],
		['entry', 'brokeOff', false],
		['tooLarge', 'brokeOff', false],
		['taken', 'brokeOff', false],
		['absent', 'absent', false],
	])('but refused (%s): the list is %s, and the run ends: %s', async (className, kind, ends) => {
		const read = await readList({ answer: () => refusal({ class: className, code: 'c' }) });
		expect(read.end).toMatchObject({ kind, code: 'c', reason: expect.stringContaining(`It says ${className}.`) });
		expect([read.asked.length, read.ctx.end.reason !== undefined]).toEqual([1, ends]);
	});

	it('and is no page although it is complete, ends the list', async () => {
		const read = await numbered((number) => (number === 1 ? { ids: ['a'], next: 1 } : { none: true }));
		expect(read.end).toMatchObject({ kind: 'brokeOff', code: 'no_answer' });
		expect(read.asked).toHaveLength(2);
	});
});

describe('a run that ends under way', () => {
	it('breaks the list off with the reason, and asks for nothing more', async () => {
		const read = await readList({
			answer: pagesOf(() => ids(9), 2),
			meanwhile: (ctx, { number }) => number === 2 && ctx.end.drain({ reason: 'Enough of it.', code: 'enough' }),
		});
		expect(read.end).toMatchObject({
			kind: 'brokeOff',
			code: 'enough',
			reason: expect.stringContaining('Enough of it.'),
		});
		expect(read.asked).toHaveLength(2);
	});
});
