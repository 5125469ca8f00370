// A refusal may repeat the key that it was asked with, or what is secret: none of it goes on into a code, a request id or
// a message.

import type { Exchange } from '../../engine/wire';
import type { Send } from './tokens';

/** A shorter one stands in texts by chance, and codes would no longer be known. */
const SHORTEST = 8;
const HIDDEN = '(hidden)';

/** Answers that are no refusal stay as they are: what stands there are people's ids, and tokens that were asked for. */
export function withHiddenSecrets(send: Send, secrets: readonly string[]): Send {
	const kept = secrets.filter((secret) => secret.length >= SHORTEST);
	if (kept.length === 0) return send;
	return async (request, options) => {
		const exchange = await send(request, options);
		return exchange.kind === 'answer' && exchange.status >= 400 ? cleaned(exchange, kept) : exchange;
	};
}

function cleaned(answer: Extract<Exchange, { readonly kind: 'answer' }>, secrets: readonly string[]): Exchange {
	const hide = (text: string): string => secrets.reduce((left, secret) => left.replaceAll(secret, HIDDEN), text);
	const headers = Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, hide(value)]));
	const body = Buffer.from(answer.body);
	if (!secrets.some((secret) => body.includes(secret))) return { ...answer, headers };
	return { ...answer, headers, body: Buffer.from(hide(body.toString())) };
}
