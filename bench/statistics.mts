// The little arithmetic of the bench.

/** The middle value; of an even number of values the mean of the two in the middle. NaN of none. */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length / 2;
	const upper = sorted[Math.floor(middle)] ?? Number.NaN;
	return Number.isInteger(middle) ? (upper + (sorted[middle - 1] ?? Number.NaN)) / 2 : upper;
}

/** The median of the ratios, pair by pair: what else the machine did meanwhile touched both of a pair alike. */
export function ratio(values: readonly number[], bases: readonly number[]): number {
	return median(values.map((value, index) => value / (bases[index] ?? Number.NaN)));
}
