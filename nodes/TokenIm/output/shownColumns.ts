// The columns of a row as results and reports may repeat them.

import type { Row } from '../engine/types';
import { TOKENS } from './item';

/** n8n's Convert to File makes a column for each key of an object. */
const FLATTENED = `${TOKENS}.`;
/** JSON.stringify and n8n's own copies end with an error some thousand levels down. */
const MOST_LEVELS = 100;
const TOO_DEEP = `(left out: nested deeper than ${MOST_LEVELS} levels)`;

/**
 * Leaves out what *Return Tokens* of an earlier run put into the row: results come back as rows, to be undone or sent
 * again, and nobody asked for the secrets a second time. A file may hold a value nested so deep that whatever takes the
 * item after this node would break on it: that one is left out as well.
 */
export function shownColumns(columns: Row['columns']): Row['columns'] {
	const names = Object.keys(columns);
	if (!names.some((name) => isSecret(name, columns[name]) || isDeep(columns[name]))) return columns;
	return Object.fromEntries(
		names
			.filter((name) => !isSecret(name, columns[name]))
			.map((name) => [name, isDeep(columns[name]) ? TOO_DEEP : columns[name]]),
	);
}

/** A column of that name that holds a number, say, is somebody's own. */
function isSecret(name: string, value: unknown): boolean {
	if (name.startsWith(FLATTENED)) return true;
	if (name !== TOKENS) return false;
	return typeof value === 'string' ? value.trimStart().startsWith('{') : typeof value === 'object' && value !== null;
}

/** Level by level, each object once: values that share parts are many more when they are written down. */
function isDeep(value: unknown): boolean {
	let level = objectsIn([value]);
	for (let levels = 0; level.size > 0; levels++) {
		if (levels === MOST_LEVELS) return true;
		level = objectsIn([...level].flatMap(partsOf));
	}
	return false;
}

function objectsIn(values: readonly unknown[]): ReadonlySet<object> {
	const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
	return new Set(values.filter(isObject));
}

/** What properties hold; nothing of a program's bytes, and nothing that has to be worked out. */
function partsOf(value: object): readonly unknown[] {
	if (ArrayBuffer.isView(value)) return [];
	// As it is: to list the indexes of a long list as names takes ten times as long.
	if (Array.isArray(value)) return value;
	return Object.keys(value).map((name): unknown => Object.getOwnPropertyDescriptor(value, name)?.value);
}
