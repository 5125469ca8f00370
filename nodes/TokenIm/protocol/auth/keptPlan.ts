// The limits of the plan, kept in memory for as long as the service allows. A workflow that registers one person at a
// time would otherwise ask for them as often as it creates somebody.

import type { Call } from '../../engine/call';
import type { Exchange, PlanReading, WireRequest } from '../../engine/wire';
import { freshnessOf } from './freshness';
import type { Send } from './tokens';

type Options = Parameters<Send>[1];
type Answer = Extract<Exchange, { readonly kind: 'answer' }>;

interface Kept {
	/** As the service gave it, without its headers but those that tell how long it holds. */
	readonly answer: Answer;
	readonly plan: PlanReading;
	readonly askedAtMs: number;
	readonly freshMs: number;
	readonly etag?: string;
}

interface Shelf {
	kept?: Kept;
	/** Rises whenever what is kept is thrown away: an answer that was asked for before is old. */
	drops: number;
	/** Settles when the request for the limits that is under way was answered. */
	pending?: Promise<unknown>;
}

/** One for each credential that was used since n8n started; the one used longest ago goes first. */
const shelves = new Map<string, Shelf>();
const MOST_SHELVES = 50;

/** Limits are a few hundred bytes; what is far above is not worth its memory. */
const MOST_KEPT_BYTES = 65_536;

const CACHING = ['cache-control', 'etag'] as const;

/** Refusals after which what is known of plan, key and room may be wrong. */
const PLAN_CHANGED: ReadonlySet<number> = new Set([401, 402, 403, 413, 429]);

export interface KeptPlanOptions {
	/** Asks for the limits; `undefined` where the service does not tell them. */
	readonly planCall: Call | undefined;
	/** Tells credentials apart and holds none of them, see `fingerprintOf`. */
	readonly fingerprint: string;
	/** Milliseconds since the epoch. */
	readonly now: () => number;
	/** Whether a plan that was read earlier is enough for this run; without it none is. */
	readonly suffices: ((plan: PlanReading) => boolean) | undefined;
}

/**
 * Answers the request for the limits from memory where that is fresh and enough. Else asks, by the `ETag` where there
 * is one. Any answer with 401, 402, 403, 413 or 429 drops what is kept.
 */
export function withKeptPlan(send: Send, { planCall, fingerprint, now, suffices }: KeptPlanOptions): Send {
	if (planCall === undefined) return send;
	const asked = planCall.request([], []);
	const { read } = planCall;
	const shelf = shelfOf(fingerprint);

	return async (request, options) => {
		const isForPlan = request.method === asked.method && request.path === asked.path;
		const answer = isForPlan ? await tell(request, options) : await send(request, options);
		if (answer.kind === 'answer' && PLAN_CHANGED.has(answer.status)) {
			shelf.kept = undefined;
			shelf.drops++;
		}
		return answer;
	};

	async function tell(request: WireRequest, options: Options): Promise<Exchange> {
		// A burst of runs asks once: what one asks for may be enough for the others.
		if (suffices !== undefined && fresh() === undefined && shelf.pending !== undefined) await shelf.pending;
		return fresh() ?? (await ask(request, options));
	}

	function fresh(): Exchange | undefined {
		const { kept } = shelf;
		if (kept === undefined || suffices === undefined) return undefined;
		const ageMs = now() - kept.askedAtMs;
		// A clock that was set back says nothing of the age.
		return ageMs >= 0 && ageMs < kept.freshMs && suffices(kept.plan) ? kept.answer : undefined;
	}

	async function ask(request: WireRequest, options: Options): Promise<Exchange> {
		const asking = askAnew(request, options);
		const pending = asking.catch(() => undefined);
		shelf.pending = pending;
		try {
			return await asking;
		} finally {
			if (shelf.pending === pending) shelf.pending = undefined;
		}
	}

	async function askAnew(request: WireRequest, options: Options): Promise<Exchange> {
		const { kept, drops } = shelf;
		const askedAtMs = now();
		const condition: Record<string, string> = kept?.etag === undefined ? {} : { 'If-None-Match': kept.etag };
		const answer = await send({ ...request, headers: { ...request.headers, ...condition } }, options);
		if (answer.kind !== 'answer') return answer;
		const told =
			answer.status === 304 && kept?.etag !== undefined
				? { ...kept.answer, headers: { ...kept.answer.headers, ...answer.headers } }
				: answer;
		if (shelf.drops === drops && told.status === 200) shelf.kept = keptOf(told, askedAtMs);
		return told;
	}

	function keptOf({ status, headers, body }: Answer, askedAtMs: number): Kept | undefined {
		const freshness = freshnessOf(headers);
		if (freshness === undefined || body.byteLength > MOST_KEPT_BYTES) return undefined;
		const reading = read({ kind: 'answer', status, headers, body }, askedAtMs);
		if (reading.kind !== 'complete' || reading.plan === undefined) return undefined;
		const caching = CACHING.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]]));
		const answer: Answer = { kind: 'answer', status, headers: Object.fromEntries(caching), body };
		return { answer, plan: reading.plan, askedAtMs, ...freshness };
	}
}

function shelfOf(fingerprint: string): Shelf {
	const shelf = shelves.get(fingerprint) ?? { drops: 0 };
	// Last in the order of the map is used last.
	shelves.delete(fingerprint);
	shelves.set(fingerprint, shelf);
	const [oldest] = shelves.keys();
	if (shelves.size > MOST_SHELVES && oldest !== undefined) shelves.delete(oldest);
	return shelf;
}
