// Columns that a person named by hand, in Group By or under Choose Columns: the names match as all others do, and one
// that no row has is one message before anything is sent.

import { shown } from '../cells/finding';
import { aliasKeys, columnKey } from '../cells/text';
import { knownColumns } from './knownColumns';
import { columnNowhere, twoColumns } from './columnsUnclear';

export interface Typed {
	readonly name: string;
	/** What it was named for, as a message says it: `entered as Group By`, `chosen for the User ID`. */
	readonly purpose: string;
}

export interface TypedColumns {
	/** The one among a row's columns that each of the names means, in their order; `undefined` where it has none. */
	among(columns: readonly string[]): ReadonlyArray<string | undefined>;
	/**
	 * @param columns all that the rows have
	 * @throws ColumnsUnclear where a name is that of no column, or of several and of none to the letter
	 */
	check(columns: readonly string[]): void;
}

/** @param typed `undefined` stands for what is no column */
export function typedColumns(typed: ReadonlyArray<Typed | undefined>): TypedColumns {
	return {
		among: (columns) => typed.map((one) => (one === undefined ? undefined : meant(one.name, columns)[0])),
		check(columns) {
			for (const { name, purpose } of typed.filter((one) => one !== undefined)) {
				const [first, second] = meant(name, columns);
				if (first === undefined) throw columnNowhere(name, purpose, columns, knownColumns(columns) > 0);
				if (second !== undefined) throw twoColumns(`name "${shown(name)}", ${purpose}`, first, second);
			}
		},
	};
}

/** The columns of that name: to the letter, else as names are compared, else without markers such as "(必填)". */
function meant(name: string, columns: readonly string[]): readonly string[] {
	// A file that has two columns of one name calls the second so.
	if (columns.includes(name)) return [name, `${name} [2]`].filter((twin) => columns.includes(twin));
	const key = columnKey(name);
	if (key === '') return [];
	const alike = columns.filter((column) => columnKey(column) === key);
	return alike.length > 0 ? alike : columns.filter((column) => aliasKeys(column).includes(key));
}
