// What is wrong with one cell, said so that whoever owns the sheet can mend it; where it stands is filled in later.

import type { Issue } from '../../engine/types';
import type { Kind } from './kinds';

/** An issue whose place is not known yet. */
export interface Finding {
	readonly code: Kind;
	readonly found: string;
	readonly expected: string;
	/** What to do, given the place: `column "phone"`. */
	readonly fix: (place: string) => string;
	/** The attribute that it is about, where the field has several. */
	readonly attribute?: string;
	/** It tells nothing of what the cell holds. */
	readonly saysNoValue?: true;
}

/** The finding as the row's verdict carries it. */
export function issueOf(field: string, finding: Finding, columnOf: (field: string) => string | null): Issue {
	const { attribute, code, found, expected, fix } = finding;
	const name = attribute === undefined ? field : `${field}.${attribute}`;
	const column = columnOf(name) ?? columnOf(field);
	const place = column === null ? shown(name) : `column "${shown(column)}"`;
	return { column, field: name, code, found, expected, fix: fix(place) };
}

/** Kinds that say nothing of the value but under `found`. */
const SAY_NO_VALUE: ReadonlySet<Kind> = new Set([
	'required',
	'cannot_clear',
	'too_long',
	'too_short',
	'broken_character',
	'not_allowed',
	'not_an_email',
	'not_a_phone',
	'not_a_url',
	'not_a_time',
]);

/** The same of a secret, which no message repeats. */
export function hidden(finding: Finding): Finding {
	const { code, found, expected } = finding;
	if (found === '' || finding.saysNoValue === true) return finding;
	if (SAY_NO_VALUE.has(code)) return { ...finding, found: '(hidden)' };
	const isOfCharacters = code === 'bad_characters';
	return {
		code,
		found: '(hidden)',
		expected: isOfCharacters ? expected : 'one text, as it is meant',
		fix: (place) =>
			isOfCharacters
				? `Write ${place} with the allowed characters only.`
				: 'Format the column as Text, then enter the value again.',
	};
}

const MOST_CHARACTERS = 100;

/** What a cell held, on one line and short enough for a message. */
export function shown(cell: unknown): string {
	const text = typeof cell === 'string' ? cell : (stringify(cell) ?? typeof cell);
	const line = text.slice(0, 2 * MOST_CHARACTERS + 1).replace(/\p{Cc}/gu, ' ');
	if (line.length <= MOST_CHARACTERS) return line;
	const characters = [...line];
	return characters.length > MOST_CHARACTERS ? `${characters.slice(0, MOST_CHARACTERS - 1).join('')}…` : line;
}

function stringify(cell: unknown): string | undefined {
	if (typeof cell === 'bigint') return String(cell);
	try {
		return JSON.stringify(cell);
	} catch {
		return undefined;
	}
}
