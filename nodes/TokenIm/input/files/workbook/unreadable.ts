// A workbook as a whole cannot be read: what is said then, and how it is mended.

import { count } from '../../../engine/count';
import { shown } from '../../cells/finding';
import { FileUnreadable } from '../unreadable';

const MOST_NAMED = 20;
const NOTHING_SENT = 'Nothing was sent.';

/** What is told before the first row says that nothing was sent. */
export function beforeRows(error: unknown): unknown {
	if (!(error instanceof FileUnreadable) || error.description.endsWith(NOTHING_SENT)) return error;
	return new FileUnreadable(error.message, `${error.description} ${NOTHING_SENT}`);
}

/** @param what completes "the workbook cannot be read: …" */
export function workbookBroken(what: string): FileUnreadable {
	return new FileUnreadable(
		`The workbook cannot be read: ${what}`,
		'Fetch the file again. If it stays so, open it in Excel or LibreOffice and save it as .xlsx, or as "CSV UTF-8".',
	);
}

/** What came up under way: as it is where it was told already, else the workbook is broken. */
export function asUnreadable(error: unknown, what: string): FileUnreadable {
	return error instanceof FileUnreadable ? error : workbookBroken(what);
}

export function workbookTooLarge(mostBytes: number): FileUnreadable {
	return new FileUnreadable(
		`The workbook unpacks to more than ${mebibytes(mostBytes)}`,
		'Delete the sheets, columns and formats that are not needed, or save the sheet as "CSV UTF-8": such a file may be of any size.',
	);
}

export function workbookFileTooLarge(mostBytes: number): FileUnreadable {
	return new FileUnreadable(
		`The workbook is larger than ${mebibytes(mostBytes)}`,
		'Take pictures and sheets that are not needed out of it, or save the sheet as "CSV UTF-8": such a file may be of any size.',
	);
}

export function tooMuchText(mostBytes: number): FileUnreadable {
	return new FileUnreadable(
		`The workbook holds more than ${mebibytes(mostBytes)} of text`,
		'Save the sheet as "CSV UTF-8": such a file may be of any size.',
	);
}

export function sheetUnknown(wanted: string, names: readonly string[]): FileUnreadable {
	return new FileUnreadable(
		`The workbook has no sheet "${shown(wanted)}"`,
		`Its sheets are ${listed(names)}. Enter one of them as Sheet under File Options, or leave Sheet empty to read the first one.`,
	);
}

/** @param others shown sheets with cells, beside the first one */
export function sheetsUnclear(others: readonly string[]): FileUnreadable {
	return new FileUnreadable(
		'It is not clear which sheet of the workbook names everybody who stays',
		`Beside the first one, which would be read, there are ${listed(others)}, and whoever stands there alone would be in no row. Enter one as Sheet under File Options; where several are meant, put their rows into one.`,
	);
}

export function noSheets(): FileUnreadable {
	return new FileUnreadable(
		'The workbook holds no sheet with cells',
		'Open it, put the rows into a sheet and save it as .xlsx.',
	);
}

/** @param names all sheets of the workbook */
export function sheetEmpty(name: string, names: readonly string[]): FileUnreadable {
	const others = names.filter((other) => other !== name);
	const mend =
		others.length === 0
			? 'Put the names of the columns into its first row and the rows below it.'
			: `Enter the sheet that holds the rows as Sheet under File Options. The others are ${listed(others)}.`;
	return new FileUnreadable(`The sheet "${shown(name)}" of the workbook is empty`, mend);
}

/** Names of sheets, in quotes. */
export function listed(names: readonly string[]): string {
	const named = names.slice(0, MOST_NAMED).map((name) => `"${shown(name)}"`);
	return names.length > MOST_NAMED ? `${named.join(', ')} and ${names.length - MOST_NAMED} more` : named.join(', ');
}

function mebibytes(bytes: number): string {
	return `${count(Math.round(bytes / 1024 / 1024))} MiB`;
}
