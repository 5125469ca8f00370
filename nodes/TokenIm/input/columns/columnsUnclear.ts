// The sheet as a whole cannot be understood: what is said then, and how it is mended. Nothing was sent.

import { count } from '../../engine/count';
import type { Issue } from '../../engine/types';
import { dataKind } from '../cells/dataKind';
import { shown } from '../cells/finding';
import { CURES } from '../cells/misread';
import type { Field } from './fields';

export class ColumnsUnclear extends Error {
	/** @param description what to do about it */
	constructor(
		message: string,
		readonly description: string,
	) {
		super(message);
		this.name = 'ColumnsUnclear';
	}
}

/** @param what the field's label, or `attribute "class"` */
export function twoColumns(what: string, one: string, other: string): ColumnsUnclear {
	return new ColumnsUnclear(
		`Two columns hold the ${what}: "${shown(one)}" and "${shown(other)}"`,
		'Rename or remove one of them before this node, or choose the columns yourself under Columns. Nothing was sent.',
	);
}

/** @param columns one with a part of a name, and those that may hold the rest of it */
export function nameUnclear(columns: readonly string[]): ColumnsUnclear {
	return new ColumnsUnclear(
		`Which columns make the name? It could be in ${columnList(columns)}`,
		'One of them alone may be half a name. Name the column with the whole name "Full Name", or those with its parts "First Name" and "Last Name", or say it under Columns. Nothing was sent.',
	);
}

/** @param isHeader whether any of the columns has a name that is known: else their names may be somebody's data */
export function columnsMissing(
	absent: readonly Field[],
	columns: readonly string[],
	isHeader: boolean,
): ColumnsUnclear {
	const names = absent.map(({ name }) => `"${name}"`).join(' and ');
	return new ColumnsUnclear(
		absent.length === 1 ? `No column holds the ${labels(absent)}` : `No columns hold the ${labels(absent)}`,
		`Name the ${absent.length === 1 ? 'column' : 'columns'} ${names} (case, spaces, "_" and "-" don't matter), or choose the columns yourself under Columns. ${found(columns, isHeader)} Nothing was sent.`,
	);
}

export function notChosen(absent: readonly Field[]): ColumnsUnclear {
	return new ColumnsUnclear(
		`${absent.length === 1 ? 'No column is' : 'No columns are'} chosen for the ${labels(absent)}`,
		'Choose them under Columns, or let the columns be matched automatically. Nothing was sent.',
	);
}

/** Every row has more columns than are looked at. */
export function columnsTooMany(most: number): ColumnsUnclear {
	return new ColumnsUnclear(
		`The rows have more than ${count(most)} columns`,
		'Take out the columns that are not needed before this node. Nothing was sent.',
	);
}

/** Names that were read in another encoding than they were written in. */
export function columnsMisread(columns: readonly string[], isHeader: boolean): ColumnsUnclear {
	const whose = columns.length === 1 ? "a column's name" : "the columns' names";
	return new ColumnsUnclear(
		`Characters of ${whose} were lost${isHeader ? `: ${columnList(columns)}` : ''}`,
		`A step before this one read the sheet in another encoding than it was written in. ${CURES} Nothing was sent.`,
	);
}

/** @param purpose what the column was named for: `entered as Group By` */
export function columnNowhere(
	column: string,
	purpose: string,
	columns: readonly string[],
	isHeader: boolean,
): ColumnsUnclear {
	return new ColumnsUnclear(
		`The column "${shown(column)}", ${purpose}, is in no row`,
		`Name one that is there (case, spaces, "_" and "-" don't matter). ${found(columns, isHeader)} Nothing was sent.`,
	);
}

/** @param item number of the item that brought the file, from 1 */
export function ofFile({ message, description }: ColumnsUnclear, item: number): ColumnsUnclear {
	return new ColumnsUnclear(
		`In the file of item ${item}: ${message.charAt(0).toLowerCase()}${message.slice(1)}`,
		description,
	);
}

/** @param columns how many this row alone has */
export function tooManyColumns(columns: number, most: number): Issue {
	return {
		column: null,
		field: 'row',
		code: 'too_many_columns',
		found: `${count(columns)} columns`,
		expected: `at most ${count(most)} columns`,
		fix: 'Take out the columns of this row that are not needed.',
	};
}

/** Two columns of this row alone give one field: rows of one file may differ in their columns. */
export function issueOfRow({ message }: ColumnsUnclear): Issue {
	return {
		column: null,
		field: 'row',
		code: 'columns_unclear',
		found: message,
		expected: 'one column for each field',
		fix: 'Rename or remove one of the two columns in this row, or choose the columns yourself under Columns.',
	};
}

function labels(fields: readonly Field[]): string {
	return fields.map(({ label }) => label).join(' and the ');
}

/** The names, where they are names; of what may be the first line of a file without a header, kinds and counts. */
function found(columns: readonly string[], isHeader: boolean): string {
	if (columns.length === 0 || isHeader) return `Columns found: ${columnList(columns)}.`;
	const data = columns.flatMap((column, index) => {
		const kind = dataKind(column);
		return kind === undefined ? [] : [`the name of column ${index + 1} is ${kind}`];
	});
	const found =
		columns.length === 1
			? '1 column was found, and its name is not known'
			: `${count(columns.length)} columns were found, and none of their names is known`;
	const kinds = data.length === 0 ? '' : `; ${data.slice(0, MOST_KINDS_SHOWN).join(', ')}`;
	return `${found}${kinds}. They are not repeated here, for they may be the first row of a file that has no header.`;
}

const MOST_KINDS_SHOWN = 5;
const MOST_NAMES_SHOWN = 30;

/** Names as messages list them. */
export function columnList(columns: readonly string[]): string {
	if (columns.length === 0) return 'none';
	const named = columns.slice(0, MOST_NAMES_SHOWN).map((name) => `"${shown(name)}"`);
	return columns.length > MOST_NAMES_SHOWN
		? `${named.join(', ')} and ${columns.length - MOST_NAMES_SHOWN} more`
		: named.join(', ');
}

/** What is unclear of one file among several says which. */
export async function inSheet(sheet: number, isOneOfMany: boolean, settle: () => Promise<void>): Promise<void> {
	try {
		await settle();
	} catch (error) {
		throw error instanceof ColumnsUnclear && isOneOfMany ? ofFile(error, sheet + 1) : error;
	}
}
