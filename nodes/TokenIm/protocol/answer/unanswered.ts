// Exchanges without an answer that can be understood.

import type { Exchange, Refusal } from '../../engine/wire';

export function unreadable(why: string | undefined): Refusal {
	const what = why === undefined ? 'lacks what an answer to this request holds' : `cannot be read: ${why}`;
	return {
		class: 'transient',
		code: 'unreadable_answer',
		message: `The service answered, but the answer ${what}. A proxy may have answered in its place, or the answer was cut off.`,
	};
}

/** Nothing came back, or nothing could be sent. */
export function unanswered(exchange: Exclude<Exchange, { readonly kind: 'answer' }>): Refusal {
	const { reason } = exchange;
	switch (exchange.kind) {
		case 'lost':
			return {
				class: 'transient',
				code: 'no_answer',
				message: `The request was sent, but no whole answer came back (${reason}).`,
			};
		case 'unreached':
			return {
				class: 'transient',
				code: 'not_connected',
				message: `The service could not be reached (${inBrackets(reason)}). Check Base URL in the credential, and that the service runs.`,
			};
		case 'unreachable':
			return { class: 'stop', code: exchange.code ?? 'unreachable', message: unreachable(reason) };
	}
}

/** Behind "the service could not be reached", which need not be said again. */
function inBrackets(reason: string): string {
	return reason
		.replace(/^the service /, '')
		.replace(/^the (host|network) of the service could not be reached$/, 'no way leads to its $1')
		.replace(/^the (host|name) of the service /, 'its $1 ');
}

/** A reason that is a sentence says itself what to do. */
function unreachable(reason: string): string {
	if (reason.endsWith('.')) return reason;
	return `The service cannot be reached (${inBrackets(reason)}). Check Base URL in the credential and whether this machine may connect to it.`;
}
