/** What a service is made of, and what can be done with it. */
import type { Fault } from './faults/script.mts';
import type { OperationContext } from './operations/context.mts';
import type { RequestLogOptions } from './requestLog.mts';
import type { Group } from './store/groups.mts';
import type { User } from './store/users.mts';
import type { ApiKey, Limits, Permission, Reply, RequestLogEntry, ServiceRequest } from './types.mts';

export interface ServiceOptions extends RequestLogOptions {
	/** The clock, in milliseconds since 1970. */
	readonly now?: () => number;
	/** A file, or `:memory:` (default). */
	readonly database?: string;
	/** `standard` (default), `small` or `unpaced`; `limits` and `quota` say what differs. */
	readonly plan?: string;
	readonly limits?: Partial<Limits>;
	/** How many users the plan may hold; `null` for any number. */
	readonly quota?: number | null;
	readonly apiKey?: string;
	readonly apiSecret?: string;
	readonly permissions?: readonly Permission[];
	/** Keys beside the first one. */
	readonly otherKeys?: readonly ApiKey[];
	readonly faults?: readonly Fault[];
	readonly seed?: number;
	/** The query endpoints show what was there so long ago. `memberCount` does not lag. */
	readonly readLagMs?: number;
	/** Every answer takes so long. */
	readonly latencyMs?: number;
	/** One bad entry refuses its whole batch: with `errors` (`named`) or without (`unnamed`). */
	readonly strict?: OperationContext['strict'];
	/** Answers 429 to what exceeds `concurrentRequests`. */
	readonly enforceConcurrency?: boolean;
	/** `false`: a service that knows no `Idempotency-Key`. */
	readonly idempotency?: boolean;
}

export interface StoredGroup extends Group {
	readonly memberIds: readonly string[];
}

export interface Service {
	readonly apiKey: string;
	readonly apiSecret: string;
	/** Every request under `/v1` so far, in the order of arrival. */
	readonly requests: readonly RequestLogEntry[];
	/** Answers one request. Never throws; what is asked of it late is done before the next request. */
	handle(request: ServiceRequest): Reply;
	/** Starts a new script; the request numbers begin at 1 again. */
	setFaults(faults: readonly Fault[], seed?: number): void;
	setLimits(limits: Partial<Limits>): void;
	setQuota(quota: number | null): void;
	setPermissions(permissions: readonly Permission[]): void;
	faults(): readonly Fault[];
	limits(): Limits;
	quota(): number | null;
	users(): User[];
	groups(): StoredGroup[];
	userCount(): number;
	/** Forgets people, groups, kept answers, jobs and the log; keys, limits and faults stay, the script begins anew. */
	reset(): void;
	close(): void;
}
