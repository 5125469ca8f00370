import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { signOptions } from '../nodes/TokenIm/protocol/auth/authenticate';
import { credentialData, profileOf } from '../nodes/TokenIm/protocol/auth/credentialData';
import { ProfileMistake } from '../nodes/TokenIm/protocol/profile/profile';
import { createNonce, UnusableSecret } from '../nodes/TokenIm/protocol/auth/sign';

const REPOSITORY = 'https://github.com/n8n-nodes-tokenim/n8n-nodes-tokenim';
const PROFILES = `${REPOSITORY}/blob/main/docs/api-profiles.md`;
const CONTRACT = `${REPOSITORY}/blob/main/docs/tokenim-rest-v1.openapi.yaml`;
const EXAMPLES = `${REPOSITORY}/tree/main/examples/profiles`;

const CUSTOM = { show: { profile: ['custom'] } };
const STANDARD = { show: { profile: ['standard'] } };

/** Where a TokenIM service is and how requests to it are signed. The node tests it (`testedBy`). */
export class TokenImApi implements ICredentialType {
	name = 'tokenImApi';

	displayName = 'TokenIM API';

	documentationUrl = 'https://github.com/n8n-nodes-tokenim/n8n-nodes-tokenim#set-up-the-credential';

	icon = { light: 'file:tokenIm.svg', dark: 'file:tokenIm.dark.svg' } as const;

	properties: INodeProperties[] = [
		{
			displayName: 'API Profile',
			name: 'profile',
			type: 'options',
			default: 'standard',
			options: [
				{
					name: 'TokenIM REST V1',
					value: 'standard',
					description:
						'The contract of this project, which its sandbox speaks; ask the administrator whether your TokenIM does',
				},
				{
					name: 'Custom',
					value: 'custom',
					description: 'Another API, described by a profile in JSON',
				},
			],
			description: `How the service speaks: its paths, names, limits and signature. TokenIM publishes no API document; TokenIM REST V1 is <a href="${CONTRACT}" target="_blank">the contract of this project</a>. Testing the credential tells whether yours speaks it.`,
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://im.example.com/v1',
			description:
				'The address of the service with its version, as its administrator gives it. It starts with https://; http:// works only for addresses inside your own network.',
			displayOptions: STANDARD,
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Names who asks. It is sent with every request.',
			displayOptions: STANDARD,
		},
		{
			displayName: 'API Secret',
			name: 'apiSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Signs every request. It never leaves n8n.',
			displayOptions: STANDARD,
		},
		{
			displayName: `An API profile says in JSON how a service speaks: <a href="${PROFILES}" target="_blank">how to write one</a>, <a href="${EXAMPLES}" target="_blank">profiles of other services</a>.`,
			name: 'profileNotice',
			type: 'notice',
			default: '',
			displayOptions: CUSTOM,
		},
		{
			displayName: 'API Profile JSON',
			name: 'profileJson',
			type: 'string',
			typeOptions: { rows: 10 },
			default: '',
			description: 'The whole profile. Testing the credential tells what is wrong with it and where.',
			displayOptions: CUSTOM,
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://im.example.com/v1',
			description:
				'The address of the service. Leave it empty where the profile brings its own; names of the profile may stand in braces, such as https://{region}.example.com.',
			displayOptions: CUSTOM,
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'What the profile calls {apiKey}: an app key, an app ID, an administrator. Leave it empty where the profile has no use for it.',
			displayOptions: CUSTOM,
		},
		{
			displayName: 'API Secret',
			name: 'apiSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'What the profile calls {apiSecret}: an app secret, a token, a password. Leave it empty where the profile has no use for it.',
			displayOptions: CUSTOM,
		},
		{
			displayName: 'Values for the Profile',
			name: 'profileValues',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			placeholder: 'Add Value',
			description: 'What the profile asks for beside key and secret, such as an app ID or a region',
			displayOptions: CUSTOM,
			options: [
				{
					displayName: 'Value',
					name: 'entries',
					values: [
						{
							displayName: 'Name',
							name: 'name',
							type: 'string',
							default: '',
							placeholder: 'e.g. appId',
							description: 'The name by which the profile asks for it',
						},
						{
							displayName: 'Value',
							name: 'value',
							type: 'string',
							typeOptions: { password: true },
							default: '',
							description: 'What holds for your service',
						},
					],
				},
			],
		},
	];

	/** Signs one attempt: a fresh nonce and time each time it is called. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const profile = chosenBy(credentials);
		return signOptions(requestOptions, credentialData(credentials), profile, Date.now(), createNonce(profile));
	}
}

/** @throws UnusableSecret, which n8n's callers know as a refusal before anything was sent */
function chosenBy(credentials: ICredentialDataDecryptedObject) {
	try {
		return profileOf(credentials);
	} catch (error) {
		throw error instanceof ProfileMistake ? new UnusableSecret(error.message) : error;
	}
}
