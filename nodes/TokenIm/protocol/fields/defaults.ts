// Values of the profile for who is created and whose row gives none. Whoever exists has values of their own, so no update
// carries them: only a call that changes nobody who exists, or an entry of which a look-up told that nobody has its id.

import type { Entry } from '../../engine/types';
import type { Profile } from '../profile/profile';
import { fieldsOf } from './entryFields';
import type { Kind } from './ids';

export interface Defaults {
	/** Names of the fields that have one. */
	readonly names: readonly string[];
	/** The entry as somebody new gets it. */
	given(entry: Entry): Entry;
}

/** Compiles the values that a profile gives to new users or groups. */
export function compileDefaults(profile: Pick<Profile, 'fields'>, kind: Kind): Defaults {
	const values = fieldsOf(profile, kind).flatMap(([name, { type, default: value }]) =>
		value === undefined || type === 'id' || type === 'userIds' ? [] : [[name, value] as const],
	);
	return {
		names: values.map(([name]) => name),
		given(entry) {
			const left = values.filter(([name]) => (entry.fields[name] ?? undefined) === undefined);
			return left.length === 0 ? entry : { ...entry, fields: { ...entry.fields, ...Object.fromEntries(left) } };
		},
	};
}
