// Tables of a whole run's ids grow in steps of a few milliseconds (law 11).

import { expect, test } from 'vitest';

import { IdSet } from '../../../nodes/TokenIm/engine/rows/idTable';

test('a million ids: no thousand of them takes longer than a turn of the event loop may', () => {
	const rounds = Array.from({ length: 3 }, () => {
		const set = new IdSet();
		let longestMs = 0;
		for (let from = 0; from < 1_000_000; from += 1_000) {
			const before = process.threadCpuUsage();
			for (let index = from; index < from + 1_000; index++) set.add(`s${index}`);
			const { user, system } = process.threadCpuUsage(before);
			longestMs = Math.max(longestMs, (user + system) / 1_000);
		}
		return longestMs;
	});
	// The collector's own pauses come on top, now and then.
	expect(Math.min(...rounds)).toBeLessThan(20);
}, 60_000);
