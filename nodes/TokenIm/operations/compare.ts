// Verify: does the service hold what the row says? Only fields that the row gives are compared.

import type { Difference } from '../engine/types';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The fields in which a record of the service differs from what a row gives.
 *
 * @param expected canonical fields of the row; the id is compared by the look-up itself, members by their own
 * @param actual canonical fields of the service's record
 */
export function differencesOf(expected: Fields, actual: Fields, ignored: ReadonlySet<string>): Difference[] {
	const differences: Difference[] = [];
	for (const [field, value] of Object.entries(expected)) {
		if (ignored.has(field) || value === undefined) continue;
		if (isAttributes(field, value))
			for (const one of attributeDifferences(value, own(actual, field))) differences.push(one);
		else if (!isSame(field, value, own(actual, field)))
			differences.push({ field, expected: value, actual: own(actual, field) ?? null });
	}
	return differences;
}

function attributeDifferences(expected: Fields, actual: unknown): Difference[] {
	const held = typeof actual === 'object' && actual !== null ? { ...actual } : {};
	return Object.entries(expected)
		.filter(([name, value]) => (own(held, name) ?? null) !== (value ?? null))
		.map(([name, value]) => ({ field: `attributes.${name}`, expected: value, actual: own(held, name) ?? null }));
}

/** Instants are the same when their time is, however they are written; an absent field is the same as a cleared one. */
function isSame(field: string, expected: unknown, actual: unknown): boolean {
	if ((expected ?? null) === (actual ?? null)) return true;
	if (field !== 'registeredAt' || typeof expected !== 'string' || typeof actual !== 'string') return false;
	const time = Date.parse(expected);
	return !Number.isNaN(time) && time === Date.parse(actual);
}

function isAttributes(field: string, value: unknown): value is Fields {
	return field === 'attributes' && typeof value === 'object' && value !== null;
}

function own(record: object, key: string): unknown {
	return Object.getOwnPropertyDescriptor(record, key)?.value;
}
