// A refusal may repeat the key that it was asked with, or what is secret: none of it goes on into a code, a request id or
// a message.

import type { Exchange } from '../../engine/wire';
import type { Ports } from '../../engine/types';

/** A shorter one stands in texts by chance, and codes would no longer be known. */
const SHORTEST = 8;
const HIDDEN = '(hidden)';

/** Takes out of a text what is secret. */
export type Hide = (text: string) => string;

/** Answers that are no refusal stay as they are: what stands there are people's ids, and tokens that were asked for. */
export function withHiddenSecrets(send: Ports['send'], secrets: readonly string[]): Ports['send'] {
	const hide = hiding(secrets);
	return async (request, options) => hidden(await send(request, options), hide);
}

export function isRefusal(exchange: Exchange): exchange is Extract<Exchange, { readonly kind: 'answer' }> {
	return exchange.kind === 'answer' && exchange.status >= 400;
}

/** The same answer; a refusal without what is secret. */
export function hidden(exchange: Exchange, hide: Hide): Exchange {
	if (!isRefusal(exchange)) return exchange;
	const headers = Object.fromEntries(Object.entries(exchange.headers).map(([name, value]) => [name, hide(value)]));
	const text = Buffer.from(exchange.body).toString();
	const left = hide(text);
	return left === text ? { ...exchange, headers } : { ...exchange, headers, body: Buffer.from(left) };
}

/**
 * Hides secrets as they stand, and as answers write them: escaped as in JSON, HTML or an address, and in Base64,
 * where they are short enough for a header of Basic authentication.
 *
 * @param shortest characters; shorter secrets are left
 */
export function hiding(secrets: readonly string[], shortest = SHORTEST): Hide {
	const all = secrets.filter((secret) => secret.length >= shortest).sort(longestFirst);
	const patterns = all
		.flatMap((secret) =>
			secret.length > MOST_CHARACTERS ? [secret] : [secret, Buffer.from(secret).toString('base64')],
		)
		.sort(longestFirst)
		.flatMap(piecesOf)
		.map((text) => new RegExp(Array.from(text, formsOf).join(''), 'g'));
	return (text) => {
		if (text.length > LONG_TEXT) return all.reduce((sofar, secret) => sofar.replaceAll(secret, HIDDEN), text);
		const left = patterns.reduce((sofar, pattern) => sofar.replace(pattern, HIDDEN), text);
		return left === text ? text : left.replace(/(?:\(hidden\))+/g, HIDDEN);
	};
}

/** One secret may be a part of another. */
function longestFirst(one: string, other: string): number {
	return other.length - one.length;
}

/** Far above any refusal; in a longer text secrets are looked for as they stand, for patterns would take seconds. */
const LONG_TEXT = 1_048_576;

/** V8 takes no pattern of a whole certificate: a long secret is looked for in pieces. */
const MOST_CHARACTERS = 256;

function piecesOf(text: string): readonly string[] {
	const pieces = Math.ceil(text.length / MOST_CHARACTERS);
	const size = Math.ceil(text.length / pieces);
	return Array.from({ length: pieces }, (_, at) => text.slice(at * size, (at + 1) * size));
}

/** Escapes of JSON by a letter (RFC 8259, 7). */
const JSON_LETTERS: Readonly<Record<string, string>> = { '\n': 'n', '\r': 'r', '\t': 't', '\b': 'b', '\f': 'f' };
const HTML: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };

/** The ways in which a text may write a character; letters and digits stand as they are but in JSON. */
function formsOf(character: string): string {
	const hex = (code: number, digits: number) => anyCase(code.toString(16).padStart(digits, '0'));
	const units = Array.from({ length: character.length }, (_, at) => `\\\\u${hex(character.charCodeAt(at), 4)}`);
	const own = /[A-Za-z0-9]/.test(character) ? character : `\\\\?${character.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&')}`;
	const forms = [own, units.join('')];
	if (/[A-Za-z0-9]/.test(character)) return `(?:${forms.join('|')})`;
	const code = character.codePointAt(0) ?? 0;
	forms.push([...Buffer.from(character)].map((byte) => `%${hex(byte, 2)}`).join(''));
	forms.push(`&#(?:0*${code}|[xX]0*${anyCase(code.toString(16))});`);
	if (JSON_LETTERS[character] !== undefined) forms.push(`\\\\${JSON_LETTERS[character]}`);
	if (HTML[character] !== undefined) forms.push(`&${HTML[character]};`);
	if (character === ' ') forms.push('\\+');
	return `(?:${forms.join('|')})`;
}

function anyCase(hex: string): string {
	return hex.replace(/[a-f]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
}
