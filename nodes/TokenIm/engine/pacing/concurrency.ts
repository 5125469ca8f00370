// How many requests may be under way at once (law 6).

import type { RunLimits } from './limits';

export class Concurrency {
	private most: number;
	private inFlight = 0;

	constructor(private readonly limits: RunLimits) {
		this.most = limits.concurrentRequests;
	}

	get isIdle(): boolean {
		return this.inFlight === 0;
	}

	/** Whether one more may go; `most` holds instead of what was found out so far. */
	hasRoom(most = this.most): boolean {
		return this.inFlight < most;
	}

	enter(): void {
		this.inFlight++;
	}

	leave(): void {
		this.inFlight--;
	}

	lower(): void {
		this.most = Math.max(1, Math.floor(this.most / 2));
	}

	raise(): void {
		this.most = Math.min(this.limits.concurrentRequests, this.most + 1);
	}

	/** Limits were just read: all that they allow. */
	adopt(): void {
		this.most = this.limits.concurrentRequests;
	}
}
