// How a sheet names its cells: `AB12`, and ranges of them.

/** `AB12` is in column 28; 0 where there is no letter. */
export function columnOf(place: string): number {
	let column = 0;
	for (const character of place.toUpperCase()) {
		const letter = character.charCodeAt(0) - 64;
		if (letter < 1 || letter > 26) break;
		column = column * 26 + letter;
	}
	return column;
}
