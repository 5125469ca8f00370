// What the editor asks for when Columns is Choose Columns or Set Each Value: the fields of the operation.

import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';
import { mapperFields } from '../description/mapperFields';
import { firstOperation } from '../operations';
import { profileOf } from '../protocol/auth/credentialData';
import type { Profile } from '../protocol/profile/profile';
import { defaultProfile } from '../protocol/profiles';

export async function getFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const chosen = (name: string, fallback: string) => String(this.getCurrentNodeParameter(name) ?? fallback);
	const resource = chosen('resource', 'user');
	const operation = chosen('operation', firstOperation(resource));
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
