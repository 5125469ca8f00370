/** Chance that a seed repeats. */

/** Numbers from 0 to below 1 (mulberry32). */
export type Random = () => number;

export function createRandom(seed: number): Random {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** A number from 0 to below 1 that belongs to this text under this seed (FNV-1a, then mixed). */
export function chanceOf(seed: number, text: string): number {
	let hash = 0x811c9dc5 ^ seed;
	for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
	return createRandom(hash)();
}

/** The items in another order. */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
	const rest = [...items];
	const mixed: T[] = [];
	while (rest.length > 0) mixed.push(...rest.splice(Math.floor(random() * rest.length), 1));
	return mixed;
}
