// What the rules of a field do not allow of a value, and how it is mended.

import { shown, type Finding } from './finding';
import type { Kind } from './kinds';

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

export function tooLong(value: string, max: number, unit: string): Finding {
	return {
		code: 'too_long',
		found: shown(value),
		expected: `at most ${max} ${unit}`,
		fix: (place) => `Shorten the value in ${place}.`,
	};
}

export function tooShort(value: string, min: number, unit: string): Finding {
	return {
		code: 'too_short',
		found: shown(value),
		expected: `at least ${min} ${unit}`,
		fix: (place) => `Lengthen the value in ${place}.`,
	};
}

export function badCharacter(value: string, character: string, allowed: string): Finding {
	return {
		code: 'bad_characters',
		found: shown(value),
		expected: `only these characters: ${allowed}`,
		fix: (place) => `Take ${nameOf(character)} out of ${place}.`,
	};
}

export function brokenCharacter(value: string): Finding {
	return {
		code: 'broken_character',
		found: shown(value.replace(/\p{Cs}/gu, '\uFFFD')),
		expected: 'whole characters',
		fix: (place) =>
			`Half a character is left in ${place}, perhaps of an emoji that was cut off. Enter the value again.`,
	};
}

export function notAllowed(value: string): Finding {
	return {
		code: 'not_allowed',
		found: shown(value),
		expected: 'another value',
		fix: (place) => `Choose another value for ${place}.`,
	};
}

export function reservedStart(value: string, start: string): Finding {
	return {
		code: 'not_allowed',
		found: shown(value),
		expected: `a value that does not start with ${start}`,
		fix: (place) =>
			`Take ${start} away from the start of ${place}, or choose another value: the service keeps it for itself.`,
	};
}

export function badAttribute(value: unknown): Finding {
	const expected = 'a text, a number, true or false';
	return { code: 'bad_attribute', found: shown(value), expected, fix: (place) => `Put ${expected} into ${place}.` };
}

export function tooManyAttributes(count: number, max: number): Finding {
	return {
		code: 'too_many_attributes',
		found: `${count} attributes`,
		expected: `at most ${max} attributes`,
		fix: (place) => `Leave some attributes out. Look at ${place}.`,
	};
}

export function badFormat(code: Kind, value: string, expected: string, advice: string): Finding {
	return { code, found: shown(value), expected, fix: (place) => `${advice} Look at ${place}.` };
}

/** A character as people can find it, also one that cannot be seen. */
function nameOf(character: string): string {
	if (character === ' ') return 'the space';
	const point = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
	return /[\p{L}\p{N}\p{P}\p{S}]/u.test(character)
		? `the character ${character}`
		: `the invisible character U+${point}`;
}

/** The text may be several ids, or one with a character too many: only who wrote it knows. */
export function notSeparated(finding: Finding): Finding {
	return {
		...finding,
		fix: (place) =>
			`Write commas between the ids in ${place}: s001, s002. If it is one id, take out of it what does not belong there.`,
	};
}
