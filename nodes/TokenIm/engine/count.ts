// Numbers as people read them. It lies in the lowest room, for every room tells people of numbers.

/** 10000 is "10,000". */
export function count(number: number): string {
	return number.toLocaleString('en-US');
}
