// How rows are read where their columns are matched by name.

import type { Row } from '../../engine/types';
import type { Cell, ValueOptions } from '../cells/cell';
import { readCell } from '../cells/values';
import type { Given } from './assemble';
import { ColumnsUnclear, inSheet } from './columnsUnclear';
import { matchByName, usesOf, type MatchOptions } from './matched';
import { columnName, type Source } from './matching';
import { kindOf, own, type Reading } from './reading';

export function readMatched(options: MatchOptions, rules: ValueOptions): Reading {
	const matched = matchByName(options);
	return {
		settle(sheets) {
			for (const [sheet, seen] of sheets) inSheet(sheet, sheets.size > 1, () => matched.settle(sheet, seen));
		},
		of(row) {
			const sources = matched.of(row);
			if (sources instanceof ColumnsUnclear) return sources;
			return [...sources.present.map((source) => readFirst(source, row)), ...sources.absent.map(absent)];
		},
	};

	/** What the row has in the best of the columns, else in the next that may stand in for it. */
	function readFirst(source: Source, row: Row): Given {
		const given = readSource(source, row, rules);
		if (given.read.kind !== 'empty' || source.standIns === undefined) return given;
		for (const standIn of source.standIns) {
			const instead = readSource(standIn, row, rules);
			if (instead.read.kind === 'empty') continue;
			options.report.add([], { used: usesOf(standIn) });
			return instead;
		}
		return given;
	}
}

function readSource(source: Source, row: Row, rules: ValueOptions): Given {
	const { field, attribute, columns, glue } = source;
	const [first = '', ...others] = columns;
	const read = readCell(own(row, first), kindOf(source), rules);
	return {
		field,
		attribute,
		column: columnName(source),
		read: others.reduce((before, column) => joined(before, readCell(own(row, column), field.kind), glue), read),
	};
}

/** A name or a list in parts: any of them may be empty. */
function joined(before: Cell, after: Cell, glue: string): Cell {
	if (before.kind === 'refused' || after.kind === 'empty') return before;
	if (before.kind === 'empty' || after.kind === 'refused') return after;
	if (Array.isArray(before.value) && Array.isArray(after.value))
		return { kind: 'value', value: [...before.value, ...after.value] };
	return { kind: 'value', value: `${String(before.value)}${glue}${String(after.value)}` };
}

/** A field whose column other rows have. */
function absent(source: Source): Given {
	return {
		field: source.field,
		attribute: source.attribute,
		column: columnName(source),
		isAbsent: true,
		read: { kind: 'empty' },
	};
}
