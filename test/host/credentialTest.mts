// The credential's test as n8n runs it: through the node that the credential names, with n8n's own request helper.

import { createRequire } from 'node:module';
import type { ICredentialDataDecryptedObject, INodeCredentialTestResult } from 'n8n-workflow';
import { hostData } from './engine.mts';
import { builtPackage } from './package.mts';

const require = createRequire(import.meta.url);
const { CredentialTestContext }: typeof import('n8n-core') = require('n8n-core');

export async function testCredential(data: ICredentialDataDecryptedObject): Promise<INodeCredentialTestResult> {
	const { nodeType, credentialType } = await builtPackage();
	const tested = nodeType.description.credentials?.find(({ name }) => name === credentialType.name)?.testedBy;
	const run = typeof tested === 'string' ? nodeType.methods?.credentialTest?.[tested] : undefined;
	if (run === undefined) throw new Error('The node does not test the credential');
	const context = new CredentialTestContext(hostData({ items: [] }, undefined, credentialType));
	return await run.call(context, { id: '1', name: 'TokenIM', type: credentialType.name, data });
}
