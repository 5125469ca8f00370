// Rows of one group agree where the service takes what they say for the same: capitals of an id may make no other one.

import type { RowsOfOne } from '../engine/operation';
import { usedFields, type Mode } from '../protocol/fields/fieldUse';
import { compileIdForms } from '../protocol/fields/ids';
import type { Profile } from '../protocol/profile/profile';

/** Compiles how rows of one group are held against each other, by the profile's rules for ids. */
export function rowsOfOne(profile: Profile, mode: Mode): RowsOfOne {
	const { fold } = compileIdForms(profile);
	const users = new Set(
		usedFields(profile, 'group', mode).flatMap(([name, { type }]) => (type === 'userId' ? [name] : [])),
	);
	return {
		agree(one, other, name) {
			const [value, otherwise] = [one.fields[name], other.fields[name]];
			if (typeof value !== 'string' || typeof otherwise !== 'string') return false;
			// Groups that are called by their ID, for want of a name, have none that could differ.
			if (name === 'name') return value === one.id && otherwise === other.id;
			const kind = name === 'groupId' ? 'group' : users.has(name) ? 'user' : undefined;
			return kind !== undefined && fold(kind, value) === fold(kind, otherwise);
		},
		member: (userId) => fold('user', userId),
	};
}
