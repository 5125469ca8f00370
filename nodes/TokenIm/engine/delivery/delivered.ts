// What came of one request, in the end.

import type { Reading, Refusal } from '../wire';

export type Delivered =
	| Complete
	| { readonly kind: 'refused'; readonly refusal: Refusal }
	/** Out of attempts without a complete answer. */
	| { readonly kind: 'open'; readonly reason: string }
	/** It became a job that was lost from sight: its rows may be looked up, never sent again. */
	| { readonly kind: 'jobLost'; readonly reason: string }
	/** A limit was lowered before it went, and it holds too much now: it must be cut anew. */
	| { readonly kind: 'outgrown' }
	/** The run sends nothing new. */
	| { readonly kind: 'ended' };

/** An answer that says what became of the request's entries. */
export type Complete = Extract<Reading, { kind: 'complete' }>;
