// Items, and rows in JSON: nothing is known of one but itself. In a sheet its neighbours tell whether it sums them up; here
// each row has a result of its own, so none is left out: what may be a total is asked about.

import type { Issue, Row } from '../../engine/types';
import { totalUnclear } from './issues';
import { isPhoneLike, labelIn, mayBeLabel, mayBeNumber, numberIn } from './totalLabels';

/** Google Sheets gives it to each item: the number that the person sees in the sheet. */
export const ROW_NUMBER = 'row_number';
/** Nobody sums up more columns: a row with more numbers is not looked at any further. */
const MOST_NUMBERS = 1_000;

/** The row of an object. */
export function rowByItself(columns: Row['columns'], number: number, item: number): Row {
	const issues = askedIfTotal(columns, number);
	return issues === undefined ? { number, item, columns } : { number, item, columns, issues };
}

/**
 * The question about a row whose only text is a word for totals, with nothing but numbers beside it; `undefined` for all
 * others. A word that an account may have (Total) needs a number behind it, names of people (Sum) are never asked about.
 */
function askedIfTotal(columns: Row['columns'], row: number): readonly Issue[] | undefined {
	let word: string | undefined;
	let isFirst = true;
	const numbers: string[] = [];
	for (const name of Object.keys(columns)) {
		const value = columns[name];
		if (name === ROW_NUMBER || value === null || value === undefined) continue;
		if (numbers.length > MOST_NUMBERS) return undefined;
		if (typeof value === 'number') numbers.push(String(value));
		else if (typeof value !== 'string') return undefined;
		else {
			const cell = value.trim();
			if (cell === '') continue;
			if (mayBeNumber(cell)) numbers.push(cell);
			else {
				if (word !== undefined || !mayBeLabel(cell)) return undefined;
				word = cell;
				isFirst = numbers.length === 0;
			}
		}
	}
	const label = word === undefined ? undefined : labelIn(word);
	if (word === undefined || label === undefined || label.rank === 'name') return undefined;
	if (label.rank === 'usual' && (!isFirst || numbers.length === 0)) return undefined;
	if (numbers.some((cell) => numberIn(cell) === undefined || isPhoneLike(cell, false))) return undefined;
	return [totalUnclear(row, isFirst ? [word, ...numbers] : [...numbers, word])];
}
