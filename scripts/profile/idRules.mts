// The rules of ids, in lines for people, and sets of characters that were meant as something else.

import { parseCharacterSet } from '../../nodes/TokenIm/protocol/language/characters';
import { fill } from '../../nodes/TokenIm/protocol/language/template';
import type { Field } from '../../nodes/TokenIm/protocol/profile/fields';
import type { Profile } from '../../nodes/TokenIm/protocol/profile/profile';

export function idLines(profile: Profile): string[] {
	const { user, group } = profile.fields;
	return [
		`User ids: ${rulesOf(user.userId, profile)}`,
		`Group ids: ${isMadeThere(profile) ? `the service makes its own for each; those of rows: ` : ''}${rulesOf(group.groupId, profile)}`,
		...suspects(profile),
	];
}

function isMadeThere({ operations: { createGroups } }: Profile): boolean {
	return !('unsupported' in createGroups) && createGroups.idFromService;
}

function rulesOf(field: Field, { given = {} }: Profile): string {
	const { characterSet, characters, bytes, not, notStartingWith, caseSensitive, template } = field;
	const set = characterSet === undefined ? 'any characters' : `only ${parseCharacterSet(characterSet)?.shown}`;
	return [
		set,
		...spanOf(characters, 'characters'),
		...spanOf(bytes, 'bytes'),
		...(not.length === 0 ? [] : [`not ${not.join(', ')}`]),
		...(notStartingWith.length === 0 ? [] : [`not starting with ${notStartingWith.join(', ')}`]),
		caseSensitive ? 'A and a are two ids' : 'A and a are one id',
		...(template === undefined ? [] : [`sent as ${fill(template, { ...given, id: 's001' })}`]),
	].join('; ');
}

function spanOf(span: Field['bytes'], unit: string): string[] {
	if (span?.max === undefined && span?.min === undefined) return [];
	const { min = 0, max } = span;
	return [max === undefined ? `at least ${min} ${unit}` : `${min} to ${max} ${unit}`];
}

/** Every set of characters that looks like a regular expression, which it never is. */
function suspects({ fields, values }: Profile): string[] {
	const described = [
		...Object.entries(fields.user).map(([name, field]) => [`fields.user.${name}`, field] as const),
		...Object.entries(fields.group).map(([name, field]) => [`fields.group.${name}`, field] as const),
		...Object.entries(fields.extra ?? {}).map(([name, field]) => [`fields.extra.${name}`, field] as const),
		...Object.entries(values).map(([name, value]) => [`values.${name}`, value] as const),
	];
	return described.flatMap(([path, field]) => {
		const set = field?.characterSet;
		if (set === undefined || !looksLikePattern(set)) return [];
		const shown = parseCharacterSet(set)?.shown;
		return [
			`Warning: ${path}.characterSet looks like a regular expression, but is a set of single characters and ranges: it allows ${shown}. Write them without brackets and signs, such as a-z0-9_.`,
		];
	});
}

/** `[a-z]+`, `^a-z$`, `\\w`, `a-z{1,32}`. */
function looksLikePattern(set: string): boolean {
	return /^\^|\\[wdsWDSuxpP]|\[.*\]|\{\d+(,\d*)?\}|^\(.*\)/.test(set);
}
