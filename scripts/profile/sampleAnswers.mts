// Answers of success as a profile describes them, made up from its own pointers, for showing how they would be read.

import {
	ownIdAt,
	type LookupAnswer,
	type MemberResults,
	type WriteAnswer,
} from '../../nodes/TokenIm/protocol/profile/answers';
import type { ListRule } from '../../nodes/TokenIm/protocol/profile/lists';
import type { Success } from '../../nodes/TokenIm/protocol/profile/refusals';
import { isSimple } from '../../nodes/TokenIm/protocol/profile/text';
import { isRecord } from '../../nodes/TokenIm/protocol/language/own';
import { put } from '../../nodes/TokenIm/protocol/language/template';

export interface SampleAnswer {
	readonly status: number;
	readonly text: string;
}

/** What the answer should be about, as the service writes it. */
export interface About {
	readonly ids: readonly string[];
	readonly members: readonly string[];
}

/** Pointers that are expressions cannot be written backwards. */
class NotSimple extends Error {}

/** None where a pointer of the profile is more than keys joined by dots. */
export function sampleAnswers(
	answer: WriteAnswer | LookupAnswer,
	success: Success,
	about: About,
): readonly SampleAnswer[] {
	try {
		return bodies(answer, about).map(({ status = success.statuses?.[0] ?? 200, body }) => ({
			status,
			text: JSON.stringify(succeeding(success, body)),
		}));
	} catch (error) {
		if (error instanceof NotSimple) return [];
		throw error;
	}
}

/** A page with these on it, and one more after it; `undefined` as above. */
export function samplePage(
	{ answer, pages }: ListRule,
	success: Success,
	ids: readonly string[],
	cursor: string,
): string | undefined {
	try {
		const elements = ids.map((id) =>
			answer.id === undefined
				? id
				: object(
						[answer.only?.at, answer.only?.equals],
						[answer.imId, 'im-1'],
						[answer.active?.at, firstWord(answer.active?.words)],
						[answer.role?.at, firstWord(answer.role?.words)],
						[answer.id, id],
					),
		);
		const next =
			pages.by === 'cursor' ? (pages.link === undefined ? cursor : `/next?${pages.link}=${cursor}`) : undefined;
		const ends = object(
			[pages.by === 'cursor' ? pages.next : undefined, next],
			[pages.by === 'offset' ? pages.total : undefined, ids.length + 1],
		);
		const body = Object.keys(ends).length === 0 ? at(answer.at, elements) : merged(ends, at(answer.at, elements));
		return JSON.stringify(succeeding(success, body));
	} catch (error) {
		if (error instanceof NotSimple) return undefined;
		throw error;
	}
}

/** A word as JSON would hold it. */
function firstWord(words: Readonly<Record<string, unknown>> = {}): unknown {
	const [word] = Object.keys(words);
	return word === 'true' || word === 'false' ? word === 'true' : word;
}

interface Sample {
	readonly status?: number;
	readonly body: unknown;
}

function bodies(answer: WriteAnswer | LookupAnswer, { ids, members }: About): readonly Sample[] {
	const [first = '', second = ''] = ids;
	switch (answer.kind) {
		case 'results': {
			const elements = ids.map((id, index) => result(answer, id, index, answer.imId, members));
			return [{ body: at(answer.at, elements) }];
		}
		case 'lists': {
			const done =
				answer.done === undefined
					? undefined
					: at(answer.done.at, [
							answer.done.id === undefined ? first : object([answer.done.imId, 'im-1'], [answer.done.id, first]),
						]);
			const refused = answer.failed?.id === undefined ? second : refusal(answer.error, [answer.failed.id, second]);
			const failed = answer.failed === undefined ? undefined : at(answer.failed.at, ids.length > 1 ? [refused] : []);
			return [{ body: merged(done, failed) }];
		}
		case 'map': {
			const success = answer.values[0] === 'true' ? true : answer.values[0];
			const map = Object.fromEntries([
				[first, object([answer.success, success], [answer.imId, 'im-1'])],
				...(second === '' ? [] : [[second, refusal(answer.error, [answer.success, false])]]),
			]);
			return [{ body: at(answer.at, map) }];
		}
		case 'all': {
			const body = answer.emptyBody && answer.id === undefined ? {} : object([answer.imId, 'im-1'], [answer.id, first]);
			const statuses = Object.keys(answer.statuses).map(Number);
			return statuses.length === 0 ? [{ body }] : statuses.map((status) => ({ status, body }));
		}
		case 'lookup': {
			const found = at(answer.found, [
				answer.id === undefined ? first : object([ownIdAt(answer.imId), 'im-1'], [answer.id, first]),
			]);
			const missing =
				answer.missing === undefined
					? undefined
					: at(answer.missing, [answer.missingId === undefined ? second : object([answer.missingId, second])]);
			return [{ body: merged(found, missing) }];
		}
		case 'states':
			return Object.keys(answer.words).map((word) => ({
				body: at(answer.at, [object([answer.id, first], [answer.status, word], [ownIdAt(answer.imId), 'im-1'])]),
			}));
		case 'record':
			return [{ body: at(answer.at, object([ownIdAt(answer.imId), 'im-1'], [answer.id, first])) }];
		case 'scalar':
			return Object.keys(answer.words).map((word) => ({
				body: at(answer.at, /^\d+$/.test(word) ? Number(word) : word),
			}));
	}
}

function result(
	answer: MemberResults | Extract<WriteAnswer, { kind: 'results' }>,
	id: string,
	index: number,
	imId: string | undefined,
	members: readonly string[],
): Record<string, unknown> {
	const words = Object.entries(answer.words);
	const [word] = words.find(([, status]) => (status === 'failed') === index > 0) ?? words[0] ?? [];
	const isFailed = word !== undefined && answer.words[word] === 'failed';
	const made = object([answer.id, id], [answer.status, word], ...(isFailed ? [] : [[imId, 'im-1'] as const]));
	if (isFailed) Object.assign(made, refusal(answer.error));
	if (!('members' in answer) || answer.members === undefined || isFailed) return made;
	const inside = answer.members;
	put(
		made,
		simple(inside.at),
		members.map((member) => result(inside, member, 0, undefined, [])),
	);
	return made;
}

function refusal(
	{ code, message }: { readonly code?: readonly string[]; readonly message?: readonly string[] },
	...more: ReadonlyArray<readonly [string | undefined, unknown]>
): Record<string, unknown> {
	return object(...more, [code?.[0], 'some_code'], [message?.[0], 'Some text.']);
}

function object(...pairs: ReadonlyArray<readonly [string | undefined, unknown]>): Record<string, unknown> {
	const made: Record<string, unknown> = {};
	for (const [pointer, value] of pairs)
		if (pointer !== undefined && value !== undefined) put(made, simple(pointer), value);
	return made;
}

function at(pointer: string, value: unknown): unknown {
	if (pointer === '@') return value;
	const [, list] = /^(.+)\[0\]$/.exec(pointer) ?? [];
	return list === undefined ? object([pointer, value]) : at(list, [value]);
}

function merged(one: unknown, other: unknown): unknown {
	if (other === undefined) return one;
	if (!isRecord(one) || !isRecord(other)) return other;
	const both: Record<string, unknown> = { ...one };
	for (const [key, value] of Object.entries(other)) both[key] = merged(both[key], value);
	return both;
}

/** The body with what tells that it is a success. */
function succeeding({ at: pointer, equals, contains }: Success, body: unknown): unknown {
	const mark = contains ?? equals[0] ?? true;
	if (pointer === undefined) return body;
	return pointer === '@'
		? contains === undefined && equals.length === 0
			? body
			: mark
		: merged(at(pointer, mark), body);
}

function simple(pointer: string): string[] {
	if (!isSimple(pointer)) throw new NotSimple(pointer);
	return pointer.split('.');
}
