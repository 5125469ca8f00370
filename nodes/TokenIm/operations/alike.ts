// Ids that a person cannot tell apart. To the service they may be two; but whoever may be named by a row is not taken
// away for being in none (law 14).

import { cleanCode } from '../input/cells/text';

/** The form in which an id that a service lists is looked for among those of rows; folded as the service folds it. */
export function alike(foldedId: string): string {
	return cleanCode(foldedId).normalize('NFC');
}

/**
 * The same in capitals or not, and without zeros in front of digits: what a spreadsheet or a hand makes of an ID. Two IDs
 * may well differ in this alone, so it only tells who may be meant by an ID that nobody has.
 */
export function nearly(foldedId: string): string {
	return alike(foldedId)
		.toLowerCase()
		.replace(/(^|\D)0+(?=\d)/g, '$1');
}
