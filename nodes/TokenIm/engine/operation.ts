// What the engine asks of an operation. One file of operations/ is one of these.

import type { Chunk } from './delivery/chunk';
import type { RunContext } from './context';
import type { Means } from './delivery/errand';
import type { Entry, Foreseen, Issue, Judgement, Outcome, Prepared, Row } from './types';
import type { Call } from './call';

/** Why a valid row goes no further. */
export type Obstacle =
	| { readonly sameAsRow: number }
	| { readonly overBytes: number }
	| { readonly differsIn: string; readonly fromRow: number };

/** How much one run may take away. */
export interface BrakeSetting {
	/** Different ids that valid rows may name; 0: any number. */
	readonly most: number;
	/** What the editor calls it. */
	readonly setting: string;
	/** The ids that an entry takes away, as they are compared, where it is not its own that goes but, say, its members. */
	readonly idsOf?: (entry: Entry) => Iterable<string>;
}

/** How rows of one entry are held against each other (*Group By*). */
export interface RowsOfOne {
	/** Whether two rows say the same in a field, although they write it in two ways. */
	agree(one: Entry, other: Entry, field: string): boolean;
	/** The form in which ids of members are compared. */
	member(userId: string): string;
}

/** What is to be done with an entry of which something is known. */
export type Decision =
	/** Nothing: this is what became of it. */
	| { readonly kind: 'done'; readonly outcome: Outcome }
	/** It is sent, or `as` in its place; `foreseen` where what is known tells what that comes to. */
	| { readonly kind: 'send'; readonly foreseen?: Foreseen; readonly as?: Entry };

/** Rows are looked up before they are sent, and only those that have to be are (law 15). */
export interface LookFirst {
	readonly query: Call;
	/** Whether a look-up may spare the entry its request; others are sent unseen. */
	asks(entry: Entry): boolean;
	/** `seen` is `found`, `missing`, or what kept it from being known. Decides the same each time that it is asked. */
	decide(entry: Entry, seen: Outcome): Decision;
}

export interface Operation {
	/** The call that carries the rows; its limits cut them into chunks. */
	readonly call: Call;
	/** By what open rows of `call` are looked up. */
	readonly lookUp?: Call;
	/**
	 * By what a chunk's rows are looked up when it is carried out: as many go in one chunk as one look-up takes, and what is
	 * sent of them is cut anew. Default: `lookUp`, where `call` looks up before it is sent.
	 */
	readonly asks?: Call;
	/** Without it every row is sent. Goes with `repeats` at `after`. */
	readonly lookFirst?: LookFirst;
	/**
	 * An id that comes again (law 9): is refused, goes in a later chunk after the earlier was settled, or is sent once
	 * and shares its outcome; or all rows with it make one entry with a member for each (*Group By*: all rows are read
	 * before the first is sent).
	 */
	readonly repeats: 'refuse' | 'after' | 'share' | 'gather';
	/** Under `gather`. Default: two rows say the same only where they write the same. */
	readonly rowsOfOne?: RowsOfOne;
	/**
	 * What takes away has one (law 14): all rows are read before the first is sent, and over it, or where a row could not
	 * be read, nothing is. `proof`: any number may go, for each row proves itself.
	 */
	readonly brake?: BrakeSetting | 'proof';
	/** What ids of its rows are called in verdicts. */
	readonly idField?: 'userId' | 'groupId';
	/** Reads and validates a row. Never throws. */
	prepare(row: Row): Prepared;
	/** What to tell of a row whose id stands in an earlier row, or that no request can hold. */
	describe(row: Row, entry: Entry, what: Obstacle): Issue;
	/** Takes one chunk to its end: afterwards each of its tasks has an outcome. */
	carryOut(ctx: RunContext, chunk: Chunk, means: Means): Promise<void>;
	/** What the user should know that no row tells, once the rows are through. Default: nothing. */
	hints?(): readonly string[];
	/** What a task's outcome means for one of its rows. */
	judge(entry: Entry, outcome: Outcome): Judgement;
}
