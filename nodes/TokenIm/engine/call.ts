// One endpoint of the service, as the protocol speaks it and the engine uses it.

import type { ChunkLimit, Entry } from './types';
import type { EntryAnswer, Exchange, Limits, Reading, WireRequest } from './wire';

/** Without keys a create may not be sent again before it was looked up (law 3). */
export function mustLookUpFirst(call: Call): boolean {
	return call.writes && call.keyHeader === undefined && call.settlement === 'lookUp';
}

/** How rows that a call left open are settled (law 3). */
type Settlement =
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
	/** It is about what exists: what a look-up finds is what it is sent for, and none says what need not be sent. */
	readonly isAboutExisting?: boolean;
	/** The service would make what does not exist: only what a look-up finds is sent, and nothing without one. */
	readonly onlyIfFound?: boolean;
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
