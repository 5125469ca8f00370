// Counts of a run, and a line in the log every half minute.

import type { Ports, Verdict } from './types';

const LOG_EVERY_MS = 30_000;

export class Progress {
	private readonly counts = new Map<Verdict['status'], number>();
	private createdByUnknown = 0;

	constructor(private readonly ports: Pick<Ports, 'sleep' | 'log'>) {}

	count(verdict: Verdict): void {
		this.counts.set(verdict.status, (this.counts.get(verdict.status) ?? 0) + 1);
		if ('createdBy' in verdict && verdict.createdBy === 'unknown') this.createdByUnknown++;
	}

	/** Counts those that a list named. */
	listed(records: number): void {
		this.counts.set('found', (this.counts.get('found') ?? 0) + records);
	}

	/** Writes a line every half minute, also while the run only waits, until the signal goes up. Counts only (law 10). */
	async keepLog(over: AbortSignal): Promise<void> {
		for (;;) {
			await this.ports.sleep(LOG_EVERY_MS, over);
			if (over.aborted) return;
			this.ports.log('TokenIM: rows so far', Object.fromEntries(this.counts));
		}
	}

	report(): { counts: ReadonlyMap<Verdict['status'], number>; createdByUnknown: number } {
		return { counts: this.counts, createdByUnknown: this.createdByUnknown };
	}
}
