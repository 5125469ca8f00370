// What was read of a row's cells becomes its values by field; attributes from several columns become one object.

import type { Issue } from '../../engine/types';
import type { Field } from './fields';
import { MOST_ATTRIBUTES } from '../cells/bounds';
import { hidden, issueOf } from '../cells/finding';
import { fieldName } from './matching';
import type { Cell } from '../cells/cell';
import { tooManyAttributes } from '../cells/notAllowed';
import { givenTwice } from '../cells/unreadable';
import { nullPrototype, shaped } from '../cells/values';

/** What a row's columns hold, by canonical field. */
export interface MappedRow {
	/** Null-prototype; a field that the row does not give is not in it, `null` asks to clear it. */
	readonly values: Readonly<Record<string, unknown>>;
	/** The column that a field, or `attributes.NAME`, came from. */
	columnOf(field: string): string | null;
	/** Whether the row has no cell for the field, though other rows of the sheet have: it says nothing of it. */
	lacks(field: string): boolean;
	/** Cells that could not be read; the row must not be sent. */
	readonly issues: readonly Issue[];
}

/** What a row gives for one field, or for one attribute. */
export interface Given {
	readonly field: Field;
	readonly attribute?: string;
	/** As messages name it; `null` where no column gave it. */
	readonly column: string | null;
	/** Whether the row has no such column, or nothing at all in it: then nothing is asked to be cleared. */
	readonly isAbsent?: boolean;
	readonly read: Cell;
}

/** @param clears whether an empty cell of the field asks to clear it */
export function assemble(clears: (field: Field) => boolean): (given: readonly Given[]) => MappedRow {
	return (given) => {
		const values = shaped();
		let attributes: Record<string, unknown> | undefined;
		const issues: Issue[] = [];
		for (const { field, attribute, column, isAbsent, read } of given) {
			const clearsIt = isAbsent !== true && clears(field);
			if (read.kind === 'refused')
				issues.push(
					issueOf(fieldName({ field, attribute }), field.isSecret ? hidden(read.finding) : read.finding, () => column),
				);
			else if (attribute !== undefined) put((attributes ??= nullPrototype()), attribute, read, clearsIt);
			else if (field.kind === 'attributes') merge((attributes ??= nullPrototype()), read, column, clearsIt, issues);
			else put(values, field.name, read, clearsIt);
		}
		const names = attributes === undefined ? 0 : Object.keys(attributes).length;
		if (names > MOST_ATTRIBUTES)
			issues.push(issueOf('attributes', tooManyAttributes(names, MOST_ATTRIBUTES), () => null));
		else if (names > 0) values.attributes = attributes;
		const lacks = (name: string) => given.some((one) => one.isAbsent === true && fieldName(one) === name);
		return { values, issues, columnOf: columnsOf(given), lacks };
	};
}

function put(into: Record<string, unknown>, name: string, read: Cell, clears: boolean): void {
	if (read.kind === 'value') into[name] = read.value;
	else if (clears) into[name] = null;
}

/** Adds what an `attributes` column held; a name that a column of its own gave too must say the same. */
function merge(
	into: Record<string, unknown>,
	read: Cell,
	column: string | null,
	clears: boolean,
	issues: Issue[],
): void {
	if (read.kind !== 'value' || typeof read.value !== 'object' || read.value === null) return;
	for (const [name, value] of Object.entries(read.value)) {
		if (value === null && !clears) continue;
		if (name in into && into[name] !== value)
			issues.push(issueOf('attributes', givenTwice(column, name), () => column));
		else into[name] = value;
	}
}

/** Found once it is asked for: most rows have no issue, and nobody asks. */
function columnsOf(given: readonly Given[]): (field: string) => string | null {
	let columns: ReadonlyMap<string, string | null> | undefined;
	const columnOf = (field: string): string | null => {
		// Of several columns for one field the first.
		columns ??= new Map(given.map((one) => [fieldName(one), one.column] as const).reverse());
		const column = columns.get(field);
		if (column !== undefined) return column;
		return field.startsWith('attributes.') ? columnOf('attributes') : null;
	};
	return columnOf;
}
