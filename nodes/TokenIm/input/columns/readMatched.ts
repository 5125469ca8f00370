// How rows are read where their columns are matched by name.

import type { Row } from '../../engine/types';
import { MOST_ATTRIBUTES, MOST_IDS } from '../cells/bounds';
import { refused, type Cell, type ValueOptions } from '../cells/cell';
import { tooManyAttributes } from '../cells/notAllowed';
import { tooManyIds } from '../cells/unreadable';
import type { Given } from './assemble';
import { ColumnsUnclear, inSheet } from './columnsUnclear';
import { matchByName, usesOf, type MatchOptions } from './matched';
import { columnName, type Source } from './matching';
import { own, readOwn, type Reading } from './reading';

export function readMatched(options: MatchOptions, rules: ValueOptions): Reading {
	const matched = matchByName(options);
	return {
		async settle(sheets, breathe) {
			for (const [sheet, seen] of sheets)
				await inSheet(sheet, sheets.size > 1, async () => await matched.settle(sheet, seen, breathe));
		},
		of(row) {
			const sources = matched.of(row);
			if (sources instanceof ColumnsUnclear) return sources;
			const present = presentOf(sources.present, row);
			return sources.absent.length === 0 ? present : [...present, ...sources.absent.map(absent)];
		},
	};

	/** Single attributes are counted before they are read. */
	function presentOf(sources: readonly Source[], row: Row): readonly Given[] {
		const over = sources.length > MOST_ATTRIBUTES ? tooMany(sources, row) : undefined;
		const read = over === undefined ? sources : sources.filter(({ attribute }) => attribute === undefined);
		const given = read.map((source) => readFirst(source, row));
		return over === undefined ? given : [...given, over];
	}

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

function tooMany(sources: readonly Source[], row: Row): Given | undefined {
	const filled = sources.filter(
		({ attribute, columns: [column = ''] }) => attribute !== undefined && !isBlank(own(row, column)),
	);
	const [first] = filled;
	if (first === undefined || filled.length <= MOST_ATTRIBUTES) return undefined;
	return { field: first.field, column: null, read: refused(tooManyAttributes(filled.length, MOST_ATTRIBUTES)) };
}

function isBlank(cell: unknown): boolean {
	return cell === undefined || cell === null || cell === '';
}

function readSource(source: Source, row: Row, rules: ValueOptions): Given {
	const { field, attribute, columns } = source;
	const first = columns[0] ?? '';
	const read = readOwn(row, first, source, rules);
	return {
		field,
		attribute,
		column: columnName(source),
		// What a program left undefined is gone once n8n saves the item.
		isAbsent: read.kind === 'empty' && columns.every((column) => own(row, column) === undefined),
		read:
			columns.length === 1
				? read
				: joined(source, [read, ...columns.slice(1).map((column) => readOwn(row, column, source))]),
	};
}

function joined({ field, glue }: Source, cells: readonly Cell[]): Cell {
	return field.kind === 'ids' ? joinedIds(cells) : joinedTexts(cells, glue);
}

/** A list in columns of its own, any of which may be empty. */
function joinedIds(cells: readonly Cell[]): Cell {
	const all: unknown[] = [];
	for (const cell of cells) {
		if (cell.kind === 'refused') return cell;
		if (cell.kind === 'empty') continue;
		if (Array.isArray(cell.value)) for (const id of cell.value) all.push(id);
		if (all.length > MOST_IDS) return refused(tooManyIds(MOST_IDS));
	}
	return all.length === 0 ? { kind: 'empty' } : { kind: 'value', value: all };
}

/** A name in parts, any of which may be empty. */
function joinedTexts(cells: readonly Cell[], glue: string): Cell {
	const parts: string[] = [];
	for (const cell of cells) {
		if (cell.kind === 'refused') return cell;
		if (cell.kind === 'value') parts.push(String(cell.value));
	}
	return parts.length === 0 ? { kind: 'empty' } : { kind: 'value', value: parts.join(glue) };
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
