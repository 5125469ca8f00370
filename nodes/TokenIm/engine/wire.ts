// What goes to the service and what comes back, as the engine knows it: calls, requests, exchanges, readings.

import type { ChunkLimit, Entry, Limits } from './types';

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
	/** No connection can ever be made with these settings: no such host, an untrusted certificate. */
	| { readonly kind: 'unreachable'; readonly reason: string }
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
	/** Something in it exists already, and the answer does not say what. */
	| 'taken'
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
	/** `entry` only: the entries that the answer blames. */
	readonly named?: readonly NamedEntry[];
}

export type DoneStatus = 'created' | 'updated' | 'exists' | 'deleted' | 'absent' | 'added';

/** What an answer says of one entry. */
export type EntryAnswer =
	| {
			readonly status: DoneStatus;
			readonly imId?: string;
			readonly members?: readonly WireResult[];
			/** What else the service handed out, by name, such as a token: secret, and read only where it was asked for. */
			readonly returned?: Readonly<Record<string, string>>;
	  }
	| { readonly status: 'found'; readonly imId?: string; readonly record: Readonly<Record<string, unknown>> }
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

/** An exchange, understood. */
export type Reading =
	| {
			readonly kind: 'complete';
			readonly results: readonly WireResult[];
			/** A job that failed: holds for every entry that `results` does not settle. */
			readonly rest?: EntryAnswer;
			readonly plan?: PlanReading;
			readonly requestId?: string;
	  }
	| { readonly kind: 'job'; readonly jobId: string; readonly waitMs?: number; readonly requestId?: string }
	| { readonly kind: 'refused'; readonly refusal: Refusal; readonly requestId?: string };

/** How rows that a call left open are settled (law 3). */
export type Settlement =
	/** Look the ids up; what is not found goes once more. */
	| 'lookUp'
	/** Go once more; idempotent by nature. */
	| 'again';

/** How often requests of one kind may go. Calls that name the same bucket share it. */
export interface Rate {
	readonly bucket: string;
	/** Milliseconds from one request to the next. */
	readonly spacingMs: number;
}

/** What a request carried: entries, and their parts of its body. */
export interface Carried {
	readonly entries: readonly Entry[];
	readonly parts: readonly string[];
}

/** One endpoint of the service, as the protocol speaks it. Calls hold no state. */
export interface Call {
	/** For messages: "create users". */
	readonly name: string;
	readonly writes: boolean;
	/** The header in which a key makes sending again safe; `undefined` where the service knows none, and for reads. */
	readonly keyHeader: string | undefined;
	readonly settlement: Settlement;
	/** Which limits of the plan cut this call's chunks. */
	readonly limitNames: { readonly entries: keyof Limits; readonly members?: keyof Limits };
	/** What one request of this call may hold whatever the plan allows. */
	readonly most?: Partial<ChunkLimit>;
	/** Rates that hold beside that of the plan. */
	readonly rates?: readonly Rate[];
	/** What an id means that a look-up found before this call was sent for it; `failed` or `exists`. */
	readonly ifTaken?: EntryAnswer;
	/** The service overwrites what exists: only what a look-up does not find is sent. */
	readonly looksUpFirst?: boolean;
	/** Bytes of the body around the entries. */
	readonly overheadBytes: number;
	/**
	 * Whether the answer's 404 or the like means that each of its entries is `missing` (read calls) rather than failed.
	 */
	readonly absentMeans: 'failed' | 'missing';
	/** An entry's part of the body, with at most `maxMembers` of its members. */
	encode(entry: Entry, maxMembers?: number): string;
	/** The request for these entries; `parts` are their encodings, in the same order. */
	request(entries: readonly Entry[], parts: readonly string[]): WireRequest;
	/** Asks after a job that one of this call's requests became. */
	jobRequest(jobId: string): WireRequest;
	/** Reads an exchange of `request`. `nowMs` turns dates into waits; `carried` is what the request held. Never throws. */
	read(exchange: Exchange, nowMs: number, carried?: Carried): Reading;
	/** Reads an exchange of `jobRequest`: `job` while it runs. Never throws. */
	readJob(exchange: Exchange, nowMs: number): Reading;
	/** The form in which ids are compared: folded where the service folds. */
	fold(id: string): string;
}
