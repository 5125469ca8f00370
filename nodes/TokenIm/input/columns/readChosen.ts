// How rows are read where the user chose a column, or a value, for each field.

import type { Row } from '../../engine/types';
import { refused, type Cell, type ValueOptions } from '../cells/cell';
import { expressionBroke } from '../cells/unreadable';
import { readCell } from '../cells/values';
import type { Given } from './assemble';
import { cachedByColumns } from './cache';
import type { ChosenSource } from './chosen';
import { checkFixed } from './fixedValues';
import type { createReport, Use } from './columnReport';
import { fieldName, whatOf } from './matching';
import { kindOf, own, readOwn, type Reading } from './reading';
import { typedColumns, type Typed } from './typed';

/**
 * @param leftOut chosen for fields for which the service has no use: their columns are told apart, and not read
 * @param ownIds ids that must not be one text for all rows
 */
export function readChosen(
	sources: readonly ChosenSource[],
	leftOut: readonly ChosenSource[],
	rules: ValueOptions,
	report: ReturnType<typeof createReport>,
	ownIds: readonly string[],
): Reading {
	const typed = typedColumns(sources.map(typedIn));
	const others = typedColumns(leftOut.map(typedIn));
	/** Each source with the row's own column for it. */
	const placed = cachedByColumns((names) => {
		const places = placesOf(sources, typed.among(names));
		report.add(names, { used: usesOf(places), leftOut: usesOf(placesOf(leftOut, others.among(names))) });
		return places;
	});
	return {
		settle: async (sheets) => {
			typed.check([...new Set([...sheets.values()].flatMap(({ lists }) => lists.flat()))]);
			checkFixed(sources, ownIds, sheets.values());
		},
		of: (row) =>
			placed(row.columns).map(({ source, column }): Given => {
				const { field, attribute, choice } = source;
				const made = valueOf(source, column, row);
				return {
					field,
					attribute,
					column: 'column' in choice ? (column ?? choice.column) : null,
					// An expression over what the item does not have says nothing either.
					isAbsent: 'value' in made && made.value === undefined,
					read: 'value' in made ? readMade(made.value, source, column, row, rules) : made.broke,
				};
			}),
	};
}

interface Place {
	readonly source: ChosenSource;
	readonly column: string | undefined;
}

function typedIn({ choice, ...target }: ChosenSource): Typed | undefined {
	return 'column' in choice ? { name: choice.column, purpose: `chosen for the ${whatOf(target)}` } : undefined;
}

function placesOf(sources: readonly ChosenSource[], columns: ReadonlyArray<string | undefined>): readonly Place[] {
	return sources.map((source, index) => ({ source, column: columns[index] }));
}

function usesOf(places: readonly Place[]): Use[] {
	return places.flatMap(({ source, column }) =>
		column === undefined ? [] : [{ column, field: fieldName(source), label: whatOf(source) }],
	);
}

/** What a column holds is read with what its file tells of it. */
function readMade(
	value: unknown,
	source: ChosenSource,
	column: string | undefined,
	row: Row,
	rules: ValueOptions,
): Cell {
	const isOfColumn = 'column' in source.choice && column !== undefined;
	return isOfColumn ? readOwn(row, column, source, rules) : readCell(value, kindOf(source), rules);
}

/** An expression that n8n cannot work out for a row is the fault of that row alone. */
function valueOf({ choice }: ChosenSource, column: string | undefined, row: Row): { value: unknown } | { broke: Cell } {
	if ('column' in choice) return { value: column === undefined ? undefined : own(row, column) };
	try {
		return { value: choice.value(row) };
	} catch (error) {
		return { broke: refused(expressionBroke(error instanceof Error ? error.message : String(error))) };
	}
}
