// The run's retry budget: a service that keeps failing costs tens of retries, not rows × attempts.

/** Counted retries that a run may spend before successes give some back. */
const RETRY_BUDGET = 50;

export class RetryBudget {
	private left: number;

	constructor(private readonly size = RETRY_BUDGET) {
		this.left = size;
	}

	/** Takes one retry; false when none is left. */
	take(): boolean {
		if (this.left === 0) return false;
		this.left--;
		return true;
	}

	/** A success gives one back, up to the size it started with. */
	giveBack(): void {
		this.left = Math.min(this.size, this.left + 1);
	}
}
