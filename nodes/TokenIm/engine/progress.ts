// Counts of a run, and a line in the log every half minute.

import type { Ports, Verdict } from './types';

const LOG_EVERY_MS = 30_000;

export class Progress {
	private readonly counts = new Map<Verdict['status'], number>();
	private createdByUnknown = 0;
	private loggedAt: number;

	constructor(private readonly ports: Pick<Ports, 'now' | 'log'>) {
		this.loggedAt = ports.now();
	}

	/** Counts a verdict. The log gets counts and nothing else (law 10). */
	count(verdict: Verdict): void {
		this.counts.set(verdict.status, (this.counts.get(verdict.status) ?? 0) + 1);
		if ('createdBy' in verdict && verdict.createdBy === 'unknown') this.createdByUnknown++;
		const now = this.ports.now();
		if (now - this.loggedAt < LOG_EVERY_MS) return;
		this.loggedAt = now;
		this.ports.log('TokenIM: rows so far', Object.fromEntries(this.counts));
	}

	report(): { counts: ReadonlyMap<Verdict['status'], number>; createdByUnknown: number } {
		return { counts: this.counts, createdByUnknown: this.createdByUnknown };
	}
}
