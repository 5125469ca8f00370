// Answers to writes: what became of each entry.

import type { Carried } from '../../engine/call';
import type { DoneStatus, EntryAnswer, WireResult } from '../../engine/wire';
import { compileFailure, type FailureOptions } from './failures';
import type {
	AllAnswer,
	ListsAnswer,
	MapAnswer,
	MemberResults,
	ResultsAnswer,
	Returns,
	WriteAnswer,
} from '../profile/answers';
import {
	compileOptional,
	compilePointer,
	idTextOf,
	isRecord,
	listOf,
	textOf,
	wholeOf,
	wordOf,
} from '../language/pointer';

/** An answer of success, opened. */
export interface OpenedAnswer {
	readonly value: unknown;
	readonly status: number;
	readonly carried: Carried | undefined;
}

export interface Found {
	readonly results: readonly WireResult[];
	/** What holds for entries that no result is about. */
	readonly rest?: EntryAnswer;
}

/** Reads what an answer says of each entry; `undefined` where it is no answer to the call. */
export type ResultsReader = (opened: OpenedAnswer) => Found | undefined;

export interface ResultOptions extends FailureOptions {
	/** From an id on the wire to that of rows. */
	readonly fromWire: (id: string) => string;
	/** The same for ids of members. */
	readonly memberFromWire: (id: string) => string;
	/** Whether the user asked for tokens and the like. */
	readonly readsSecrets: boolean;
	/** Whether success without the service's own id is none: nothing could be done with what was made. */
	readonly needsImId: boolean;
	/** Members of a group that its part of the request named. */
	readonly membersIn: (carried: Carried | undefined) => readonly string[];
}

const MAX_ID = 512;
const MEMBER_STATUSES: ReadonlySet<DoneStatus> = new Set(['added', 'exists']);

/** Compiles the reader of an operation's answers. */
export function compileResults(answer: WriteAnswer, options: ResultOptions): ResultsReader {
	switch (answer.kind) {
		case 'results': {
			const read = compileList(answer, options);
			return ({ value }) => wrap(read(value));
		}
		case 'lists':
			return compileLists(answer, options);
		case 'map':
			return compileMap(answer, options);
		case 'all':
			return compileAll(answer, options);
	}
}

function wrap(results: readonly WireResult[] | undefined): Found | undefined {
	return results === undefined ? undefined : { results };
}

function compileList(
	answer: ResultsAnswer | MemberResults,
	options: ResultOptions,
): (value: unknown) => readonly WireResult[] | undefined {
	const at = compilePointer(answer.at);
	const idOf = compileOptional(answer.id);
	const indexOf = compileOptional(answer.index);
	const isByPlace = answer.id === undefined && answer.index === undefined;
	const read = compileEntry(answer, options);
	return (value) =>
		listOf(at(value))
			?.map(resultOf)
			.filter((result) => result !== undefined);

	function resultOf(element: unknown, place: number): WireResult | undefined {
		if (!isRecord(element)) return undefined;
		if (isByPlace) return { index: place, answer: read(element) };
		const id = idOf(element);
		// An id counts alone; what stands in its place and is none makes the result foreign (law 2).
		if (id !== undefined && id !== null)
			return isId(id) ? { id: options.fromWire(id), answer: read(element) } : undefined;
		const index = wholeOf(indexOf(element), 0);
		return index === undefined ? undefined : { index, answer: read(element) };
	}
}

function compileEntry(
	answer: ResultsAnswer | MemberResults,
	options: ResultOptions,
): (element: unknown) => EntryAnswer | undefined {
	const statusOf = compilePointer(answer.status);
	const words = new Map(Object.entries(answer.words));
	const failure = compileFailure(answer, options);
	const isGroup = 'members' in answer && answer.members !== undefined;
	const extrasOf = 'returns' in answer ? compileExtras(answer.imId, answer.returns, options) : (): Extras => ({});
	const membersOf = isGroup && answer.members ? compileList(answer.members, ofMembers(options)) : () => undefined;
	return (element) => {
		const word = wordOf(statusOf(element));
		const status = word === undefined ? undefined : words.get(word);
		if (status === 'failed') return failure(element);
		if (status === undefined || !options.sensible.has(status)) return undefined;
		const { imId, returned } = extrasOf(element);
		return { status, imId, returned, members: membersOf(element) };
	};
}

function ofMembers(options: ResultOptions): ResultOptions {
	return { ...options, sensible: MEMBER_STATUSES, fromWire: options.memberFromWire, takenMeans: 'exists' };
}

function compileLists({ done, failed, rest, ...meanings }: ListsAnswer, options: ResultOptions): ResultsReader {
	const doneOf = compileOptional(done?.at);
	const doneId = compileOptional(done?.id);
	const failedOf = compileOptional(failed?.at);
	const failedId = compileOptional(failed?.id);
	const failure = compileFailure(meanings, options);
	const extrasOf = done === undefined ? () => ({}) : compileExtras(done.imId, done.returns, options);
	return ({ value }) => {
		const written = partOf(done, doneOf(value));
		const refused = partOf(failed, failedOf(value));
		// Half an answer proves nothing about anybody.
		if (written === undefined || refused === undefined) return undefined;
		const results: WireResult[] = [];
		for (const element of written) {
			const id = done?.id === undefined ? element : doneId(element);
			if (isId(id)) results.push({ id: options.fromWire(id), answer: { status: options.done, ...extrasOf(element) } });
		}
		for (const element of refused) {
			const id = failed?.id === undefined ? element : failedId(element);
			if (isId(id)) results.push({ id: options.fromWire(id), answer: failure(element) });
		}
		return rest === 'done' ? { results, rest: { status: options.done } } : { results };
	};
}

/** A list of the answer: none is fine where the profile names none, or says that it may be left out. */
function partOf(list: { readonly optional: boolean } | undefined, value: unknown): readonly unknown[] | undefined {
	if (list === undefined) return [];
	return value === undefined && list.optional ? [] : listOf(value);
}

function compileMap(
	{ at, success, values, imId, returns, ...meanings }: MapAnswer,
	options: ResultOptions,
): ResultsReader {
	const mapOf = compilePointer(at);
	const successOf = compilePointer(success);
	const good = new Set(values);
	const failure = compileFailure(meanings, options);
	const extrasOf = compileExtras(imId, returns, options);
	return ({ value }) => {
		const map = mapOf(value);
		if (!isRecord(map)) return undefined;
		return {
			results: Object.entries(map)
				.slice(0, 20_000)
				.map(([id, element]): WireResult => {
					const word = wordOf(successOf(element));
					const answer: EntryAnswer | undefined =
						word === undefined
							? undefined
							: good.has(word)
								? { status: options.done, ...extrasOf(element) }
								: failure(element);
					return { id: options.fromWire(id), answer };
				}),
		};
	};
}

function compileAll(answer: AllAnswer, options: ResultOptions): ResultsReader {
	const idOf = compileOptional(answer.id);
	const statuses = new Map(Object.entries(answer.statuses));
	const extrasOf = compileExtras(answer.imId, answer.returns, options);
	return ({ value, status, carried }) => {
		const word = statuses.get(String(status)) ?? options.done;
		if (word === 'failed' || !options.sensible.has(word)) return { results: [] };
		const members = answer.membersAdded
			? options.membersIn(carried).map((id): WireResult => ({ id, answer: { status: 'added' } }))
			: undefined;
		const extras = extrasOf(value);
		if (options.needsImId && extras.imId === undefined) return undefined;
		const made: EntryAnswer = { status: word, ...extras, ...(members === undefined ? {} : { members }) };
		if (answer.id === undefined) return { results: [], rest: made };
		const id = idOf(value);
		return isId(id) ? { results: [{ id: options.fromWire(id), answer: made }] } : undefined;
	};
}

/** What a result says beside its status. */
interface Extras {
	readonly imId?: string;
	readonly returned?: Readonly<Record<string, string>>;
}

function compileExtras(imIdAt: string | undefined, returns: Returns, { readsSecrets }: ResultOptions) {
	const imIdOf = compileOptional(imIdAt);
	const secrets = readsSecrets
		? Object.entries(returns).map(([name, { at }]) => ({ name, read: compilePointer(at) }))
		: [];
	return (element: unknown): Extras => {
		const imId = idTextOf(imIdOf(element));
		if (secrets.length === 0) return { imId };
		const returned: Record<string, string> = {};
		for (const { name, read } of secrets) {
			const text = textOf(read(element), 4_096);
			if (text !== undefined) returned[name] = text;
		}
		return Object.keys(returned).length === 0 ? { imId } : { imId, returned };
	};
}

function isId(value: unknown): value is string {
	return typeof value === 'string' && value.length <= MAX_ID;
}
