// A call that is carried out for chunks, with all that its steps may need.

import type { Call } from '../call';
import type { RunContext } from '../context';
import type { Delivered } from './delivered';
import type { RefusedOutright } from './refusedOutright';
import type { Entry, Outcome } from '../types';

/** What a delivery has at hand beside its chunk. */
export interface Means {
	/** Where it is missing, nothing can be looked up. */
	readonly lookUp?: LookUp;
	/** Learns of refusals of whole requests, where they may speak of the service: not those of members and look-ups. */
	readonly refusedOutright?: RefusedOutright;
	/** Told that the chunk only waits for a while: the next one may go meanwhile. */
	readonly onWait?: () => void;
	/** Told what came of the chunk's requests; the first time counts. */
	readonly onDelivered?: (delivered: Delivered) => void;
}

export interface Errand extends Means {
	readonly ctx: RunContext;
	readonly call: Call;
}

/** Says of each what a query knows of it now, and changes nothing. */
export type LookUp = <T extends Asked>(asked: readonly T[]) => Promise<ReadonlyMap<T, Seen>>;

/** What is asked after: a task, or less. */
export interface Asked {
	readonly entry: Entry;
	/** The row's place in the run. */
	readonly position: number;
}

export interface Seen {
	/** `found`, `missing`, or what kept it from being known. */
	readonly outcome: Outcome;
	/** Requests that asked after it. */
	readonly attempts: number;
}
