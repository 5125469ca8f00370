// Rows of a file in blocks: none is lost where they break off, none is held longer than a block, a file never whole (16).

import { expect, it, test } from 'vitest';

import type { Row } from '../../../nodes/TokenIm/engine/types.ts';
import { inBlocks, ROWS_IN_A_BLOCK } from '../../../nodes/TokenIm/input/files/blocks.ts';
import { FileUnreadable } from '../../../nodes/TokenIm/input/files/unreadable.ts';
import { fileOf } from './reading.mts';

const rowsOf = (count: number): Row[] =>
	Array.from({ length: count }, (_, at) => ({ number: at + 1, item: 0, columns: {} }));

it.each([0, 1, ROWS_IN_A_BLOCK - 1, ROWS_IN_A_BLOCK, ROWS_IN_A_BLOCK + 1, 3 * ROWS_IN_A_BLOCK])(
	'%i rows: all of them, in order, in blocks of which none is empty or larger than may be',
	(count) => {
		const rows = rowsOf(count);
		const blocks = [...inBlocks(rows)];
		expect(blocks.flat()).toEqual(rows);
		for (const block of blocks.slice(0, -1)) expect(block.length).toBe(ROWS_IN_A_BLOCK);
		expect(blocks.every(({ length }) => length > 0)).toBe(true);
	},
);

it('rows that break off come before that is told', () => {
	function* broken() {
		yield* rowsOf(3);
		throw new Error('torn');
	}
	const seen: number[] = [];
	const read = () => {
		for (const block of inBlocks(broken())) seen.push(...block.map(({ number }) => number));
	};
	expect(read).toThrow('torn');
	expect(seen).toEqual([1, 2, 3]);
});

const PEOPLE = Array.from({ length: 5_000 }, (_, at) => [`u${at}`, `Ada ${at}`]);

test.each<[name: string, text: string, first: number]>([
	['CSV', `id,name\n${PEOPLE.map((cells) => `${cells.join(',')}\n`).join('')}`, 2],
	['JSON', JSON.stringify(PEOPLE.map(([id, name]) => ({ id, name }))), 1],
	['JSON Lines', PEOPLE.map(([id, name]) => `${JSON.stringify({ id, name })}\n`).join(''), 1],
])('%s: many rows in one piece come in blocks, in order, each with its number', async (_name, text, first) => {
	const rows: Row[] = [];
	let largest = 0;
	for await (const block of fileOf(text, {}, { chunkBytes: 60_000 })) {
		rows.push(...block);
		largest = Math.max(largest, block.length);
	}
	expect(largest).toBe(ROWS_IN_A_BLOCK);
	expect(rows.map(({ columns }) => [columns.id, columns.name])).toEqual(PEOPLE);
	expect(rows.map(({ number }) => number)).toEqual(PEOPLE.map((_, at) => at + first));
});

test('rows of many columns come in smaller blocks, at least one row each', async () => {
	const header = Array.from({ length: 16_000 }, (_, at) => `c${at}`).join(',');
	const sizes: number[] = [];
	for await (const block of fileOf(`${header}\n${'a,b\n'.repeat(210)}`, {}, { chunkBytes: 60_000 }))
		sizes.push(block.length);
	// The first hundred are held back until they are more than the pieces of one.
	expect(sizes).toEqual([101, ...Array(27).fill(4), 1]);
});

test('JSON that stops being JSON: the rows before that come first, then what is wrong', async () => {
	const ids: unknown[] = [];
	const read = async () => {
		// The list is one of an object's, so the file is read twice; the second reading finds the torn part.
		for await (const block of fileOf('[{"id":"a"},{"id":"b"}] and more'))
			ids.push(...block.map(({ columns }) => columns.id));
	};
	await read();
	expect(ids).toEqual(['a', 'b', undefined]);
	await expect(fileOf('no list at all', { format: 'json' })[Symbol.asyncIterator]().next()).rejects.toThrow(
		FileUnreadable,
	);
});

test('no more of a file is read than its reader asks for', async () => {
	let pieces = 0;
	const chunks = {
		async *[Symbol.asyncIterator]() {
			yield Buffer.from('id,name\n');
			for (; pieces < 100; pieces++) yield Buffer.from('u1,Ada\n'.repeat(10_000));
		},
	};
	const { readFileRows } = await import('../../../nodes/TokenIm/input/files/readFile.ts');
	let rows = 0;
	for await (const block of readFileRows({ chunks, item: 0 })) {
		rows += block.length;
		// 64 KiB are 9,362 rows; one more piece may be begun.
		expect(pieces * 10_000 - rows).toBeLessThan(30_000);
		if (rows > 100_000) break;
	}
});
