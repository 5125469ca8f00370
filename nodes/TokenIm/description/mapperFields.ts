// The fields that the editor offers for each operation: those that the profile knows.

import type { ILoadOptionsFunctions, ResourceMapperField, ResourceMapperFields } from 'n8n-workflow';
import { GROUP_FIELDS, userFields, type Field } from '../input/fields';
import { profileOf } from '../protocol/credentialData';
import { isNeeded } from '../protocol/fields';
import type { Profile } from '../protocol/profile';
import { defaultProfile } from '../protocol/profiles';

interface Offer {
	readonly needed: readonly string[];
	/** Everything else that can be given; absent: nothing else. */
	readonly more?: 'all';
}

/** By resource and operation. */
const OFFERS: ReadonlyMap<string, Offer> = new Map<string, Offer>([
	['user batchCreate', { needed: ['userId', 'username'], more: 'all' }],
	['user batchUpsert', { needed: ['userId'], more: 'all' }],
	['user batchDelete', { needed: ['userId'] }],
	['user verify', { needed: ['userId'], more: 'all' }],
	['group create', { needed: ['groupId', 'name', 'ownerId'], more: 'all' }],
	['group addMembers', { needed: ['groupId', 'memberIds'] }],
	['group verify', { needed: ['groupId'], more: 'all' }],
]);

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
	profile: Pick<Profile, 'fields'>,
	{ resource, operation, rows }: { readonly resource: string; readonly operation: string; readonly rows: string },
): ResourceMapperField[] {
	const isMembership = resource === 'group' && rows === 'membership';
	const ofUsers = resource === 'user' || isMembership;
	const offer: Offer | undefined = isMembership ? { needed: ['userId'] } : OFFERS.get(`${resource} ${operation}`);
	if (offer === undefined) return [];
	const { user, group, extra } = profile.fields;
	const known = new Set(Object.keys(ofUsers ? { ...user, ...extra } : group));
	const isOffered = ({ name }: Field) => known.has(name) && (offer.more === 'all' || offer.needed.includes(name));
	return (ofUsers ? userFields(extra) : GROUP_FIELDS).filter(isOffered).map((field) => ({
		id: field.name,
		displayName: field.label,
		required: offer.needed.includes(field.name) && isNeeded(profile, ofUsers ? 'user' : 'group', operation === 'addMembers' ? 'members' : 'create', field.name),
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		// Every kind is read from text, and the rules of the profile judge it when the run starts.
		type: 'string',
	}));
}
