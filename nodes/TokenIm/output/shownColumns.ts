// The columns of a row as results and reports may repeat them.

import type { Row } from '../engine/types';
import { TOKENS } from './item';

/** n8n's Convert to File makes a column for each key of an object. */
const FLATTENED = `${TOKENS}.`;

/**
 * Leaves out what *Return Tokens* of an earlier run put into the row: results come back as rows, to be undone or sent
 * again, and nobody asked for the secrets a second time.
 */
export function shownColumns(columns: Row['columns']): Row['columns'] {
	const names = Object.keys(columns);
	if (!names.some((name) => isSecret(name, columns[name]))) return columns;
	return Object.fromEntries(
		names.filter((name) => !isSecret(name, columns[name])).map((name) => [name, columns[name]]),
	);
}

/** A column of that name that holds a number, say, is somebody's own. */
function isSecret(name: string, value: unknown): boolean {
	if (name.startsWith(FLATTENED)) return true;
	if (name !== TOKENS) return false;
	return typeof value === 'string' ? value.trimStart().startsWith('{') : typeof value === 'object' && value !== null;
}
