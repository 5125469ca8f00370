// The plan's limits during a run: read once, lowered when the service says so, never raised again.

import type { ChunkLimit } from '../types';
import type { Limits } from '../wire';
import type { Call } from '../call';

/** More requests at once help no service, and each has a worker and a socket. */
const MOST_AT_ONCE = 64;

export class RunLimits {
	/** Rises whenever a limit is lowered: chunks cut before are cut anew. */
	revision = 0;

	constructor(private readonly values: Limits) {}

	get requestsPerSecond(): number | undefined {
		return this.values.requestsPerSecond;
	}

	get concurrentRequests(): number {
		return Math.min(MOST_AT_ONCE, Math.max(1, this.values.concurrentRequests));
	}

	get maxBodyBytes(): number {
		return this.values.maxBodyBytes;
	}

	/** What one request of this call may hold as things stand. */
	of(call: Call): ChunkLimit {
		const { entries, members, bytes } = call.most ?? {};
		return {
			entries: Math.max(1, lower(this.values[call.limitNames.entries], entries) ?? 1),
			members: call.limitNames.members === undefined ? undefined : lower(this.values[call.limitNames.members], members),
			bytes: (lower(this.values.maxBodyBytes, bytes) ?? 0) - call.overheadBytes,
		};
	}

	/** How many a page of a list may hold, at most `most`; `undefined` where nobody says. */
	pageSize(name: keyof Limits, most: number | undefined): number | undefined {
		return lower(this.values[name], most);
	}

	/** Takes over what the service says of its plan; what it leaves out stays. */
	adopt(plan: Partial<Limits>): void {
		Object.assign(this.values, plan);
	}

	/** Lowers a limit for the rest of the run; a value that is not lower changes nothing. Returns whether it did. */
	lower(name: keyof Limits, value: number): boolean {
		const now = this.values[name];
		if (value < 1 || (now !== undefined && value >= now)) return false;
		this.values[name] = value;
		this.revision++;
		return true;
	}
}

function lower(plan: number | undefined, most: number | undefined): number | undefined {
	if (plan === undefined || most === undefined) return plan ?? most;
	return Math.min(plan, most);
}
