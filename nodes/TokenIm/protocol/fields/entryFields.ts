// Entries as the service wants them: canonical fields under the service's names, cast and nested, and back again.

import type { Entry } from '../../engine/types';
import type { ExtraField, Field } from '../profile/fields';
import type { Ids, Kind } from './ids';
import { compilePointer, isRecord, type Read } from '../language/pointer';
import type { Profile } from '../profile/profile';
import { put } from '../language/template';

/** Writes the fields of an entry into an object. */
export type WriteFields = (entry: Entry, maxMembers: number | undefined, target: Record<string, unknown>) => void;
/** The canonical fields of a found record, as far as their values are what a field can hold. */
export type ReadFields = (record: unknown) => Readonly<Record<string, unknown>>;

type AnyField = Field | ExtraField;

/** Compiles how entries of a kind are written. */
export function compileWrite(profile: Pick<Profile, 'fields'>, kind: Kind, ids: Ids): WriteFields {
	const writers = fieldsOf(profile, kind)
		.filter(([, field]) => !field.unsent)
		.map(([name, field]) => writerOf(name, field, kind, ids));
	return (entry, maxMembers, target) => {
		for (const write of writers) write(entry, maxMembers, target);
	};
}

/** The values of an entry by canonical name, as they stand on the wire. */
export function compileValues(
	profile: Pick<Profile, 'fields'>,
	kind: Kind,
	ids: Ids,
): (entry: Entry, maxMembers?: number) => Record<string, unknown> {
	const known = fieldsOf(profile, kind);
	return (entry, maxMembers) => {
		const values: Record<string, unknown> = Object.create(null);
		for (const [name, field] of known) {
			const value = valueOf(name, field, kind, ids, entry, maxMembers);
			if (value !== undefined) values[name] = value;
		}
		return values;
	};
}

/** Compiles how a found record is read. */
export function compileRecord(profile: Pick<Profile, 'fields'>, kind: Kind, ids: Ids): ReadFields {
	const known = fieldsOf(profile, kind).flatMap(([name, field]) =>
		field.writeOnly || ('secret' in field && field.secret)
			? []
			: [{ name, field, read: compilePointer(field.read ?? field.wire) }],
	);
	return (element) => {
		const record: Record<string, unknown> = {};
		if (!isRecord(element)) return record;
		for (const { name, field, read } of known) {
			const value = uncast(field, read, element, ids);
			if (value !== undefined) record[name] = value;
		}
		return record;
	};
}

/**
 * What a look-up gives back of a value that was written: a number that keeps no leading zero, a moment that keeps no
 * milliseconds. Values are compared as they come back, or they would differ for ever.
 */
export function asGivenBack(field: AnyField, value: unknown, ids: Ids): unknown {
	if (field.cast === undefined || value === undefined || value === null) return value;
	return uncast(field, (written) => written, cast(field, value), ids);
}

export function fieldsOf(
	{ fields }: Pick<Profile, 'fields'>,
	kind: Kind,
): Array<readonly [name: string, field: AnyField]> {
	const own: Array<readonly [string, AnyField | undefined]> = Object.entries(
		kind === 'user' ? fields.user : fields.group,
	);
	const all = kind === 'user' ? [...own, ...Object.entries(fields.extra ?? {})] : own;
	return all.flatMap(([name, field]) => (field === undefined ? [] : [[name, field] as const]));
}

function writerOf(name: string, field: AnyField, kind: Kind, ids: Ids): WriteFields {
	const path = field.wire.split('.');
	if (path.length > 1 || field.cast !== undefined || field.type === 'userIds') {
		return (entry, maxMembers, target) => {
			const value = valueOf(name, field, kind, ids, entry, maxMembers);
			if (value !== undefined) put(target, path, value);
		};
	}
	// The plain case is most of a run's work.
	const { wire } = field;
	if (field.type === 'id') return (entry, _max, target) => void (target[wire] = ids.toWire(kind, entry.id));
	const isUser = field.type === 'userId';
	return (entry, _max, target) => {
		const value = entry.fields[name];
		if (value !== undefined) target[wire] = isUser && typeof value === 'string' ? ids.toWire('user', value) : value;
	};
}

function valueOf(
	name: string,
	field: AnyField,
	kind: Kind,
	ids: Ids,
	entry: Entry,
	maxMembers: number | undefined,
): unknown {
	if (field.type === 'id') return cast(field, ids.toWire(kind, entry.id));
	if (field.type === 'userIds') return membersOf(field, ids, entry, maxMembers);
	const value = entry.fields[name];
	if (value === undefined || value === null) return value;
	return cast(field, field.type === 'userId' ? ids.toWire('user', String(value)) : value);
}

function membersOf(field: Field, ids: Ids, entry: Entry, maxMembers: number | undefined): unknown {
	const owner = entry.fields.ownerId;
	const members = (entry.memberIds ?? []).slice(0, maxMembers);
	const isOwnerFirst = field.includesOwner && typeof owner === 'string';
	const all = isOwnerFirst
		? [owner, ...members.filter((id) => ids.fold('user', id) !== ids.fold('user', owner))]
		: members;
	if (all.length === 0) return undefined;
	const wire = all.map((id) => ids.toWire('user', id));
	return field.wrap === undefined ? wire : wire.map((id) => ({ [field.wrap ?? '']: id }));
}

function cast(field: AnyField, value: unknown): unknown {
	switch (field.cast) {
		case 'number': {
			const number = Number(value);
			return Number.isFinite(number) ? number : value;
		}
		case 'epochSeconds':
			return typeof value === 'string' ? Math.floor(Date.parse(value) / 1000) : value;
		case 'epochMilliseconds':
			return typeof value === 'string' ? Date.parse(value) : value;
		case 'json':
			return JSON.stringify(value);
		default:
			return value;
	}
}

function uncast(field: AnyField, read: Read, element: unknown, ids: Ids): unknown {
	const value = read(element);
	if (field.cast === 'json' && typeof value === 'string') return parsed(value);
	if (field.cast === 'number' && typeof value === 'number') return String(value);
	if (typeof value === 'number' && (field.cast === 'epochSeconds' || field.cast === 'epochMilliseconds'))
		return instant(field.cast === 'epochSeconds' ? value * 1000 : value);
	if (field.type === 'userId' && typeof value === 'string') return ids.fromWire('user', value);
	if (field.type === 'attributes') return isRecord(value) ? plainMap(value) : isPlain(value) ? value : undefined;
	return isPlain(value) ? value : undefined;
}

function instant(ms: number): string | undefined {
	return Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : undefined;
}

function parsed(text: string): unknown {
	try {
		const value: unknown = JSON.parse(text);
		return isRecord(value) ? plainMap(value) : undefined;
	} catch {
		return undefined;
	}
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
