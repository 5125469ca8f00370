// Items, and rows in JSON: nothing is known of one but itself. In a sheet its neighbours tell whether it sums them up; here
// each row has a result of its own, so none is left out: what may be a total is asked about.

import type { Issue, Row } from '../../engine/types';
import { totalUnclear } from './issues';
import { SoundRow } from './soundRow';
import { isPhoneLike, labelIn, mayBeLabel, mayBeNumber, numberIn } from './totalLabels';

/** Google Sheets gives it to each item: the number that the person sees in the sheet. */
export const ROW_NUMBER = 'row_number';
/** Nobody sums up more columns: a row with more numbers is not looked at any further. */
const MOST_NUMBERS = 1_000;

/** The row of an object. */
export function rowByItself(columns: Row['columns'], number: number, item: number): Row {
	const issues = askedIfTotal(columns, number);
	return issues === undefined ? new SoundRow(number, item, columns) : { number, item, columns, issues };
}

/**
 * The question about a row whose only text is a word for totals, with nothing but numbers beside it; `undefined` for all
 * others. A word that an account may have (Total) needs a number behind it, names of people (Sum) are never asked about.
 */
function askedIfTotal(columns: Row['columns'], row: number): readonly Issue[] | undefined {
	const word = onlyText(columns);
	const label = word === undefined ? undefined : labelIn(word);
	if (word === undefined || label === undefined || label.rank === 'name') return undefined;
	const cells = Object.entries(columns).flatMap(([name, value]) => (name === ROW_NUMBER ? [] : cellOf(value)));
	const numbers = cells.filter((cell) => cell !== word);
	if (label.rank === 'usual' && (cells[0] !== word || numbers.length === 0)) return undefined;
	if (numbers.some((cell) => numberIn(cell) === undefined || isPhoneLike(cell, false))) return undefined;
	return [totalUnclear(row, cells)];
}

/** Nearly every row has a text that is no label, or two texts: it is passed at the second cell, and nothing is made for that. */
function onlyText(columns: Row['columns']): string | undefined {
	let word: string | undefined;
	let numbers = 0;
	for (const name in columns) {
		const value = columns[name];
		if (name === ROW_NUMBER || value === null || value === undefined) continue;
		if (typeof value === 'string') {
			const cell = value.trim();
			if (cell === '') continue;
			if (!mayBeNumber(cell)) {
				if (word !== undefined || !mayBeLabel(cell)) return undefined;
				word = cell;
				continue;
			}
		} else if (typeof value !== 'number') return undefined;
		if (++numbers > MOST_NUMBERS) return undefined;
	}
	return word;
}

function cellOf(value: unknown): readonly string[] {
	const cell = value === null || value === undefined ? '' : String(value).trim();
	return cell === '' ? [] : [cell];
}
