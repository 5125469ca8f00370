/** Signs requests as the contract says, for tests that speak to the sandbox in-process or over HTTP. */
import { sha256, signatureOf } from '../../sandbox/authentication.mts';
import type { Reply, ServiceRequest } from '../../sandbox/types.mts';

export interface Seen {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly text: string;
	/** The body as JSON; `undefined` when it is none. */
	readonly body: unknown;
	readonly delayMs: number;
}

let nonces = 0;

/** A signed request. `body` is sent as JSON, a text as it is. */
export function signed(
	key: { apiKey: string; apiSecret: string },
	atMs: number,
	method: string,
	path: string,
	body?: unknown,
	headers: Readonly<Record<string, string>> = {},
): ServiceRequest {
	const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
	const bytes = new TextEncoder().encode(text);
	const timestamp = String(Math.floor(atMs / 1000));
	nonces += 1;
	const nonce = nonces.toString(16).padStart(32, '0');
	const signature = signatureOf(key.apiSecret, { method, path, timestamp, nonce, bodyHash: sha256(bytes) });
	return {
		method,
		path,
		body: bytes,
		headers: {
			'x-tokenim-key': key.apiKey,
			'x-tokenim-timestamp': timestamp,
			'x-tokenim-nonce': nonce,
			'x-tokenim-signature': signature,
			...headers,
		},
	};
}

/** What a client makes of a reply; throws when there is no answer to read. */
export function seen(reply: Reply): Seen {
	if (reply.kind !== 'answer') throw new Error(`No answer: ${reply.kind}`);
	const text = new TextDecoder().decode(reply.body);
	return { status: reply.status, headers: reply.headers, text, body: json(text), delayMs: reply.delayMs };
}

function json(text: string): unknown {
	try {
		const value: unknown = JSON.parse(text);
		return value;
	} catch {
		return undefined;
	}
}
