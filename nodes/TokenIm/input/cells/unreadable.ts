// What can be wrong with a cell before any rule of the service applies, and how the sheet is mended.

import { count } from '../../engine/count';
import { shown, type Finding } from './finding';
import { CURES } from './misread';
import { CONTROL } from './text';

export function notText(cell: unknown): Finding {
	return {
		code: 'not_text',
		found: shown(cell),
		expected: 'text',
		fix: () => 'Put one text or number into this column; lists and nested data cannot be used here.',
	};
}

export function notComputed(found: string): Finding {
	return {
		code: 'not_computed',
		found: shown(found),
		expected: 'a value',
		fix: (place) =>
			`The spreadsheet shows this where it has no value to show. Mend the formula or the width of the column there and export again, or empty ${place}.`,
	};
}

/** Of a workbook whose formulas were left to whoever opens it. */
export function notWorkedOut(): Finding {
	return {
		code: 'not_computed',
		saysNoValue: true,
		found: 'a formula without its result',
		expected: 'what the formula gives',
		fix: () =>
			'What wrote the workbook did not work the formula out. Open the workbook in Excel or LibreOffice, save it there, and take that file.',
	};
}

/**
 * @param found the date, or what stands for it
 * @param shows what the sheet shows, where it is another text and known
 */
export function becameDate(found: string, what: 'date' | 'time', shows: string | undefined): Finding {
	const seen = shows === undefined ? '' : `, which the sheet shows as ${shown(shows)}`;
	return {
		code: 'became_date',
		found: shown(found),
		expected: 'the text that was meant, such as 3-1',
		fix: (place) =>
			`Excel made a ${what} of what was typed${seen}; what it was is lost. Format ${place} as Text in the sheet, then type the value again.`,
	};
}

export function formula(found: string): Finding {
	return {
		code: 'formula',
		found: shown(found),
		expected: 'what the formula gives',
		fix: (place) => `The formula came instead of its value. Export values, or enter the value into ${place}.`,
	};
}

export function nullText(found: string): Finding {
	return {
		code: 'null_text',
		found: shown(found),
		expected: 'a value, or an empty cell',
		fix: (place) =>
			`Programs write ${shown(found)} where they have no value. Empty ${place}, or enter the value; whoever is really called so is written Null.`,
	};
}

export function controlCharacter(found: string): Finding {
	const point = (CONTROL.exec(found)?.[0].codePointAt(0) ?? 0).toString(16).toUpperCase();
	return {
		code: 'control_character',
		found: shown(found),
		expected: 'characters that can be seen',
		fix: (place) =>
			`Take the control character U+${point.padStart(4, '0')} out of ${place}. Where several cells have such characters, the sheet was read in a wrong encoding.`,
	};
}

/** Of text that was read in an encoding in which it was not written, before it came here. */
export function misread(found: string): Finding {
	return {
		code: 'characters_lost',
		found: shown(found),
		expected: 'text as it was written',
		fix: () => `A step before this one read the characters in another encoding than they were written in. ${CURES}`,
	};
}

/** @param message n8n's own */
export function expressionBroke(message: string): Finding {
	return {
		code: 'expression_broke',
		found: shown(message),
		expected: 'an expression that can be worked out for this row',
		fix: () => 'Change the expression under Columns so that it can take what this row holds, or mend the row.',
	};
}

export function notAList(cell: unknown): Finding {
	return {
		code: 'not_a_list',
		found: shown(cell),
		expected: 'a list of IDs',
		fix: () =>
			'Write the IDs with commas between them, for example: s001, s002. A list that starts with "[" has to be valid JSON.',
	};
}

export function gapInList(cell: unknown): Finding {
	return {
		code: 'gap_in_list',
		found: shown(cell),
		expected: 'an ID in every place of the list',
		fix: (place) =>
			`A place of the list in ${place} holds nothing, and somebody may be meant there. Enter the ID, or take the place out. Where the list is made by a node before this one, look there why it found nobody.`,
	};
}

/** The cell is not repeated: it is long, and nobody looks for the one that is too many. */
export function tooManyIds(most: number): Finding {
	return {
		code: 'too_many_ids',
		found: `more than ${count(most)} IDs`,
		expected: `at most ${count(most)} IDs in one row`,
		fix: (place) => `Spread the IDs in ${place} over several rows: Add Members takes more rows of one group.`,
	};
}

/** @param name of an attribute */
export function nameTooLong(name: string, most: number): Finding {
	return {
		code: 'name_too_long',
		found: shown(name),
		expected: `names of at most ${count(most)} characters`,
		fix: (place) => `Shorten the name of that attribute in ${place}, or take it out.`,
	};
}

export function notAnObject(cell: unknown): Finding {
	return {
		code: 'not_an_object',
		found: shown(cell),
		expected: 'names and values as JSON',
		fix: () =>
			'Write it as {"class": "3B", "year": 2026}, or give each attribute a column of its own, named "attributes.class".',
	};
}

export function notATime(cell: unknown): Finding {
	return {
		code: 'not_a_time',
		found: shown(cell),
		expected: 'a date, with or without a time, e.g. 2026-09-01 or 2026-09-01T08:00:00+08:00',
		fix: () =>
			'Write the date with the year first, for example 2026-09-01 08:00, or set Date Format in the options to how it is written.',
	};
}

export function ambiguousDate(found: string): Finding {
	return {
		code: 'ambiguous_time',
		found: shown(found),
		expected: 'a date that can be read in one way only',
		fix: () =>
			'Day and month could be either number. Set Date Format in the options, for example dd/MM/yyyy, or write the year first: 2026-07-02.',
	};
}

export function notOfFormat(found: string, format: string): Finding {
	return {
		code: 'time_not_of_format',
		found: shown(found),
		expected: `a date written as ${format}`,
		fix: () => 'Write the date as Date Format in the options says, or with the year first: 2026-07-02.',
	};
}

export function impossibleDate(found: string): Finding {
	return {
		code: 'impossible_time',
		found: shown(found),
		expected: 'a day and a time that the calendar has',
		fix: () => 'Look at day, month and hours of this date, and correct it in the sheet.',
	};
}

export function otherYear(found: string): Finding {
	return {
		code: 'impossible_time',
		found: shown(found),
		expected: 'a year from 1900 to 2200',
		fix: (place) =>
			`The year is of another calendar, or the date stands for none. Write the date with the year as in 2026-09-01, or empty ${place}.`,
	};
}

/** @param exception the row for whose number +86 was not taken for all */
export function noCountryCode(found: string, exception?: number): Finding {
	const why =
		exception === undefined
			? ''
			: ` +86 was not taken for the mobile numbers of China in this column, since the number in row ${exception} is none.`;
	return {
		code: 'no_country_code',
		found: shown(found),
		expected: 'a phone number with its country code, e.g. +8613800000000',
		fix: () =>
			`Put + and the country code before the number, or set Default Country Code in the options for the whole sheet.${why}`,
	};
}

export function countryUnclear(found: string, code: string): Finding {
	return {
		code: 'country_unclear',
		found: shown(found),
		expected: `a number with + and country code, or one without the digits of ${code}`,
		fix: () =>
			`The number starts like ${code}, so it may or may not hold the country code. Write it with + and the country code.`,
	};
}

/** @param code the country code that was set; `undefined` where the number brought its own */
export function notOfPlan(found: string, code: string | undefined): Finding {
	return {
		code: 'not_of_plan',
		found: shown(found),
		expected: code === undefined ? 'a number that its country has' : `a number that the country of ${code} has`,
		fix: (place) =>
			`Digits are missing or too many. Write one number into ${place}, with + and the country code and without extension, such as +8613800138000.`,
	};
}

export function withExtension(found: string): Finding {
	return {
		code: 'phone_extension',
		found: shown(found),
		expected: 'a phone number without extension',
		fix: (place) => `Take the extension out of ${place}; it is no part of a number that can be dialled from outside.`,
	};
}

export function severalPhones(found: string): Finding {
	return {
		code: 'several_phones',
		found: shown(found),
		expected: 'one phone number',
		fix: (place) => `Leave one number in ${place}, with + and the country code.`,
	};
}

export function shortened(found: string): Finding {
	return {
		code: 'number_shortened',
		found: shown(found),
		expected: 'all digits, as text',
		fix: () =>
			'The spreadsheet shortened this number and its digits are lost. Format the column as Text in the sheet, then enter the value again.',
	};
}

export function tooLong(found: string): Finding {
	return {
		code: 'number_too_long',
		found: shown(found),
		expected: 'all digits, as text',
		fix: () =>
			'Numbers of more than 15 digits lose their last ones in spreadsheets and JSON. Format the column as Text, then enter the value again.',
	};
}

export function notWhole(found: string): Finding {
	return {
		code: 'number_not_whole',
		found: shown(found),
		expected: 'text, or a whole number',
		fix: () => 'Format the column as Text in the sheet, then enter the value without decimals.',
	};
}

export function decimalTail(found: string): Finding {
	return {
		code: 'number_decimal_tail',
		found: shown(found),
		expected: found.slice(0, found.indexOf('.')),
		fix: () =>
			'A tool on the way turned this text into a decimal number. Take away the ".0", or format the column as Text before it is exported.',
	};
}

export function givenTwice(column: string | null, attribute: string): Finding {
	return {
		code: 'given_twice',
		found: `"${attribute}" in ${column ?? 'the attributes'} and in a column of its own`,
		expected: 'one value',
		fix: () => 'Keep the attribute in one of the two columns, or give both the same value.',
		attribute,
	};
}
