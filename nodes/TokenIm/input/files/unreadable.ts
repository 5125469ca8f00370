// The file as a whole cannot be read: what is said then, and how it is mended. Thrown before the first row.

import { count } from '../../engine/count';
import type { DataKind } from '../cells/dataKind';
import { nameOf } from './encodings';

export class FileUnreadable extends Error {
	/** @param description what to do about it */
	constructor(
		message: string,
		readonly description: string,
	) {
		super(message);
		this.name = 'FileUnreadable';
	}
}

export function empty(): FileUnreadable {
	return new FileUnreadable(
		'The file is empty',
		'Look at the node that reads the file: it handed over no text. Nothing was sent.',
	);
}

/** @param kind what its first bytes say it is */
export function notASheet(kind: string, mend: string): FileUnreadable {
	return new FileUnreadable(`The file is ${kind}, which this node does not read`, `${mend} Nothing was sent.`);
}

export function notText(): FileUnreadable {
	return new FileUnreadable(
		'The file holds no text',
		'Choose the Input Data Field that holds a CSV, TSV, JSON or JSON Lines file. Nothing was sent.',
	);
}

/** @param likely labels of encodings in which the file could be names, the likeliest first */
export function encodingUnclear(likely: readonly string[]): FileUnreadable {
	const names = likely.map(nameOf);
	const looks =
		names.length === 0
			? `It may be one of DOS, as of "CSV (MS-DOS)" in Excel, which this node does not read: open it there again and save the sheet as "CSV UTF-8".`
			: `Choose it as Encoding under File Options, or save the sheet as "CSV UTF-8". Likely: ${names.join('; ')}.`;
	return new FileUnreadable(
		'The characters of the file are in an encoding that could not be told for certain',
		`${looks} Nothing was sent.`,
	);
}

/** @param name of an encoding that no option stands for */
export function encodingUnsupported(name: string): FileUnreadable {
	return new FileUnreadable(
		`The file is in ${name}, an encoding which this node does not read`,
		'Save the sheet as "CSV UTF-8". Nothing was sent.',
	);
}

export function encodingUnknown(label: string): FileUnreadable {
	return new FileUnreadable(
		`"${label}" is no encoding that this node knows`,
		'Choose another one as Encoding under File Options, e.g. utf-8, gb18030, big5, utf-16le or windows-1252. Nothing was sent.',
	);
}

/**
 * Tells where a cell is and of what kind, and not what it says: it is somebody's, and messages go to n8n's log (law 10).
 *
 * @param column from 1
 */
export function headerMissing(number: number, column: number, kind: DataKind): FileUnreadable {
	return new FileUnreadable(
		`Row ${number} of the file should hold the names of the columns, and its column ${column} holds ${kind}`,
		'Add a header row above it, or switch off "Header Row" in the options for the file: the columns are then named column1, column2 and so on. Nothing was sent.',
	);
}

/** @param cells how many the row has that should be the header, fewer than all rows below it. Its texts may be data. */
export function headerNarrow(number: number, cells: number): FileUnreadable {
	return new FileUnreadable(
		`Row ${number} of the file names no column that is known, and has fewer cells (${count(cells)}) than the rows below it`,
		'Put the row with the names of the columns, such as userId and username, directly above the rows, and take out what stands above it. Nothing was sent.',
	);
}

export function columnsTooMany(most: number): FileUnreadable {
	return new FileUnreadable(
		`The file has more than ${count(most)} columns`,
		'Take out the columns that are not needed, or choose the right Delimiter under File Options. Nothing was sent.',
	);
}

export function headerUnclear(number: number, why: string): FileUnreadable {
	return new FileUnreadable(
		`The header row of the file, row ${number}, cannot be read: ${why}`,
		'Mend that row, or save the sheet as CSV once more. Nothing was sent.',
	);
}

export function noRecords(): FileUnreadable {
	return new FileUnreadable(
		'The file holds no header row: every row of it is empty or a comment',
		'Put the names of the columns into its first row and the rows below it. Nothing was sent.',
	);
}

/** @param position the character of the file, from 1 */
export function jsonUnclear(position: number): FileUnreadable {
	return new FileUnreadable(
		`The file is not valid JSON: see character ${count(position)}`,
		'It should be a list of objects, e.g. [{"userId": "s001", "username": "Ada"}], or an object that holds one. Nothing was sent.',
	);
}

export function listMissing(): FileUnreadable {
	return new FileUnreadable(
		'The JSON file holds no list of objects',
		'Write it as [{"userId": "s001", "username": "Ada"}], or as an object with such a list, e.g. {"users": […]}. A list within a list is not looked for, nor one more than four names deep. Nothing was sent.',
	);
}

/**
 * @param lists those that there are, in words
 * @param isItself whether the object around them may be meant as well
 */
export function listUnclear(holds: string, lists: string, count: number, isItself: boolean): FileUnreadable {
	const there = `There ${count === 1 ? 'is' : 'are'} ${lists}${isItself ? ', and the object around them has an id and a name, too' : ''}.`;
	return new FileUnreadable(
		`It is not clear which list of the JSON file holds the ${holds}`,
		`${there} Put the list that is meant into a file of its own, or name it "${holds}" and take the others out. Nothing was sent.`,
	);
}
