// Signs the request options that n8n hands to a credential, and fixes what is signed: the URL with its query, and the
// body as bytes, which n8n's HTTP client sends untouched (it would parse and trim a JSON text).

import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { readBaseUrl } from './baseUrl';
import { UnusableSecret, type Secrets, type Signer } from './sign';

export interface CredentialData extends Secrets {
	readonly baseUrl: string;
}

/** The fields of the credential as texts; what is missing is empty. */
export function credentialData(data: Readonly<Record<string, unknown>>): CredentialData {
	return { baseUrl: text(data.baseUrl), apiKey: text(data.apiKey), apiSecret: text(data.apiSecret) };
}

/**
 * The options of one attempt, signed.
 *
 * @throws UnusableSecret when key, secret or address cannot be used; the message never holds them
 */
export function signOptions(
	options: IHttpRequestOptions,
	credential: CredentialData,
	sign: Signer,
	nowMs: number,
	nonce: string,
): IHttpRequestOptions {
	const method = options.method ?? 'GET';
	const url = targetOf(options, credential.baseUrl);
	const body = method === 'GET' || method === 'HEAD' ? undefined : bytesOf(options.body);
	const signed = sign(
		{ method, pathWithQuery: `${url.pathname}${url.search}`, body },
		credential,
		nowMs,
		nonce,
	);
	const headers = {
		...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
		...options.headers,
		...signed,
	};
	return { ...options, method, url: url.href, baseURL: undefined, qs: undefined, body, headers };
}

/** Where the request goes, its query included: a path without a host goes behind the credential's base URL. */
function targetOf(options: IHttpRequestOptions, baseUrl: string): URL {
	const address = addressOf(options);
	const target = /^https?:\/\//i.test(address)
		? address
		: `${usableBase(options.baseURL ?? baseUrl)}/${address.replace(/^\/+/, '')}`;
	if (!URL.canParse(target)) throw new UnusableSecret('The address of the request is not a URL.');
	const url = new URL(target);
	usableBase(url.origin);
	for (const [name, value] of Object.entries(options.qs ?? {})) appendTo(url.searchParams, name, value);
	return url;
}

/** Requests in n8n's older form carry their address as `uri`. */
function addressOf(options: IHttpRequestOptions & { readonly uri?: unknown }): string {
	return options.url ?? text(options.uri);
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

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
