// What may not hold the event loop (law 11), judged by the work of this thread and by the machine's own speed: a test
// that looked at the clock would measure its neighbours.

import { expect } from 'vitest';

/** Law 11, and the bound of the format, on a machine that reads the yardstick in a fifth of it. */
const MOST_MS = 50;
const MOST_YARDSTICKS = 6;
const TRIES = 5;

/** An answer of 1.4 MB, such as JSON.parse reads in 8 to 12 ms on a machine of 2024. */
const yardstick = JSON.stringify(
	Array.from({ length: 30_000 }, (_, at) => ({ id: at, userId: `u${at}`, list: [[1]] })),
);

/** Fails where work holds its thread for more than 50 ms, or six yardsticks where the machine is slow, each of five times. */
export function expectQuick(work: () => void): void {
	let least = Number.POSITIVE_INFINITY;
	let most = MOST_MS;
	for (let tries = 0; tries < TRIES; tries += 1) {
		least = Math.min(least, spentMs(work));
		if (least < MOST_MS) return;
		most = Math.max(most, MOST_YARDSTICKS * spentMs(() => JSON.parse(yardstick)));
		if (least < most) return;
	}
	expect(least).toBeLessThan(most);
}

/** CPU time of this thread alone, in ms. */
function spentMs(work: () => void): number {
	const startedAt = process.threadCpuUsage();
	work();
	return process.threadCpuUsage(startedAt).user / 1000;
}
