// The fields of users and groups that a look-up gives back: how Verify, and Create or Update before it writes, compare
// them.

import type { Difference } from '../engine/types';
import { asGivenBack } from '../protocol/fields/entryFields';
import { comparedFields } from '../protocol/fields/fieldUse';
import { compileIdForms, type Kind } from '../protocol/fields/ids';
import type { Profile } from '../protocol/profile/profile';
import { differencesOf } from './compare';

type Fields = Readonly<Record<string, unknown>>;

export interface UserFields {
	/** Whether a look-up gives the field back. */
	has(field: string): boolean;
	/** Whether it gives back any. */
	readonly hasAny: boolean;
	/** What a look-up would give back of what a row gives, once it is written. */
	givenBack(fields: Fields): Fields;
	/** In which of those that a row gives a record differs; `expected` as the row gives it. */
	differences(expected: Fields, actual: Fields): Difference[];
}

/** Members of groups aside: they have look-ups of their own. */
export function compileUserFields(profile: Profile, kind: Kind = 'user'): UserFields {
	const idField = kind === 'user' ? 'userId' : 'groupId';
	const idOnly: ReadonlySet<string> = new Set([idField, 'memberIds']);
	const compared = new Map(comparedFields(profile, kind).filter(([, { type }]) => type !== 'userIds'));
	const ids = compileIdForms(profile);
	const turned = [...compared].filter(([, { cast }]) => cast !== undefined);
	/** A user who is referred to, such as an owner: ids are the same where the service takes them for the same (law 9). */
	const users = new Set([...compared].flatMap(([name, { type }]) => (type === 'userId' ? [name] : [])));
	const instants = new Set([...compared].flatMap(([name, { type }]) => (type === 'dateTime' ? [name] : [])));
	return {
		has: (field) => compared.has(field),
		hasAny: compared.size > 0,
		givenBack,
		differences(expected, actual) {
			// Most rows are as they should be: this is most of a run's work.
			if (turned.length === 0) return ofOthers(differencesOf(expected, actual, leftOut(expected), instants));
			return ofOthers(differencesOf(givenBack(expected), actual, idOnly, instants)).map((difference) =>
				turned.some(([name]) => name === difference.field)
					? { ...difference, expected: expected[difference.field] }
					: difference,
			);
		},
	};

	/** Without those that are one user in two spellings. */
	function ofOthers(differences: Difference[]): Difference[] {
		if (differences.length === 0 || users.size === 0) return differences;
		const fold = (id: unknown) => (typeof id === 'string' ? ids.fold('user', id) : id);
		return differences.filter(({ field, expected, actual }) => !users.has(field) || fold(expected) !== fold(actual));
	}

	/** Fields of a row that are not compared. */
	function leftOut(fields: Fields): ReadonlySet<string> {
		for (const name in fields) if (!compared.has(name) && !idOnly.has(name)) return notCompared(fields);
		return idOnly;
	}

	function notCompared(fields: Fields): ReadonlySet<string> {
		return new Set(Object.keys(fields).filter((name) => !compared.has(name)));
	}

	function givenBack(fields: Fields): Record<string, unknown> {
		const back: Record<string, unknown> = {};
		for (const [name, value] of Object.entries(fields)) if (compared.has(name)) back[name] = value;
		for (const [name, field] of turned) if (name in back) back[name] = asGivenBack(field, back[name], ids);
		return back;
	}
}
