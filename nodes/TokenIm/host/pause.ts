// Waiting that a signal ends.

import { sleep } from 'n8n-workflow';

/** setTimeout takes at most a signed 32-bit number and fires at once beyond it. */
const LONGEST_SLEEP_MS = 2 ** 31 - 1;

/** Resolves after `delayMs`, or at once when the signal is or goes up. The sleep of n8n 1 knows no signal. */
export async function pause(delayMs: number, signal: AbortSignal): Promise<void> {
	if (signal.aborted) return;
	await new Promise<void>((resolve) => {
		const wake = (): void => {
			signal.removeEventListener('abort', wake);
			resolve();
		};
		signal.addEventListener('abort', wake, { once: true });
		void sleepInSteps(delayMs, signal).then(wake, wake);
	});
}

async function sleepInSteps(delayMs: number, signal: AbortSignal): Promise<void> {
	for (let left = delayMs; left > 0 && !signal.aborted; left -= LONGEST_SLEEP_MS) {
		await sleep(Math.min(left, LONGEST_SLEEP_MS), signal);
	}
}
