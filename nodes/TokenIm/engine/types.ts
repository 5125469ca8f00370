// The nouns of a run: row, entry, task, chunk, call, reading, outcome, verdict; and the ports through which the
// engine touches the world. Everything else in engine/ is made of these.

/** One thing the user gave: an item, or a line of a file. */
export interface Row {
	/** The number that the user sees: the sheet's own row number, else item index + 1. */
	readonly number: number;
	/** Index of the input item that the row came from. */
	readonly item: number;
	/** The columns as they came. Never changed, cloned or kept beyond the row's verdict. */
	readonly columns: Readonly<Record<string, unknown>>;
	/** What kept the row from being read, such as a quote that is never closed: it is `invalid` whatever its columns hold. */
	readonly issues?: readonly Issue[];
}

/** One thing wrong with a row, said so that the person who owns the sheet can mend it. */
export interface Issue {
	readonly column: string | null;
	readonly field: string;
	readonly code: string;
	readonly found: string;
	readonly expected: string;
	readonly fix: string;
}

/** A row that passed validation. */
export interface Entry {
	/** The id that the service knows it by: a user id or a group id. */
	readonly id: string;
	/** The canonical fields that the row gave (`userId`, `username`, …); `null` asks to clear a field. */
	readonly fields: Readonly<Record<string, unknown>>;
	/** User ids that a group should hold, each once. */
	readonly memberIds?: readonly string[];
}

export type Prepared =
	| { readonly ok: true; readonly entry: Entry; /** Batch Delete leaves this row alone: its verdict is `kept`. */ readonly isKept?: true }
	| { readonly ok: false; readonly issues: readonly Issue[]; /** Where nothing is wrong with it. */ readonly id?: string };

/** What one request may hold. `undefined` where a limit does not apply. */
export interface ChunkLimit {
	readonly entries: number;
	readonly members?: number;
	readonly bytes: number;
}

/** The plan's limits. `undefined` rate or concurrency means that the plan names none. */
export interface Limits {
	usersPerRequest: number;
	groupsPerRequest: number;
	idsPerQuery: number;
	membersPerRequest: number;
	maxBodyBytes: number;
	requestsPerSecond: number | undefined;
	concurrentRequests: number;
}

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
	| { readonly kind: 'answer'; readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array }
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

/** What a run would say of a row, as far as a look-up can tell. */
export type WouldStatus = DoneStatus | 'failed' | 'notAttempted';

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

/** What became of one entry. */
export type Outcome =
	| {
			readonly kind: 'done';
			readonly status: DoneStatus;
			readonly imId?: string;
			/** Found after a lost answer: this run may have created it, or not. */
			readonly createdBy?: 'unknown';
			/** As the answer has it: secret. */
			readonly returned?: Readonly<Record<string, string>>;
			/** Groups: what the answer says of each member, … */
			readonly members?: readonly WireResult[];
			/** … what became of each of them in the end, by user id, … */
			readonly memberOutcomes?: ReadonlyMap<string, Outcome>;
			/** … and all of that in short. */
			readonly memberSummary?: MemberSummary;
	  }
	| {
			readonly kind: 'found';
			readonly imId?: string;
			readonly record: Readonly<Record<string, unknown>>;
			/** Verify groups: what is known of each member that was asked after, by user id. */
			readonly memberOutcomes?: ReadonlyMap<string, Outcome>;
	  }
	| { readonly kind: 'missing' }
	/** Batch Delete: not to be deleted. */
	| { readonly kind: 'kept' }
	/** Validate Only: what the run would make of it, where a look-up could tell. */
	| ({ readonly kind: 'valid'; readonly would?: WouldStatus } & OfMembers)
	| ({ readonly kind: 'failed'; readonly code: string; readonly message: string; readonly field?: string; readonly retryable: boolean } & OfMembers)
	| ({ readonly kind: 'unknown'; readonly reason: string } & OfMembers)
	| ({ readonly kind: 'notAttempted'; readonly reason: string; readonly code?: string } & OfMembers);

/** Groups: what became of each member, or would, by user id, where that is known. */
interface OfMembers {
	readonly memberOutcomes?: ReadonlyMap<string, Outcome>;
}

/** An entry on its way. The engine changes it; nobody else does. */
export interface Task {
	readonly entry: Entry;
	/** The row's place in the run, from 0; part of the idempotency key. */
	readonly position: number;
	/** Requests that carried it. */
	attempts: number;
	/** Complete answers read for it; part of the idempotency key. */
	round: number;
	/** An attempt was sent and no complete answer was read for it since. */
	unsettled: boolean;
	/** An attempt was unsettled at some time: what exists now may be this run's own work. */
	uncertain: boolean;
	/** A complete answer left it out: what that request did to it no later answer tells. */
	leftOut: boolean;
	/** Times that it was sent again because the service asked for that. */
	resends: number;
	requestId: string | undefined;
	/** Number of the chunk that it left in, from 1. */
	batch: number | undefined;
	outcome: Outcome | undefined;
}

export interface Difference {
	readonly field: string;
	readonly expected: unknown;
	readonly actual: unknown;
}

export interface MemberSummary {
	readonly added: number;
	readonly exists: number;
	readonly failed: ReadonlyArray<{ readonly userId: string; readonly code: string; readonly message: string }>;
	readonly unknown: readonly string[];
	readonly notAttempted: readonly string[];
}

interface Answered {
	readonly userId?: string;
	readonly groupId?: string;
	readonly imId?: string;
	/** *Group By*: what became of the group of this row's member. */
	readonly group?: Verdict['status'];
}

/** What became of a row, without the numbers that every verdict carries. */
export type Judgement =
	| ({
			readonly status: DoneStatus;
			readonly createdBy?: 'unknown';
			readonly members?: MemberSummary;
			/** *Return Tokens*: what the service handed out, by name; n8n is told that it is secret. */
			readonly tokens?: Readonly<Record<string, string>>;
	  } & Answered)
	| ({ readonly status: 'kept' } & Answered)
	| ({ readonly status: 'valid'; readonly would?: WouldStatus } & Answered)
	| ({ readonly status: 'found' } & Answered)
	| ({ readonly status: 'missing' } & Answered)
	| ({ readonly status: 'mismatch'; readonly differences: readonly Difference[] } & Answered)
	| { readonly status: 'invalid'; readonly userId?: string; readonly groupId?: string; readonly issues: readonly Issue[] }
	| ({
			readonly status: 'failed';
			readonly code: string;
			readonly message: string;
			readonly field?: string;
			readonly retryable: boolean;
	  } & Answered)
	| ({ readonly status: 'unknown'; readonly reason: string } & Answered)
	| ({ readonly status: 'notAttempted'; readonly reason: string; readonly code?: string } & Answered);

export type Verdict = Judgement & {
	readonly row: number;
	readonly attempts: number;
	readonly requestId: string | undefined;
	readonly batch: number | undefined;
};

/** Everything impure. A test hands in a virtual clock, a seeded generator and a scripted server. */
export interface Ports {
	/** Milliseconds since the epoch. */
	now(): number;
	/** Resolves after `delayMs`, or at once when the signal is or goes up. Never rejects. */
	sleep(delayMs: number, signal: AbortSignal): Promise<void>;
	/** In [0, 1). */
	random(): number;
	/** Signs and sends one attempt. Never rejects. */
	send(request: WireRequest, options: { readonly timeoutMs: number; readonly signal: AbortSignal }): Promise<Exchange>;
	/** Gives the event loop a turn. */
	breathe(): Promise<void>;
	/** Counts only: no id, no name, no secret. */
	log(message: string, counts: Readonly<Record<string, number>>): void;
}
