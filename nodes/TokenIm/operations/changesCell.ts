// The `changes` of a result as they come back in a row: the list itself, its JSON as a text, or the columns that n8n's
// Convert to File makes of it (`changes.0.field`, `changes.0.from`, `changes.0.to`, `changes.1.field`, …).

import type { Change, RecordedChanges, Row } from '../engine/types';
import { MOST_SHOWN } from './compare';
import { isRecord, own } from '../protocol/language/own';

/** More than any user has fields: what a file may hold has no end. */
const MOST_CHANGES = 1_000;

/** @returns `none` where the row tells of no change; `unreadable` where it tells of some and not for certain which */
export function readChanges(columns: Row['columns']): RecordedChanges | 'none' | 'unreadable' {
	const cell = own(columns, CHANGES);
	if (!isBlank(cell)) return readList(cell);
	const names = Object.keys(columns).filter((name) => name.startsWith(`${CHANGES}.`));
	return names.length === 0 ? 'none' : readColumns(columns, names);
}

const CHANGES = 'changes';

function readList(cell: unknown): RecordedChanges | 'none' | 'unreadable' {
	const list = typeof cell === 'string' ? parsed(cell) : cell;
	if (!Array.isArray(list)) return 'unreadable';
	const changes: Change[] = [];
	for (const one of list) {
		const field = own(one, 'field');
		if (typeof field !== 'string' || !Object.hasOwn(one, 'from') || !Object.hasOwn(one, 'to')) return 'unreadable';
		changes.push({ field, from: own(one, 'from'), to: own(one, 'to') });
	}
	return recorded(changes, false);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

const COLUMN = /^changes\.(\d{1,4})\.(field|from|to)$/;

/** A change whose columns are not all there is none: what is not told must not pass for nothing, which clears a field. */
function readColumns(columns: Row['columns'], names: readonly string[]): RecordedChanges | 'none' | 'unreadable' {
	const parts = new Map<number, Partial<Record<string, unknown>>>();
	for (const name of names) {
		const [, place, part] = COLUMN.exec(name) ?? [];
		const cell = own(columns, name);
		if (place !== undefined && part !== undefined)
			parts.set(Number(place), { ...parts.get(Number(place)), [part]: cell });
		else if (!isBlank(cell)) return 'unreadable';
	}
	const changes: Change[] = [];
	for (const one of parts.values()) {
		const { field, from, to } = one;
		if (isBlank(field) && isBlank(from) && isBlank(to)) continue;
		if (typeof field !== 'string' || isBlank(field) || !('from' in one) || !('to' in one)) return 'unreadable';
		changes.push({ field, from: isBlank(from) ? null : from, to: isBlank(to) ? null : to });
	}
	return recorded(changes, true);
}

function recorded(changes: readonly Change[], areCells: boolean): RecordedChanges | 'none' | 'unreadable' {
	if (changes.length === 0) return 'none';
	const isReadable =
		changes.length <= MOST_CHANGES &&
		new Set(changes.map(({ field }) => field)).size === changes.length &&
		changes.every(({ field, from, to }) => isValue(field, from) && isValue(field, to));
	return isReadable ? { changes, areCells } : 'unreadable';
}

function isValue(field: string, value: unknown): boolean {
	if (field === 'attributes' && isRecord(value)) return Object.values(value).every(isScalar);
	return isScalar(value);
}

/** A text that was cut when it was told is not what was there. */
function isScalar(value: unknown): boolean {
	if (typeof value === 'string') return value.length <= MOST_SHOWN;
	return value === null || ['number', 'boolean'].includes(typeof value);
}

function isBlank(cell: unknown): boolean {
	return cell === undefined || cell === null || cell === '';
}
