// Requests: where they go, with which query, and what they carry.

import type { Entry } from '../../engine/types';
import type { WireRequest } from '../../engine/wire';
import { compileBody, type BodyPieces } from './body';
import type { Body } from '../profile/body';
import { fill, fillPath } from '../language/template';

export interface Address {
	readonly method: string;
	readonly path: string;
	readonly query: Readonly<Record<string, string>>;
	readonly body: Body;
}

export interface RequestWriter {
	readonly overheadBytes: number;
	encode(entry: Entry, maxMembers?: number): string;
	request(entries: readonly Entry[], parts: readonly string[]): WireRequest;
}

const ACCEPT = 'application/json';

/**
 * Compiles how the requests of an operation are written.
 *
 * @param idName the name by which path and query ask for the id of the one entry
 */
export function compileRequest(address: Address, idName: 'userId' | 'groupId', pieces: BodyPieces): RequestWriter {
	const { overheadBytes, encode, write } = compileBody(address.body, pieces);
	const texts = [address.path, ...Object.values(address.query)];
	const isAboutOne = texts.some((text) => text.includes(`{${idName}}`)) && !Object.hasOwn(pieces.given, idName);
	const fixed = isAboutOne ? undefined : targetOf(address, pieces.given);
	return {
		overheadBytes,
		encode,
		request(entries, parts) {
			const [first] = entries;
			const target =
				fixed ??
				targetOf(address, { ...pieces.given, ...(first === undefined ? {} : { [idName]: pieces.idOf(first) }) });
			const { body, contentType, query } = write(parts);
			const path =
				query === undefined || query === '' ? target : `${target}${target.includes('?') ? '&' : '?'}${query}`;
			return { method: address.method, path, headers: headersOf(contentType), body };
		},
	};
}

export function bareRequest(method: string, path: string): WireRequest {
	return { method, path, headers: { Accept: ACCEPT }, body: undefined };
}

function targetOf({ path, query }: Address, given: Readonly<Record<string, string>>): string {
	const pairs = Object.entries(query).map(
		([name, text]) => `${encodeURIComponent(name)}=${encodeURIComponent(fill(text, given))}`,
	);
	return `${fillPath(path, given)}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`;
}

/** The headers of a request with a body of this type, or with none. */
export function headersOf(contentType: string | undefined): Readonly<Record<string, string>> {
	return contentType === undefined ? { Accept: ACCEPT } : { Accept: ACCEPT, 'Content-Type': contentType };
}
