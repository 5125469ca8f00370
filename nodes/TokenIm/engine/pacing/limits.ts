// The plan's limits during a run: read once, lowered when the service says so, never raised again.

import type { ChunkLimit } from '../types';
import type { Limits } from '../wire';
import type { Call } from '../call';

/** More requests at once help no service, and each has a worker and a socket. */
const MOST_AT_ONCE = 64;
/** Whatever a plan names: the answer, which is read up to 8 MiB, has room for 1.6 KB of each; more is no quicker. */
const MOST_IN_A_REQUEST = 5_000;
/** A body is held whole, as often as requests are under way. */
const MOST_BODY_BYTES = 16 * 1024 * 1024;

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
		return Math.min(MOST_BODY_BYTES, this.values.maxBodyBytes);
	}

	/** What one request of this call may hold as things stand. */
	of(call: Call): ChunkLimit {
		const { entries, members, bytes } = call.most ?? {};
		return {
			entries: Math.max(1, this.named(call.limitNames.entries, entries) ?? 1),
			members: call.limitNames.members === undefined ? undefined : this.named(call.limitNames.members, members),
			bytes: (lower(this.maxBodyBytes, bytes) ?? 0) - call.overheadBytes,
		};
	}

	/** How many a page of a list is to hold, at most `most`; `undefined` where nobody says. */
	pageSize(name: keyof Limits, most: number | undefined): number | undefined {
		return this.named(name, most);
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

	private named(name: keyof Limits, most: number | undefined): number | undefined {
		const value = lower(this.values[name], most);
		return value === undefined ? undefined : Math.min(MOST_IN_A_REQUEST, value);
	}
}

function lower(plan: number | undefined, most: number | undefined): number | undefined {
	if (plan === undefined || most === undefined) return plan ?? most;
	return Math.min(plan, most);
}
