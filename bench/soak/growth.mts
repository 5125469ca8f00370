// How the memory of a process went, and what of it fails the soak.

import type { Memory } from './memory.mts';
import { isLeak, trendOf, type Trend } from './trend.mts';

/** Over these a slope that is surely there is a leak: heap 0.6 MB, resident memory 6 MB an hour. */
const HEAP_LIMIT_KB_PER_MIN = 10;
const RESIDENT_LIMIT_KB_PER_MIN = 100;

export interface Note extends Memory {
	/** Since the start. */
	readonly atMin: number;
}

export interface Growth {
	readonly what: string;
	readonly trend: Trend;
	/** Nothing where it is told and not judged. */
	readonly limitKbPerMin?: number;
	readonly grows: boolean;
}

/**
 * The slopes from `warmUpMin` on. Where V8 compiles, its machine code is told and not judged: it grows with how long functions
 * have been hot, whatever node runs. A process that only interprets is judged by its whole heap.
 * @throws Trouble where there are too few notes
 */
export function growthOf(notes: readonly Note[], warmUpMin: number, isInterpreted: boolean): readonly Growth[] {
	const growth = (what: string, bytesOf: (memory: Memory) => number, limitKbPerMin?: number): Growth => {
		const trend = trendOf(
			notes.map((note) => ({ atMin: note.atMin, kb: bytesOf(note) / 1024 })),
			warmUpMin,
		);
		return { what, trend, limitKbPerMin, grows: limitKbPerMin !== undefined && isLeak(trend, limitKbPerMin) };
	};
	return [
		growth(
			'Heap after garbage collection',
			({ heapBytes }) => heapBytes,
			isInterpreted ? HEAP_LIMIT_KB_PER_MIN : undefined,
		),
		growth('Machine code in it', ({ machineCodeBytes }) => machineCodeBytes),
		growth(
			'Heap but machine code',
			({ heapBytes, machineCodeBytes }) => heapBytes - machineCodeBytes,
			isInterpreted ? undefined : HEAP_LIMIT_KB_PER_MIN,
		),
		growth('Resident memory', ({ residentBytes }) => residentBytes, RESIDENT_LIMIT_KB_PER_MIN),
	];
}
