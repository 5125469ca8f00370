/** Who asks: key, clock, signature, nonce, as the contract's "Base and authentication" says. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { refuse, type Refusal } from './outcome.mts';
import type { ApiKey, ServiceRequest } from './types.mts';

const maxSkewSeconds = 300;
const nonceLifeMs = 600_000;

export interface Signed {
	readonly method: string;
	readonly path: string;
	readonly timestamp: string;
	readonly nonce: string;
	/** Lower-case hex of SHA-256 of the body. */
	readonly bodyHash: string;
}

/** SHA-256 of the bytes in lower-case hex. */
export function sha256(bytes: Uint8Array): string {
	return createHash('sha256').update(bytes).digest('hex');
}

/** The signature that a request must carry. */
export function signatureOf(secret: string, { method, path, timestamp, nonce, bodyHash }: Signed): string {
	return createHmac('sha256', secret).update([method, path, timestamp, nonce, bodyHash].join('\n')).digest('hex');
}

export interface Gatekeeper {
	/** The key that signed the request, or why it is refused. A nonce is used up by a good signature only. */
	admit(request: ServiceRequest, bodyHash: string, nowMs: number): ApiKey | Refusal;
}

/** A gatekeeper for these keys. Nonces live in memory: a restart forgets them. */
export function createGatekeeper(keys: ReadonlyMap<string, ApiKey>): Gatekeeper {
	const nonces = new Map<string, number>();

	return {
		admit({ method, path, headers }, bodyHash, nowMs) {
			const key = keys.get(headers['x-tokenim-key'] ?? '');
			if (key === undefined) return refuse('invalid_key', 'No such API key.');

			const timestamp = headers['x-tokenim-timestamp'] ?? '';
			const nonce = headers['x-tokenim-nonce'] ?? '';
			const wellFormed = /^\d{1,12}$/.test(timestamp) && /^[0-9a-fA-F]{16,64}$/.test(nonce);
			const expected = signatureOf(key.apiSecret, { method, path, timestamp, nonce, bodyHash });
			if (!wellFormed || !sameText(expected, headers['x-tokenim-signature'] ?? '')) {
				return refuse('invalid_signature', 'The signature does not match the request.');
			}
			if (Math.abs(nowMs / 1000 - Number(timestamp)) > maxSkewSeconds) {
				return refuse('clock_skew', `The clock is more than ${maxSkewSeconds} s off.`);
			}
			forget(nonces, nowMs - nonceLifeMs);
			if (nonces.has(nonce)) return refuse('nonce_reused', 'The nonce was used before.');
			nonces.set(nonce, nowMs);
			return key;
		},
	};
}

function sameText(expected: string, given: string): boolean {
	const a = Buffer.from(expected);
	const b = Buffer.from(given);
	return a.length === b.length && timingSafeEqual(a, b);
}

/** Nonces stand in the order they came in, so the oldest are at the front. */
function forget(nonces: Map<string, number>, beforeMs: number): void {
	for (const [nonce, atMs] of nonces) {
		if (atMs >= beforeMs) return;
		nonces.delete(nonce);
	}
}
