// A row's columns become values by field. Which column is which field is decided once for each list of column names,
// not for each row: items may differ in their columns, but a sheet of 100,000 rows has one list.

import type { Issue, Row } from '../engine/types';
import type { Field } from './fields';
import { cachedByColumns, columnsMissing, fieldName, matchColumns } from './matching';
import type { Source } from './matching';
import { nullPrototype, readAttribute, readCell } from './values';
import type { Cell } from './values';

export type EmptyCells = 'leave' | 'clear';

/** What a row's columns hold, by canonical field. */
export interface MappedRow {
	/** Null-prototype; a field that the row does not give is not in it, `null` asks to clear it. */
	readonly values: Readonly<Record<string, unknown>>;
	/** The column that a field, or `attributes.NAME`, came from. */
	columnOf(field: string): string | null;
	/** Cells that could not be read; the row must not be sent. */
	readonly issues: readonly Issue[];
}

export interface ColumnMap {
	/**
	 * Looks at the columns of all rows before the first is sent, and gives the event loop a turn now and then.
	 * @throws ColumnsUnclear where two columns give one field, or where no row has a column for a required field
	 */
	check(rows: Iterable<Row>, breathe: () => Promise<void>): Promise<void>;
	/** @throws ColumnsUnclear where two columns of this row give one field */
	map(row: Row): MappedRow;
}

export interface ColumnMapOptions {
	/** Fields that a row cannot do without. */
	readonly required: readonly string[];
	/** `clear` turns an empty cell of a field that can be cleared into `null`; default `leave`: it counts as not given. */
	readonly emptyCells?: EmptyCells;
}

const CHECKED_IN_ONE_TURN = 10_000;

/** @param fields the canonical fields that the operation knows; every other column is never sent */
export function mapColumns(fields: readonly Field[], options: ColumnMapOptions): ColumnMap {
	const clears = (field: Field) => options.emptyCells === 'clear' && field.clearable;
	const sourcesOf = cachedByColumns((columns) => matchColumns(columns, fields));
	return {
		async check(rows, breathe) {
			const unseen = new Set(options.required);
			let firstColumns: readonly string[] | undefined;
			let count = 0;
			for (const { columns } of rows) {
				firstColumns ??= Object.keys(columns);
				for (const { field } of sourcesOf(columns)) unseen.delete(field.name);
				if (++count % CHECKED_IN_ONE_TURN === 0) await breathe();
			}
			if (firstColumns !== undefined && unseen.size > 0) throw columnsMissing(unseen, fields, firstColumns);
		},
		map: (row) => mapRow(row, sourcesOf(row.columns), clears),
	};
}

function mapRow(row: Row, sources: readonly Source[], clears: (field: Field) => boolean): MappedRow {
	const values = nullPrototype();
	const attributes = nullPrototype();
	const issues: Issue[] = [];
	for (const source of sources) {
		const { column, field, attribute } = source;
		const read =
			attribute === undefined ? readCell(row.columns[column], field.kind) : readAttribute(row.columns[column]);
		if (read.kind === 'refused') issues.push({ column, field: fieldName(source), ...read.issue });
		else if (attribute !== undefined) put(attributes, attribute, read, clears(field));
		else if (field.kind === 'attributes') mergeAttributes(attributes, read, source, clears(field), issues);
		else put(values, field.name, read, clears(field));
	}
	if (Object.keys(attributes).length > 0) values.attributes = attributes;
	return { values, issues, columnOf: (field) => columnOf(sources, field) };
}

function put(into: Record<string, unknown>, name: string, read: Cell, clears: boolean): void {
	if (read.kind === 'value') into[name] = read.value;
	else if (clears) into[name] = null;
}

/** Adds what an `attributes` column held; a name that a column of its own gave too must say the same. */
function mergeAttributes(
	into: Record<string, unknown>,
	read: Cell,
	source: Source,
	clears: boolean,
	issues: Issue[],
): void {
	if (read.kind !== 'value' || typeof read.value !== 'object' || read.value === null) return;
	for (const [name, value] of Object.entries(read.value)) {
		if (value === null && !clears) continue;
		if (name in into && into[name] !== value) issues.push(givenTwice(source.column, name));
		else into[name] = value;
	}
}

function columnOf(sources: readonly Source[], field: string): string | null {
	const source = sources.find((candidate) => fieldName(candidate) === field);
	if (source !== undefined) return source.column;
	return field.startsWith('attributes.') ? columnOf(sources, 'attributes') : null;
}

function givenTwice(column: string, attribute: string): Issue {
	return {
		column,
		field: `attributes.${attribute}`,
		code: 'given_twice',
		found: `"${attribute}" in ${column} and in a column of its own`,
		expected: 'one value',
		fix: `Keep the attribute in one of the two columns, or give both the same value.`,
	};
}
