// What goes to the service and what comes back, as the engine knows it: requests, exchanges, readings.

/** The plan's limits. `undefined` rate or concurrency means that the plan names none. */
export interface Limits {
	usersPerRequest: number;
	groupsPerRequest: number;
	idsPerQuery: number;
	membersPerRequest: number;
	/** How many a page of a list may hold; `undefined` where nobody says. */
	usersPerPage?: number;
	groupsPerPage?: number;
	maxBodyBytes: number;
	requestsPerSecond: number | undefined;
	concurrentRequests: number;
}

/** What the service says of the customer's plan. */
export interface PlanReading {
	readonly plan?: string;
	readonly limits: Partial<Limits>;
	readonly userQuota?: { readonly limit: number; readonly used: number };
	readonly permissions?: readonly string[];
}

/** A request before it is signed. `path` starts after the credential's base URL and carries its query. */
export interface WireRequest {
	readonly method: string;
	readonly path: string;
	readonly headers: Readonly<Record<string, string>>;
	/** Body as sent, or `undefined` for none. */
	readonly body: string | undefined;
	/** The base URL, where it is not the first of the service's. */
	readonly base?: string;
}

/** What came of one exchange with the service. Header names are lower case. */
export type Exchange =
	| {
			readonly kind: 'answer';
			readonly status: number;
			readonly headers: Readonly<Record<string, string>>;
			readonly body: Uint8Array;
	  }
	/** No connection was made, so nothing was sent; trying again may help. */
	| { readonly kind: 'unreached'; readonly reason: string }
	/** With these settings it never succeeds: no such host, an untrusted certificate, no token. The code is the service's. */
	| { readonly kind: 'unreachable'; readonly reason: string; readonly code?: string }
	/** The request may have arrived; no whole answer came back. */
	| { readonly kind: 'lost'; readonly reason: string };

/** Who is to blame for a whole request that was refused, and so what happens next (law 4, 6, 7). */
export type RefusalClass =
	/** 429: slow down; nothing was done. */
	| 'throttled'
	/** The service does not know what happened: try again. */
	| 'transient'
	/** An earlier copy of this very request is still running: ask again later. */
	| 'busy'
	/** The nonce was seen before: the same request again with a new one. */
	| 'nonce'
	/** One entry spoiled the request for its neighbours. */
	| 'entry'
	/** Over a limit of the plan. */
	| 'tooLarge'
	/** What the request is about does not exist: the fault of its entries. */
	| 'absent'
	/** It would make more than the plan has room for; nothing of it was made. */
	| 'quota'
	/** Something in it is so already (exists, is a member, is suspended), and the answer does not say what. */
	| 'taken'
	/** The place in a list where a page was to begin is known no more: the list begins anew. */
	| 'expired'
	/** No request like this can succeed. */
	| 'stop';

export interface NamedEntry {
	readonly index: number;
	readonly code: string;
	readonly message: string;
	readonly field?: string;
}

export interface Refusal {
	readonly class: RefusalClass;
	/** The service's own code, or one made of the status: `http_404`. */
	readonly code: string;
	/** A sentence for people: what happened and what to do. */
	readonly message: string;
	/** The wait that the service asked for. */
	readonly waitMs?: number;
	/** `tooLarge` only: what there was too much of, and the limit where the answer names it. */
	readonly limitOf?: 'entries' | 'members' | 'bytes';
	readonly limit?: number;
	/** `quota` only: what the plan allows and has, where the answer names both. */
	readonly quota?: { readonly limit: number; readonly used: number };
	/** The profile names no meaning for the code: what the class says is a guess. */
	readonly isUnnamed?: true;
	/** `entry` only: the entries that the answer blames. */
	readonly named?: readonly NamedEntry[];
}

export type DoneStatus =
	| 'created'
	| 'updated'
	| 'unchanged'
	| 'exists'
	| 'deleted'
	| 'absent'
	| 'added'
	| 'removed'
	| 'suspended'
	| 'reactivated';

/** What an answer says of one entry. */
export type EntryAnswer =
	| {
			readonly status: DoneStatus;
			readonly imId?: string;
			readonly members?: readonly WireResult[];
			/** What else the service handed out, by name, such as a token: secret, and read only where it was asked for. */
			readonly returned?: Readonly<Record<string, string>>;
	  }
	| {
			readonly status: 'found';
			readonly imId?: string;
			/** Users: false while suspended; `undefined` where the answer does not say. */
			readonly active?: boolean;
			readonly record: Readonly<Record<string, unknown>>;
	  }
	| { readonly status: 'missing' }
	/** Answered, but the answer proves nothing about it. */
	| { readonly status: 'unproved'; readonly reason: string }
	| {
			readonly status: 'failed';
			readonly code: string;
			readonly message: string;
			readonly field?: string;
			readonly retryable: boolean;
			/** The refusal says that the id is taken (`user_exists`). */
			readonly taken?: boolean;
	  };

/** One result as the wire carries it; `answer` is `undefined` where its status means nothing here. */
export interface WireResult {
	readonly id?: string;
	readonly index?: number;
	readonly answer: EntryAnswer | undefined;
}

/** Where a page of a list begins: what the page before named, or the number of a page or of a place. */
export type Cursor = string | number;

/** One of those that a list names. */
export interface Listed {
	readonly id: string;
	/** The id has not the form that the profile gives to ids: rows cannot name it, and no request can be about it. */
	readonly foreign?: true;
	readonly imId?: string;
	/** Users: false while suspended; `undefined` where the list does not say. */
	readonly active?: boolean;
	/** Members: `undefined` where the list does not say. */
	readonly role?: 'owner' | 'member';
	/** The canonical fields, as far as the list gives them. */
	readonly record: Readonly<Record<string, unknown>>;
}

/** One page of a list. Its records are read when they are asked for: a page may be long. */
export interface Page {
	readonly length: number;
	/** @throws RangeError where there is none */
	at(index: number): Listed;
	/** Where the next page begins; `undefined` after the last one. */
	readonly next: Cursor | undefined;
}

/** An exchange, understood. */
export type Reading =
	| {
			readonly kind: 'complete';
			readonly results: readonly WireResult[];
			/** A job that failed: holds for every entry that `results` does not settle. */
			readonly rest?: EntryAnswer;
			readonly plan?: PlanReading;
			readonly page?: Page;
			/** Whether an earlier request with the same key was answered like this; `undefined` where the service does not tell. */
			readonly replayed?: boolean;
			readonly requestId?: string;
	  }
	| {
			readonly kind: 'job';
			readonly jobId: string;
			readonly waitMs?: number;
			/** As of a complete answer. */
			readonly replayed?: boolean;
			readonly requestId?: string;
	  }
	| { readonly kind: 'refused'; readonly refusal: Refusal; readonly requestId?: string };
