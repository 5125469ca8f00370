// Answers to look-ups: who was found, who was not, and of whom nothing is proved.

import type { EntryAnswer, WireResult } from '../../engine/wire';
import type { ReadFields } from '../fields/entryFields';
import { ownIdAt, type LookupAnswer } from '../profile/answers';
import { compileOptional, compilePointer, compileWords, idTextOf, isRecord, listOf, wordOf } from '../language/pointer';
import type { Found, ResultsReader } from './results';

const MAX_ID = 512;

const UNPROVED: EntryAnswer = {
	status: 'unproved',
	reason: 'The look-up of this service cannot prove whether it exists (see the API profile).',
};

export interface LookupOptions {
	readonly recordOf: ReadFields;
	/** From an id on the wire to that of rows. */
	readonly fromWire: (id: string) => string;
}

/** Compiles the reader of a look-up's answers. */
export function compileLookup(answer: LookupAnswer, options: LookupOptions): ResultsReader {
	const read = compileKind(answer, options);
	const { proves } = answer;
	if (proves === 'both') return read;
	const believed = (one: EntryAnswer): EntryAnswer =>
		one.status === (proves === 'existence' ? 'missing' : 'found') ? UNPROVED : one;
	return (opened) => {
		const found = read(opened);
		if (found === undefined) return undefined;
		return {
			results: found.results.map((result) => ({ ...result, answer: result.answer && believed(result.answer) })),
			...(found.rest === undefined ? {} : { rest: believed(found.rest) }),
		};
	};
}

/** What a refusal of class `absent` proves. */
export function missingAnswer({ proves }: LookupAnswer): EntryAnswer {
	return proves === 'existence' ? UNPROVED : { status: 'missing' };
}

function compileKind(answer: LookupAnswer, options: LookupOptions): ResultsReader {
	const imIdOf = compileOptional('imId' in answer ? ownIdAt(answer.imId) : undefined);
	const activeOf = compileWords('active' in answer ? answer.active : undefined);
	const foundAs = (element: unknown): EntryAnswer => {
		const imId = idTextOf(imIdOf(element));
		const active = activeOf(element);
		return {
			status: 'found',
			...(imId === undefined ? {} : { imId }),
			...(active === undefined ? {} : { active }),
			record: options.recordOf(element),
		};
	};
	switch (answer.kind) {
		case 'lookup':
			return compileLists(answer, foundAs, options);
		case 'states': {
			const at = compilePointer(answer.at);
			const idOf = compilePointer(answer.id);
			const statusOf = compilePointer(answer.status);
			const words = new Map(Object.entries(answer.words));
			return ({ value }) => {
				const list = listOf(at(value));
				return list && { results: list.flatMap((element) => stateOf(element)) };
			};

			function stateOf(element: unknown): WireResult[] {
				const id = idOf(element);
				if (!isId(id)) return [];
				const word = words.get(wordOf(statusOf(element)) ?? '');
				const said = word === 'found' ? foundAs(element) : word && ({ status: 'missing' } as const);
				return [{ id: options.fromWire(id), answer: said }];
			}
		}
		case 'record': {
			const at = compilePointer(answer.at);
			const idOf = compileOptional(answer.id);
			return ({ value }): Found | undefined => {
				const record = at(value);
				// A success without a record: where absence cannot be proved, that is all it says.
				if (!isRecord(record))
					return answer.proves === 'existence' ? { results: [], rest: { status: 'missing' } } : undefined;
				if (answer.id === undefined) return { results: [], rest: foundAs(record) };
				const id = idOf(record);
				return isId(id) ? { results: [{ id: options.fromWire(id), answer: foundAs(record) }] } : undefined;
			};
		}
		case 'scalar': {
			const at = compilePointer(answer.at);
			const words = new Map(Object.entries(answer.words));
			return ({ value }) => {
				const word = words.get(wordOf(at(value)) ?? '');
				if (word === undefined) return undefined;
				return { results: [], rest: word === 'found' ? { status: 'found', record: {} } : { status: 'missing' } };
			};
		}
	}
}

/** Where both lists are named, both must be there: half an answer proves nothing about anybody. */
function compileLists(
	answer: Extract<LookupAnswer, { kind: 'lookup' }>,
	foundAs: (element: unknown) => EntryAnswer,
	options: LookupOptions,
): ResultsReader {
	const foundOf = compilePointer(answer.found);
	const missingOf = compileOptional(answer.missing);
	const idOf = answer.id === undefined ? (element: unknown) => element : compilePointer(answer.id);
	const missingIdOf = answer.missingId === undefined ? (element: unknown) => element : compilePointer(answer.missingId);
	return ({ value }) => {
		const found = listOf(foundOf(value));
		const missing = answer.missing === undefined ? [] : listOf(missingOf(value));
		if (found === undefined || missing === undefined) return undefined;
		const results: WireResult[] = [];
		for (const element of found) {
			const id = idOf(element);
			if (isId(id)) results.push({ id: options.fromWire(id), answer: foundAs(element) });
		}
		for (const element of missing) {
			const id = missingIdOf(element);
			if (isId(id)) results.push({ id: options.fromWire(id), answer: { status: 'missing' } });
		}
		return answer.missing === undefined ? { results, rest: { status: 'missing' } } : { results };
	};
}

function isId(value: unknown): value is string {
	return typeof value === 'string' && value.length <= MAX_ID;
}
