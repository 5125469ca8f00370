// The fields that rows may have: the canonical ones, and those that only this service has.

import { GROUP_FIELDS, userFields, type Field } from '../input/columns/fields';
import { neededFields, usedFields, type Mode, type Rules } from '../protocol/fields/fieldUse';

export interface RowFields {
	/** Every field that a column may be taken for, with a use for it or not. */
	readonly fields: readonly Field[];
	/** Names of those that a sheet cannot do without. */
	readonly required: readonly string[];
	/** Names of those that are neither sent nor compared: the service has none such, or does not give them back. */
	readonly leavesOut: readonly string[];
}

/** @param mode what the rows are for */
export function rowFields(profile: Rules, kind: 'user' | 'group', mode: Mode): RowFields {
	const fields = kind === 'user' ? userFields(profile.fields.extra) : GROUP_FIELDS;
	const used = new Set(usedFields(profile, kind, mode).map(([name]) => name));
	return {
		fields,
		required: neededFields(profile, kind, mode),
		leavesOut: fields.flatMap(({ name }) => (used.has(name) ? [] : [name])),
	};
}
