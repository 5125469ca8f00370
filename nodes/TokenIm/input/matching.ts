// Which column is which field: names are compared, cells are not looked at.

import type { Field } from './fields';
import { cleanText, columnKey } from './text';

/** The sheet as a whole cannot be understood; nothing was sent. */
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

/** A column that is a field. `attribute` is set where it gives a single attribute. */
export interface Source {
	readonly column: string;
	readonly field: Field;
	readonly attribute?: string;
}

/** The field as messages name it: `attributes.class` where a column gives one attribute. */
export function fieldName({ field, attribute }: Source): string {
	return attribute === undefined ? field.name : `${field.name}.${attribute}`;
}

/**
 * Columns that are no field are left out. Single attributes come last but one and `attributes` last, so that what it
 * holds can be compared with them.
 * @throws ColumnsUnclear where two columns give one field
 */
export function matchColumns(columns: readonly string[], fields: readonly Field[]): readonly Source[] {
	const byKey = new Map(fields.map((field) => [columnKey(field.name), field]));
	const taken = new Map<string, Source>();
	for (const column of columns) {
		const found = match(column, byKey);
		if (found === undefined) continue;
		const source: Source = { column, ...found };
		const name = fieldName(source);
		const other = taken.get(name);
		if (other !== undefined) throw twice(found, other.column, column);
		taken.set(name, source);
	}
	const rank = ({ field, attribute }: Source) =>
		Number(field.kind === 'attributes') + Number(field.kind === 'attributes' && attribute === undefined);
	return [...taken.values()].sort((a, b) => rank(a) - rank(b));
}

function match(column: string, byKey: ReadonlyMap<string, Field>): Pick<Source, 'field' | 'attribute'> | undefined {
	const field = byKey.get(columnKey(column));
	if (field !== undefined) return { field };
	const dot = column.indexOf('.');
	const owner = dot < 0 ? undefined : byKey.get(columnKey(column.slice(0, dot)));
	const attribute = cleanText(column.slice(dot + 1));
	return owner?.kind === 'attributes' && attribute !== '' ? { field: owner, attribute } : undefined;
}

/** Runs `matchNames` once for each list of column names; most sheets have one, so the last is compared first. */
export function cachedByColumns<T>(matchNames: (columns: readonly string[]) => T): (columns: object) => T {
	const known = new Map<string, T>();
	let last: { readonly names: readonly string[]; readonly matched: T } | undefined;
	return (columns) => {
		const names = Object.keys(columns);
		if (last !== undefined && sameNames(last.names, names)) return last.matched;
		const key = JSON.stringify(names);
		const matched = known.get(key) ?? matchNames(names);
		if (known.size >= LISTS_KEPT) known.clear();
		known.set(key, matched);
		last = { names, matched };
		return matched;
	};
}

/** Rows that all have other columns must not fill the memory. */
const LISTS_KEPT = 1_000;

function sameNames(a: readonly string[], b: readonly string[]): boolean {
	return a.length === b.length && a.every((name, index) => name === b[index]);
}

function twice({ field, attribute }: Pick<Source, 'field' | 'attribute'>, one: string, other: string): ColumnsUnclear {
	const what = attribute === undefined ? field.label : `attribute "${attribute}"`;
	return new ColumnsUnclear(
		`Two columns hold the ${what}: "${one}" and "${other}"`,
		'Rename or remove one of them before this node, so that it is clear which one to use. Nothing was sent.',
	);
}

export function columnsMissing(
	unseen: ReadonlySet<string>,
	fields: readonly Field[],
	columns: readonly string[],
): ColumnsUnclear {
	const absent = fields.filter(({ name }) => unseen.has(name));
	const labels = absent.map(({ label }) => label).join(' and the ');
	const names = absent.map(({ name }) => `"${name}"`).join(', ');
	const seen =
		columns.length === 0
			? 'none'
			: columns
					.slice(0, 30)
					.map((name) => `"${name}"`)
					.join(', ');
	return new ColumnsUnclear(
		`No column holds the ${labels}`,
		`Name the column ${names} (case, spaces, "_" and "-" don't matter). Columns found: ${seen}. Nothing was sent.`,
	);
}
