// What can be wrong with a value, said so that whoever owns the sheet can mend it (codes are listed in the README).

import type { Issue } from '../../engine/types';

/** A finding about one field; where it stands in the sheet is filled in later. */
export interface Finding extends Pick<Issue, 'code' | 'found' | 'expected'> {
	/** What to do, given the place: `column "phone"`. */
	readonly fix: (place: string) => string;
	/** The attribute that it is about. */
	readonly attribute?: string;
}

export type Checked =
	| { readonly ok: true; readonly value: unknown }
	| { readonly ok: false; readonly findings: readonly Finding[] };

/** Turns one value into what is sent, or says what is wrong with it. `undefined` stands for "not given". */
export type Check = (value: unknown) => Checked;

export const ABSENT: Checked = { ok: true, value: undefined };

export function checked(value: unknown, findings: readonly Finding[]): Checked {
	return findings.length === 0 ? { ok: true, value } : { ok: false, findings };
}

export function refused(...findings: readonly Finding[]): Checked {
	return { ok: false, findings };
}

/** The finding as the row's verdict carries it. */
export function issueOf(field: string, finding: Finding, columnOf: (field: string) => string | null): Issue {
	const { attribute, code, found, expected, fix } = finding;
	const name = attribute === undefined ? field : `${field}.${attribute}`;
	const column = columnOf(name) ?? columnOf(field);
	const place = column === null ? shorten(name) : `column "${shorten(column)}"`;
	return { column, field: name, code, found, expected, fix: fix(place) };
}

export function missing(field: string): Finding {
	return {
		code: 'required',
		found: '',
		expected: 'a value',
		fix: (place) =>
			place === field ? `Add a column named ${field}, or choose the column that holds it.` : `Fill in ${place}.`,
	};
}

export function cannotClear(): Finding {
	return {
		code: 'cannot_clear',
		found: '',
		expected: 'a value',
		fix: (place) => `Fill in ${place}; it can be changed but not taken away.`,
	};
}

export function wrongType(value: unknown, code: string, expected: string): Finding {
	return {
		code,
		found: shorten(describe(value)),
		expected,
		fix: (place) => `Put ${expected} into ${place}.`,
	};
}

export function tooLong(value: string, max: number, unit: string): Finding {
	return {
		code: 'too_long',
		found: shorten(value),
		expected: `at most ${max} ${unit}`,
		fix: (place) => `Shorten the value in ${place}.`,
	};
}

export function tooShort(value: string, min: number, unit: string): Finding {
	return {
		code: 'too_short',
		found: shorten(value),
		expected: `at least ${min} ${unit}`,
		fix: (place) => `Lengthen the value in ${place}.`,
	};
}

export function badCharacter(value: string, character: string, allowed: string): Finding {
	return {
		code: 'bad_characters',
		found: shorten(value),
		expected: `only these characters: ${allowed}`,
		fix: (place) => `Take ${nameOf(character)} out of ${place}.`,
	};
}

/** The text may be several ids, or one with a character too many: only who wrote it knows. */
export function notSeparated(finding: Finding): Finding {
	return {
		...finding,
		fix: (place) =>
			`Write commas between the ids in ${place}: s001, s002. If it is one id, take out of it what does not belong there.`,
	};
}

export function brokenCharacter(value: string): Finding {
	return {
		code: 'broken_character',
		found: shorten(value.replace(/\p{Cs}/gu, '\uFFFD')),
		expected: 'whole characters',
		fix: (place) =>
			`Half a character is left in ${place}, perhaps of an emoji that was cut off. Enter the value again.`,
	};
}

export function notAllowed(value: string): Finding {
	return {
		code: 'not_allowed',
		found: shorten(value),
		expected: 'another value',
		fix: (place) => `Choose another value for ${place}.`,
	};
}

export function reservedStart(value: string, start: string): Finding {
	return {
		code: 'not_allowed',
		found: shorten(value),
		expected: `a value that does not start with ${start}`,
		fix: (place) =>
			`Take ${start} away from the start of ${place}, or choose another value: the service keeps it for itself.`,
	};
}

export function badFormat(code: string, value: string, expected: string, advice: string): Finding {
	return { code, found: shorten(value), expected, fix: (place) => `${advice} Look at ${place}.` };
}

/** At most 60 characters, none of them a line break. */
export function shorten(text: string): string {
	const line = text.slice(0, 200).replace(/\p{Cc}/gu, ' ');
	const characters = [...line];
	return characters.length > 60 ? `${characters.slice(0, 59).join('')}…` : line;
}

function describe(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' && value !== null ? 'nested data' : String(value);
}

/** A character as people can find it, also one that cannot be seen. */
function nameOf(character: string): string {
	if (character === ' ') return 'the space';
	const point = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
	return /[\p{L}\p{N}\p{P}\p{S}]/u.test(character)
		? `the character ${character}`
		: `the invisible character U+${point}`;
}
