// Authenticates requests as a profile says: headers and parameters of the query, made of key, secret, declared values,
// signatures and tickets.

import { createHash, randomBytes, randomInt, randomUUID } from 'crypto';

import { FORM } from '../request/body';
import { namesIn } from '../profile/names';
import type { Profile } from '../profile/profile';
import { runSteps } from '../language/steps';
import { fill } from '../language/template';

export interface Signable {
	readonly method: string;
	/** From the first `/` after the host on, exactly as sent. */
	readonly pathWithQuery: string;
	/** The body exactly as sent; `undefined` for none. */
	readonly body: Uint8Array | string | undefined;
}

export interface Secrets {
	readonly apiKey: string;
	readonly apiSecret: string;
	/** Values that the profile asked for, by name, secret ones among them. */
	readonly values?: Readonly<Record<string, string>>;
}

export interface Signed {
	readonly headers: Record<string, string>;
	/** To be put behind the query of the request; not a part of what is signed. */
	readonly query: Record<string, string>;
}

/**
 * Authenticates one attempt.
 *
 * @param nowMs milliseconds since the epoch
 * @param nonce as {@link createNonce} makes it; never used twice
 * @throws UnusableSecret when key or secret are empty or cannot be sent
 * @throws TextTooLong where texts of the profile fill each other
 */
export type Authenticator = (request: Signable, secrets: Secrets, nowMs: number, nonce: string) => Signed;

/** The API key or secret cannot be used; the message says why and never holds either. */
export class UnusableSecret extends Error {
	override readonly name = 'UnusableSecret';
}

type Part = Pick<Profile, 'authentication'> & Partial<Pick<Profile, 'requestId' | 'values' | 'given'>>;

/** Tickets that are used again, each for its secrets; there are few. */
const MOST_KEPT = 100;

export function createAuthenticator(profile: Part): Authenticator {
	const { authentication, requestId } = profile;
	const used = usedNames(profile);
	const needed = ['apiKey', 'apiSecret'].filter((name) => used.has(name));
	const ofToken = new Set(Object.keys(authentication.token?.take ?? {}));
	// What carries a token is written by whoever fetched it.
	const isOurs = ([, text]: readonly [string, string]): boolean => !namesIn(text).some((name) => ofToken.has(name));
	const headers = Object.entries(authentication.headers).filter(isOurs);
	const query = Object.entries(authentication.query).filter(isOurs);
	const isHashed = used.has('bodySha256');
	const kept = new Map<string, { readonly text: string; readonly untilMs: number }>();

	return (request, secrets, nowMs, nonce) => {
		const clean = usable(secrets, needed);
		const values: Record<string, string> = Object.assign(Object.create(null), defaultsOf(profile), clean.values, {
			apiKey: clean.apiKey,
			apiSecret: clean.apiSecret,
			...attempt(request, nowMs, nonce, isHashed),
		});
		makeAll(values, clean, nowMs);
		const signed = Object.fromEntries(headers.map(([name, text]) => [name, fill(text, values)]));
		const { send } = requestId ?? {};
		if (send !== undefined) signed[send.header] = fill(send.value, values);
		for (const value of Object.values(signed)) if (!/^[\x20-\x7e]*$/.test(value)) throw new UnusableSecret(UNSENDABLE);
		return { headers: signed, query: Object.fromEntries(query.map(([name, text]) => [name, fill(text, values)])) };
	};

	function makeAll(values: Record<string, string>, secrets: Secrets, nowMs: number): void {
		for (const [name, { steps, keepSeconds }] of Object.entries(authentication.computed)) {
			if (keepSeconds === undefined) {
				values[name] = runSteps(steps, values, name);
				continue;
			}
			const key = createHash('sha256')
				.update(JSON.stringify([name, secrets, profile.given ?? {}]))
				.digest('base64');
			const old = kept.get(key);
			const isGood = old !== undefined && nowMs < old.untilMs && nowMs > old.untilMs - keepSeconds * 1000 - 1;
			const text = isGood ? old.text : runSteps(steps, values, name);
			if (!isGood) {
				if (kept.size >= MOST_KEPT) kept.clear();
				kept.set(key, { text, untilMs: nowMs + keepSeconds * 1000 });
			}
			values[name] = text;
		}
	}

	function attempt(request: Signable, nowMs: number, nonce: string, withHash: boolean): Record<string, string> {
		const [path = '', ...rest] = request.pathWithQuery.split('?');
		return {
			method: request.method.toUpperCase(),
			path,
			query: rest.join('?'),
			pathWithQuery: request.pathWithQuery,
			timestamp: timestampOf(authentication.timestamp, nowMs),
			nonce,
			...(used.has('body') ? { body: Buffer.from(request.body ?? '').toString() } : {}),
			...(withHash
				? {
						bodySha256: createHash('sha256')
							.update(request.body ?? '')
							.digest('hex'),
					}
				: {}),
		};
	}
}

/** A fresh nonce of the profile's kind and length. */
export function createNonce(profile: Pick<Profile, 'authentication'>): string {
	const { nonce } = profile.authentication;
	switch (nonce.kind) {
		case 'hex':
			return randomBytes(nonce.length / 2).toString('hex');
		case 'digits':
			return Array.from({ length: nonce.length }, () => randomInt(10)).join('');
		case 'uint32':
			return String(randomBytes(4).readUInt32BE());
		case 'uuid':
			return randomUUID();
	}
}

const UNSENDABLE =
	'A header would hold a character outside ASCII. Copy the values of the credential again from the service, without quotation marks.';

/** The body that asks for a token; key, secret and declared values are written into it here and nowhere else. */
export function tokenBody(
	profile: Part,
	secrets: Secrets,
	nowMs: number,
	nonce: string,
): { readonly body: string; readonly contentType: string } | undefined {
	const { token } = profile.authentication;
	if (token === undefined || Object.keys(token.body).length === 0) return undefined;
	const { apiKey, apiSecret, values } = usable(
		secrets,
		[...usedNames(profile)].filter((name) => name === 'apiKey' || name === 'apiSecret'),
	);
	const known = {
		...defaultsOf(profile),
		...values,
		apiKey,
		apiSecret,
		nonce,
		timestamp: timestampOf(profile.authentication.timestamp, nowMs),
	};
	const filled = Object.entries(token.body).map(([name, text]) => [name, fill(text, known)] as const);
	if (token.as === 'json') return { body: JSON.stringify(Object.fromEntries(filled)), contentType: 'application/json' };
	const form = filled.map(([name, text]) => `${encodeURIComponent(name)}=${encodeURIComponent(text)}`).join('&');
	return { body: form, contentType: FORM };
}

function defaultsOf({ values = {} }: Part): Record<string, string> {
	return Object.fromEntries(
		Object.entries(values).flatMap(([name, { default: value }]) => (value === undefined ? [] : [[name, value]])),
	);
}

function usedNames({ authentication }: Part): ReadonlySet<string> {
	const { headers, query, computed, token } = authentication;
	return new Set(namesIn(JSON.stringify([headers, query, computed, token?.body ?? {}])));
}

function timestampOf(unit: Profile['authentication']['timestamp'], nowMs: number): string {
	if (unit === 'iso') return new Date(nowMs).toISOString();
	return String(Math.floor(unit === 'seconds' ? nowMs / 1000 : nowMs));
}

/** What was pasted with a space or a line break around it is taken without. */
function usable(secrets: Secrets, needed: readonly string[]): Required<Secrets> {
	const apiKey = secrets.apiKey.trim();
	const apiSecret = secrets.apiSecret.trim();
	if (apiKey === '' && needed.includes('apiKey'))
		throw new UnusableSecret('The API key is empty. Enter it in the credential.');
	if (apiSecret === '' && needed.includes('apiSecret'))
		throw new UnusableSecret('The API secret is empty. Enter it in the credential.');
	if (!/^[\x21-\x7e]*$/.test(apiKey)) {
		throw new UnusableSecret(
			'The API key holds a space or a character outside ASCII, which a header cannot carry. Copy it again from the service, without quotation marks.',
		);
	}
	const values = Object.fromEntries(Object.entries(secrets.values ?? {}).map(([name, value]) => [name, value.trim()]));
	return { apiKey, apiSecret, values };
}
