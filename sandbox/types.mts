/** The words of the sandbox: what comes in, what goes out, and what a plan allows. */

export type Permission =
	| 'users:read'
	| 'users:write'
	| 'users:delete'
	| 'groups:read'
	| 'groups:write'
	| 'groups:delete';

export const allPermissions: readonly Permission[] = [
	'users:read',
	'users:write',
	'users:delete',
	'groups:read',
	'groups:write',
	'groups:delete',
];

/** What one request may hold. `null` or 0 for rate and concurrency means "no limit". */
export interface Limits {
	usersPerRequest: number;
	groupsPerRequest: number;
	idsPerQuery: number;
	membersPerRequest: number;
	usersPerPage: number;
	groupsPerPage: number;
	maxBodyBytes: number;
	requestsPerSecond: number | null;
	concurrentRequests: number | null;
}

/** `quota` is the number of users the plan may hold; `null` means any number. */
export interface Plan {
	name: string;
	limits: Limits;
	quota: number | null;
}

export interface ApiKey {
	readonly apiKey: string;
	readonly apiSecret: string;
	readonly permissions: readonly Permission[];
}

/** One request as it stood on the wire. `path` includes the query, exactly as sent. */
export interface ServiceRequest {
	readonly method: string;
	readonly path: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: Uint8Array;
}

export interface Answer {
	readonly kind: 'answer';
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: Uint8Array;
}

/** What the client gets, `delayMs` after it asked: an answer, a connection reset, or nothing at all. */
export type Reply = (Answer | { readonly kind: 'reset' } | { readonly kind: 'hang' }) & {
	readonly delayMs: number;
};

export type EndpointName =
	| 'limits'
	| 'jobs'
	| ListName
	| 'users/batch'
	| 'users/query'
	| 'users/batch-delete'
	| 'users/batch-status'
	| 'groups/batch'
	| 'groups/query'
	| 'groups/batch-delete'
	| 'groups/members'
	| 'groups/members/query'
	| 'groups/members/remove';

/** What is read page by page: `GET /users`, `GET /groups`, `GET /groups/{groupId}/members`. */
export type ListName = 'users/list' | 'groups/list' | 'groups/members/list';

/** One line of the request log. `status` is what the client saw; `faults` names the faults that had a part in it. */
export interface RequestLogEntry {
	readonly number: number;
	readonly atMs: number;
	readonly method: string;
	readonly path: string;
	readonly endpoint: EndpointName | undefined;
	readonly status: number | 'reset' | 'hang';
	readonly delayMs: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly entryCount: number;
	readonly bodyBytes: number;
	readonly body: string | undefined;
	readonly faults: readonly string[];
}

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
