// Requests that were refused as a whole: who is to blame, how long to wait, what to tell people (laws 4, 6, 7).

import type { NamedEntry, Refusal } from '../../engine/wire';
import type { EndpointName, RefusalRow } from '../profile/refusals';
import {
	compileFirst,
	compileOptional,
	compilePointer,
	listOf,
	textOf,
	wholeOf,
	wordOf,
	type Read,
} from '../language/pointer';
import type { Profile } from '../profile/profile';
import { byStatus, type Row } from './statuses';
import { compileWaits, type Headers } from './waits';

/** An answer as far as it could be read: its JSON, or the start of its text. */
export interface RefusedAnswer {
	readonly status: number;
	readonly headers: Headers;
	readonly value: unknown;
	readonly text?: string;
}

export interface RefusalReader {
	/** Reads an answer that is no success. */
	refusal(answer: RefusedAnswer, nowMs: number): Refusal;
	/** The same for an answer of 2xx whose body tells of no success; `undefined` where it tells nothing at all. */
	refusalInside(answer: RefusedAnswer, nowMs: number): Refusal | undefined;
	/** The service's code in any answer. */
	codeOf(value: unknown): string | undefined;
	/** The wait that an answer asks for, in milliseconds. */
	waitMs(headers: Headers, value: unknown, nowMs: number): number | undefined;
}

/** The service's text as far as `contains` looks into it. */
const MAX_TEXT = 2_000;

/** Compiles the profile's table of refusals, for an operation or for what is none. */
export function compileRefusals(profile: Pick<Profile, 'refusals'>, operation?: EndpointName): RefusalReader {
	const { refusals } = profile;
	const table = refusals.table
		.filter((row) => row.operations === undefined || (operation !== undefined && row.operations.includes(operation)))
		.map((row) => ({ ...row, codes: codesOf(row) }));
	const readCode = compileFirst(refusals.code);
	const textAt = compileFirst(refusals.text);
	const limitOf = compileOptional(refusals.limit);
	const namedOf = compileNamed(profile);
	const quotaOf = compileQuota(profile);
	const waitMs = compileWaits(refusals.waits);
	const codeOf = (value: unknown): string | undefined => codeText(readCode(value));

	const rowOf = (
		{ status, value, text }: RefusedAnswer,
		code: string | undefined,
	): (Row & Partial<RefusalRow>) | undefined => {
		const said = (textOf(textAt(value), MAX_TEXT) ?? text ?? '').slice(0, MAX_TEXT);
		return table.find(
			(row) =>
				(row.status ?? status) === status &&
				(row.codes === undefined || (code !== undefined && row.codes.has(code))) &&
				(row.contains === undefined || said.includes(row.contains)),
		);
	};

	const made = (
		answer: RefusedAnswer,
		code: string | undefined,
		row: Row & Partial<RefusalRow>,
		nowMs: number,
	): Refusal => ({
		class: row.class,
		code: row.as ?? code ?? `http_${answer.status}`,
		message: row.say,
		...defined('waitMs', waitMs(answer.headers, answer.value, nowMs) ?? row.waitMs),
		...(row.class === 'tooLarge'
			? { ...defined('limitOf', row.limitOf), ...defined('limit', wholeOf(limitOf(answer.value), 1)) }
			: {}),
		...(row.class === 'quota' ? defined('quota', quotaOf(answer.value)) : {}),
		...(row.class === 'entry' ? defined('named', namedOf(answer.value)) : {}),
	});

	return {
		codeOf,
		waitMs,
		refusal(answer, nowMs) {
			const code = codeOf(answer.value);
			const row = rowOf(answer, code);
			if (row !== undefined) return made(answer, code, row, nowMs);
			const refusal = made(answer, code, byStatus(answer.status), nowMs);
			return code === undefined || isSaidByStatus(answer.status) ? refusal : unnamed(refusal);
		},
		refusalInside(answer, nowMs) {
			const code = codeOf(answer.value);
			const row = rowOf(answer, code);
			if (row !== undefined) return made(answer, code, row, nowMs);
			if (code === undefined) return undefined;
			return unnamed(made(answer, code, { class: refusals.otherwise, say: UNNAMED }, nowMs));
		},
	};
}

const UNNAMED =
	'The service refused the whole request for a reason that its API profile does not name. Look the code up in the documents of the service.';

/** A redirect, and what is said of keys, plans and permissions, hold whatever the service's own code is. */
function isSaidByStatus(status: number): boolean {
	return status < 400 || (status >= 401 && status <= 403);
}

/** Marks what would end the run for a code that the profile does not name. */
function unnamed(refusal: Refusal): Refusal {
	return refusal.class === 'stop' ? { ...refusal, isUnnamed: true } : refusal;
}

/**
 * A refusal of a request about one entry alone: a code that nobody names is the fault of that entry, until the service
 * refuses everybody with it.
 */
export function ofOneEntry(refusal: Refusal): Refusal {
	return refusal.isUnnamed ? { ...refusal, class: 'entry', message: UNNAMED_OF_ONE } : refusal;
}

const UNNAMED_OF_ONE =
	'The service refused this for a reason that its API profile does not name. Look the code up in the documents of the service.';

/** A code as the service gives it: short, printable, without spaces; anything else is none. */
export function codeText(value: unknown): string | undefined {
	const text = wordOf(value);
	return text !== undefined && /^[\w.:-]{1,64}$/.test(text) ? text : undefined;
}

function codesOf({ code }: RefusalRow): ReadonlySet<string> | undefined {
	if (code === undefined) return undefined;
	return new Set(typeof code === 'string' ? [code] : code);
}

function compileQuota({ refusals: { quota } }: Pick<Profile, 'refusals'>): (value: unknown) => Refusal['quota'] {
	const limitOf = compileOptional(quota?.limit);
	const usedOf = compileOptional(quota?.used);
	return (value) => {
		const limit = wholeOf(limitOf(value), 0);
		const used = wholeOf(usedOf(value), 0);
		return limit === undefined || used === undefined ? undefined : { limit, used };
	};
}

function compileNamed(profile: Pick<Profile, 'refusals'>): (value: unknown) => readonly NamedEntry[] | undefined {
	const { named } = profile.refusals;
	if (named === undefined) return () => undefined;
	const at = compilePointer(named.at);
	const read = {
		index: compilePointer(named.index),
		code: compilePointer(named.code),
		message: compilePointer(named.message),
		field: compileOptional(named.field),
	};
	return (value) => {
		const list = (listOf(at(value)) ?? []).flatMap((element) => namedEntry(element, read));
		return list.length === 0 ? undefined : list;
	};
}

function namedEntry(
	element: unknown,
	read: Readonly<Record<'index' | 'code' | 'message' | 'field', Read>>,
): NamedEntry[] {
	const index = wholeOf(read.index(element), 0);
	if (index === undefined) return [];
	const entry = {
		index,
		code: codeText(read.code(element)) ?? 'refused',
		message: textOf(read.message(element), 500) ?? 'The service refused this entry and gave no reason.',
	};
	return [{ ...entry, ...defined('field', textOf(read.field(element), 100)) }];
}

function defined<Key extends string, Value>(key: Key, value: Value | undefined): { readonly [K in Key]?: Value } {
	const made: { [K in Key]?: Value } = {};
	if (value !== undefined) made[key] = value;
	return made;
}
