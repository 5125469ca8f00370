// Signs requests as a profile says. The secret keys the signature and is never sent.

import { createHash, createHmac, randomBytes } from 'crypto';

import type { Profile } from './profile';
import { fill } from './template';

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
}

/**
 * Signs one attempt.
 *
 * @param nowMs milliseconds since the epoch
 * @param nonce as {@link createNonce} makes it; never used twice
 * @returns the headers to send
 * @throws UnusableSecret when key or secret are empty or cannot be sent
 */
export type Signer = (
	request: Signable,
	secrets: Secrets,
	nowMs: number,
	nonce: string,
) => Record<string, string>;

/** The API key or secret cannot be used; the message says why and never holds either. */
export class UnusableSecret extends Error {
	override readonly name = 'UnusableSecret';
}

export function createSigner(profile: Pick<Profile, 'authentication' | 'requestId'>): Signer {
	const { headers, signature, timestamp: unit } = profile.authentication;
	const templates = Object.entries(headers);
	const send = profile.requestId?.send;
	return (request, secrets, nowMs, nonce) => {
		const { apiKey, apiSecret } = usable(secrets);
		const values: Record<string, string> = {
			apiKey,
			method: request.method.toUpperCase(),
			pathWithQuery: request.pathWithQuery,
			timestamp: String(unit === 'seconds' ? Math.floor(nowMs / 1000) : Math.floor(nowMs)),
			nonce,
			bodySha256: createHash('sha256')
				.update(request.body ?? '')
				.digest('hex'),
		};
		values.signature = run(signature, values, apiSecret);
		const signed = Object.fromEntries(templates.map(([name, template]) => [name, fill(template, values)]));
		if (send !== undefined) signed[send.header] = fill(send.value, values);
		return signed;
	};
}

/** A fresh nonce of the profile's kind and length. */
export function createNonce(profile: Pick<Profile, 'authentication'>): string {
	return randomBytes(profile.authentication.nonce.length / 2).toString('hex');
}

type Steps = Profile['authentication']['signature'];

function run(steps: Steps, values: Readonly<Record<string, string>>, apiSecret: string): string {
	let current: string | Buffer = '';
	for (const step of steps) {
		if (step.step === 'template') current = fill(step.text, values);
		else if (step.step === 'hmacSha256') current = createHmac('sha256', apiSecret).update(current).digest();
		else current = Buffer.from(current).toString('hex');
	}
	return current.toString();
}

/** What was pasted with a space or a line break around it is taken without. */
function usable(secrets: Secrets): Secrets {
	const apiKey = secrets.apiKey.trim();
	const apiSecret = secrets.apiSecret.trim();
	if (apiKey === '') throw new UnusableSecret('The API key is empty. Enter it in the credential.');
	if (apiSecret === '') throw new UnusableSecret('The API secret is empty. Enter it in the credential.');
	if (!/^[\x21-\x7e]+$/.test(apiKey)) {
		throw new UnusableSecret(
			'The API key holds a space or a character outside ASCII, which a header cannot carry. Copy it again from the service, without quotation marks.',
		);
	}
	return { apiKey, apiSecret };
}
