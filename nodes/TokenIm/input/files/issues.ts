// What can be wrong with one row of a file: it becomes the row's verdict, and its neighbours go on.

import { count } from '../../engine/count';
import { cut } from '../../engine/cut';
import type { Issue } from '../../engine/types';
import { nameOf } from './encodings';
import { isFilled } from './layout';

type Told = Pick<Issue, 'code' | 'found' | 'expected' | 'fix'>;

const AN_OBJECT = 'an object such as {"userId": "s001", "username": "Ada"}';

/** @param opening the row's text from the quote on that is never closed, or not where its cell ends */
export function quoteUnclosed(row: number, opening: string): Issue {
	return whole({
		code: 'quote_unclosed',
		found: short(opening),
		expected: 'a quote at both ends of the cell',
		fix: `In row ${row} a quote (") opens a cell and does not close it. Add the missing quote; a quote inside a quoted cell is written twice ("").`,
	});
}

/** The file ends within this row: it has no line end, and fewer cells than all rows before it. */
export function cellsMissing(row: number, found: number, expected: number): Issue {
	return whole({
		code: 'cells_missing',
		found: cells(found),
		expected: cells(expected),
		fix: `Row ${row} is the last one, has fewer cells than all before it, and no line end: the file may have been cut off on its way. Fetch it again; or, where the row is whole, add its cells or a line end.`,
	});
}

/** @param lacksName whether the first row has one cell more than the header, too */
export function cellsOver(row: number, found: number, expected: number, lacksName: boolean): Issue {
	const isNameless = lacksName && found === expected + 1;
	return whole({
		code: 'cells_over',
		found: cells(found),
		expected: cells(expected),
		fix: isNameless
			? `Row ${row} has one cell more than the header has names, as the first row has. Where the first column has no name, as R writes it, add one to the header (or write the file with row.names = FALSE); else put quotes around a value that holds the separator, e.g. "Smith, Ada".`
			: `Row ${row} has more cells than there are columns. Put quotes around a value that holds the separator, e.g. "Smith, Ada".`,
	});
}

/** @param spread the first and the last row of the sheet that are one */
export function rowSpread(row: number, text: string, [first, last]: readonly [number, number]): Issue {
	return whole({
		code: 'row_spread',
		found: short(text),
		expected: 'a row on one line, or quotes around a cell that spans lines',
		fix: `Rows ${first} to ${last} seem to be one row: a line break stands in a cell without quotes${row === first ? '' : `, which begins in row ${first}`}. Put quotes around that cell, or take the line break out; if each is a row of its own, write the separators of its empty cells, too.`,
	});
}

/** @param swallowed how many rows seem to stand in one of its cells */
export function rowsInCell(row: number, text: string, swallowed: number): Issue {
	return whole({
		code: 'rows_in_cell',
		found: short(text),
		expected: 'one row',
		fix: `In row ${row} a quote (") opens a cell that goes on over the next lines, which look like ${count(swallowed)} ${swallowed === 1 ? 'row' : 'rows'} of the sheet. Take the quotes out that enclose no cell, or write a quote within a cell twice (""). Where all this is one cell, take its line breaks out.`,
	});
}

/** @param header the row in which other names of columns stand */
export function headerChanged(row: number, header: number): Issue {
	return whole({
		code: 'header_changed',
		found: `row ${row}, below the other header in row ${header}`,
		expected: 'one header row in a file',
		fix: `In row ${header} the names of the columns change, so what stands below it is under other names. Put the rows from ${header} on into a file of their own.`,
	});
}

/** Names of columns, or an account that is called like one. @param row the row itself */
export function namesUnclear(row: number, cells: readonly string[]): Issue {
	return whole({
		code: 'header_unclear',
		found: short(`row ${row}: ${cells.filter(isFilled).join(', ')}`),
		expected: 'a row of somebody, or what is plainly a header row',
		fix: `Row ${row} may hold names of columns, or somebody of that name. Delete it where it holds names of columns; where the rows below it are under these names, put them into a file of their own. Where it is somebody, write the name in full, or fill in another cell, such as an e-mail address or a phone.`,
	});
}

/** A total, or somebody who is called like one. */
export function totalUnclear(row: number, cells: readonly string[]): Issue {
	return whole({
		code: 'total_unclear',
		found: short(`row ${row}: ${cells.filter(isFilled).join(', ')}`),
		expected: 'a row of somebody, or what is plainly a total',
		fix: `Row ${row} may be a total of the rows above it, or somebody of that name. Delete it where it is a total. Where it is somebody, write the name in full, or fill in another cell with words, such as an e-mail address.`,
	});
}

/** A zero byte within a cell; at its ends they are padding. */
export function zeroByte(row: number, column: string | null, found: string): Issue {
	return {
		column,
		field: 'row',
		code: 'zero_byte',
		found: short(found.replaceAll('\0', '\u2400')),
		expected: 'characters that can be seen',
		fix: `A cell of row ${row} holds a zero byte, shown as "\u2400", where a character may have been lost. Mend the cell, or export the file again.`,
	};
}

export function rowTooLong(row: number): Issue {
	return whole({
		code: 'row_too_long',
		found: 'a row of more than 1,048,576 characters',
		expected: 'at most 1,048,576 characters',
		fix: `Shorten the longest values of row ${row}, or look for a missing line end or quote there.`,
	});
}

/**
 * @param column the first one with such a character, where there are columns
 * @param encoding `unknown` where it could not be told for certain
 */
export function charactersUnreadable(row: number, column: string | null, found: string, encoding: string): Issue {
	const isKnown = encoding !== 'unknown';
	const name = nameOf(encoding);
	return {
		column,
		field: 'row',
		code: 'characters_unreadable',
		found: short(found),
		expected: isKnown ? `text in ${name}` : 'text in an encoding that can be told for certain',
		fix: isKnown
			? `Some characters of row ${row} cannot be read as ${name} and show as "\uFFFD". Save the sheet as "CSV UTF-8", or choose its encoding in the options for the file.`
			: `Some characters of row ${row} show as "\uFFFD": their encoding could not be told for certain. Save the sheet as "CSV UTF-8", or choose its encoding in the options for the file.`,
	};
}

/** @param where "Line 3" or the like: starts the sentence */
export function jsonInvalid(where: string, text: string): Issue {
	return whole({
		code: 'json_invalid',
		found: short(text),
		expected: AN_OBJECT,
		fix: `${where} is not valid JSON. Look there for a missing comma, quote or bracket.`,
	});
}

export function notARow(where: string, text: string): Issue {
	return whole({
		code: 'json_not_a_row',
		found: short(text),
		expected: AN_OBJECT,
		fix: `${where} is no object. Write the names of the columns and their values as an object.`,
	});
}

export function jsonCutOff(number: number, text: string, position: number): Issue {
	return whole({
		code: 'json_cut_off',
		found: text === '' ? 'the end of the file' : short(text),
		expected: 'the end of the list: ]',
		fix: `The file ends within its list, at entry ${number}, character ${count(position)}. It was cut off on its way: fetch it again, or add what is missing. The entries before this one were read.`,
	});
}

export function jsonTrailing(text: string, position: number): Issue {
	return whole({
		code: 'json_trailing',
		found: short(text),
		expected: 'the end of the file',
		fix: `The list is complete, but more follows at character ${count(position)} of the file. It was left out: remove it, or move its entries into the list.`,
	});
}

function whole(told: Told): Issue {
	return { column: null, field: 'row', ...told };
}

function cells(count: number): string {
	return count === 1 ? '1 cell' : `${count} cells`;
}

function short(text: string): string {
	return cut(text, 100);
}
