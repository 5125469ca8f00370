// What a process holds, and how much of that is V8's machine code.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { GIVES_BACK, INTERPRETED, machineCodeIn, readMemory } from '../../../bench/soak/memory.mts';
import { NODE_24, ROOT } from '../../../scripts/lib/paths.mts';

const space = (space_name: string, space_used_size: number) => ({ space_name, space_used_size });

test('machine code is what lies in the spaces for code, but for the bytecode there: that is data', () => {
	const spaces = [
		space('old_space', 5_000),
		space('code_space', 100),
		space('code_large_object_space', 20),
		space('trusted_space', 70),
		space('trusted_large_object_space', 3),
	];
	expect(machineCodeIn(spaces, { bytecode_and_metadata_size: 40 })).toBe(153);
});

test('machine code is a part of the heap in use', async () => {
	const { heapBytes, machineCodeBytes, residentBytes } = await readMemory();
	expect(machineCodeBytes).toBeGreaterThan(100_000);
	expect(machineCodeBytes).toBeLessThan(heapBytes / 2);
	expect(residentBytes).toBeGreaterThan(heapBytes);
});

function printedBy(script: string, flags: readonly string[] = [], env: NodeJS.ProcessEnv = {}): number {
	return Number(
		execFileSync(NODE_24, [...flags, '--input-type=module', '-e', script], {
			encoding: 'utf8',
			env: { ...process.env, ...env },
		}),
	);
}

test('resident memory is what is held: what a process held for a while and dropped is given back', () => {
	const script = `
		import { readMemory } from ${JSON.stringify(join(ROOT, 'bench/soak/memory.mts'))};
		const { residentBytes: before } = await readMemory();
		let held;
		for (let turn = 0; turn < 20; turn++) held = Array.from({ length: 300_000 }, (_, index) => ({ index, text: 'x' + index })).filter((_, index) => index % 100 === 0);
		held = undefined;
		const full = process.memoryUsage().rss - before;
		if (full < 100_000_000) throw new Error('Only ' + full + ' bytes more before garbage was collected: nothing is tried.');
		console.log((await readMemory()).residentBytes - before);
	`;
	expect(printedBy(script, [], GIVES_BACK)).toBeLessThan(30_000_000);
}, 60_000);

/** Of a process that makes 300 functions hot: how much machine code it holds more afterwards. */
function machineCodeMade(flags: readonly string[]): number {
	const script = `
		import { readMemory } from ${JSON.stringify(join(ROOT, 'bench/soak/memory.mts'))};
		const hot = (count) => {
			for (let number = 0; number < count; number++) {
				const add = new Function('a', 'b', 'return /x' + number + '/.test(String(a)) ? a : a + b * ' + number);
				kept.push(add);
				for (let turn = 0; turn < 3000; turn++) add(turn, number);
			}
		};
		const kept = [];
		hot(5);
		const before = (await readMemory()).machineCodeBytes;
		hot(300);
		console.log((await readMemory()).machineCodeBytes - before);
	`;
	return printedBy(script, flags);
}

test('a process started as interpreted makes none, however hot its functions', () => {
	expect(machineCodeMade([])).toBeGreaterThan(150_000);
	expect(Math.abs(machineCodeMade(INTERPRETED))).toBeLessThan(80_000);
}, 60_000);
