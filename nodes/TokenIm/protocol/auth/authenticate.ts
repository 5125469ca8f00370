// Signs the request options that n8n hands to a credential, and fixes what is signed: the URL with its query, and the
// body as bytes, which n8n's HTTP client sends untouched (it would parse and trim a JSON text).

import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { readBaseUrl } from './baseUrl';
import { baseUrlsOf, type CredentialData } from './credentialData';
import type { Profile } from '../profile/profile';
import { createAuthenticator, tokenBody, UnusableSecret, type Authenticator } from './sign';
import { fillPath } from '../language/template';
import { namesIn } from '../profile/names';

export { credentialData, type CredentialData } from './credentialData';

const authenticators = new WeakMap<Profile, Authenticator>();

/** The authenticator of a profile, compiled once: it keeps tickets that may be used again. */
export function authenticatorOf(profile: Profile): Authenticator {
	const known = authenticators.get(profile) ?? createAuthenticator(profile);
	authenticators.set(profile, known);
	return known;
}

/**
 * The options of one attempt, signed.
 *
 * @throws UnusableSecret when key, secret or address cannot be used; the message never holds them
 */
export function signOptions(
	options: IHttpRequestOptions,
	credential: CredentialData,
	profile: Profile,
	nowMs: number,
	nonce: string,
): IHttpRequestOptions {
	const method = options.method ?? 'GET';
	const url = targetOf(options, baseUrlsOf(profile, credential.baseUrl));
	const asked = isForToken(profile, method, addressOf(options))
		? tokenBody(profile, credential, nowMs, nonce)
		: undefined;
	const isToken = isForToken(profile, method, addressOf(options));
	if (!isToken) needToken(profile, options);
	const body =
		asked === undefined
			? method === 'GET' || method === 'HEAD'
				? undefined
				: bytesOf(options.body)
			: Buffer.from(asked.body);
	const request = { method, pathWithQuery: `${url.pathname}${url.search}`, body };
	const signed = authenticatorOf(profile)(request, credential, nowMs, nonce);
	const more = Object.entries(signed.query).map(
		([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
	);
	if (more.length > 0) url.search = `${url.search === '' ? '?' : `${url.search}&`}${more.join('&')}`;
	const headers = {
		...(body === undefined ? {} : { 'Content-Type': asked?.contentType ?? 'application/json' }),
		...options.headers,
		...signed.headers,
	};
	return { ...options, method, url: url.href, baseURL: undefined, qs: undefined, body, headers };
}

/** Whether this is the request by which a token is asked for: it alone carries the secret in its body. */
function isForToken(profile: Profile, method: string, address: string): boolean {
	const { token } = profile.authentication;
	return token !== undefined && method === token.method && address === fillPath(token.path, profile.given ?? {});
}

/** Requests of other nodes come without the token that this package's node fetches. */
function needToken({ authentication }: Profile, { headers = {}, url = '' }: IHttpRequestOptions): void {
	const names = Object.keys(authentication.token?.take ?? {});
	const needs = (text: string): boolean => namesIn(text).some((name) => names.includes(name));
	const present = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
	const lacks =
		Object.entries(authentication.headers).some(([name, text]) => needs(text) && !present.has(name.toLowerCase())) ||
		Object.entries(authentication.query).some(
			([name, text]) => needs(text) && !url.includes(`${encodeURIComponent(name)}=`),
		);
	if (lacks)
		throw new UnusableSecret(
			'This service hands out tokens, which the TokenIM node fetches. Use the credential with the TokenIM node.',
		);
}

/** Where the request goes, its query included: a path without a host goes behind the credential's base URL. */
function targetOf(options: IHttpRequestOptions, baseUrls: readonly string[]): URL {
	const address = addressOf(options);
	const target = /^https?:\/\//i.test(address)
		? address
		: `${usableBase(options.baseURL ?? baseUrls[0] ?? '')}/${address.replace(/^\/+/, '')}`;
	if (!URL.canParse(target)) throw new UnusableSecret('The address of the request is not a URL.');
	const url = new URL(target);
	usableBase(url.origin);
	if (!baseUrls.some((base) => originOf(base) === url.origin)) throw new UnusableSecret(ELSEWHERE);
	for (const [name, value] of Object.entries(options.qs ?? {})) appendTo(url.searchParams, name, value);
	return url;
}

/** A base URL that cannot be used is no reason to keep another from being used: it has no origin. */
function originOf(base: string): string | undefined {
	return URL.canParse(base) ? new URL(base).origin : undefined;
}

/** The key of one service must not travel to another, whatever node asks. */
const ELSEWHERE =
	'This credential signs requests to its own base URL only. Send the request there, or use another credential.';

/** Requests in n8n's older form carry their address as `uri`. */
function addressOf(options: IHttpRequestOptions & { readonly uri?: unknown }): string {
	return options.url ?? (typeof options.uri === 'string' ? options.uri : '');
}

function usableBase(address: string): string {
	const base = readBaseUrl(address);
	if (!base.ok) throw new UnusableSecret(base.message);
	return base.url;
}

function appendTo(query: URLSearchParams, name: string, value: IDataObject[string]): void {
	if (value === undefined || value === null) return;
	if (Array.isArray(value)) for (const item of value) query.append(name, String(item));
	else query.append(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
}

function bytesOf(body: IHttpRequestOptions['body']): Buffer | undefined {
	if (body === undefined || body === null || body === '') return undefined;
	if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
	return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}
