// Requests that were refused as a whole: who is to blame, how long to wait, what to tell people (laws 4, 6, 7).

import { parseRetryAfter } from '../engine/retry/retryAfter';
import type { NamedEntry, Refusal, RefusalClass } from '../engine/types';
import { compileOptional, compilePointer, listOf, textOf, wholeOf, type Read } from './pointer';
import type { Profile } from './profile';

export interface RefusalReader {
	/** Reads an answer that is no success. `value` is its body as JSON, `undefined` where it is none. */
	refusal(status: number, headers: Readonly<Record<string, string>>, value: unknown, nowMs: number): Refusal;
	/** The wait that the answer asks for, in milliseconds. */
	waitMs(headers: Readonly<Record<string, string>>, nowMs: number): number | undefined;
}

type Row = Pick<Refusal, 'class' | 'limitOf'> & { readonly say: string };

/** Compiles the profile's table of refusals. */
export function compileRefusals(profile: Pick<Profile, 'refusals'>): RefusalReader {
	const { table, waits } = profile.refusals;
	const codeOf = compilePointer(profile.refusals.code);
	const limitOf = compileOptional(profile.refusals.limit);
	const namedOf = compileNamed(profile);

	const waitMs: RefusalReader['waitMs'] = (headers, nowMs) => {
		for (const { header } of waits) {
			const text = headers[header];
			const wait = text === undefined ? undefined : parseRetryAfter(text, nowMs);
			if (wait !== undefined) return wait;
		}
		return undefined;
	};

	const refusal: RefusalReader['refusal'] = (status, headers, value, nowMs) => {
		const code = codeText(codeOf(value));
		const row: Row =
			table.find(
				(candidate) => (candidate.status ?? status) === status && (candidate.code ?? code) === code,
			) ?? byStatus(status);
		return {
			class: row.class,
			code: code ?? `http_${status}`,
			message: row.say,
			...defined('waitMs', waitMs(headers, nowMs)),
			...(row.class === 'tooLarge'
				? { ...defined('limitOf', row.limitOf), ...defined('limit', wholeOf(limitOf(value), 1)) }
				: {}),
			...(row.class === 'entry' ? defined('named', namedOf(value)) : {}),
		};
	};
	return { refusal, waitMs };
}

/** A code as the service gives it: short, printable, without spaces; anything else is none. */
export function codeText(value: unknown): string | undefined {
	return typeof value === 'string' && /^[\w.:-]{1,64}$/.test(value) ? value : undefined;
}

function compileNamed(
	profile: Pick<Profile, 'refusals'>,
): (value: unknown) => readonly NamedEntry[] | undefined {
	const { named } = profile.refusals;
	if (named === undefined) return () => undefined;
	const at = compilePointer(named.at);
	const read = {
		index: compilePointer(named.index),
		code: compilePointer(named.code),
		message: compilePointer(named.message),
		field: compileOptional(named.field),
	};
	return (value) => {
		const list = (listOf(at(value)) ?? []).flatMap((element) => namedEntry(element, read));
		return list.length === 0 ? undefined : list;
	};
}

function namedEntry(
	element: unknown,
	read: Readonly<Record<'index' | 'code' | 'message' | 'field', Read>>,
): NamedEntry[] {
	const index = wholeOf(read.index(element), 0);
	if (index === undefined) return [];
	const entry = {
		index,
		code: codeText(read.code(element)) ?? 'refused',
		message: textOf(read.message(element), 500) ?? 'The service refused this entry and gave no reason.',
	};
	return [{ ...entry, ...defined('field', textOf(read.field(element), 100)) }];
}

/** What an HTTP status means where the profile names neither it nor the code (law 7; RFC 9110). */
function byStatus(status: number): Row {
	const row = (className: RefusalClass, say: string): Row => ({ class: className, say });
	if (status >= 300 && status < 400) {
		return row(
			'stop',
			`The service answered with a redirect (HTTP ${status}), which is never followed: it would carry the API key elsewhere. Enter the address that the service really has as Base URL in the credential.`,
		);
	}
	switch (status) {
		case 400:
			return row(
				'stop',
				'The service, or a firewall before it, refused the whole request (HTTP 400) and gave no reason that is known here. Ask its administrator what is not allowed.',
			);
		case 401:
			return row(
				'stop',
				'The service does not accept the API key or the API secret (HTTP 401). Check both in the credential.',
			);
		case 402:
			return row(
				'stop',
				'The plan does not allow this (HTTP 402). Ask the administrator of the service about the plan.',
			);
		case 403:
			return row(
				'stop',
				'The service, or a firewall before it, does not allow this (HTTP 403). Check what the API key may do and whether this machine may reach the service.',
			);
		case 404:
			return row(
				'stop',
				'The service has nothing at this address (HTTP 404). Check Base URL in the credential; it often ends in a version such as /v1.',
			);
		case 408:
		case 425:
			return row('transient', `The service could not take the request at that moment (HTTP ${status}).`);
		case 413:
			return row(
				'tooLarge',
				'The request was too large for the service or for a proxy before it (HTTP 413).',
			);
		case 429:
			return row('throttled', 'The service asked for fewer requests per second (HTTP 429).');
	}
	if (status >= 400 && status < 500) {
		return row(
			'stop',
			`The service refused the whole request (HTTP ${status}) in a way that is not known here. Ask its administrator, or check Base URL in the credential.`,
		);
	}
	if (status >= 500)
		return row('transient', `The service, or a proxy before it, was not able to answer (HTTP ${status}).`);
	return row('transient', `The service gave an answer that says nothing (HTTP ${status}).`);
}

function defined<Key extends string, Value>(
	key: Key,
	value: Value | undefined,
): { readonly [K in Key]?: Value } {
	const made: { [K in Key]?: Value } = {};
	if (value !== undefined) made[key] = value;
	return made;
}
