// Reads a list of the service to its end, page by page. Nothing of it is believed before it was read to its end (law 14).

import type { RunContext } from '../context';
import type { Delivered } from './delivered';
import type { ListCall } from '../list';
import { IdSet } from '../rows/idTable';
import { sendWithRetries } from './sendWithRetries';
import type { Cursor, Listed, Page } from '../wire';

/** A list whose cursor expired begins anew so often. */
const MAX_RESTARTS = 2;
/** Pages in a row that name nobody new, before the list is taken for one without an end. */
const MAX_STALE_PAGES = 3;
/** Records that are read in one turn of the event loop (law 11). */
const SLICE = 1_000;

export type ListStep =
	/** Those that were not named before. */
	| { readonly kind: 'records'; readonly records: readonly Listed[] }
	/** The list was read to its end: all that stayed from the first page to the last have come. The last step. */
	| { readonly kind: 'whole' }
	/** What the list is about does not exist, such as the group of its members. The last step. */
	| { readonly kind: 'absent'; readonly code: string; readonly reason: string }
	/** It could not be read to its end: whoever has not come may be there all the same. The last step. */
	| { readonly kind: 'brokeOff'; readonly code: string; readonly reason: string };

/**
 * Reads a list through the gate of the run, with the retries of any request. Each id comes once, whatever the pages
 * repeat, in the form that {@link ListCall.fold} compares. Of what was read the ids alone are kept.
 *
 * @returns steps: records as they come, and at last how the list ended
 */
export async function* listAll(ctx: RunContext, list: ListCall): AsyncGenerator<ListStep, void, undefined> {
	const seen = new IdSet();
	for (let restarts = 0; ; restarts++) {
		const end = yield* readOnce(ctx, list, seen, restarts === 0 ? seen : new IdSet());
		if (end !== 'expired') return yield end;
		if (restarts === MAX_RESTARTS) return yield broke('list_expired', EXPIRED);
	}
}

type Ended = Exclude<ListStep, { readonly kind: 'records' }>;

/**
 * @param seen ids that have come, from this reading or an earlier one
 * @param here ids that this reading has met
 */
async function* readOnce(
	ctx: RunContext,
	list: ListCall,
	seen: IdSet,
	here: IdSet,
): AsyncGenerator<ListStep, Ended | 'expired', undefined> {
	// One size for all pages: where they are numbered, another size would move them.
	const size = ctx.limits.pageSize(list.pageSize.limit, list.pageSize.most);
	const used = new Set<Cursor>();
	let stale = 0;
	for (let cursor: Cursor | undefined; ; ) {
		const answer = await sendWithRetries(ctx, list.page(cursor, size), { tasks: [], parts: [], revision: 0 });
		if (answer.kind !== 'complete' || answer.page === undefined) return endOf(ctx, answer);
		const { page } = answer;
		const before = here.size;
		for (let start = 0; start < page.length; start += SLICE) {
			if (start > 0) await ctx.ports.breathe();
			const records = newOf(page, start, list, seen, here);
			if (records.length > 0) yield { kind: 'records', records };
		}
		if (page.next === undefined) return { kind: 'whole' };
		if (used.has(page.next)) return broke('list_without_end', CURSOR_AGAIN);
		used.add(page.next);
		stale = here.size > before ? 0 : stale + 1;
		if (stale === MAX_STALE_PAGES) return broke('list_without_end', NOBODY_NEW);
		cursor = page.next;
	}
}

/** Of one slice of a page, those who have not come before. */
function newOf(page: Page, start: number, list: ListCall, seen: IdSet, here: IdSet): Listed[] {
	const records: Listed[] = [];
	for (let index = start; index < Math.min(page.length, start + SLICE); index++) {
		const record = page.at(index);
		const id = list.fold(record.id);
		const isNew = !seen.has(id);
		seen.add(id);
		here.add(id);
		if (isNew) records.push(record);
	}
	return records;
}

function endOf({ end }: RunContext, answer: Delivered): Ended | 'expired' {
	switch (answer.kind) {
		case 'refused': {
			const { class: className, code, message: reason } = answer.refusal;
			if (className === 'expired') return 'expired';
			return className === 'absent' ? { kind: 'absent', code, reason } : broke(code, reason);
		}
		case 'open':
		case 'jobLost':
			return broke('no_answer', answer.reason);
		case 'ended':
			return broke(end.reason?.code ?? 'run_ended', end.reason?.reason ?? 'The run ended.');
		default:
			return broke('no_answer', 'The answer is none to a request for a page.');
	}
}

function broke(code: string, why: string): Extract<ListStep, { kind: 'brokeOff' }> {
	return { kind: 'brokeOff', code, reason: `The list could not be read to its end. ${why}` };
}

const EXPIRED =
	'The service forgot three times where the reading was, each time before the end. Run it again when less is going on.';
const CURSOR_AGAIN = 'A page pointed back to one that was read before. Ask the administrator of the service.';
const NOBODY_NEW =
	'Three pages in a row named nobody new, and none was the last. Ask the administrator of the service.';
