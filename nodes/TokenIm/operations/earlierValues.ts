// Undo: which of the values that a run changed go back. A field gets its earlier value only where it still holds the
// run's, compared as Create or Update compares; what somebody changed since is left, and told.

import { cut } from '../engine/cut';
import type { Change, Entry, KeptField, RecordedChanges } from '../engine/types';
import { compileFields } from '../input/rules/entryRules';
import { neededFields, usedFields } from '../protocol/fields/fieldUse';
import { isRecord, own } from '../protocol/language/own';
import type { Profile } from '../protocol/profile/profile';
import { compileUserFields } from './userFields';

type Fields = Readonly<Record<string, unknown>>;

/** What of an entry is taken back: nothing where `changes` is empty. */
export interface TakingBack {
	/** What is written. */
	readonly entry: Entry;
	/** What that changes: the other way round. */
	readonly changes: readonly Change[];
	readonly kept: readonly KeptField[];
	/** Whether a look-up that lags behind may be why something is kept. */
	readonly mayLag: boolean;
}

/** Why one field is left as it is; `mayLag` where a later look-up may tell otherwise. */
interface Left {
	readonly reason: string;
	readonly mayLag?: true;
}

export interface EarlierValues {
	/** Whether look-ups give back anything that could be compared. */
	readonly hasAny: boolean;
	/** @param record what a look-up gave back of the user */
	takeBack(entry: Entry, changed: RecordedChanges, record: Fields): TakingBack;
}

/** Compiles the rules of a profile, once for a run. */
export function compileEarlierValues(profile: Profile): EarlierValues {
	const compared = compileUserFields(profile);
	const fields = new Map(usedFields(profile, 'user', 'update').filter(([, { unsent }]) => !unsent));
	const validate = compileFields(profile, 'user', 'update');
	// What a request has to carry: the value that is there.
	const carried = new Set(neededFields(profile, 'user', 'update'));
	carried.delete('userId');

	return {
		hasAny: compared.hasAny,
		takeBack(entry, { changes, areCells }, record) {
			const back: Array<{ readonly change: Change; readonly values: Fields }> = [];
			const kept: KeptField[] = [];
			let mayLag = false;
			for (const { field, from, to } of changes) {
				const held = heldIn(record, field);
				const change = { field, from, to: areCells ? asHeld(to, held) : to };
				const left = whyLeft(entry, change, areCells, record, held);
				if (left === undefined) back.push({ change: { field, from: held, to: from }, values: earlierOf(change) });
				else {
					kept.push({ field: shown(field), reason: left.reason });
					if (left.mayLag) mayLag = true;
				}
			}
			const values = back.reduce<Fields>((all, one) => together(all, one.values), {});
			const missing = [...carried].filter((name) => !(name in values) && heldIn(record, name) === null);
			if (back.length > 0 && missing.length > 0) {
				const reason = `A request has to give ${missing.join(', ')} too, and the look-up does not tell it.`;
				return { entry, changes: [], kept: changes.map(({ field }) => ({ field: shown(field), reason })), mayLag };
			}
			const others = Object.fromEntries([...carried].map((name) => [name, heldIn(record, name)]));
			const written = { id: entry.id, fields: together({ ...entry.fields, ...others }, values) };
			return { entry: written, changes: back.map(({ change }) => change), kept, mayLag };
		},
	};

	function whyLeft(entry: Entry, change: Change, areCells: boolean, record: Fields, held: unknown): Left | undefined {
		const name = nameOf(change.field);
		const isText = name === change.field && name !== ATTRIBUTES;
		if (!compared.has(name) || !fields.has(name)) return { reason: NOT_GIVEN_BACK };
		if (!holds(change.field, change.to, record))
			return holds(change.field, change.from, record)
				? { reason: HAS_IT_ALREADY, mayLag: true }
				: { reason: CHANGED_SINCE, mayLag: true };
		if (areCells && !isCertain(change.from, isText)) return { reason: TEXT_OR_NUMBER };
		const checked = validate({ ...entry.fields, ...earlierOf(change) }, () => null);
		const issue = checked.ok ? undefined : checked.issues.find(({ field }) => nameOf(field) === name);
		if (issue !== undefined) return { reason: `Its earlier value cannot be written: expected ${issue.expected}.` };
		return held === null && change.from === null ? { reason: HAS_IT_ALREADY } : undefined;
	}

	function holds(field: string, value: unknown, record: Fields): boolean {
		const held = heldIn(record, field);
		if (field === ATTRIBUTES && value === null)
			return held === null || (isRecord(held) && Object.keys(held).length === 0);
		return compared.differences(valuesOf(field, value), record).length === 0;
	}
}

const ATTRIBUTES = 'attributes';
const OF_ATTRIBUTES = `${ATTRIBUTES}.`;

/** `attributes.class` is one of the attributes. */
function nameOf(field: string): string {
	return field.startsWith(OF_ATTRIBUTES) ? ATTRIBUTES : field;
}

function heldIn(record: Fields, field: string): unknown {
	const name = nameOf(field);
	const value = own(record, name);
	return (name === field ? value : own(value, field.slice(OF_ATTRIBUTES.length))) ?? null;
}

/** A value as a row would give it. */
function valuesOf(field: string, value: unknown): Fields {
	const name = nameOf(field);
	return name === field
		? mapOf([[field, value]])
		: { [ATTRIBUTES]: mapOf([[field.slice(OF_ATTRIBUTES.length), value]]) };
}

/** The earlier value as a row would give it: where the run gave attributes, each by its name, for others may have come. */
function earlierOf({ field, from, to }: Change): Fields {
	if (field !== ATTRIBUTES || !isRecord(to)) return valuesOf(field, from);
	const added = Object.keys(to).map((name) => [name, null] as const);
	return { [ATTRIBUTES]: mapOf([...added, ...Object.entries(isRecord(from) ? from : {})]) };
}

/** What two writes leave, the later over the earlier: attributes come together by name. */
export function together(one: Fields, other: Fields): Fields {
	const all = mapOf([...Object.entries(one), ...Object.entries(other)]);
	const [held, more] = [one[ATTRIBUTES], other[ATTRIBUTES]];
	if (isRecord(held) && isRecord(more)) all[ATTRIBUTES] = mapOf([...Object.entries(held), ...Object.entries(more)]);
	return all;
}

/** Without a prototype: a name such as `__proto__` is data (law 12). */
function mapOf(entries: ReadonlyArray<readonly [name: string, value: unknown]>): Record<string, unknown> {
	const map: Record<string, unknown> = Object.create(null);
	for (const [name, value] of entries) map[name] = value;
	return map;
}

/** A cell has `4` and `TRUE` for what the service holds as a number and a boolean. */
function asHeld(cell: unknown, held: unknown): unknown {
	if (typeof cell !== 'string' || (typeof held !== 'number' && typeof held !== 'boolean')) return cell;
	return cell.toLowerCase() === String(held) ? held : cell;
}

/**
 * Whether a cell is the value that it was made of: of an attribute, `4` may have been a number or text, and so may a number
 * or a boolean, which a spreadsheet makes of `007`, `1-2` and `true`.
 */
function isCertain(cell: unknown, isText: boolean): boolean {
	if (isText) return cell === null || typeof cell === 'string';
	if (typeof cell === 'number' || typeof cell === 'boolean') return false;
	return typeof cell !== 'string' || !(Number.isFinite(Number(cell)) || /^(?:true|false)$/i.test(cell));
}

/** A row may name anything a field. */
function shown(field: string): string {
	return cut(field, 80);
}

const NOT_GIVEN_BACK = 'Look-ups do not give it back, or it cannot be written, so it cannot be taken back.';
const CHANGED_SINCE =
	'It holds another value than the one that the run wrote: somebody has changed it since, or a later row of the run did.';
const HAS_IT_ALREADY = 'It holds its earlier value already.';
const TEXT_OR_NUMBER =
	'The file does not tell whether its earlier value was text or something else. Feed in the results as the run put them out, or keep them as JSON.';
