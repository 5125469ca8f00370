// Ids that a person cannot tell apart. To the service they may be two; but whoever may be named by a row is not taken
// away for being in none (law 14).

import { cleanCode } from '../input/cells/text';

/** The form in which an id that a service lists is looked for among those of rows; folded as the service folds it. */
export function alike(foldedId: string): string {
	return cleanCode(foldedId).normalize('NFC');
}
