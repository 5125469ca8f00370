// The fields that the editor offers for each operation: those that the profile knows.

import type { ILoadOptionsFunctions, ResourceMapperField, ResourceMapperFields } from 'n8n-workflow';
import { rowFields } from '../operations/rowFields';
import { profileOf } from '../protocol/auth/credentialData';
import type { Mode, Rules } from '../protocol/fields/fieldUse';
import type { Profile } from '../protocol/profile/profile';
import { defaultProfile } from '../protocol/profiles';

interface Offer {
	readonly kind: 'user' | 'group';
	/** What the rows are for. */
	readonly mode: Mode;
}

/** By resource and operation. */
const OFFERS: ReadonlyMap<string, Offer> = new Map<string, Offer>([
	['user batchCreate', { kind: 'user', mode: 'create' }],
	['user batchUpsert', { kind: 'user', mode: 'update' }],
	['user batchDelete', { kind: 'user', mode: 'delete' }],
	['user verify', { kind: 'user', mode: 'verify' }],
	['group create', { kind: 'group', mode: 'create' }],
	['group addMembers', { kind: 'group', mode: 'members' }],
	['group verify', { kind: 'group', mode: 'verify' }],
]);

/** Rows that are memberships say who it is, and no more. */
const MEMBERSHIP: Offer = { kind: 'user', mode: 'delete' };

/** What the editor asks for when Columns is Choose Columns or Set Each Value. */
export async function getFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const chosen = (name: string, fallback: string) => String(this.getCurrentNodeParameter(name) ?? fallback);
	const resource = chosen('resource', 'user');
	const operation = chosen('operation', resource === 'group' ? 'create' : 'batchCreate');
	return { fields: mapperFields(await profileInUse(this), { resource, operation, rows: chosen('rows', 'group') }) };
}

/** That of the credential; the standard one where none is selected yet or its profile cannot be used, as its test says. */
async function profileInUse(host: ILoadOptionsFunctions): Promise<Profile> {
	try {
		return profileOf(await host.getCredentials('tokenImApi'));
	} catch {
		return defaultProfile;
	}
}

/** @param rows `membership` where each row is a person: the group then comes from the column of Group By */
export function mapperFields(
	profile: Rules,
	{ resource, operation, rows }: { readonly resource: string; readonly operation: string; readonly rows: string },
): ResourceMapperField[] {
	const offer = resource === 'group' && rows === 'membership' ? MEMBERSHIP : OFFERS.get(`${resource} ${operation}`);
	if (offer === undefined) return [];
	const { fields, required, leavesOut } = rowFields(profile, offer.kind, offer.mode);
	return fields
		.filter(({ name }) => !leavesOut.includes(name))
		.map(({ name, label }) => ({
			id: name,
			displayName: label,
			required: required.includes(name),
			defaultMatch: false,
			canBeUsedToMatch: false,
			display: true,
			// Every kind is read from text, and the rules of the profile judge it when the run starts.
			type: 'string',
		}));
}
