/** Query endpoints that lag behind writes: what a row was `lagMs` ago. */

export interface ReadLag {
	/** Notes what stood under `key` before a write; counts once `commit` is called. */
	note(key: string, before: unknown): void;
	commit(nowMs: number): void;
	discard(): void;
	/** What follows the prefix in keys that changed within the lag. */
	keys(prefix: string): string[];
	forget(): void;
	/** `current`, or what stood there `lagMs` before `nowMs`. */
	seen<T>(key: string, current: T | undefined, is: (value: unknown) => value is T): T | undefined;
}

interface Change {
	readonly atMs: number;
	readonly before: unknown;
}

/** A lag of `lagMs`; with 0 nothing is remembered. `now` gives milliseconds. */
export function createReadLag(lagMs: number, now: () => number): ReadLag {
	const changes = new Map<string, Change[]>();
	let noted: Array<[string, unknown]> = [];

	return {
		note(key, before) {
			if (lagMs > 0) noted.push([key, before]);
		},
		commit(nowMs) {
			for (const [key, before] of noted) {
				const recent = changes.get(key)?.filter(({ atMs }) => atMs > nowMs - lagMs) ?? [];
				changes.set(key, [...recent, { atMs: nowMs, before }]);
			}
			noted = [];
		},
		discard() {
			noted = [];
		},
		keys(prefix) {
			const since = now() - lagMs;
			for (const [key, all] of changes) if (all.every(({ atMs }) => atMs <= since)) changes.delete(key);
			return [...changes.keys()].flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []));
		},
		forget() {
			changes.clear();
			noted = [];
		},
		seen(key, current, is) {
			const oldest = changes.get(key)?.find(({ atMs }) => atMs > now() - lagMs);
			if (oldest === undefined) return current;
			return is(oldest.before) ? oldest.before : undefined;
		},
	};
}
