// Bodies of requests, made as text: each entry is encoded once, and a request joins the parts.

import type { Entry } from '../../engine/types';
import type { WriteFields } from '../fields/entryFields';
import type { Body } from '../profile/body';
import { fill, fillJson, put } from '../language/template';

export interface BodyWriter {
	encode(entry: Entry, maxMembers?: number): string;
	/** What the request carries: a body, or what its query says. */
	write(parts: readonly string[]): Written;
	/** Bytes of the body around the entries. */
	readonly overheadBytes: number;
}

export interface Written {
	readonly body?: string;
	readonly contentType?: string;
	readonly query?: string;
}

export interface BodyPieces {
	/** The id of an entry as the service writes it. */
	readonly idOf: (entry: Entry) => string;
	/** Writes the fields of an entry. */
	readonly writeFields: WriteFields;
	/** The values that `json` of a single entry may name. */
	readonly valuesOf: (entry: Entry, maxMembers?: number) => Readonly<Record<string, unknown>>;
	/** Values for `{name}`s: those of the credential, and the group that the request is about. */
	readonly given: Readonly<Record<string, string>>;
	/** Constants beside those of the operation, such as what to do with a taken id. */
	readonly extra: Readonly<Record<string, string>>;
}

type Constants = Readonly<Record<string, unknown>>;
type Filled = Extract<Body, { readonly as: string }>;

const HOLE = '\u0000';

/** Compiles how an operation's body is written. */
export function compileBody(body: Body, pieces: BodyPieces): BodyWriter {
	if (body.container === 'none') return { encode: () => '', write: () => ({}), overheadBytes: 0 };
	if (body.as === 'form' || body.as === 'query') return formBody(body, pieces);
	const { before, after } = frameOf(body, pieces);
	return {
		encode: jsonEncoder(body, pieces),
		write: (parts) => {
			const text = `${before}${parts.join(',')}${after}`;
			return body.as === 'queryJson'
				? { query: `${encodeURIComponent(body.parameter ?? '')}=${encodeURIComponent(text)}` }
				: { body: text, contentType: 'application/json' };
		},
		overheadBytes: Buffer.byteLength(before) + Buffer.byteLength(after),
	};
}

/** The text of a body before and after its entries. */
function frameOf(body: Filled, { given, extra }: BodyPieces): { readonly before: string; readonly after: string } {
	if (body.container === 'single') return { before: '', after: '' };
	const [open, close] = body.container === 'map' ? ['{', '}'] : ['[', ']'];
	if (body.key === undefined && body.container !== 'map') return { before: open, after: close };
	const whole: Record<string, unknown> = { ...extra, ...constantsOf(body.constants, given) };
	if (body.key === undefined) return { before: open, after: close };
	put(whole, body.key.split('.'), HOLE);
	const [before = '', after = ''] = JSON.stringify(whole).split(JSON.stringify(HOLE));
	return { before: `${before}${open}`, after: `${close}${after}` };
}

function constantsOf(constants: Constants, given: Readonly<Record<string, string>>): Record<string, unknown> {
	const made: Record<string, unknown> = {};
	for (const [path, value] of Object.entries(constants))
		put(made, path.split('.'), typeof value === 'string' ? fill(value, given) : value);
	return made;
}

function jsonEncoder(body: Filled, pieces: BodyPieces): BodyWriter['encode'] {
	const { idOf, writeFields, given } = pieces;
	switch (body.container) {
		case 'ids': {
			const { wrap } = body;
			if (wrap === undefined) return (entry) => JSON.stringify(idOf(entry));
			const each = constantsOf(body.each, given);
			return (entry) => JSON.stringify({ [wrap]: idOf(entry), ...each });
		}
		case 'single':
			return (entry, maxMembers) => JSON.stringify(singleOf(body, pieces, entry, maxMembers));
		default: {
			const each = Object.keys(body.each).length === 0 ? undefined : constantsOf(body.each, given);
			const isMap = body.container === 'map';
			return (entry, maxMembers) => {
				const written: Record<string, unknown> = each === undefined ? {} : structuredClone(each);
				writeFields(entry, maxMembers, written);
				const text = JSON.stringify(written);
				return isMap ? `${JSON.stringify(idOf(entry))}:${text}` : text;
			};
		}
	}
}

/** One entry as an object. */
function singleOf(
	body: Extract<Filled, { container: 'single' }>,
	pieces: BodyPieces,
	entry: Entry,
	maxMembers: number | undefined,
): Record<string, unknown> {
	const written: Record<string, unknown> = { ...pieces.extra, ...constantsOf(body.constants, pieces.given) };
	if (body.fields) pieces.writeFields(entry, maxMembers, written);
	const filled = fillJson(
		body.json,
		Object.assign(Object.create(null), pieces.given, pieces.valuesOf(entry, maxMembers)),
	);
	return Object.assign(written, filled);
}

/**
 * With the charset, for n8n takes a body apart whose type is the bare `application/x-www-form-urlencoded`, and throws
 * where that body is bytes (n8n 2.41, backend-network/http/axios/request).
 */
export const FORM = 'application/x-www-form-urlencoded; charset=utf-8';

/** A form, or a query: pairs of keys and values. */
function formBody(body: Filled, pieces: BodyPieces): BodyWriter {
	const key = body.container === 'single' ? undefined : encodeURIComponent(body.key ?? '');
	const constants = pairsOf({ ...pieces.extra, ...constantsOf(body.constants, pieces.given) }, body.lists);
	const send = (text: string): Written => (body.as === 'query' ? { query: text } : { body: text, contentType: FORM });
	if (key === undefined) {
		return {
			encode: (entry, maxMembers) =>
				body.container === 'single' ? pairsOf(singleOf(body, pieces, entry, maxMembers), body.lists) : '',
			write: ([part = '']) => send(part),
			overheadBytes: 0,
		};
	}
	const list = (parts: readonly string[]): string => {
		if (body.lists === 'csv') return `${key}=${parts.join('%2C')}`;
		if (body.lists === 'json') return `${key}=${encodeURIComponent(`[${parts.join(',')}]`)}`;
		return parts.join('&');
	};
	return {
		encode: (entry) => {
			const id = pieces.idOf(entry);
			if (body.lists === 'json') return JSON.stringify(id);
			return body.lists === 'csv'
				? encodeURIComponent(id)
				: `${key}${body.lists === 'array' ? '%5B%5D' : ''}=${encodeURIComponent(id)}`;
		},
		write: (parts) => send([constants, list(parts)].filter((text) => text !== '').join('&')),
		overheadBytes: Buffer.byteLength(constants) + key.length + 2,
	};
}

function pairsOf(values: Readonly<Record<string, unknown>>, lists: Filled['lists']): string {
	return Object.entries(values)
		.flatMap(([name, value]) => pairOf(encodeURIComponent(name), value, lists))
		.join('&');
}

function pairOf(key: string, value: unknown, lists: Filled['lists']): string[] {
	if (value === undefined || value === null) return [];
	if (!Array.isArray(value))
		return [`${key}=${encodeURIComponent(typeof value === 'object' ? JSON.stringify(value) : String(value))}`];
	if (lists === 'json') return [`${key}=${encodeURIComponent(JSON.stringify(value))}`];
	if (lists === 'csv') return [`${key}=${value.map((item) => encodeURIComponent(String(item))).join('%2C')}`];
	const name = lists === 'array' ? `${key}%5B%5D` : key;
	return value.map((item) => `${name}=${encodeURIComponent(String(item))}`);
}
