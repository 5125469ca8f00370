/** What an `Idempotency-Key` stands for: an answer kept, a request still running, or nothing yet. */
import { refuse, type Refusal } from './outcome.mts';
import type { IdempotencyStore } from './store/idempotency.mts';
import type { Answer } from './types.mts';

export interface Idempotency {
	/** The first answer again, a refusal, or `undefined` when the request is to be carried out. */
	look(key: string, fingerprint: string, nowMs: number): Answer | Refusal | undefined;
	/** Keeps an answer; one of 400 or more does not use the key up. */
	keep(key: string, fingerprint: string, answer: Answer, nowMs: number, busyUntilMs: number): void;
	reserve(key: string, fingerprint: string, untilMs: number): void;
	forget(): void;
}

/** Answers live in `store`; which requests are still running is known in memory only. */
export function createIdempotency(store: IdempotencyStore): Idempotency {
	const running = new Map<string, { fingerprint: string; untilMs: number }>();

	return {
		look(key, fingerprint, nowMs) {
			const busy = running.get(key);
			if (busy !== undefined && busy.untilMs > nowMs) {
				if (busy.fingerprint !== fingerprint) return mismatch;
				const seconds = Math.max(1, Math.ceil((busy.untilMs - nowMs) / 1000));
				return refuse('idempotency_key_in_use', 'The first request with this key is still running.', undefined, {
					'retry-after': String(seconds),
				});
			}
			if (busy !== undefined) running.delete(key);
			const kept = store.find(key, nowMs);
			if (kept === undefined) return undefined;
			if (kept.fingerprint !== fingerprint) return mismatch;
			const headers = { 'content-type': 'application/json', 'idempotency-replayed': 'true' };
			return { kind: 'answer', status: kept.status, headers, body: kept.body };
		},
		keep(key, fingerprint, { status, body }, nowMs, busyUntilMs) {
			if (status < 400) store.keep(key, { fingerprint, status, body }, nowMs);
			if (busyUntilMs > nowMs) running.set(key, { fingerprint, untilMs: busyUntilMs });
		},
		reserve(key, fingerprint, untilMs) {
			running.set(key, { fingerprint, untilMs });
		},
		forget: () => running.clear(),
	};
}

const mismatch = refuse('idempotency_key_mismatch', 'The key was used with another method, path or body.');
