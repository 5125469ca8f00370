// What this process holds after a full garbage collection, and how much of that is machine code that V8 made.

import { getHeapCodeStatistics, getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export interface Memory {
	/** Heap in use. */
	readonly heapBytes: number;
	/** The part of it that is machine code and what belongs to it. */
	readonly machineCodeBytes: number;
	readonly residentBytes: number;
}

/** Flags of a process that interprets everything: no compiler of V8's makes machine code, so what its heap gains is data. */
export const INTERPRETED: readonly string[] = ['--no-opt', '--no-maglev', '--no-sparkplug', '--regexp-interpret-all'];

/**
 * Environment of a process whose C library (glibc) gives freed memory back at once: one arena in place of one for each thread, thresholds
 * that don't grow (https://www.gnu.org/software/libc/manual/html_node/Memory-Allocation-Tunables.html). Others don't know these names.
 */
export const GIVES_BACK = { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '131072', MALLOC_MMAP_THRESHOLD_: '131072' };

setFlagsFromString('--expose-gc');
const collect: (options?: {
	readonly type: 'major';
	readonly execution: 'sync';
	readonly flavor: 'last-resort';
}) => void = runInNewContext('gc');

/** Twice, and in between what waits for finalizers. */
export async function collectGarbage(): Promise<void> {
	collect();
	await new Promise(setImmediate);
	collect();
}

/** Collects garbage first, and then as V8 does when memory is out: only so does it give back the pages that are empty. */
export async function readMemory(): Promise<Memory> {
	await collectGarbage();
	collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
	const { heapUsed, rss } = process.memoryUsage();
	return {
		heapBytes: heapUsed,
		machineCodeBytes: machineCodeIn(getHeapSpaceStatistics(), getHeapCodeStatistics()),
		residentBytes: rss,
	};
}

/**
 * Bytes of machine code, with its tables for the garbage collector and for falling back to the interpreter. V8 keeps it
 * in spaces of its own (`code`, `trusted`). The bytecode of functions lies there too: it counts as data, for code made
 * again and again from text would leak it.
 */
export function machineCodeIn(
	spaces: ReadonlyArray<{ readonly space_name: string; readonly space_used_size: number }>,
	{ bytecode_and_metadata_size: bytecodeBytes }: { readonly bytecode_and_metadata_size: number },
): number {
	const ofCode = spaces.filter(({ space_name: name }) => /^(shared_)?(code|trusted)_/.test(name));
	return ofCode.reduce((total, { space_used_size: usedBytes }) => total + usedBytes, 0) - bytecodeBytes;
}
