// Signatures of published schemes, computed apart from this package.

import { inflateSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { profileOf } from '../../nodes/TokenIm/protocol/auth/credentialData';
import { readProfile } from '../../nodes/TokenIm/protocol/profile/profile';
import standard from '../../nodes/TokenIm/protocol/profiles/tokenim-rest-v1.json' with { type: 'json' };
import { createAuthenticator, createNonce } from '../../nodes/TokenIm/protocol/auth/sign';
import { credentialOf } from './world.mts';

const request = { method: 'POST', pathWithQuery: '/x', body: undefined };

function headerOf(
	steps: readonly unknown[],
	secrets: { apiKey: string; apiSecret: string },
	nowMs: number,
	nonce: string,
	values: object = {},
) {
	const profile = readProfile({
		...standard,
		requestId: undefined,
		values: Object.fromEntries(Object.keys(values).map((name) => [name, { label: name }])),
		authentication: { headers: { 'X-Made': '{made}' }, computed: { made: { steps } } },
	});
	return createAuthenticator(profile)(request, { ...secrets, values: { ...values } }, nowMs, nonce).headers['X-Made'];
}

describe('a pipeline of steps makes', () => {
	it('the HMAC-SHA1 over texts joined by zero bytes', () => {
		const steps = [
			{ step: 'template', text: '{nonce}\u0000pepper_roni\u0000pizza\u0000admin' },
			{ step: 'hmac', algorithm: 'sha1' },
			{ step: 'hex' },
		];
		expect(headerOf(steps, { apiKey: 'k', apiSecret: 'shared_secret' }, 0, 'thisisanonce')).toBe(
			'48715842ad67d5dc9a9ee938a3bda4fcfae8d7c7',
		);
	});

	it('the SHA-1 of secret, nonce and time', () => {
		const steps = [
			{ step: 'template', text: '{apiSecret}{nonce}{timestamp}' },
			{ step: 'hash', algorithm: 'sha1' },
			{ step: 'hex' },
		];
		expect(headerOf(steps, { apiKey: 'k', apiSecret: 'secret' }, 1_408_706_337_000, 'nonce')).toBe(
			'656b21594659d8aa756eead83abfcfe79e4be5b9',
		);
	});

	it('the JSON Web Token of a server', () => {
		expect(headerOf([{ step: 'jwt', claims: { server: true } }], { apiKey: 'k', apiSecret: 'secret' }, 0, '')).toBe(
			'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzZXJ2ZXIiOnRydWV9.DHnfQolWsEGFcTR7ZwVBbIVUFAvxzDJXzB6UlyU-7JQ',
		);
	});
});

it('the ticket of tencent-chat is the one of the public sample key, and is used again', () => {
	const credential = credentialOf('tencent-chat', {
		baseUrl: '',
		apiKey: '1400000000',
		apiSecret: '5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e',
	});
	const authenticate = createAuthenticator(profileOf(credential));
	const secrets = {
		apiKey: credential.apiKey,
		apiSecret: credential.apiSecret,
		values: { adminName: 'administrator' },
	};
	const { query } = authenticate(request, secrets, 1_700_000_000_000, '1');
	const ticket = (query.usersig ?? '').replaceAll('*', '+').replaceAll('-', '/').replaceAll('_', '=');
	expect(JSON.parse(inflateSync(Buffer.from(ticket, 'base64')).toString())).toEqual({
		'TLS.ver': '2.0',
		'TLS.identifier': 'administrator',
		'TLS.sdkappid': 1400000000,
		'TLS.time': 1700000000,
		'TLS.expire': 86400,
		'TLS.sig': 'yLAe+w7WUeUuqbV9h/TX78u21oTGi+i9Zp1u3PpnY60=',
	});
	expect(authenticate(request, secrets, 1_700_000_600_000, '2').query.usersig).toBe(query.usersig);
	expect(authenticate(request, secrets, 1_700_043_300_000, '3').query.usersig).not.toBe(query.usersig);
	expect(authenticate(request, { ...secrets, apiSecret: 'another' }, 1_700_000_600_000, '4').query.usersig).not.toBe(
		query.usersig,
	);
});

it.each([
	[{ kind: 'hex', length: 16 }, /^[0-9a-f]{16}$/],
	[{ kind: 'digits', length: 18 }, /^\d{18}$/],
	[{ kind: 'uint32' }, /^\d{1,10}$/],
	[{ kind: 'uuid' }, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
])('a nonce of %j looks like one', (nonce, look) => {
	const profile = readProfile({ ...standard, authentication: { ...standard.authentication, nonce } });
	expect(createNonce(profile)).toMatch(look);
});
