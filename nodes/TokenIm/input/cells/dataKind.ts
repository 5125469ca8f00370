// What in a sheet is somebody's, and never the name of a column: messages tell of it by its kind, and not what it says,
// for they go to n8n's log (law 10).

import { MOST_CODE_CHARACTERS } from './bounds';

export type DataKind = 'an e-mail address' | 'a phone or another long number';

/** What people keep in sheets but never name a column. */
const DATA: ReadonlyArray<readonly [kind: DataKind, pattern: RegExp]> = [
	['an e-mail address', /^[^\s@]+@[^\s@.]+\.[^\s@]+$/],
	['a phone or another long number', /^\+?\d[\d\s().-]{6,}$/],
];
/** Sheets of attendance have a column for each day or term: 2024-09-02, 02.09.2024, 20240902, 2024-2025. */
const DAY =
	/^(?:(?:19|20)\d\d([-./ ]?)(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])([-./ ])(?:0?[1-9]|[12]\d|3[01])\2(?:19|20)?\d\d|(?:19|20)\d\d *- *(?:19|20)\d\d)(?:[ T]\d.*)?$/;
/** `undefined` where it may be the name of a column. */
export function dataKind(given: string): DataKind | undefined {
	const cell = given.trim();
	if (cell.length > MOST_CODE_CHARACTERS || DAY.test(cell)) return undefined;
	return DATA.find(([, pattern]) => pattern.test(cell))?.[0];
}
