/**
 * The language of faults: plain data, so that a test, a property's generator and a person with curl write the same.
 * A script is a list of faults. For each request all those that match take part, in their order.
 */
import type { JobScript } from '../jobs.mts';
import type { EndpointName, Limits } from '../types.mts';

export interface Fault {
	readonly when?: FaultCondition;
	readonly do: FaultAction;
}

/** All that is given must hold. Nothing given: every request. */
export interface FaultCondition {
	readonly endpoint?: EndpointName | readonly EndpointName[];
	/** The first request is 1; counted among those of `endpoint` where that is given, else among all. */
	readonly request?: number | readonly number[];
	readonly from?: number;
	readonly to?: number;
	readonly every?: number;
	/** An entry, or the path, has this id. */
	readonly containsId?: string | readonly string[];
	/** The chance from 0 to 1, drawn from the seed. Drawn only when all else holds. */
	readonly chance?: number;
	/** It happens at most so many times. */
	readonly times?: number;
}

/** Whether the request is carried out although its answer is lost: at once, not at all, or so much later. */
export type Written = boolean | { readonly lateMs: number };

/** Seconds, text as it is (`'soon'`), or an HTTP date so far from now. */
export type RetryAfter = number | string | { readonly dateInMs: number };

export type FaultAction =
	// Refusals; nothing is written unless `written` says so.
	| { readonly kind: 'rateLimited'; readonly retryAfter?: RetryAfter }
	| {
			readonly kind: 'serverError';
			readonly status?: 500 | 502 | 503 | 504;
			readonly retryAfter?: RetryAfter;
			readonly written?: Written;
	  }
	| {
			readonly kind: 'tooLarge';
			readonly code?: 'too_many_items' | 'too_many_members' | 'body_too_large';
			readonly limit?: number;
	  }
	/** 400 for the whole batch; `named` lists the entries that `containsId` matched. */
	| { readonly kind: 'invalidRequest'; readonly named?: boolean }
	| {
			readonly kind: 'unauthorized';
			readonly code: 'invalid_key' | 'invalid_signature' | 'clock_skew' | 'nonce_reused';
			readonly written?: Written;
	  }
	| { readonly kind: 'forbidden' }
	| { readonly kind: 'quotaExhausted' }
	| { readonly kind: 'keyInUse'; readonly retryAfter?: RetryAfter }
	| { readonly kind: 'keyMismatch' }
	/** 410, whatever the cursor's age. A first page has no cursor and is left as it is. */
	| { readonly kind: 'cursorExpired' }
	| { readonly kind: 'redirect'; readonly location: string; readonly status?: number }
	/** Anything else: a text goes out as it is, any other body as JSON. */
	| {
			readonly kind: 'refusal';
			readonly status: number;
			readonly body?: unknown;
			readonly headers?: Readonly<Record<string, string>>;
			readonly written?: Written;
	  }
	// Answers that are none.
	| {
			readonly kind: 'html';
			readonly status?: number;
			readonly retryAfter?: RetryAfter;
			readonly written?: Written;
	  }
	| { readonly kind: 'emptyBody'; readonly status?: number; readonly written?: Written }
	/** The real answer, cut off after this share of it (default half). */
	| { readonly kind: 'cutJson'; readonly keep?: number }
	| { readonly kind: 'hugeBody'; readonly bytes?: number; readonly written?: Written }
	| { readonly kind: 'reset'; readonly written: Written }
	| { readonly kind: 'hang'; readonly written: Written }
	| { readonly kind: 'slow'; readonly delayMs: number }
	// Changes that last.
	| { readonly kind: 'setLimits'; readonly limits: Partial<Limits> }
	| { readonly kind: 'setQuota'; readonly quota: number | null }
	// What happens inside the batch.
	| {
			readonly kind: 'failEntries';
			/** Ids, or a share of all ids, chosen by the seed and the id. */
			readonly ids: readonly string[] | { readonly share: number };
			readonly code?: string;
			readonly message?: string;
			readonly field?: string;
			readonly retryable?: boolean;
			/** Each id is refused so often, then taken. */
			readonly timesEach?: number;
	  }
	| ({ readonly kind: 'job' } & JobScript)
	| { readonly kind: 'tamper'; readonly how: Tamper | readonly Tamper[] };

/** What a faulty deployment does to the list of its answer (`results`, or `users`, `groups`, `members`). */
export type Tamper =
	/** The last `count` (default 1), or those with these ids, are left out. */
	| { readonly kind: 'short'; readonly count?: number; readonly ids?: readonly string[] }
	/** Results for ids that were never sent are added; their index is that of a real entry. */
	| { readonly kind: 'long'; readonly ids?: readonly string[] }
	| { readonly kind: 'reordered' }
	/** The first `count` (default 1) stand there twice. */
	| { readonly kind: 'repeated'; readonly count?: number }
	/** The first `count`, or those with these ids, stand there twice and say the opposite. */
	| { readonly kind: 'contradicting'; readonly count?: number; readonly ids?: readonly string[] }
	/** The first `count` carry an id that was never sent in place of their own. */
	| { readonly kind: 'foreign'; readonly count?: number }
	| { readonly kind: 'withoutIds' }
	/** Lists: the next cursor is the one that was asked for. A first page has none and is left as it is. */
	| { readonly kind: 'cursorAgain' }
	/** Each index is moved by one. */
	| { readonly kind: 'wrongIndex' }
	| { readonly kind: 'withoutIndex' }
	/** The first `count` are numbers, nulls and lists where texts should be; with `list`, the whole list is no list. */
	| { readonly kind: 'wrongTypes'; readonly count?: number; readonly list?: boolean };
