// Rows without a promise for each: in order, with turns of the event loop between them, and how it ends (law 11).

import { describe, expect, it } from 'vitest';

import { eachRow, RowReader, type Rows } from '../../../nodes/TokenIm/engine/rows/rowReader';
import type { Row } from '../../../nodes/TokenIm/engine/types';

const row = (number: number): Row => ({ number, item: 0, columns: {} });
const rowsFrom = (first: number, count: number): Row[] => Array.from({ length: count }, (_, at) => row(first + at));

async function* blocksOf(...blocks: ReadonlyArray<readonly Row[] | Error>): AsyncGenerator<readonly Row[]> {
	for (const block of blocks) {
		if (block instanceof Error) throw block;
		yield block;
	}
}

/** A clock that only `work` moves. */
function world() {
	const seen = { now: 0, turns: [] as number[], breaks: 0 };
	const ports = { now: () => seen.now, breathe: async () => void seen.turns.push(seen.now) };
	const readerOf = (rows: Rows) => new RowReader(rows, ports, () => void seen.breaks++);
	return { seen, readerOf };
}

async function numbersOf(reader: RowReader): Promise<number[]> {
	const numbers: number[] = [];
	for (let next = await reader.next(); next !== undefined; next = await reader.next()) numbers.push(next.number);
	return numbers;
}

describe.each<[string, (first: number, count: number) => Rows]>([
	['rows at hand', rowsFrom],
	['blocks', (first, count) => blocksOf(rowsFrom(first, 3), [], rowsFrom(first + 3, count - 3))],
])('%s', (_name, rowsOf) => {
	it('come in their order, once, and end for good', async () => {
		const reader = world().readerOf(rowsOf(1, 8));
		expect(await numbersOf(reader)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
		expect([reader.take(), await reader.next()]).toEqual([undefined, undefined]);
	});

	it('give the event loop a turn after some milliseconds of work, whatever is at hand', async () => {
		const { seen, readerOf } = world();
		const reader = readerOf(rowsOf(1, 100));
		for (let next = await reader.next(); next !== undefined; next = await reader.next()) seen.now++;
		expect(seen.turns).toEqual([16, 32, 48, 64, 80, 96]);
	});

	it('come no more once reading ended', async () => {
		const reader = world().readerOf(rowsOf(1, 8));
		expect((await reader.next())?.number).toBe(1);
		await reader.end();
		expect([reader.take(), await reader.next()]).toEqual([undefined, undefined]);
	});
});

it('a block is handed out without waiting, and no further one is asked for before it is through', async () => {
	let asked = 0;
	const reader = world().readerOf(
		(async function* () {
			for (let first = 1; first <= 7; first += 3) {
				asked++;
				yield rowsFrom(first, 3);
			}
		})(),
	);
	expect([reader.take(), asked]).toEqual(['wait', 0]);
	await reader.wait();
	expect([reader.take(), reader.take(), reader.take()]).toEqual(rowsFrom(1, 3));
	expect([reader.take(), asked]).toEqual(['wait', 1]);
});

describe('rows that break off', () => {
	it.each<[string, () => Rows]>([
		[
			'at hand',
			function* () {
				yield* rowsFrom(1, 2);
				throw new Error('torn');
			},
		],
		['in blocks', () => blocksOf(rowsFrom(1, 2), new Error('torn'))],
	])('%s are told of once, before anybody else is, and are through', async (_name, rowsOf) => {
		const { seen, readerOf } = world();
		const reader = readerOf(rowsOf());
		await reader.next();
		await reader.next();
		await expect(reader.next()).rejects.toThrow('torn');
		expect([seen.breaks, await reader.next()]).toEqual([1, undefined]);
	});
});

it('whoever ends early lets go of what the blocks come from', async () => {
	let isOpen = true;
	const file = (async function* () {
		try {
			yield rowsFrom(1, 3);
			yield rowsFrom(4, 3);
		} finally {
			isOpen = false;
		}
	})();
	const reader = world().readerOf(file);
	await reader.next();
	await reader.end();
	expect(isOpen).toBe(false);
});

it('a few can be read one by one, from either', async () => {
	const numbers: number[] = [];
	for (const rows of [rowsFrom(1, 2), blocksOf(rowsFrom(3, 2), rowsFrom(5, 1))])
		for await (const { number } of eachRow(rows)) numbers.push(number);
	expect(numbers).toEqual([1, 2, 3, 4, 5]);
});
