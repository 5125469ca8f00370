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

/**
 * Fails where work holds its thread for more than 50 ms, or six yardsticks where the machine is slow, each of five times.
 *
 * @param name of the work, for the message
 * @returns the CPU time of the quickest try, in ms
 */
export function expectQuick(work: () => void, name?: string): number {
	let least = Number.POSITIVE_INFINITY;
	let most = MOST_MS;
	for (let tries = 0; tries < TRIES; tries += 1) {
		least = Math.min(least, spentMs(work));
		if (least < MOST_MS) return least;
		most = Math.max(most, MOST_YARDSTICKS * spentMs(() => JSON.parse(yardstick)));
		if (least < most) return least;
	}
	expect(least, name).toBeLessThan(most);
	return least;
}

/** The same for each turn of the event loop that asynchronous work takes. `breathe` gives it one. */
export async function expectQuickTurns(
	work: (breathe: () => Promise<void>) => Promise<unknown>,
	name?: string,
): Promise<number> {
	let least = Number.POSITIVE_INFINITY;
	let most = MOST_MS;
	for (let tries = 0; tries < TRIES; tries += 1) {
		least = Math.min(least, await longestTurnMs(work));
		if (least < MOST_MS) return least;
		most = Math.max(most, MOST_YARDSTICKS * spentMs(() => JSON.parse(yardstick)));
		if (least < most) return least;
	}
	expect(least, name).toBeLessThan(most);
	return least;
}

/** The turn in which this thread was busiest: CPU time between two rounds of the event loop. */
async function longestTurnMs(work: (breathe: () => Promise<void>) => Promise<unknown>): Promise<number> {
	let longest = 0;
	let isOver = false;
	let startedAt = process.threadCpuUsage();
	const look = (): void => {
		longest = Math.max(longest, process.threadCpuUsage(startedAt).user / 1000);
		startedAt = process.threadCpuUsage();
	};
	const turn = (): void => {
		look();
		if (!isOver) setImmediate(turn);
	};
	setImmediate(turn);
	await new Promise((resolve) => setTimeout(resolve, 0));
	startedAt = process.threadCpuUsage();
	longest = 0;
	await work(async () => await new Promise((resolve) => setTimeout(resolve, 0)));
	look();
	isOver = true;
	return longest;
}

/** CPU time of this thread alone, in ms. */
function spentMs(work: () => void): number {
	const startedAt = process.threadCpuUsage();
	work();
	return process.threadCpuUsage(startedAt).user / 1000;
}
