// A virtual clock: time passes only when everything else stands still.

import { setImmediate as turn } from 'node:timers/promises';

interface Sleeper {
	readonly at: number;
	readonly order: number;
	readonly wake: () => void;
}

/** No run takes as long as this. */
const TOO_LONG_MS = 2 * 24 * 3_600_000;

export class VirtualClock {
	private sleepers: Sleeper[] = [];
	private count = 0;

	constructor(private time = Date.UTC(2026, 0, 1)) {}

	now = (): number => this.time;

	/** Time passes while nobody gives way: local work. */
	work(ms: number): void {
		this.time += ms;
	}

	/** Resolves when virtual time has come so far, or when the signal goes up. */
	sleep = async (delayMs: number, signal?: AbortSignal): Promise<void> => {
		if (signal?.aborted) return;
		await new Promise<void>((resolve) => {
			const sleeper: Sleeper = { at: this.time + Math.max(0, delayMs), order: this.count++, wake: resolve };
			this.sleepers.push(sleeper);
			signal?.addEventListener(
				'abort',
				() => {
					this.sleepers = this.sleepers.filter((other) => other !== sleeper);
					resolve();
				},
				{ once: true },
			);
		});
	};

	/** Runs work to its end, letting time pass whenever nothing else can happen. */
	async run<T>(work: Promise<T>): Promise<T> {
		let done = false;
		const finished = work.finally(() => {
			done = true;
		});
		finished.catch(() => undefined);
		const startedAt = this.time;
		for (let idle = 0; !done; ) {
			await turn();
			if (done) break;
			const next = this.sleepers.sort((a, b) => a.at - b.at || a.order - b.order).shift();
			if (next === undefined) {
				if (++idle > 1000) throw new Error('Nothing is left to wait for, and the work is not done');
				continue;
			}
			idle = 0;
			if (next.at - startedAt > TOO_LONG_MS) throw new Error('Days have passed, and the work is not done');
			this.time = Math.max(this.time, next.at);
			next.wake();
		}
		return await finished;
	}
}
