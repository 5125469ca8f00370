// What a thrown error says about a request: whether it was sent, and whether it ever can be.

import type { Exchange } from '../engine/wire';

/** Errors as n8n throws them: the cause, and the causes of the cause, innermost last. */
type Chain = readonly object[];

/** No connection was made this time. */
const NOT_NOW: Readonly<Record<string, string>> = {
	ECONNREFUSED: 'the service refused the connection',
	EAI_AGAIN: 'the name of the service could not be looked up just now',
	EHOSTUNREACH: 'the host of the service could not be reached',
	EHOSTDOWN: 'the host of the service is down',
	ENETUNREACH: 'the network of the service could not be reached',
	ENETDOWN: 'the network is down',
	EADDRNOTAVAIL: 'this machine has no free port for another connection',
};

/** No connection can be made with these settings. */
const NOT_EVER: Readonly<Record<string, string>> = {
	ENOTFOUND: 'There is no host of that name. Check the base URL of the credential.',
	ERR_INVALID_URL: 'The base URL of the credential is not a URL.',
	ERR_INVALID_CHAR: 'The API key holds a character that cannot be sent. Enter it in the credential again.',
	ERR_SSL_WRONG_VERSION_NUMBER:
		'The service does not speak HTTPS at this address. Check the base URL of the credential.',
};

/** How Node.js names certificates that it does not trust; the text behind the code says why. */
const CERTIFICATE =
	/^(CERT_|UNABLE_TO_(GET|VERIFY|DECODE|DECRYPT)_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_(CA|PURPOSE)|HOSTNAME_MISMATCH|ERR_TLS_CERT_)/;

/** Made by n8n or by the credential before anything was sent; the message says what to do. */
const REFUSED_BEFORE =
	/^(UnusableSecret|TextTooLong|NodeOperationError|UserError|CredentialNotFoundError|CredentialAccessError|SsrfBlocked\w*)$/;

/** Reads an error that n8n's request helper threw. What is not known for sure counts as sent (law 3). */
export function exchangeOfError(error: unknown): Exchange {
	const chain = causes(error);
	const refused = chain.find((link) => REFUSED_BEFORE.test(textOf(link, 'name')));
	if (refused !== undefined) return { kind: 'unreachable', reason: textOf(refused, 'message') };
	for (const link of chain) {
		const code = textOf(link, 'code');
		if (Object.hasOwn(NOT_EVER, code)) return { kind: 'unreachable', reason: NOT_EVER[code] ?? '' };
		if (CERTIFICATE.test(code)) return { kind: 'unreachable', reason: certificate(code) };
		if (isWrongTls(link)) return { kind: 'unreachable', reason: NOT_EVER.ERR_SSL_WRONG_VERSION_NUMBER ?? '' };
		if (Object.hasOwn(NOT_NOW, code)) return { kind: 'unreached', reason: NOT_NOW[code] ?? '' };
		if (code === 'ETIMEDOUT' && textOf(link, 'syscall') === 'connect')
			return { kind: 'unreached', reason: 'the service did not take the connection in time' };
	}
	return { kind: 'lost', reason: lossOf(chain) };
}

function causes(error: unknown): Chain {
	const chain: object[] = [];
	const open = [error];
	while (open.length > 0 && chain.length < 20) {
		const link = open.shift();
		if (typeof link !== 'object' || link === null || chain.includes(link)) continue;
		chain.push(link);
		if ('cause' in link) open.push(link.cause);
		// Node.js tries all addresses of a host and gives one error for each.
		if ('errors' in link && Array.isArray(link.errors)) for (const one of link.errors) open.push(one);
	}
	return chain;
}

function textOf(link: object, key: 'name' | 'code' | 'message' | 'syscall'): string {
	const value: unknown = Reflect.get(link, key);
	return typeof value === 'string' ? value : '';
}

/** An HTTP service behind an https:// address; older Node.js says so in the text alone. */
function isWrongTls(link: object): boolean {
	return textOf(link, 'code') === 'EPROTO' && textOf(link, 'message').includes('wrong version number');
}

function certificate(code: string): string {
	return `The certificate of the service is not trusted (${code}). Have it renewed, or make its issuer known to n8n (NODE_EXTRA_CA_CERTS).`;
}

function lossOf(chain: Chain): string {
	const codes = chain.map((link) => textOf(link, 'code'));
	if (codes.includes('ECONNABORTED') || codes.includes('ETIMEDOUT')) return 'no answer came in time';
	if (codes.includes('ERR_CANCELED')) return 'the request was cancelled before an answer came';
	return 'the connection broke before an answer came';
}
