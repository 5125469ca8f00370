// What a heap snapshot of V8's says is there.

import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeHeapSnapshot } from 'node:v8';
import { expect, test } from 'vitest';
import { bytesOf, readSnapshot } from '../../../bench/soak/snapshot.mts';

class HeldByTheTest {
	readonly numbers = Array.from({ length: 1_000 }, (_, index) => index);
}

test('a snapshot told by kind and name shows what was kept since an earlier one', () => {
	const file = join(tmpdir(), `tokenim-snapshot-${process.pid}.heapsnapshot`);
	const snapshot = () => {
		try {
			return readSnapshot(writeHeapSnapshot(file));
		} finally {
			rmSync(file, { force: true });
		}
	};
	const before = snapshot();
	const kept = Array.from({ length: 50 }, () => new HeldByTheTest());
	const after = snapshot();
	expect(bytesOf(after, 'object', 'HeldByTheTest')).toBeGreaterThanOrEqual(kept.length * 16);
	expect(bytesOf(before, 'object', 'HeldByTheTest')).toBe(0);
	expect(bytesOf(after, 'array') - bytesOf(before, 'array')).toBeGreaterThan(kept.length * 4_000);
});

test('a file that is no snapshot is refused', () => {
	expect(() => readSnapshot(join(import.meta.dirname, 'trend.test.mts'))).toThrow();
});
