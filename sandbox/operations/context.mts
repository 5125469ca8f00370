/** What an operation is given beside the body, and the parts that the operations share. */
import { refuse, type Outcome, type Refusal } from '../outcome.mts';
import type { EntryError } from '../rules.mts';
import type { Store } from '../store/database.mts';
import { isRecord, type Plan } from '../types.mts';
import type { ReadLag } from '../readLag.mts';

export interface OperationContext {
	readonly store: Store;
	readonly plan: Plan;
	readonly lag: ReadLag;
	/** `named`: one bad entry refuses the whole request and is named; `unnamed`: and nobody is. */
	readonly strict: false | 'named' | 'unnamed';
	/** A scripted refusal of the entry with this id. */
	readonly refuseEntry: (id: string) => EntryError | undefined;
	/** Only so many entries are carried out: a job that breaks off. */
	readonly settleCount: number;
}

export type Operation = (body: Record<string, unknown>, context: OperationContext, id: string) => Outcome;

export type OnConflict = 'skip' | 'update' | 'fail';

export function onConflictOf(body: Record<string, unknown>): OnConflict | Refusal {
	const { onConflict } = body;
	if (onConflict === 'skip' || onConflict === 'update' || onConflict === 'fail') return onConflict;
	return refuse('invalid_request', 'onConflict must be "skip", "update" or "fail".');
}

/** The list `field` of the body, or why it cannot be taken. */
export function entriesOf(body: Record<string, unknown>, field: string, limit: number): readonly unknown[] | Refusal {
	const entries = body[field];
	if (!Array.isArray(entries)) return refuse('invalid_request', `${field} must be a list.`);
	if (entries.length > limit) {
		return refuse('too_many_items', `${field} holds ${entries.length}; the plan allows ${limit}.`, { limit });
	}
	return entries;
}

/** The list of ids `field` of the body. */
export function idsOf(
	body: Record<string, unknown>,
	field: string,
	limit: number,
	code: 'too_many_items' | 'too_many_members' = 'too_many_items',
): readonly string[] | Refusal {
	const ids = body[field];
	if (!isTexts(ids)) return refuse('invalid_request', `${field} must be a list of texts.`);
	if (ids.length > limit) {
		return refuse(code, `${field} holds ${ids.length}; the plan allows ${limit}.`, { limit });
	}
	return ids;
}

export const isRefusal = (value: object | string): value is Refusal =>
	typeof value === 'object' && 'kind' in value && value.kind === 'refusal';

/** A strict deployment's refusal of the whole batch. */
export function strictRefusal(
	errors: ReadonlyArray<EntryError & { index: number }>,
	strict: 'named' | 'unnamed',
): Refusal {
	if (strict === 'unnamed') return refuse('invalid_request', 'The batch holds an entry that cannot be taken.');
	const named = errors.map(({ index, field, code, message }) => ({ index, field, code, message }));
	return refuse('invalid_request', `${errors.length} of the entries cannot be taken.`, { errors: named });
}

/** The id that an entry gives, valid or not, so that its answer can be matched. */
export function idIn(entry: unknown, field: string): { [field: string]: string } {
	const id = isRecord(entry) ? entry[field] : undefined;
	return typeof id === 'string' ? { [field]: id } : {};
}

const isTexts = (value: unknown): value is string[] =>
	Array.isArray(value) && value.every((item) => typeof item === 'string');
