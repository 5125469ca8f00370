// Which fields an operation has a use for, and which of them no row can do without.

import { fieldsOf } from './entryFields';
import type { ExtraField, Field } from '../profile/fields';
import type { Kind } from './ids';
import type { Profile } from '../profile/profile';

/**
 * What the entries are for. `update` accepts `null` (clear the field) and leaves out what need not be given again;
 * `verify` needs the id only and takes the rest as it is, for comparing; `delete` needs the id only; `members` needs a
 * group's id and the members to add.
 */
export type Mode = 'create' | 'update' | 'verify' | 'delete' | 'members';

/** Whether rows in this mode may give any field; in the others only those that they cannot do without are read. */
export function readsAllFields(mode: Mode): boolean {
	return mode !== 'delete' && mode !== 'members';
}

export type Rules = Pick<Profile, 'fields' | 'operations'>;

/** Names of the fields that rows cannot do without. */
export function neededFields(profile: Rules, kind: Kind, mode: Mode): readonly string[] {
	return usedFields(profile, kind, mode).flatMap(([name, field]) => (isRequired(name, field, mode) ? [name] : []));
}

/** The fields of the service that are sent, or compared, in this mode. */
export function usedFields(
	profile: Rules,
	kind: Kind,
	mode: Mode,
): ReadonlyArray<readonly [name: string, field: Field | ExtraField]> {
	return fieldsOf(profile, kind).filter(([name, field]) => {
		switch (mode) {
			case 'verify':
				return field.type === 'id' || isCompared(profile, kind, field);
			case 'delete':
			case 'members':
				return isRequired(name, field, mode);
			default:
				return field.type !== 'userIds' || takesMembers(profile);
		}
	});
}

/** The fields of a kind that a look-up gives back, and so can be compared; its id aside. */
export function comparedFields(
	profile: Rules,
	kind: Kind,
): ReadonlyArray<readonly [name: string, field: Field | ExtraField]> {
	return usedFields(profile, kind, 'verify').filter(([, { type }]) => type !== 'id');
}

export function isExtra(field: Field | ExtraField): field is ExtraField {
	return 'secret' in field;
}

/** Whether a value is made where a row gives none: for new users only, for others have one already. */
export function isMade(field: Field | ExtraField, mode: Mode): boolean {
	return isExtra(field) && field.generate !== undefined && mode === 'create';
}

export function isRequired(name: string, field: Field | ExtraField, mode: Mode): boolean {
	if (field.type === 'id') return true;
	if (mode === 'members') return name === 'memberIds';
	if (isMade(field, mode)) return false;
	if (mode === 'create') return field.required !== 'never';
	return mode === 'update' && field.required === 'always';
}

/** Whether a look-up gives the field back. */
function isCompared({ operations }: Rules, kind: Kind, field: Field | ExtraField): boolean {
	if (field.type === 'userIds') return !('unsupported' in operations.queryMembers);
	const query = kind === 'user' ? operations.queryUsers : operations.queryGroups;
	if (field.writeOnly || (isExtra(field) && field.secret) || 'unsupported' in query) return false;
	return query.answer.kind === 'record' || (query.answer.kind === 'lookup' && query.answer.id !== undefined);
}

/** Whether members come into a new group: with its own request, or after it. */
function takesMembers({ operations: { addMembers, createGroups } }: Rules): boolean {
	if (!('unsupported' in addMembers)) return true;
	if ('unsupported' in createGroups) return false;
	const { answer } = createGroups;
	return (answer.kind === 'all' && answer.membersAdded) || (answer.kind === 'results' && answer.members !== undefined);
}
