// What operations make of a list of the service: whom they take from it, and what is told of a run that gives nobody.

import type { ListCall } from '../engine/list';
import type { Row } from '../engine/types';
import type { Listed } from '../engine/wire';

/** What one run makes of a list. */
export interface Listing {
	readonly list: ListCall;
	/** No more than so many are wanted of the list. */
	readonly wanted?: number;
	/** Rows that have to be known first. */
	readonly rows?: {
		take(row: Row): void;
		/** @throws NothingListed where what the rows say is not enough to look for anybody */
		done(): void;
	};
	/** Takes those that the list names, each once. Says whether more are wanted. */
	take(records: readonly Listed[]): boolean;
	/**
	 * Those that come out. Called once, after the list was read to its end or as far as it was wanted.
	 *
	 * @throws NothingListed where nobody may come out
	 */
	results(): ListResults;
}

export interface ListResults {
	readonly found: Iterable<ListedResult>;
	/** What the user should know that no item tells. */
	readonly hints: readonly string[];
}

/** One that comes out as an item. */
export interface ListedResult {
	readonly status: 'found' | 'unlisted';
	readonly id: { readonly userId: string } | { readonly groupId: string };
	readonly listed: Listed;
}

/** Nobody comes out, and this is why. */
export class NothingListed extends Error {
	override readonly name = 'NothingListed';

	/** @param description what to do about it */
	constructor(
		readonly code: string,
		message: string,
		readonly description: string,
	) {
		super(message);
	}
}

/** A list that broke off: nothing of it is believed. */
export function listBrokeOff({ code, reason }: { readonly code: string; readonly reason: string }): NothingListed {
	const [, what = reason, todo = ''] = /^(.+?[.!?])\s+(.+)$/s.exec(reason) ?? [];
	return new NothingListed(
		code,
		what,
		`${todo} Nothing of it is given, for a part of a list looks like all of it.`.trim(),
	);
}

/** What is told where a list is longer than an agent may be told. */
export function shortened(most: number): string {
	return `An AI agent is told ${most} at most: there are more.`;
}
