// A request as the credential would sign it, its secrets hidden.

import type { WireRequest } from '../../nodes/TokenIm/engine/wire';
import { signOptions } from '../../nodes/TokenIm/protocol/auth/authenticate';
import { isRecord } from '../../nodes/TokenIm/protocol/language/own';
import type { Profile } from '../../nodes/TokenIm/protocol/profile/profile';

export const HIDDEN = '(hidden)';
export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

export interface HiddenRequest {
	/** Method and address. */
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string | undefined;
}

export function hiddenRequest(profile: Profile, request: WireRequest): HiddenRequest {
	const { authentication, values, baseUrl } = profile;
	const names = Object.keys(authentication.headers);
	const method = METHODS.find((known) => known === request.method) ?? 'GET';
	// Headers that carry a token are there before the request is signed.
	const headers = { ...Object.fromEntries(names.map((name) => [name, HIDDEN])), ...request.headers };
	const credential = {
		baseUrl: baseUrl === undefined ? 'https://im.example.com' : '',
		apiKey: '1',
		apiSecret: 'secret',
		values: Object.fromEntries(Object.keys(values).map((name) => [name, profile.given?.[name] ?? HIDDEN])),
	};
	const signed = signOptions(
		{ method, url: request.path, headers, body: request.body },
		credential,
		profile,
		Date.now(),
		'0'.repeat(32),
	);
	const url = new URL(signed.url);
	for (const [name, text] of Object.entries(authentication.query)) {
		url.searchParams.delete(name);
		url.searchParams.append(name, named(text, profile));
	}
	const { send } = profile.requestId ?? {};
	const templates = new Map(Object.entries({ ...authentication.headers, ...(send && { [send.header]: send.value }) }));
	const shown = Object.entries({ ...signed.headers }).map(([name, value]) => {
		const text = templates.get(name);
		return [name, text === undefined ? String(value) : named(text, profile)];
	});
	return {
		url: `${method} ${decodeURI(url.href)}`,
		headers: Object.fromEntries(shown),
		body: request.body === undefined ? undefined : hiddenBody(profile, request.body),
	};
}

/** A template with what is constant, the values that are no secrets, and the names of all else: `Bearer (token)`. */
export function named(text: string, { given = {} }: Profile): string {
	return text.replace(/\{([A-Za-z][A-Za-z0-9]*)\}/g, (_whole, name: string) => given[name] ?? `(${name})`);
}

/** Secret fields stand in JSON or in a form. */
function hiddenBody({ fields }: Profile, body: string): string {
	const secrets = new Set(
		Object.values(fields.extra ?? {}).flatMap(({ secret, wire }) => (secret ? [wire.split('.').at(-1) ?? ''] : [])),
	);
	if (secrets.size === 0) return body;
	const json = parsed(body);
	if (json !== undefined)
		return JSON.stringify(json, (key, value: unknown) => (secrets.has(key) && !isRecord(value) ? HIDDEN : value));
	const form = new URLSearchParams(body);
	for (const name of secrets) if (form.has(name)) form.set(name, HIDDEN);
	return form.toString();
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
