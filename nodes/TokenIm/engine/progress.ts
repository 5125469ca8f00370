// Counts of a run, and a line in the log every half minute.

import { count } from './count';
import type { Ports, Verdict } from './types';

const LOG_EVERY_MS = 30_000;

/** How a run stands beside its rows. */
export interface Standing {
	readonly requests: number;
	/** The last request was not carried out. */
	readonly isAmiss: boolean;
}

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

	/**
	 * Writes a line every half minute, also while the run only waits, until the signal goes up. Counts only (law 10), and in
	 * the message itself: n8n's text log drops what stands beside it.
	 */
	async keepLog(over: AbortSignal, standing: () => Standing): Promise<void> {
		for (;;) {
			await this.ports.sleep(LOG_EVERY_MS, over);
			if (over.aborted) return;
			this.ports.log(this.line(standing()));
		}
	}

	private line({ requests, isAmiss }: Standing): string {
		const rows = [...this.counts].map(([status, rows]) => `${status} ${count(rows)}`);
		const sent = `${count(requests)} ${requests === 1 ? 'request' : 'requests'} so far`;
		const waits = isAmiss ? '; the service did not carry out the last one, so the run waits and tries again' : '';
		return `TokenIM: ${rows.length === 0 ? 'no row is done yet' : rows.join(', ')}, ${sent}${waits}`;
	}

	report(): { counts: ReadonlyMap<Verdict['status'], number>; createdByUnknown: number } {
		return { counts: this.counts, createdByUnknown: this.createdByUnknown };
	}
}
