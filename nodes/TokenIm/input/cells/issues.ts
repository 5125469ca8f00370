// What can be wrong with a cell before any rule of the service applies, and how the sheet is mended.

import type { Issue } from '../../engine/types';
import type { ColumnsUnclear } from '../columns/columnsUnclear';
import { CURES } from './misread';

/** `columns.ts` adds the column and the field. */
export type CellIssue = Pick<Issue, 'code' | 'found' | 'expected' | 'fix'>;

export function notText(cell: unknown): CellIssue {
	return {
		code: 'not_text',
		found: show(cell),
		expected: 'text',
		fix: 'Put one text or number into this column; lists and nested data cannot be used here.',
	};
}

/** Of text that was read in an encoding in which it was not written, before it came here. */
export function misread(found: string): CellIssue {
	return {
		code: 'characters_lost',
		found: show(found),
		expected: 'text as it was written',
		fix: `A step before this one read the characters in another encoding than they were written in. ${CURES}`,
	};
}

/** @param message n8n's own */
export function expressionBroke(message: string): CellIssue {
	return {
		code: 'expression_broke',
		found: show(message),
		expected: 'an expression that can be worked out for this row',
		fix: 'Change the expression under Columns so that it can take what this row holds, or mend the row.',
	};
}

export function notAList(cell: unknown): CellIssue {
	return {
		code: 'not_a_list',
		found: show(cell),
		expected: 'a list of IDs',
		fix: 'Write the IDs with commas between them, for example: s001, s002. A list that starts with "[" has to be valid JSON.',
	};
}

export function notAnObject(cell: unknown): CellIssue {
	return {
		code: 'not_an_object',
		found: show(cell),
		expected: 'names and values as JSON',
		fix: 'Write it as {"class": "3B", "year": 2026}, or give each attribute a column of its own, named "attributes.class".',
	};
}

export function notATime(cell: unknown): CellIssue {
	return {
		code: 'not_a_time',
		found: show(cell),
		expected: 'a date, with or without a time, e.g. 2026-09-01 or 2026-09-01T08:00:00+08:00',
		fix: 'Write the date with the year first, for example 2026-09-01 08:00, or set Date Format in the options to how it is written.',
	};
}

export function ambiguousDate(found: string): CellIssue {
	return {
		code: 'ambiguous_time',
		found,
		expected: 'a date that can be read in one way only',
		fix: 'Day and month could be either number. Set Date Format in the options, for example dd/MM/yyyy, or write the year first: 2026-07-02.',
	};
}

export function notOfFormat(found: string, format: string): CellIssue {
	return {
		code: 'time_not_of_format',
		found,
		expected: `a date written as ${format}`,
		fix: 'Write the date as Date Format in the options says, or with the year first: 2026-07-02.',
	};
}

export function impossibleDate(found: string): CellIssue {
	return {
		code: 'impossible_time',
		found,
		expected: 'a day and a time that the calendar has',
		fix: 'Look at day, month and hours of this date, and correct it in the sheet.',
	};
}

export function noCountryCode(found: string): CellIssue {
	return {
		code: 'no_country_code',
		found,
		expected: 'a phone number with its country code, e.g. +8613800000000',
		fix: 'Put + and the country code before the number, or set Default Country Code in the options for the whole sheet.',
	};
}

export function countryUnclear(found: string, code: string): CellIssue {
	return {
		code: 'country_unclear',
		found,
		expected: `a number with + and country code, or one without the digits of ${code}`,
		fix: `The number starts like ${code}, so it may or may not hold the country code. Write it with + and the country code.`,
	};
}

export function shortened(found: string): CellIssue {
	return {
		code: 'number_shortened',
		found,
		expected: 'all digits, as text',
		fix: 'The spreadsheet shortened this number and its digits are lost. Format the column as Text in the sheet, then enter the value again.',
	};
}

export function tooLong(found: string): CellIssue {
	return {
		code: 'number_too_long',
		found,
		expected: 'all digits, as text',
		fix: 'Numbers of more than 15 digits lose their last ones in spreadsheets and JSON. Format the column as Text, then enter the value again.',
	};
}

export function notWhole(found: string): CellIssue {
	return {
		code: 'number_not_whole',
		found,
		expected: 'text, or a whole number',
		fix: 'Format the column as Text in the sheet, then enter the value without decimals.',
	};
}

export function decimalTail(found: string): CellIssue {
	return {
		code: 'number_decimal_tail',
		found,
		expected: found.slice(0, found.indexOf('.')),
		fix: 'A tool on the way turned this text into a decimal number. Take away the ".0", or format the column as Text before it is exported.',
	};
}

/** The same of a secret: other issues may repeat what the cell holds. */
export function hidden({ code }: CellIssue): CellIssue {
	return {
		code,
		found: '(hidden)',
		expected: 'one text, as it is meant',
		fix: 'Format the column as Text, then enter the value again.',
	};
}

export function givenTwice(column: string | null, attribute: string): Issue {
	return {
		column,
		field: `attributes.${attribute}`,
		code: 'given_twice',
		found: `"${attribute}" in ${column ?? 'the attributes'} and in a column of its own`,
		expected: 'one value',
		fix: 'Keep the attribute in one of the two columns, or give both the same value.',
	};
}

/** Two columns of this row alone give one field: rows of one file may differ in their columns. */
export function columnsUnclearInRow({ message }: ColumnsUnclear): Issue {
	return {
		column: null,
		field: 'row',
		code: 'columns_unclear',
		found: message,
		expected: 'one column for each field',
		fix: 'Rename or remove one of the two columns in this row, or choose the columns yourself under Columns.',
	};
}

/** What the cell held, short enough for a message. */
export function show(cell: unknown): string {
	const text = typeof cell === 'string' ? cell : (stringify(cell) ?? typeof cell);
	return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}

function stringify(cell: unknown): string | undefined {
	try {
		return JSON.stringify(cell);
	} catch {
		return undefined;
	}
}
