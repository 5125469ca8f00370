// How rows are read where the user chose a column, or a value, for each field.

import type { Row } from '../../engine/types';
import { EMPTY, refused, type Cell, type ValueOptions } from '../cells/cell';
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
				return {
					field,
					attribute,
					column: 'column' in choice ? (column ?? choice.column) : null,
					isAbsent: 'column' in choice && (column === undefined || own(row, column) === undefined),
					read: readOne(source, column, row, rules),
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

/** An expression that n8n cannot work out for a row is the fault of that row alone. */
function readOne(source: ChosenSource, column: string | undefined, row: Row, rules: ValueOptions): Cell {
	const { choice } = source;
	if ('column' in choice) return column === undefined ? EMPTY : readOwn(row, column, source, rules);
	try {
		return readCell(choice.value(row), kindOf(source), rules);
	} catch (error) {
		return refused(expressionBroke(error instanceof Error ? error.message : String(error)));
	}
}
