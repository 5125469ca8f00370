// Verdicts leave in the order of the rows, each exactly once (law 1).

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Order } from '../../../nodes/TokenIm/engine/rows/order';
import type { Row, Verdict } from '../../../nodes/TokenIm/engine/types';

const rowOf = (place: number): Row => ({ number: place + 1, item: place, columns: {} });
const verdictOf = (place: number, status: 'created' | 'updated' | 'exists' = 'created'): Verdict => ({
	row: place + 1,
	status,
	attempts: 1,
	requestId: undefined,
	batch: 1,
});

function orderOf(size: number): { order: Order; out: number[] } {
	const out: number[] = [];
	const order = new Order((verdict) => out.push(verdict.row - 1));
	for (let place = 0; place < size; place++) expect(order.take()).toBe(place);
	return { order, out };
}

describe('the order of verdicts', () => {
	it('is that of the rows, in whatever order the verdicts come', () => {
		fc.assert(
			fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 8 }), (places) => {
				const { order, out } = orderOf(8);
				for (const place of places) {
					order.put(place, verdictOf(place), rowOf(place));
					expect(out).toEqual(out.map((_, index) => index));
				}
				order.close();
				expect(out).toHaveLength(8);
			}),
		);
	});

	it('lets a verdict leave at once when all before it have left', () => {
		const { order, out } = orderOf(3);
		order.put(0, verdictOf(0), rowOf(0));
		expect(out).toEqual([0]);
		order.put(2, verdictOf(2), rowOf(2));
		expect(out).toEqual([0]);
		expect(order.waiting).toBe(2);
		order.put(1, verdictOf(1), rowOf(1));
		expect(out).toEqual([0, 1, 2]);
		expect(order.waiting).toBe(0);
	});

	it('takes no second verdict for a row, neither before nor after the first has left', () => {
		const { order } = orderOf(3);
		order.put(0, verdictOf(0), rowOf(0));
		expect(() => order.put(0, verdictOf(0), rowOf(0))).toThrow('second verdict');
		order.put(2, verdictOf(2), rowOf(2));
		expect(() => order.put(2, verdictOf(2), rowOf(2))).toThrow('second verdict');
	});

	it('takes no verdict for a row that was never read', () => {
		const { order } = orderOf(1);
		expect(() => order.put(1, verdictOf(1), rowOf(1))).toThrow('second verdict');
	});

	it('goes on the same when thousands have left', () => {
		const { order, out } = orderOf(5_000);
		for (let place = 4_999; place >= 2_500; place--) order.put(place, verdictOf(place), rowOf(place));
		for (let place = 0; place < 2_500; place++) order.put(place, verdictOf(place), rowOf(place));
		expect(out).toEqual(Array.from({ length: 5_000 }, (_, place) => place));
		expect(() => order.put(1, verdictOf(1), rowOf(1))).toThrow('second verdict');
		expect(order.take()).toBe(5_000);
		expect(() => order.put(5_001, verdictOf(5_001), rowOf(5_001))).toThrow('second verdict');
		order.put(5_000, verdictOf(5_000), rowOf(5_000));
		order.close();
		expect(out).toHaveLength(5_001);
	});

	it('goes on the same while thousands leave and as many are read, each a little out of its order', () => {
		const { order, out } = orderOf(0);
		const window = [3, 0, 4, 1, 2];
		for (let first = 0; first < 10_000; first += window.length) {
			for (const _ of window) order.take();
			for (const offset of window) order.put(first + offset, verdictOf(first + offset), rowOf(first + offset));
			expect(() => order.put(first, verdictOf(first), rowOf(first))).toThrow('second verdict');
		}
		order.close();
		expect(out).toEqual(Array.from({ length: 10_000 }, (_, place) => place));
	});

	it('keeps of verdicts that are alike the first of each status, and not what its row holds', () => {
		const out: Array<[row: number, of: Row]> = [];
		const order = new Order(
			(verdict, row) => out.push([verdict.row, row]),
			({ status }) => status !== 'updated',
		);
		const statuses = ['created', 'created', 'exists', 'updated', 'created', 'updated'] as const;
		for (const _ of statuses) order.take();
		for (const [place, status] of [...statuses.entries()].reverse()) {
			order.put(place, verdictOf(place, status), { ...rowOf(place), columns: { id: place } });
		}
		order.close();
		const bare = (place: number): Row => ({ ...rowOf(place), columns: {} });
		const whole = (place: number): Row => ({ ...rowOf(place), columns: { id: place } });
		expect(out).toEqual([
			[5, bare(4)],
			[5, bare(4)],
			[3, bare(2)],
			[4, whole(3)],
			[5, bare(4)],
			[6, whole(5)],
		]);
	});

	it('does not close while a row lacks its verdict', () => {
		const { order } = orderOf(2);
		order.put(1, verdictOf(1), rowOf(1));
		expect(() => order.close()).toThrow('2 rows were left without a verdict');
		order.put(0, verdictOf(0), rowOf(0));
		expect(() => order.close()).not.toThrow();
	});

	it('makes readers wait while too many rows wait behind a slow one', async () => {
		const { order } = orderOf(3);
		let isFree = false;
		const room = order.room(3).then(() => {
			isFree = true;
		});
		order.put(1, verdictOf(1), rowOf(1));
		await Promise.resolve();
		expect(isFree).toBe(false);
		order.put(0, verdictOf(0), rowOf(0));
		await room;
		expect(isFree).toBe(true);
		await order.room(2);
	});
});
