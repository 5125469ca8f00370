// Pointers into answers, compiled once. They read own properties of objects and nothing else (law 12).

import { compileExpression } from './jmespath';
import { own } from './own';

export { isRecord } from './own';

export type Read = (value: unknown) => unknown;

const SIMPLE = /^[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*)*$/;

/** Compiles `error.code` into a function that reads it; `undefined` wherever the way breaks off. */
export function compilePointer(pointer: string): Read {
	if (!SIMPLE.test(pointer)) return compileExpression(pointer);
	const [first = '', ...rest] = pointer.split('.');
	if (rest.length === 0) return (value) => own(value, first);
	return (value) => rest.reduce(own, own(value, first));
}

/** As {@link compilePointer}; without a pointer there is never a value. */
export function compileOptional(pointer: string | undefined): Read {
	return pointer === undefined ? () => undefined : compilePointer(pointer);
}

/** The meaning of the word at a place; `undefined` where none stands there, or one without a meaning. */
export function compileWords<Meaning>(
	of: { readonly at: string; readonly words: Readonly<Record<string, Meaning>> } | undefined,
): (value: unknown) => Meaning | undefined {
	if (of === undefined) return () => undefined;
	const read = compilePointer(of.at);
	const words = new Map(Object.entries(of.words));
	return (value) => words.get(wordOf(read(value)) ?? '');
}

/** The first of several places that holds something. */
export function compileFirst(pointers: readonly string[] | undefined): Read {
	const reads = (pointers ?? []).map(compilePointer);
	return (value) => {
		for (const read of reads) {
			const found = read(value);
			if (found !== undefined && found !== null && found !== '') return found;
		}
		return undefined;
	};
}

/** A text of an answer, at most `maxLength` long; anything else is `undefined`. */
export function textOf(value: unknown, maxLength: number): string | undefined {
	return typeof value === 'string' && value !== '' ? value.slice(0, maxLength) : undefined;
}

/** A text, number or truth value as text; what a table of words is asked for. */
export function wordOf(value: unknown): string | undefined {
	if (typeof value === 'string') return value.length <= 100 ? value : undefined;
	return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/**
 * An id of the service's own: a text or a whole number; `undefined` for anything else. A number beyond 2^53 has lost
 * digits when its JSON was read: two accounts would have one id, and Undo would delete the wrong one.
 */
export function idTextOf(value: unknown): string | undefined {
	if (typeof value !== 'number') return textOf(value, 512);
	return Number.isSafeInteger(value) ? String(value) : undefined;
}

/** A whole number from `min` on; anything else is `undefined`. */
export function wholeOf(value: unknown, min: number): number | undefined {
	return typeof value === 'number' && Number.isSafeInteger(value) && value >= min ? value : undefined;
}

/** More than any request can hold: a longer list is no answer, and would hold the event loop. */
const MOST_ELEMENTS = 20_000;

/** A list of an answer; anything else is `undefined`. */
export function listOf(value: unknown): readonly unknown[] | undefined {
	return Array.isArray(value) && value.length <= MOST_ELEMENTS ? value : undefined;
}

/** More than one answer of 8 MiB can name, but for ids of a few letters. */
const MOST_ON_A_PAGE = 500_000;

/** A page of a list; anything else is `undefined`. */
export function pageListOf(value: unknown): readonly unknown[] | undefined {
	return Array.isArray(value) && value.length <= MOST_ON_A_PAGE ? value : undefined;
}
