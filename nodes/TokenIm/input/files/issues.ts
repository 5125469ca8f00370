// What can be wrong with one row of a file: it becomes the row's verdict, and its neighbours go on.

import type { Issue } from '../../engine/types';

type Told = Pick<Issue, 'code' | 'found' | 'expected' | 'fix'>;

/** @param opening the row's text from the quote on that is never closed, or not where its cell ends */
export function quoteUnclosed(row: number, opening: string): Issue {
	return whole({
		code: 'quote_unclosed',
		found: short(opening),
		expected: 'a quote at both ends of the cell',
		fix: `In row ${row} a quote (") opens a cell and does not close it. Add the missing quote; a quote inside a quoted cell is written twice ("").`,
	});
}

export function cellsMissing(row: number, found: number, expected: number): Issue {
	return whole({
		code: 'cells_missing',
		found: cells(found),
		expected: cells(expected),
		fix: `Row ${row} has fewer cells than there are columns. Add the missing ones (an empty cell needs its separator too), or save the sheet as CSV once more.`,
	});
}

export function cellsOver(row: number, found: number, expected: number): Issue {
	return whole({
		code: 'cells_over',
		found: cells(found),
		expected: cells(expected),
		fix: `Row ${row} has more cells than there are columns. Put quotes around a value that holds the separator, e.g. "Smith, Ada".`,
	});
}

export function rowTooLong(row: number): Issue {
	return whole({
		code: 'row_too_long',
		found: 'a row of more than 1,048,576 characters',
		expected: 'at most 1,048,576 characters',
		fix: `Shorten the longest values of row ${row}, or look for a missing line end or quote there.`,
	});
}

/** @param column the first one with such a character, where there are columns */
export function charactersUnreadable(row: number, column: string | null, found: string, encoding: string): Issue {
	return {
		column,
		field: 'row',
		code: 'characters_unreadable',
		found: short(found),
		expected: `text in ${encoding.toUpperCase()}`,
		fix: `Some characters of row ${row} cannot be read as ${encoding.toUpperCase()} and show as "\uFFFD". Save the sheet as "CSV UTF-8", or choose its encoding in the options for the file.`,
	};
}

function whole(told: Told): Issue {
	return { column: null, field: 'row', ...told };
}

function cells(count: number): string {
	return count === 1 ? '1 cell' : `${count} cells`;
}

function short(text: string): string {
	return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}
