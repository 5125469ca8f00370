// Answers as a service gives them, for tests.

import type { Call } from '../../../nodes/TokenIm/engine/call';
import type { Exchange, Reading, Refusal } from '../../../nodes/TokenIm/engine/wire';
import type { Protocol } from '../../../nodes/TokenIm/protocol/calls';

export function answer(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Exchange {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return { kind: 'answer', status, headers, body: new TextEncoder().encode(text) };
}

export function refusalOf(reading: Reading): Refusal {
	if (reading.kind !== 'refused') throw new Error(`expected a refusal, got ${reading.kind}`);
	return reading.refusal;
}

/** Every character is a byte of its own. */
export function bytes(text: string): Exchange {
	return {
		kind: 'answer',
		status: 200,
		headers: {},
		body: Uint8Array.from(text, (character) => character.charCodeAt(0)),
	};
}

/** Words that n8n asks messages to avoid. */
export const BLAMING = /\b(error|problem|failure|mistake)s?\b/i;

/** The call for the plan, of a service that has one. */
export function planCall(protocol: Protocol): Call {
	const call = protocol.limits();
	if (call === undefined) throw new Error('this service names no limits');
	return call;
}
