/** What a faulty deployment makes of a good answer. The list is `results`, `users`, `groups` or `members`. */
import { isRecord, type Answer } from '../types.mts';
import { shuffled, type Random } from './random.mts';
import type { Tamper } from './script.mts';

/**
 * The answer with its list changed. Answers without a list, and refusals, stay as they are.
 *
 * @param askedCursor the cursor of the request, where it had one
 */
export function tampered(
	answer: Answer,
	tampers: readonly Tamper[],
	random: Random,
	askedCursor: string | null = null,
): Answer {
	if (answer.status !== 200 || tampers.length === 0) return answer;
	const body: unknown = JSON.parse(new TextDecoder().decode(answer.body));
	if (!isRecord(body)) return answer;
	const changed: Record<string, unknown> = { ...body };
	for (const name of ['results', 'users', 'groups', 'members']) {
		const list = body[name];
		if (!Array.isArray(list)) continue;
		changed[name] = tampers.reduce<unknown>(
			(so, how) => (Array.isArray(so) ? changedList(so, how, random, idField(list.find(isRecord) ?? {})) : so),
			list,
		);
	}
	if (askedCursor !== null && tampers.some(({ kind }) => kind === 'cursorAgain')) changed.nextCursor = askedCursor;
	return { ...answer, body: new TextEncoder().encode(JSON.stringify(changed)) };
}

/** @param field what ids are called in the answer, which an earlier change may have emptied */
function changedList(list: readonly unknown[], how: Tamper, random: Random, field: IdField): unknown {
	const { head, rest } = split(list, 'count' in how ? (how.count ?? 1) : 1);
	switch (how.kind) {
		case 'short':
			if (how.ids) return list.filter((item) => !isNamed(item, how.ids));
			return list.slice(0, Math.max(0, list.length - (how.count ?? 1)));
		case 'long':
			return [...list, ...(how.ids ?? ['stranger']).map((id, at) => withId(list[at % list.length], field, id))];
		case 'cursorAgain':
			return list;
		case 'reordered':
			return shuffled(list, random);
		case 'repeated':
			return [...list, ...head];
		case 'contradicting':
			return [...list, ...(how.ids ? list.filter((item) => isNamed(item, how.ids)) : head).map(opposite)];
		case 'foreign':
			return [...head.map((item, at) => withId(item, field, `stranger${at}`)), ...rest];
		case 'withoutIds':
			return list.map((item) => without(item, ['userId', 'groupId']));
		case 'wrongIndex':
			return list.map((item, at) => (isRecord(item) ? { ...item, index: (at + 1) % list.length } : item));
		case 'withoutIndex':
			return list.map((item) => without(item, ['index']));
		case 'wrongTypes':
			return how.list ? { length: list.length } : [...head.map(wrongTyped), ...rest];
	}
}

function split(list: readonly unknown[], count: number) {
	return { head: list.slice(0, count), rest: list.slice(count) };
}

type IdField = 'groupId' | 'userId';

function idField(item: Record<string, unknown>): IdField {
	return 'groupId' in item ? 'groupId' : 'userId';
}

function isNamed(item: unknown, ids: readonly string[] = []): boolean {
	const id = isRecord(item) ? item[idField(item)] : item;
	return typeof id === 'string' && ids.includes(id);
}

function withId(item: unknown, field: IdField, id: string): unknown {
	if (!isRecord(item))
		return typeof item === 'string' ? id : { index: 0, [field]: id, status: 'created', imId: 'im_0' };
	return { ...item, [field]: id };
}

function without(item: unknown, fields: readonly string[]): unknown {
	if (!isRecord(item)) return item;
	return Object.fromEntries(Object.entries(item).filter(([name]) => !fields.includes(name)));
}

function opposite(item: unknown): unknown {
	if (!isRecord(item)) return item;
	const kept = Object.entries(item).filter(([name]) => !['imId', 'error', 'members'].includes(name));
	if (item.status === 'failed') return { ...Object.fromEntries(kept), status: 'created', imId: 'im_0' };
	const error = { code: 'refused', message: 'No.', retryable: false };
	return { ...Object.fromEntries(kept), status: 'failed', error };
}

function wrongTyped(item: unknown, at: number): unknown {
	const field = isRecord(item) ? idField(item) : 'userId';
	const shapes = [null, 42, [], { ...(isRecord(item) ? item : {}), [field]: 42, status: 7, index: 'zero' }, 'created'];
	return shapes[at % shapes.length];
}
