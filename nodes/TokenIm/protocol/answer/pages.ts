// Pages of lists: who is on them, and where the next one begins. No address of an answer is ever called (law 12).

import type { Cursor, Listed, Page } from '../../engine/wire';
import type { ReadFields } from '../fields/entryFields';
import { compileForm, type Ids, type Kind } from '../fields/ids';
import {
	compileOptional,
	compilePointer,
	compileWords,
	idTextOf,
	pageListOf,
	wholeOf,
	type Read,
	wordOf,
} from '../language/pointer';
import { parseCharacterSet } from '../language/characters';
import { fill } from '../language/template';
import type { ListRule, Pages } from '../profile/lists';

const MAX_ID = 512;
/** Longer cursors would not fit into an address. */
const MAX_CURSOR = 4_096;

/** Reads a page; `undefined` where it is none, or names somebody without an id: half a list proves nothing. */
export type PageReader = (value: unknown, from: Cursor | undefined) => Page | undefined;

export interface PageOptions {
	/** What is listed. */
	readonly of: Kind;
	readonly ids: Ids;
	/** Which characters ids may hold; `undefined` for all. */
	readonly characterSet: string | undefined;
	readonly recordOf: ReadFields;
	/** Values for `{name}`s. */
	readonly given: Readonly<Record<string, string>>;
}

/** Compiles the reader of a list's pages. */
export function compilePages(
	{ answer, pages }: ListRule,
	{ of, ids, characterSet, recordOf, given }: PageOptions,
): PageReader {
	const listAt = compilePointer(answer.at);
	const idAt = answer.id === undefined ? (element: unknown) => element : compilePointer(answer.id);
	const imIdOf = compileOptional(answer.imId);
	const activeOf = compileWords(answer.active);
	const roleOf = compileWords(answer.role);
	const nextOf = compileNext(pages);
	const form = compileForm(answer.form, given);
	const characters = characterSet === undefined ? undefined : parseCharacterSet(characterSet);
	const isAsked = compileOnly(answer.only, given);

	const listedOf = (element: unknown, wire: string): Listed => {
		const id = answer.form === undefined ? ids.fromWire(of, wire) : form.from(wire);
		// Rows could not name it otherwise.
		const isWritten = characters?.firstOutside(ids.fold(of, id)) === undefined;
		const isOurs = isWritten && (answer.form === undefined ? ids.toWire(of, id) : form.to(id)) === wire;
		const imId = idTextOf(imIdOf(element));
		const active = activeOf(element);
		const role = roleOf(element);
		return {
			id,
			...(isOurs ? {} : { foreign: true }),
			...(imId === undefined ? {} : { imId }),
			...(active === undefined ? {} : { active }),
			...(role === undefined ? {} : { role }),
			record: recordOf(element),
		};
	};

	return (value, from) => {
		const all = pageListOf(listAt(value));
		if (all === undefined) return undefined;
		const elements = all.filter(isAsked);
		const wireIds = elements.map((element) => wireIdOf(idAt(element)));
		if (wireIds.includes(undefined)) return undefined;
		const next = nextOf(value, from, all.length);
		if (next === 'unreadable') return undefined;
		return {
			length: elements.length,
			at(index) {
				const wire = wireIds[index];
				if (wire === undefined) throw new RangeError(`There is no record ${index} on this page`);
				return listedOf(elements[index], wire);
			},
			next,
		};
	};
}

/** Whether an element is one of those that are asked for. */
function compileOnly(
	only: ListRule['answer']['only'],
	given: Readonly<Record<string, string>>,
): (element: unknown) => boolean {
	if (only === undefined) return () => true;
	const read = compilePointer(only.at);
	const expected = fill(only.equals, given);
	return (element) => wordOf(read(element)) === expected;
}

/** A text, or a whole number that JSON can carry without loss. */
function wireIdOf(value: unknown): string | undefined {
	if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined;
	return typeof value === 'string' && value !== '' && value.length <= MAX_ID ? value : undefined;
}

/** Where the next page begins; `unreadable` where the page says it in a way that makes no sense. */
type Next = (value: unknown, from: Cursor | undefined, length: number) => Cursor | undefined | 'unreadable';

function compileNext(pages: Pages): Next {
	switch (pages.by) {
		case 'whole':
			return () => undefined;
		case 'number':
			return (_value, from = pages.first, length) => (length === 0 ? undefined : Number(from) + 1);
		case 'offset': {
			const totalOf = compileOptional(pages.total);
			return (value, from = 0, length) => {
				const total = countOf(totalOf(value));
				const read = Number(from) + length;
				return length === 0 || (total !== undefined && read >= total) ? undefined : read;
			};
		}
		case 'cursor': {
			const cursorOf = compileCursor(compilePointer(pages.next), pages.link);
			const ends = new Set(pages.end);
			return (value) => {
				const next = cursorOf(value);
				return next === undefined || next === 'unreadable' || !ends.has(String(next)) ? next : undefined;
			};
		}
	}
}

/** A count, as a number or as digits. */
function countOf(value: unknown): number | undefined {
	return wholeOf(typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value, 0);
}

function compileCursor(nextAt: Read, link: string | undefined) {
	return (value: unknown): Cursor | undefined | 'unreadable' => {
		const next = nextAt(value);
		if (next === undefined || next === null || next === '' || next === false) return undefined;
		if (typeof next === 'number') return Number.isSafeInteger(next) && link === undefined ? next : 'unreadable';
		if (typeof next !== 'string' || next.length > MAX_CURSOR) return 'unreadable';
		return link === undefined ? next : parameterOf(next, link);
	};
}

/** The parameter of a link's query, decoded; nothing else of the link is looked at. */
function parameterOf(link: string, name: string): string | 'unreadable' {
	const [, query] = /\?([^#]*)/.exec(link) ?? [];
	return new URLSearchParams(query ?? '').get(name) || 'unreadable';
}
