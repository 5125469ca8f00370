import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { credentialData, signOptions } from '../nodes/TokenIm/protocol/authenticate';
import { defaultProfile } from '../nodes/TokenIm/protocol/profiles';
import { createNonce, createSigner } from '../nodes/TokenIm/protocol/sign';

const sign = createSigner(defaultProfile);

/** Where a TokenIM service is and how requests to it are signed. The node tests it (`testedBy`). */
export class TokenImApi implements ICredentialType {
	name = 'tokenImApi';

	displayName = 'TokenIM API';

	documentationUrl = 'https://github.com/n8n-nodes-tokenim/n8n-nodes-tokenim#set-up-the-credential';

	icon = { light: 'file:tokenIm.svg', dark: 'file:tokenIm.dark.svg' } as const;

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://im.example.com/v1',
			description:
				'The address of the service with its version, as its administrator gives it. It starts with https://; http:// works only for addresses inside your own network.',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Names who asks. It is sent with every request.',
		},
		{
			displayName: 'API Secret',
			name: 'apiSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Signs every request. It never leaves n8n.',
		},
	];

	/** Signs one attempt: a fresh nonce and time each time it is called. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return signOptions(
			requestOptions,
			credentialData(credentials),
			sign,
			Date.now(),
			createNonce(defaultProfile),
		);
	}
}
