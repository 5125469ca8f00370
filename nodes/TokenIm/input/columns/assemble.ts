// What was read of a row's cells becomes its values by field; attributes from several columns become one object.

import type { Issue } from '../../engine/types';
import type { Field } from './fields';
import { givenTwice, hidden } from '../cells/issues';
import { fieldName } from './matching';
import type { Cell } from '../cells/cell';
import { nullPrototype, shaped } from '../cells/values';

/** What a row's columns hold, by canonical field. */
export interface MappedRow {
	/** Null-prototype; a field that the row does not give is not in it, `null` asks to clear it. */
	readonly values: Readonly<Record<string, unknown>>;
	/** The column that a field, or `attributes.NAME`, came from. */
	columnOf(field: string): string | null;
	/** Cells that could not be read; the row must not be sent. */
	readonly issues: readonly Issue[];
}

/** What a row gives for one field, or for one attribute. */
export interface Given {
	readonly field: Field;
	readonly attribute?: string;
	/** As messages name it; `null` where no column gave it. */
	readonly column: string | null;
	/** Whether the row has no such column: then nothing is asked to be cleared. */
	readonly isAbsent?: boolean;
	readonly read: Cell;
}

/** @param clears whether an empty cell of the field asks to clear it */
export function assemble(clears: (field: Field) => boolean): (given: readonly Given[]) => MappedRow {
	return (given) => {
		const values = shaped();
		const attributes = nullPrototype();
		const issues: Issue[] = [];
		for (const { field, attribute, column, isAbsent, read } of given) {
			const clearsIt = isAbsent !== true && clears(field);
			if (read.kind === 'refused')
				issues.push({
					column,
					field: fieldName({ field, attribute }),
					...(field.isSecret ? hidden(read.issue) : read.issue),
				});
			else if (attribute !== undefined) put(attributes, attribute, read, clearsIt);
			else if (field.kind === 'attributes') merge(attributes, read, column, clearsIt, issues);
			else put(values, field.name, read, clearsIt);
		}
		if (Object.keys(attributes).length > 0) values.attributes = attributes;
		return { values, issues, columnOf: (field) => columnOf(given, field) };
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
		if (name in into && into[name] !== value) issues.push(givenTwice(column, name));
		else into[name] = value;
	}
}

function columnOf(given: readonly Given[], field: string): string | null {
	const source = given.find((candidate) => fieldName(candidate) === field);
	if (source !== undefined) return source.column;
	return field.startsWith('attributes.') ? columnOf(given, 'attributes') : null;
}
