// The fields that the editor offers for each operation: those that the profile knows.

import type { ResourceMapperField } from 'n8n-workflow';
import { operationNamed } from '../operations';
import { rowFields } from '../operations/rowFields';
import type { Rules } from '../protocol/fields/fieldUse';

/** The parameters on which the fields depend. */
export interface Chosen {
	readonly resource: string;
	readonly operation: string;
	/** `membership` where each row is a person: the group then comes from the column of Group By. */
	readonly rows: string;
}

export function mapperFields(profile: Rules, { resource, operation, rows }: Chosen): ResourceMapperField[] {
	const listed = operationNamed(resource, operation);
	if (listed === undefined) return [];
	const isMembership = listed.takesMemberships === true && rows === 'membership';
	// Rows that are memberships say who it is, and no more.
	const { fields, required, leavesOut } = isMembership
		? rowFields(profile, 'user', 'delete')
		: rowFields(profile, listed.resource, listed.mode);
	return fields
		.filter(({ name }) => !leavesOut.includes(name))
		.map(({ name, label, kind }) => ({
			id: name,
			// Single attributes have a list of their own below the mapper, which is called Attributes.
			displayName: kind === 'attributes' ? `All ${label} as JSON` : label,
			required: required.includes(name),
			defaultMatch: false,
			canBeUsedToMatch: false,
			display: true,
			// Every kind is read from text, and the rules of the profile judge it when the run starts.
			type: 'string',
		}));
}
