import { createHash, createHmac } from 'node:crypto';

import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import { TokenImApi } from '../../credentials/TokenImApi.credentials';

const credential = new TokenImApi();
const data: ICredentialDataDecryptedObject = {
	baseUrl: 'https://im.example.com/v1',
	apiKey: 'key-1',
	apiSecret: 'correct horse battery staple',
};

async function authenticated(options: IHttpRequestOptions, change: ICredentialDataDecryptedObject = {}) {
	return await credential.authenticate({ ...data, ...change }, options);
}

/** The signature that the contract asks for, made without the package. */
function expectedSignature(options: IHttpRequestOptions, body: string): string {
	const { pathname, search } = new URL(options.url);
	const { 'X-TokenIM-Timestamp': timestamp, 'X-TokenIM-Nonce': nonce } = options.headers ?? {};
	const hash = createHash('sha256').update(body).digest('hex');
	const text = [options.method, pathname + search, timestamp, nonce, hash].join('\n');
	return createHmac('sha256', 'correct horse battery staple').update(text).digest('hex');
}

describe('the credential', () => {
	const fieldsOf = (profile: string) =>
		credential.properties
			.filter(({ displayOptions }) => displayOptions?.show?.profile?.includes(profile) ?? true)
			.map(({ name, typeOptions, required = false }) => [name, typeOptions?.password ?? false, required]);

	it('says of TokenIM REST V1 what it is, with a link to it, and who knows whether a deployment speaks it', () => {
		const [profile] = credential.properties;
		const [standard] = profile?.options ?? [];
		expect(profile?.description).toMatch(/publishes no API document.*tokenim-rest-v1\.openapi\.yaml/s);
		expect(standard).toMatchObject({
			description: expect.stringMatching(/contract of this project.*ask the administrator/),
		});
	});

	it('asks for base URL, key and secret, and hides key and secret', () => {
		expect(fieldsOf('standard')).toEqual([
			['profile', false, false],
			['baseUrl', false, true],
			['apiKey', true, true],
			['apiSecret', true, true],
		]);
	});

	it('asks for the JSON of a custom profile and the values that it wants, and for nothing else to be filled in', () => {
		expect(fieldsOf('custom')).toEqual([
			['profile', false, false],
			['profileNotice', false, false],
			['profileJson', false, false],
			['baseUrl', false, false],
			['apiKey', true, false],
			['apiSecret', true, false],
			['profileValues', false, false],
		]);
	});

	it('links to what it says of profiles, which is there', () => {
		const { displayName = '' } = credential.properties.find(({ name }) => name === 'profileNotice') ?? {};
		const paths = [...displayName.matchAll(/href="[^"]*\/(?:blob|tree)\/main\/([^"]+)"/g)].map(([, path = '']) => path);
		expect(paths).toHaveLength(2);
		for (const path of paths) expect(existsSync(join(import.meta.dirname, '../..', path))).toBe(true);
	});

	it.each([
		['another host', { url: 'https://evil.example/collect' }],
		['another port', { url: 'https://im.example.com:8443/v1/users' }],
		['another host as base URL', { url: '/users', baseURL: 'https://evil.example/v1' }],
		['a host that begins like its own', { url: 'https://im.example.com.evil.example/v1' }],
		['a user name that looks like its host', { url: 'https://im.example.com@evil.example/v1' }],
	])('signs nothing for %s', async (_what, address) => {
		await expect(authenticated({ method: 'GET', ...address })).rejects.toThrow(
			/signs requests to its own base URL only/,
		);
	});

	it('signs bytes exactly as they are sent', async () => {
		const body = Buffer.from(' {"userIds": ["李雷"]}\n');
		const options = await authenticated({
			method: 'POST',
			url: 'https://im.example.com/v1/users/query',
			body,
		});
		expect(options.body).toEqual(body);
		expect(options.headers?.['X-TokenIM-Signature']).toBe(expectedSignature(options, body.toString()));
	});

	it.each([
		['a text, which would be parsed and trimmed on the way', ' {"a": 1}\n', ' {"a": 1}\n'],
		['an object, which is sent as JSON', { a: 1 }, '{"a":1}'],
		['a list, which is sent as JSON', [1], '[1]'],
	])('turns %s into bytes and signs them', async (_what, body, text) => {
		const options = await authenticated({ method: 'POST', url: 'https://im.example.com/v1/x', body });
		expect(options.body).toEqual(Buffer.from(text));
		expect(options.headers).toMatchObject({
			'Content-Type': 'application/json',
			'X-TokenIM-Signature': expectedSignature(options, text),
		});
	});

	it.each([
		['a path', { url: '/users/batch' }, 'https://im.example.com/v1/users/batch'],
		['a path without slash', { url: 'limits' }, 'https://im.example.com/v1/limits'],
		['a path behind another base', { url: '/a', baseURL: 'https://im.example.com/v2/' }, 'https://im.example.com/v2/a'],
		['a whole address', { url: 'https://im.example.com/v2/a' }, 'https://im.example.com/v2/a'],
		[
			'a query',
			{ url: '/a?x=1', qs: { y: 'a b', z: [1, 2], none: undefined } },
			'https://im.example.com/v1/a?x=1&y=a+b&z=1&z=2',
		],
		['an escaped part', { url: '/groups/a%2Fb/members' }, 'https://im.example.com/v1/groups/a%2Fb/members'],
	])('signs %s as it is sent', async (_what, options, url) => {
		const signed = await authenticated({ method: 'GET', ...options });
		expect(signed).toMatchObject({ url, baseURL: undefined, qs: undefined });
		expect(signed.headers?.['X-TokenIM-Signature']).toBe(expectedSignature(signed, ''));
	});

	it('takes a base URL with a slash at its end', async () => {
		expect(await authenticated({ url: '/limits' }, { baseUrl: 'https://im.example.com/v1/ ' })).toMatchObject({
			method: 'GET',
			url: 'https://im.example.com/v1/limits',
		});
	});

	it('keeps what else the request carries, and changes nothing of what it was given', async () => {
		const given: IHttpRequestOptions = Object.freeze({
			url: '/limits',
			timeout: 7,
			headers: Object.freeze({ 'Idempotency-Key': 'k' }),
		});
		expect(await authenticated(given)).toMatchObject({
			timeout: 7,
			headers: { 'Idempotency-Key': 'k', 'X-TokenIM-Key': 'key-1' },
		});
	});

	it('signs each attempt with a nonce of its own', async () => {
		const attempts = await Promise.all(Array.from({ length: 50 }, async () => await authenticated({ url: '/limits' })));
		expect(new Set(attempts.map(({ headers }) => headers?.['X-TokenIM-Nonce'])).size).toBe(50);
	});

	it('never lets the secret travel', async () => {
		const { body, ...options } = await authenticated({ method: 'POST', url: '/x', body: { a: 1 } });
		expect(`${JSON.stringify(options)}${String(body)}`).not.toContain('correct horse');
	});

	it.each([
		['an empty secret', { apiSecret: '' }, '/limits', 'The API secret is empty'],
		['a key with a line break', { apiKey: 'a\nb' }, '/limits', 'outside ASCII'],
		['no base URL', { baseUrl: '' }, '/limits', 'The base URL is empty'],
		['http over the internet', { baseUrl: 'http://im.example.com' }, '/limits', 'not safe'],
		['http over the internet in a whole address', {}, 'http://im.example.com/limits', 'not safe'],
	])('sends nothing with %s', async (_what, change, url, message) => {
		await expect(authenticated({ url }, change)).rejects.toThrow(message);
		await expect(authenticated({ url }, change)).rejects.not.toThrow('correct horse');
	});
});
