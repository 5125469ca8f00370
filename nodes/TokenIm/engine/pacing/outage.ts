// Whether the service is out: then one probe at a time travels (law 6).

import { probeDelayMs } from './backOff';

/** Transient failures in a row after which the service counts as out. */
export const OUTAGE_AFTER = 4;

export class Outage {
	private failuresInRow = 0;
	/** Probes that have failed in a row; a burst of failures that were under way together is none. */
	private failedProbes = 0;

	get isOn(): boolean {
		return this.failuresInRow >= OUTAGE_AFTER;
	}

	fail(isProbe: boolean): void {
		this.failuresInRow++;
		if (isProbe) this.failedProbes++;
	}

	/** It answered. */
	end(): void {
		this.failuresInRow = 0;
		this.failedProbes = 0;
	}

	/** The wait before the next probe; none while the service is not out. */
	probeDelayMs(random: () => number): number {
		return this.isOn ? probeDelayMs(this.failedProbes + 1, random()) : 0;
	}
}
