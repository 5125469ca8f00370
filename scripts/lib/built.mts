// The package as built, as n8n loads it.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';

export interface BuiltPackage {
	readonly nodeType: INodeType;
	readonly credentialType: ICredentialType;
}

/** @param folder into which it was built; absolute */
export function loadPackage(folder: string): BuiltPackage {
	const require = createRequire(import.meta.url);
	const node: { readonly TokenIm: new () => INodeType } = require(join(folder, 'nodes/TokenIm/TokenIm.node.js'));
	const credential: { readonly TokenImApi: new () => ICredentialType } = require(
		join(folder, 'credentials/TokenImApi.credentials.js'),
	);
	return { nodeType: new node.TokenIm(), credentialType: new credential.TokenImApi() };
}
