// Verify: does the service hold what the row says? Only fields that the row gives are compared.

import type { Difference } from '../engine/types';
import { isRecord, own } from '../protocol/language/own';

/** Groups have no field that holds a moment. */
const NONE: ReadonlySet<string> = new Set();

type Fields = Readonly<Record<string, unknown>>;

/**
 * The fields in which a record of the service differs from what a row gives.
 *
 * @param expected canonical fields of the row; the id is compared by the look-up itself, members by their own
 * @param actual canonical fields of the service's record
 * @param instants fields that hold a moment
 */
export function differencesOf(
	expected: Fields,
	actual: Fields,
	ignored: ReadonlySet<string>,
	instants: ReadonlySet<string> = NONE,
): Difference[] {
	const differences: Difference[] = [];
	for (const [field, value] of Object.entries(expected)) {
		if (ignored.has(field) || value === undefined) continue;
		if (isAttributes(field, value))
			for (const one of attributeDifferences(value, own(actual, field))) differences.push(one);
		else if (!isSame(value, own(actual, field), instants.has(field)))
			differences.push({ field, expected: value, actual: shown(own(actual, field)) });
	}
	return differences;
}

/** Longer texts of the service are cut: one answer of 8 MiB for each row would be more than n8n's memory holds. */
export const MOST_SHOWN = 4_096;

function shown(value: unknown): unknown {
	if (typeof value !== 'string' || value.length <= MOST_SHOWN) return value ?? null;
	return `${value.slice(0, MOST_SHOWN)}…`;
}

function attributeDifferences(expected: Fields, actual: unknown): Difference[] {
	const held = isRecord(actual) ? actual : {};
	return Object.entries(expected)
		.filter(([name, value]) => (own(held, name) ?? null) !== (value ?? null))
		.map(([name, value]) => ({ field: `attributes.${name}`, expected: value, actual: shown(own(held, name)) }));
}

/** Instants are the same when their time is, however they are written; an absent field is the same as a cleared one. */
function isSame(expected: unknown, actual: unknown, isInstant: boolean): boolean {
	if ((expected ?? null) === (actual ?? null)) return true;
	if (!isInstant || typeof expected !== 'string' || typeof actual !== 'string') return false;
	const time = Date.parse(expected);
	return !Number.isNaN(time) && time === Date.parse(actual);
}

function isAttributes(field: string, value: unknown): value is Fields {
	return field === 'attributes' && typeof value === 'object' && value !== null;
}
