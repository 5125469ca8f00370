// Work that depends on a row's column names alone is done once for each list of names, not for each row.

/** Rows that all have other columns must not fill the memory. */
const LISTS_KEPT = 1_000;

/** Runs `work` once for each list of column names; most sheets have one, so the last is compared first. */
export function cachedByColumns<T>(work: (columns: readonly string[]) => T): (columns: object) => T {
	const known = new Map<string, T>();
	let last: { readonly names: readonly string[]; readonly done: T } | undefined;
	return (columns) => {
		const names = Object.keys(columns);
		if (last !== undefined && sameNames(last.names, names)) return last.done;
		const key = JSON.stringify(names);
		const done = known.get(key) ?? work(names);
		if (known.size >= LISTS_KEPT) known.clear();
		known.set(key, done);
		last = { names, done };
		return done;
	};
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
	return a.length === b.length && a.every((name, index) => name === b[index]);
}
