// The nouns of a run: row, entry, task, outcome, verdict; and the ports through which the engine touches the world.

import type { DoneStatus, Exchange, WireRequest, WireResult } from './wire';

/** One thing the user gave: an item, or a line of a file. */
export interface Row {
	/** The number that the user sees: the sheet's own row number, else item index + 1. */
	readonly number: number;
	/** Index of the input item that the row came from. */
	readonly item: number;
	/** The columns as they came. Never changed, cloned or kept beyond the row's verdict. */
	readonly columns: Readonly<Record<string, unknown>>;
	/** What its file tells of its cells beside their text; most files tell nothing. */
	readonly facts?: CellFacts;
	/** What kept the row from being read, such as a quote that is never closed: it is `invalid` whatever its columns hold. */
	readonly issues?: readonly Issue[];
}

/** By the name of a column. */
export interface CellFacts {
	of(column: string): CellFact | undefined;
}

/** What a workbook knows of a cell, and a text cannot say. */
export type CellFact =
	| {
			readonly kind: 'moment';
			readonly what: 'date' | 'time';
			/** As the sheet shows it, where that is the same everywhere. */
			readonly shows: string | undefined;
	  }
	/** A number without a format: if it is a day, it is counted from 1904. */
	| { readonly kind: 'countedFrom1904' }
	/** A formula whose result the file does not hold. */
	| { readonly kind: 'noResult' };

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
	/** Undo: the account that the row is about, by the service's own id of it. */
	readonly imId?: string;
	/** Undo: what the run changed of it. */
	readonly changed?: RecordedChanges;
	/** User ids that a group should hold, each once. */
	readonly memberIds?: readonly string[];
	/** Which of its fields the row did not give and the node made: secret, and another value in each run. */
	readonly made?: readonly string[];
}

export type Prepared =
	| {
			readonly ok: true;
			readonly entry: Entry;
			/** Why the operation leaves this row alone: its verdict is `kept`. */
			readonly kept?: string;
	  }
	| {
			readonly ok: false;
			readonly issues: readonly Issue[];
			/** Where nothing is wrong with it. */ readonly id?: string;
	  };

/** What one request may hold. `undefined` where a limit does not apply. */
export interface ChunkLimit {
	readonly entries: number;
	readonly members?: number;
	readonly bytes: number;
}

/** What a run would say of a row, as far as a look-up can tell. */
export type WouldStatus = DoneStatus | 'kept' | 'missing' | 'failed' | 'notAttempted';

/** What became of one entry. */
export type Outcome =
	| {
			readonly kind: 'done';
			readonly status: DoneStatus;
			readonly imId?: string;
			/** Found after a lost answer: this run may have created it, or not. */
			readonly createdBy?: 'unknown';
			/** The answer may be that of an earlier request with the same key: what was sent now may not be what was done. */
			readonly mayBeReplay?: true;
			/** What a look-up before it showed that it changed. */
			readonly changes?: readonly Change[];
			/** Undo: fields that are left as they are. */
			readonly kept?: readonly KeptField[];
			/** That look-up found a user who is suspended. */
			readonly active?: false;
			/** As the answer has it: secret. */
			readonly returned?: Readonly<Record<string, string>>;
			/** Groups: what the answer says of each member, … */
			readonly members?: readonly WireResult[];
			/** … what became of each of them in the end, by user id, … */
			readonly memberOutcomes?: ReadonlyMap<string, Outcome>;
			/** … and all of that in short. */
			readonly memberSummary?: MemberSummary;
			/** The part of it that is about people whom no row names. */
			readonly otherMembers?: MemberSummary;
	  }
	| {
			readonly kind: 'found';
			readonly imId?: string;
			/** Users: false while suspended; `undefined` where the look-up does not say. */
			readonly active?: boolean;
			readonly record: Readonly<Record<string, unknown>>;
			/** Verify groups: what is known of each member that was asked after, by user id. */
			readonly memberOutcomes?: ReadonlyMap<string, Outcome>;
			/** … and, where that was asked, who is in the group and in no row of it. */
			readonly others?: readonly string[];
			/** Why that cannot be told: whoever no row seems to name may be meant by one. Then `others` is empty. */
			readonly othersUnclear?: string;
	  }
	| { readonly kind: 'missing' }
	/** Left alone. */
	| { readonly kind: 'kept'; readonly reason: string }
	/** Validate Only: what the run would make of it, where a look-up could tell. */
	| ({
			readonly kind: 'valid';
			readonly would?: WouldStatus;
			/** What it would change, … */
			readonly changes?: readonly Change[];
			/** Undo: fields that it would leave as they are. */
			readonly kept?: readonly KeptField[];
			/** … and that it is about a user who is suspended. */
			readonly active?: false;
			/** Groups: what would become of members, in short, … */
			readonly memberSummary?: MemberSummary;
			/** … and of those whom no row names. */
			readonly otherMembers?: MemberSummary;
	  } & OfMembers)
	| ({
			readonly kind: 'failed';
			readonly code: string;
			readonly message: string;
			readonly field?: string;
			readonly retryable: boolean;
	  } & OfMembers)
	| ({ readonly kind: 'unknown'; readonly reason: string } & OfMembers)
	| ({ readonly kind: 'notAttempted'; readonly reason: string; readonly code?: string } & OfMembers);

/** Groups: what became of each member, or would, by user id, where that is known. */
interface OfMembers {
	readonly memberOutcomes?: ReadonlyMap<string, Outcome>;
}

/** Whether requests that carried a task may have done something to it that no answer told of. */
export type Doubt =
	/** No: there was none, or each was answered. */
	| 'none'
	/** One got no complete answer so far; the same request again may bring it. */
	| 'open'
	/** No answer to come tells what one did: a complete one left the task out, or it goes on in other requests. */
	| 'lost'
	/** One did, and a complete answer was read since: what exists now may be this run's own work. */
	| 'past';

/** An entry on its way. The engine changes it; nobody else does. */
export interface Task {
	/** What is sent: as it was read, unless a look-up before it told more. */
	entry: Entry;
	/** The row's place in the run, from 0; part of the idempotency key. */
	readonly position: number;
	/** Requests that carried it. */
	attempts: number;
	/** Complete answers read for it; part of the idempotency key. */
	round: number;
	doubt: Doubt;
	/** Times that it was sent again because the service asked for that. */
	resends: number;
	requestId: string | undefined;
	/** Number of the chunk that it left in, from 1. */
	batch: number | undefined;
	outcome: Outcome | undefined;
	/** What a look-up before it showed that its request is for. */
	foreseen: Foreseen | undefined;
}

/** What a request for an entry should come to, by what was known before it (law 15). */
export interface Foreseen {
	readonly would: WouldStatus;
	/** What the service held before it, and after it; as a look-up would tell. */
	readonly before: Outcome;
	readonly after: Outcome;
	readonly changes?: readonly Change[];
	/** The user is suspended. */
	readonly active?: false;
}

/** A field that a write changes; one of the attributes is `attributes.name`. */
export interface Change {
	readonly field: string;
	/** What the service held. */
	readonly from: unknown;
	readonly to: unknown;
}

/** Changes as the row of an earlier result tells them. */
export interface RecordedChanges {
	readonly changes: readonly Change[];
	/** They stood in columns of a file, which do not tell a number from its digits. */
	readonly areCells: boolean;
}

/** A field that Undo leaves as it is, and why. */
export interface KeptField {
	readonly field: string;
	readonly reason: string;
}

export interface Difference {
	readonly field: string;
	readonly expected: unknown;
	readonly actual: unknown;
}

export interface MemberSummary {
	readonly added: number;
	readonly exists: number;
	/** Who was taken out, or would be; … */
	readonly removed?: readonly string[];
	/** … who is too many and stays, … */
	readonly held?: readonly string[];
	/** … and why. */
	readonly heldBecause?: string;
	/** By the name of a list that is not told whole, how many more there are: an AI agent is told of some. */
	readonly more?: Readonly<Record<string, number>>;
	/** Remove Members: how many were not in. */
	readonly absent?: number;
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
	/** What became of members; with *Group By*, on the group's first row, of those whom no row names. */
	readonly members?: MemberSummary;
}

/** What became of a row, without the numbers that every verdict carries. */
export type Judgement =
	| ({
			readonly status: DoneStatus;
			readonly createdBy?: 'unknown';
			readonly changes?: readonly Change[];
			readonly kept?: readonly KeptField[];
			readonly active?: false;
			/** *Return Tokens*: what the service handed out, by name; n8n is told that it is secret. */
			readonly tokens?: Readonly<Record<string, string>>;
	  } & Answered)
	| ({ readonly status: 'kept'; readonly reason: string } & Answered)
	| ({
			readonly status: 'valid';
			readonly would?: WouldStatus;
			readonly changes?: readonly Change[];
			readonly kept?: readonly KeptField[];
			readonly active?: false;
	  } & Answered)
	| ({ readonly status: 'found'; readonly active?: boolean } & Answered)
	/** A user whom no row names. */
	| ({ readonly status: 'unlisted'; readonly active?: boolean } & Answered)
	| ({ readonly status: 'missing' } & Answered)
	| ({
			readonly status: 'mismatch';
			readonly differences: readonly Difference[];
			/** What else there is to say than differences: why some could not be told. */
			readonly unclear?: string;
	  } & Answered)
	| {
			readonly status: 'invalid';
			readonly userId?: string;
			readonly groupId?: string;
			readonly issues: readonly Issue[];
	  }
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
	log(message: string): void;
}
