/** The answers kept under an `Idempotency-Key`, for 24 hours. */
import type { DatabaseSync } from 'node:sqlite';
import { text, whole } from './columns.mts';

const lifeMs = 24 * 3_600_000;
const sweepEveryMs = 3_600_000;

export interface KeptAnswer {
	/** Method, path and hash of the body that the key stands for. */
	readonly fingerprint: string;
	readonly status: number;
	readonly body: Uint8Array;
}

export interface IdempotencyStore {
	find(key: string, nowMs: number): KeptAnswer | undefined;
	keep(key: string, answer: KeptAnswer, nowMs: number): void;
}

/** The statements for kept answers, prepared once; what is older than a day is swept out now and then. */
export function createIdempotencyStore(db: DatabaseSync): IdempotencyStore {
	const selectOne = db.prepare('select * from idempotency where key = ? and at_ms > ?');
	const replaceOne = db.prepare('insert or replace into idempotency values (?, ?, ?, ?, ?)');
	const sweep = db.prepare('delete from idempotency where at_ms <= ?');
	let sweptAtMs = Number.NEGATIVE_INFINITY;

	return {
		find(key, nowMs) {
			const row = selectOne.get(key, Math.floor(nowMs - lifeMs));
			if (row === undefined) return undefined;
			const body = row.body instanceof Uint8Array ? row.body : new Uint8Array();
			return { fingerprint: text(row.fingerprint), status: whole(row.status), body };
		},
		keep(key, { fingerprint, status, body }, nowMs) {
			if (nowMs - sweptAtMs > sweepEveryMs) {
				sweep.run(Math.floor(nowMs - lifeMs));
				sweptAtMs = nowMs;
			}
			replaceOne.run(key, Math.floor(nowMs), fingerprint, status, body);
		},
	};
}
