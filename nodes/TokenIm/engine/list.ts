// What is read page by page, as the protocol speaks it and the engine reads it.

import type { Call } from './call';
import type { Cursor, Limits } from './wire';

/** One list of the service: everybody, all groups, or the members of a group. Holds no state. */
export interface ListCall {
	/** For messages: "list users". */
	readonly name: string;
	/** How many a page may hold: by which limit of the plan, and whatever that allows. */
	readonly pageSize: { readonly limit: keyof Limits; readonly most: number | undefined };
	/**
	 * The request for one page; its reading is `complete` with `page`.
	 *
	 * @param cursor where it begins; `undefined` for the first
	 * @param size how many it may hold; `undefined` where nobody says
	 */
	page(cursor: Cursor | undefined, size: number | undefined): Call;
	/** Whether the list of a group's members says who owns it, and each group has an owner. */
	readonly tellsOwner?: boolean;
	/** The form in which ids are compared. */
	fold(id: string): string;
}
