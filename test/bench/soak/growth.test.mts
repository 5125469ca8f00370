// Which growth of a process's memory fails the soak.

import { describe, expect, test } from 'vitest';
import { growthOf, type Note } from '../../../bench/soak/growth.mts';

/** A note every two seconds for an hour, while these grow by so many KB a minute. */
function hour(slopes: { readonly heap: number; readonly machineCode: number; readonly resident: number }): Note[] {
	return Array.from({ length: 1_800 }, (_, index) => {
		const atMin = index / 30;
		return {
			atMin,
			heapBytes: 1024 * (50_000 + slopes.heap * atMin),
			machineCodeBytes: 1024 * (7_000 + slopes.machineCode * atMin),
			residentBytes: 1024 * (200_000 + slopes.resident * atMin),
		};
	});
}

const growing = (notes: readonly Note[], interpreted: boolean) =>
	growthOf(notes, 10, interpreted).flatMap(({ what, grows }) => (grows ? [what] : []));

describe('in a process that compiles', () => {
	test.each([
		['machine code alone', { heap: 30, machineCode: 30, resident: 30 }, []],
		['data', { heap: 30, machineCode: 0, resident: 30 }, ['Heap but machine code']],
		['data while machine code shrinks', { heap: 0, machineCode: -30, resident: 0 }, ['Heap but machine code']],
		['data and machine code, each under the limit', { heap: 18, machineCode: 9, resident: 18 }, []],
		['resident memory', { heap: 0, machineCode: 0, resident: 130 }, ['Resident memory']],
	])('growth of %s: %o fails by %j', (_what, slopes, expected) => {
		expect(growing(hour(slopes), false)).toEqual(expected);
	});
});

describe('in a process that interprets', () => {
	test.each([
		['the heap, whatever it is', { heap: 11, machineCode: 11, resident: 0 }, ['Heap after garbage collection']],
		['the heap under the limit', { heap: 9, machineCode: 0, resident: 0 }, []],
		['resident memory', { heap: 0, machineCode: 0, resident: 130 }, ['Resident memory']],
	])('growth of %s: %o fails by %j', (_what, slopes, expected) => {
		expect(growing(hour(slopes), true)).toEqual(expected);
	});
});

test('every slope is told, judged or not', () => {
	const told = growthOf(hour({ heap: 12, machineCode: 8, resident: 1 }), 10, false).map(
		({ what, trend, limitKbPerMin }) => [what, Math.round(trend.slopeKbPerMin), limitKbPerMin],
	);
	expect(told).toEqual([
		['Heap after garbage collection', 12, undefined],
		['Machine code in it', 8, undefined],
		['Heap but machine code', 4, 10],
		['Resident memory', 1, 100],
	]);
});
