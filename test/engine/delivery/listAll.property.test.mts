// Whatever happens to the pages of a list: who stays from the first to the last comes once, or the list broke off.

import fc from 'fast-check';
import { expect, it } from 'vitest';

import { pagesOf, readList, type Asked, type PageAnswer } from '../lists.mts';

/** What happens before a request for a page is answered. */
const event = fc.record({
	come: fc.array(fc.nat({ max: 60 }), { maxLength: 3 }),
	go: fc.array(fc.nat({ max: 60 }), { maxLength: 3 }),
	answer: fc.constantFrom<
		'page' | 'page' | 'page' | 'page' | 'lost' | 'throttled' | 'expired' | 'repeats' | 'unreadable' | 'reversed'
	>('page', 'page', 'page', 'page', 'lost', 'throttled', 'expired', 'repeats', 'unreadable', 'reversed'),
});

const idOf = (number: number): string => `u${String(number).padStart(3, '0')}`;

const OTHERS: Readonly<Record<string, PageAnswer>> = {
	lost: { lost: true },
	throttled: { refusal: { class: 'throttled', code: 'slow', message: 'Slow.', waitMs: 100 } },
	expired: { refusal: { class: 'expired', code: 'cursor_expired', message: 'Expired.' } },
	unreadable: { refusal: { class: 'transient', code: 'unreadable_answer', message: 'Unreadable.' } },
};

it('names everybody once who stays, nobody twice, and nobody who never was there', async () => {
	let whole = 0;
	await fc.assert(
		fc.asyncProperty(
			fc.uniqueArray(fc.nat({ max: 60 }), { maxLength: 40 }),
			fc.array(event, { maxLength: 40 }),
			fc.integer({ min: 1, max: 7 }),
			async (first, events, size) => {
				const people = new Set(first.map(idOf));
				const ever = new Set(people);
				const stayed = new Set(people);
				const pages = pagesOf(() => [...people], size);
				const answer = (asked: Asked): PageAnswer => {
					const { come = [], go = [], answer: how = 'page' } = events[asked.number - 1] ?? {};
					for (const number of go) {
						people.delete(idOf(number));
						stayed.delete(idOf(number));
					}
					for (const number of come) {
						people.add(idOf(number));
						ever.add(idOf(number));
					}
					const other = OTHERS[how];
					if (other !== undefined) return how === 'expired' && asked.cursor === undefined ? pages(asked) : other;
					const page = pages(asked);
					if (!('ids' in page)) return page;
					if (how === 'reversed') return { ...page, ids: [...page.ids].reverse() };
					return how === 'repeats' ? { ...page, ids: [...page.ids, ...page.ids] } : page;
				};
				const read = await readList({ answer });
				expect(new Set(read.ids).size).toBe(read.ids.length);
				expect(read.ids.filter((id) => !ever.has(id))).toEqual([]);
				if (read.end.kind !== 'whole') return;
				whole++;
				expect([...stayed].filter((id) => !read.ids.includes(id))).toEqual([]);
			},
		),
		{ numRuns: 400 },
	);
	expect(whole).toBeGreaterThan(200);
});

it('comes to an end whatever cursors a service hands out', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(
				fc.record({ ids: fc.array(fc.nat({ max: 20 }).map(idOf), { maxLength: 4 }), next: fc.nat({ max: 30 }) }),
				{
					minLength: 1,
					maxLength: 30,
				},
			),
			async (pages) => {
				const read = await readList({
					answer: ({ number }) => pages[(number - 1) % pages.length] ?? { ids: [] },
				});
				expect(read.end).toMatchObject({ kind: 'brokeOff', code: 'list_without_end' });
				expect(read.asked.length).toBeLessThanOrEqual(32);
			},
		),
		{ numRuns: 200 },
	);
});
