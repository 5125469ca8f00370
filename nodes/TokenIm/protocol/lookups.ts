// Answers that list what was found and which ids were not.

import type { WireResult } from '../engine/types';
import type { Fields } from './format/fields';
import type { LookupAnswer } from './format/answers';
import { compileOptional, compilePointer, isRecord, listOf, textOf } from './pointer';
import type { ResultsReader } from './results';

const MAX_ID = 512;

/** Compiles a reader. Both lists must be there: half an answer proves nothing about anybody. */
export function compileLookup(answer: LookupAnswer, fields: Fields['user'] | Fields['group']): ResultsReader {
	const foundOf = compilePointer(answer.found);
	const missingOf = compilePointer(answer.missing);
	const idOf = answer.id === undefined ? (element: unknown) => element : compilePointer(answer.id);
	const imIdOf = compileOptional(answer.imId);
	const recordOf = compileRecord(fields);
	return (value) => {
		const found = listOf(foundOf(value));
		const missing = listOf(missingOf(value));
		if (found === undefined || missing === undefined) return undefined;
		const results: WireResult[] = [];
		for (const element of found) {
			const id = idOf(element);
			if (!isId(id)) continue;
			const imId = textOf(imIdOf(element), MAX_ID);
			results.push({
				id,
				answer: { status: 'found', ...(imId === undefined ? {} : { imId }), record: recordOf(element) },
			});
		}
		for (const id of missing) if (isId(id)) results.push({ id, answer: { status: 'missing' } });
		return results;
	};
}

/** The canonical fields of a found record, as far as their values are what a field can hold. */
function compileRecord(
	fields: Fields['user'] | Fields['group'],
): (element: unknown) => Readonly<Record<string, unknown>> {
	const known = Object.entries(fields).flatMap(([name, field]) =>
		field === undefined
			? []
			: [{ name, isMap: field.type === 'attributes', read: compilePointer(field.wire) }],
	);
	return (element) => {
		const record: Record<string, unknown> = {};
		if (!isRecord(element)) return record;
		for (const { name, isMap, read } of known) {
			const value = read(element);
			if (isMap && isRecord(value)) record[name] = plainMap(value);
			else if (isPlain(value)) record[name] = value;
		}
		return record;
	};
}

/** A copy without a prototype: a name such as `__proto__` is data (law 12). */
function plainMap(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
	const copy: Record<string, unknown> = Object.create(null);
	for (const [name, item] of Object.entries(value)) if (isPlain(item)) copy[name] = item;
	return copy;
}

function isPlain(value: unknown): value is string | number | boolean | null {
	return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function isId(value: unknown): value is string {
	return typeof value === 'string' && value.length <= MAX_ID;
}
