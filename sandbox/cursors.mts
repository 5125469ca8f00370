/** Cursors of lists: opaque to clients, with `+`, `/` and `=` in them, good for 10 minutes and for one list. */
import { refuse, type Refusal } from './outcome.mts';

const lifeMs = 10 * 60_000;

/** The cursor that goes on after `id`, in the list `name` of `of`. */
export function cursorOf(name: string, of: string, id: string, nowMs: number): string {
	return Buffer.from(`~~>${[name, of, String(nowMs), id].join(' ')}`).toString('base64');
}

/** The id after which the page begins. Neither names nor ids hold a space. */
export function readCursor(cursor: string, name: string, of: string, nowMs: number): string | Refusal {
	const [head, whose, atMs, id, ...rest] = Buffer.from(cursor, 'base64').toString().split(' ');
	const isOurs = head === `~~>${name}` && whose === of && id !== undefined && rest.length === 0;
	if (!isOurs) return refuse('invalid_request', 'cursor is none that this list gave.');
	return nowMs - Number(atMs) > lifeMs ? refuse('cursor_expired', 'Begin the list anew.') : id;
}
