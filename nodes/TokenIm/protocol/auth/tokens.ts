// Tokens that one request fetches and all others carry. Who sends writes them into requests; key and secret stay in the
// credential, which alone fills the request for the token in. A token lives in memory only.

import type { Ports } from '../../engine/types';
import type { Exchange, WireRequest } from '../../engine/wire';
import { decodeJson } from '../answer/decode';
import type { Token } from '../profile/authentication';
import { namesIn } from '../profile/names';
import { compileFirst, compilePointer, type Read } from '../language/pointer';
import type { Profile } from '../profile/profile';
import { codeText } from '../answer/refusals';
import { bareRequest } from '../request/request';
import { hidden, hiding, isRefusal } from './hiddenSecrets';
import { compileTokenRefusal } from './tokenRefusal';
import { fill, fillPath } from '../language/template';

export type Send = Ports['send'];
type Options = Parameters<Send>[1];

interface Kept {
	readonly values: Readonly<Record<string, string>>;
	readonly untilMs: number;
}

interface Shelf {
	kept?: Kept;
	askedAtMs?: number;
	pending?: Promise<Kept | Exchange>;
}

/** One for each credential that was used since n8n started: services ban who asks for tokens too often. */
const shelves = new Map<string, Shelf>();
const MOST_SHELVES = 50;

/**
 * Sends with a token where the profile wants one. A token that the service does not take any more is fetched anew, and
 * the request goes once more: it was refused, so nothing of it was done.
 *
 * @param fingerprint tells credentials apart, see `fingerprintOf`
 * @param secrets are kept out of what is told of a refusal
 */
export function withTokens(
	profile: Profile,
	send: Send,
	fingerprint: string,
	now: () => number,
	secrets: readonly string[] = [],
): Send {
	const { token } = profile.authentication;
	if (token === undefined) return send;
	const shelf = shelves.get(fingerprint) ?? {};
	if (shelves.size >= MOST_SHELVES) shelves.clear();
	shelves.set(fingerprint, shelf);
	const carry = compileCarry(profile, token);
	const read = compileToken(token);
	const isStale = compileStale(profile, token);
	const refused = compileTokenRefusal(profile, secrets);

	return async (request, options) => {
		const first = await current(options);
		if (!isKept(first)) return first;
		const answer = await send(carry(request, first.values), options);
		if (!isStale(answer)) return withoutToken(answer, first);
		const isTooSoon = now() - (shelf.askedAtMs ?? 0) < token.minimumIntervalSeconds * 1000;
		if (shelf.kept === first && isTooSoon) return withoutToken(answer, first);
		if (shelf.kept === first) shelf.kept = undefined;
		const second = await current(options);
		return isKept(second) ? withoutToken(await send(carry(request, second.values), options), second) : second;
	};

	async function current(options: Options): Promise<Kept | Exchange> {
		const isTooSoon = now() - (shelf.askedAtMs ?? 0) < (token?.minimumIntervalSeconds ?? 0) * 1000;
		if (shelf.kept !== undefined && (isTooSoon || now() < shelf.kept.untilMs)) return shelf.kept;
		shelf.pending ??= fetch(options).finally(() => {
			shelf.pending = undefined;
		});
		return await shelf.pending;
	}

	async function fetch(options: Options): Promise<Kept | Exchange> {
		shelf.askedAtMs = now();
		const path = fillPath(token?.path ?? '', profile.given ?? {});
		const answer = await send(bareRequest(token?.method ?? 'POST', path), options);
		if (answer.kind === 'lost')
			return { kind: 'unreached', reason: `the request for a token was not answered: ${answer.reason}` };
		if (answer.kind !== 'answer') return answer;
		if (answer.status >= 500)
			return { kind: 'unreached', reason: `the request for a token was answered with HTTP ${answer.status}` };
		if (answer.status < 200 || answer.status >= 300) return refused(answer, now());
		const kept = read(answer, profile.maxAnswerBytes, now());
		if (kept === undefined) return refused(answer, now());
		shelf.kept = kept;
		return kept;
	}
}

/** For a token that is over at once, such as one whose end is told by another clock: the service says when it is not taken. */
const SHORTEST_USE_MS = 10_000;

/** A token opens the service as key and secret do. */
function withoutToken(exchange: Exchange, { values }: Kept): Exchange {
	return isRefusal(exchange) ? hidden(exchange, hiding(Object.values(values))) : exchange;
}

function isKept(one: Kept | Exchange): one is Kept {
	return 'values' in one;
}

/** Writes a token into a request, where headers and query of the profile name it. */
function compileCarry(
	{ authentication }: Profile,
	token: Token,
): (request: WireRequest, values: Kept['values']) => WireRequest {
	const names = new Set(Object.keys(token.take));
	const carries = ([, text]: readonly [string, string]): boolean => namesIn(text).some((name) => names.has(name));
	const headers = Object.entries(authentication.headers).filter(carries);
	const query = Object.entries(authentication.query).filter(carries);
	return (request, values) => {
		const more = query
			.map(([name, text]) => `${encodeURIComponent(name)}=${encodeURIComponent(fill(text, values))}`)
			.join('&');
		return {
			...request,
			path: more === '' ? request.path : `${request.path}${request.path.includes('?') ? '&' : '?'}${more}`,
			headers: { ...request.headers, ...Object.fromEntries(headers.map(([name, text]) => [name, fill(text, values)])) },
		};
	};
}

function compileToken({
	take,
	lifetime,
	refreshBeforeSeconds,
}: Token): (answer: Extract<Exchange, { kind: 'answer' }>, maxBytes: number, nowMs: number) => Kept | undefined {
	const reads = Object.entries(take).map(([name, place]) => ({
		name,
		read: 'at' in place ? compilePointer(place.at) : undefined,
		header: 'header' in place ? place.header : '',
	}));
	const lifetimeOf: Read = lifetime.at === undefined ? () => undefined : compilePointer(lifetime.at);
	return ({ headers, body }, maxBytes, nowMs) => {
		const decoded = decodeJson(body, maxBytes);
		const value = decoded.ok ? decoded.value : undefined;
		const values: Record<string, string> = {};
		for (const { name, read, header } of reads) {
			const found = read === undefined ? headers[header] : read(value);
			const text = typeof found === 'number' ? String(found) : found;
			if (typeof text !== 'string' || !/^[\x21-\x7e]{1,8192}$/.test(text)) return undefined;
			values[name] = text;
		}
		const lifeMs = endOf(lifetimeOf(value), lifetime, nowMs) - nowMs;
		// A token that lives hardly longer than the margin would be fetched anew for each request: a quarter of its life is used.
		const useMs = Math.max(SHORTEST_USE_MS, lifeMs / 4, lifeMs - refreshBeforeSeconds * 1000);
		return { values, untilMs: nowMs + useMs };
	};
}

function endOf(found: unknown, { unit, zeroIsForever, defaultSeconds }: Token['lifetime'], nowMs: number): number {
	const number = typeof found === 'string' ? Number(found) : found;
	if (typeof number !== 'number' || !Number.isFinite(number) || number < 0) return nowMs + defaultSeconds * 1000;
	if (number === 0 && zeroIsForever) return Number.POSITIVE_INFINITY;
	switch (unit) {
		case 'seconds':
			return nowMs + number * 1000;
		case 'milliseconds':
			return nowMs + number;
		case 'epochSeconds':
			return number * 1000;
		case 'epochMilliseconds':
			return number;
	}
}

function compileStale({ refusals, maxAnswerBytes }: Profile, { refreshOn }: Token): (exchange: Exchange) => boolean {
	const codeOf = compileFirst(refusals.code);
	return (exchange) => {
		if (exchange.kind !== 'answer') return false;
		const statuses = refreshOn.filter(({ status }) => (status ?? exchange.status) === exchange.status);
		if (statuses.length === 0) return false;
		if (statuses.some(({ code }) => code === undefined)) return true;
		const decoded = decodeJson(exchange.body, maxAnswerBytes);
		const code = decoded.ok ? codeText(codeOf(decoded.value)) : undefined;
		return statuses.some((one) => one.code === code);
	};
}
