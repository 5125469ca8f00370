// Columns that results repeat can be taken by what comes after this node.

import { expect, test } from 'vitest';
import { shownColumns } from '../../nodes/TokenIm/output/shownColumns';

function nested(levels: number, step: (inner: unknown) => unknown): unknown {
	let value: unknown = 'x';
	for (let level = 0; level < levels; level++) value = step(value);
	return value;
}

test.each([
	['lists', (inner: unknown) => [inner]],
	['objects', (inner: unknown) => ({ a: inner })],
	['two of each', (inner: unknown) => [inner, inner]],
])('a value of %s nested deeper than a hundred levels is left out, and said to be', (_what, step) => {
	const deep = shownColumns({ id: 's1', more: nested(101, step) });
	// Compared by itself: what a failure would print of it has no end.
	expect(deep.more === '(left out: nested deeper than 100 levels)').toBe(true);
	const columns = { id: 's1', more: nested(100, step) };
	expect(shownColumns(columns) === columns).toBe(true);
});

test('what a file can hold at most is told in time, without an error', () => {
	expect(JSON.stringify(shownColumns({ more: nested(500_000, (inner) => [inner]) }))).toContain('left out');
});
