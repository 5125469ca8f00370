import { describe, expect, it } from 'vitest';

import { defaultProfile } from '../../../nodes/TokenIm/protocol/profiles';
import { TextTooLong } from '../../../nodes/TokenIm/protocol/language/steps';
import { createNonce, UnusableSecret } from '../../../nodes/TokenIm/protocol/auth/sign';
import { signerOf } from '../signer.mts';

const sign = signerOf(defaultProfile);
const secrets = { apiKey: 'k1', apiSecret: 's3cr3t' };
const request = { method: 'POST', pathWithQuery: '/v1/users/query', body: '{"userIds":["u1"]}' };
const now = 1_700_000_000_999;
const nonce = '00112233445566778899aabbccddeeff';

describe('signing', () => {
	it('gives the signature of the test vector in the contract', () => {
		expect(sign(request, secrets, now, nonce)).toEqual({
			'X-TokenIM-Key': 'k1',
			'X-TokenIM-Timestamp': '1700000000',
			'X-TokenIM-Nonce': nonce,
			'X-TokenIM-Signature': '5e4014afe760513e34e85fc2e98ab69e62daf25e3e837efbfbfd75667d11952e',
			'X-Request-Id': nonce,
		});
	});

	it('signs bytes and text alike', () => {
		const bytes = { ...request, body: new TextEncoder().encode(request.body) };
		expect(sign(bytes, secrets, now, nonce)).toEqual(sign(request, secrets, now, nonce));
	});

	it('signs no body as zero bytes', () => {
		const none = sign({ ...request, body: undefined }, secrets, now, nonce);
		expect(none).toEqual(sign({ ...request, body: '' }, secrets, now, nonce));
	});

	it.each([
		['method', { method: 'PUT' }],
		['path', { pathWithQuery: '/v1/users/query?x=1' }],
		['body', { body: '{"userIds":["u2"]}' }],
	])('gives another signature for another %s', (_what, change) => {
		const other = sign({ ...request, ...change }, secrets, now, nonce)['X-TokenIM-Signature'];
		expect(other).not.toBe(sign(request, secrets, now, nonce)['X-TokenIM-Signature']);
	});

	it('never lets the secret travel', () => {
		const headers = sign(request, { apiKey: 'k1', apiSecret: 'correct horse battery' }, now, nonce);
		expect(JSON.stringify(headers)).not.toContain('correct horse battery');
	});

	it('takes a key that was pasted with a line break around it without the line break', () => {
		expect(sign(request, { apiKey: ' k1\n', apiSecret: 's3cr3t\r\n' }, now, nonce)).toEqual(
			sign(request, secrets, now, nonce),
		);
	});

	it.each([
		['a line break inside', 'k1\r\nX-Evil: 1'],
		['a curly quotation mark', '“k1”'],
		['a zero-width space', 'k​1'],
		['a space', 'k 1'],
	])('refuses a key with %s and does not repeat it', (_what, apiKey) => {
		expect(() => sign(request, { ...secrets, apiKey }, now, nonce)).toThrow(UnusableSecret);
		expect(() => sign(request, { ...secrets, apiKey }, now, nonce)).not.toThrow(apiKey);
	});

	it.each([
		['key', { apiKey: '', apiSecret: 's' }],
		['secret', { apiKey: 'k', apiSecret: ' ' }],
	])('refuses an empty %s', (what, empty) => {
		expect(() => sign(request, empty, now, nonce)).toThrow(`The API ${what} is empty`);
	});

	it('reads no template in a key', () => {
		expect(sign(request, { ...secrets, apiKey: '{nonce}' }, now, nonce)['X-TokenIM-Key']).toBe('{nonce}');
	});

	it('makes nonces of 32 hex digits that differ', () => {
		const nonces = Array.from({ length: 100 }, () => createNonce(defaultProfile));
		for (const made of nonces) expect(made).toMatch(/^[0-9a-f]{32}$/);
		expect(new Set(nonces).size).toBe(100);
	});
});

it('refuses computed texts that fill each other without an end, unsent, and names the place', () => {
	const wide = '{v}'.repeat(60);
	const computed = Object.fromEntries(
		['v', 'w', 'x', 'y', 'z'].map((name, at, names) => [
			name,
			{
				steps: [
					{ step: 'template', text: at === 0 ? '{method}'.repeat(60) : wide.replaceAll('v', names[at - 1] ?? '') },
				],
			},
		]),
	);
	const { authentication } = defaultProfile;
	const headers = { ...authentication.headers, 'X-Wide': '{z}' };
	const hostile = {
		...defaultProfile,
		authentication: { ...authentication, computed: { ...authentication.computed, ...computed }, headers },
	};
	const signing = () => signerOf(hostile as typeof defaultProfile)(request, secrets, now, nonce);
	expect(signing).toThrow(TextTooLong);
	expect(signing).toThrow(/authentication\.computed\.[x-z] .*API profile/);
});
