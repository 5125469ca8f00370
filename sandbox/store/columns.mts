/** From SQLite's values to ours. */
import type { SQLOutputValue } from 'node:sqlite';
import { isRecord } from '../types.mts';

export type AttributeValue = string | number | boolean;
export type Attributes = Readonly<Record<string, AttributeValue>>;
export type Row = Record<string, SQLOutputValue>;

export function text(value: SQLOutputValue | undefined): string {
	return typeof value === 'string' ? value : '';
}

export function textOrNull(value: SQLOutputValue | undefined): string | null {
	return typeof value === 'string' ? value : null;
}

export function whole(value: SQLOutputValue | undefined): number {
	return typeof value === 'number' ? value : 0;
}

/** Attributes as stored. An object from JSON has own keys only, `__proto__` too. */
export function attributesOf(json: SQLOutputValue | undefined): Attributes {
	const parsed: unknown = JSON.parse(text(json) || '{}');
	if (!isRecord(parsed)) return {};
	return Object.fromEntries(
		Object.entries(parsed).filter((pair): pair is [string, AttributeValue] => isValue(pair[1])),
	);
}

function isValue(value: unknown): value is AttributeValue {
	return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** Attributes merged by name; `null` removes the name. A map, so that no name is special. */
export function merged(base: Attributes, changes: Readonly<Record<string, AttributeValue | null>>): Attributes {
	const all = new Map(Object.entries(base));
	for (const [name, value] of Object.entries(changes)) {
		if (value === null) all.delete(name);
		else all.set(name, value);
	}
	return Object.fromEntries(all);
}
