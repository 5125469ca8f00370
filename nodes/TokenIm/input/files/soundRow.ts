// A row of which nothing is amiss, as nearly all are.

import type { Row } from '../../engine/types';

/** A class, for V8 takes literals of which many are in use to be long-lived: what those hold is collected late. */
export class SoundRow implements Row {
	constructor(
		readonly number: number,
		readonly item: number,
		readonly columns: Row['columns'],
	) {}
}
