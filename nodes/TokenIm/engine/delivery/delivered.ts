// What came of one request, in the end.

import type { EntryAnswer, Reading, Refusal, WireResult } from '../wire';

export type Delivered =
	/** A complete answer. `rest` holds for every entry that `results` does not name. */
	| {
			readonly kind: 'complete';
			readonly results: readonly WireResult[];
			readonly rest?: EntryAnswer;
			readonly reading?: Reading;
	  }
	| { readonly kind: 'refused'; readonly refusal: Refusal }
	/** Out of attempts without a complete answer. */
	| { readonly kind: 'open'; readonly reason: string }
	/** It became a job that was lost from sight: its rows may be looked up, never sent again. */
	| { readonly kind: 'jobLost'; readonly reason: string }
	/** A limit was lowered before it went, and it holds too much now: it must be cut anew. */
	| { readonly kind: 'outgrown' }
	/** The run sends nothing new. */
	| { readonly kind: 'ended' };
