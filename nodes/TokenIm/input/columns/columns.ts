// A row's columns become values by field: matched by their names, or as the user chose them.

import type { Row } from '../../engine/types';
import { assemble, type Given, type MappedRow } from './assemble';
import { cachedByColumns } from './cache';
import { refused, type Cell, type ValueOptions } from '../cells/cell';
import { checkChosen, chosenSources, type Choice, type Choices, type ChosenSource } from './chosen';
import { createReport, type ColumnReport, type Use } from './columnReport';
import { columnsMisread, ColumnsUnclear, issueOfRow, ofFile } from './columnsUnclear';
import type { Field } from './fields';
import { expressionBroke } from '../cells/unreadable';
import { matchByName } from './matched';
import { columnName, fieldName, whatOf, type Source } from './matching';
import { isMisread } from '../cells/misread';
import { checkedRules } from './checkedSettings';
import { createPhoneEvidence } from './phoneEvidence';
import { nullPrototype, readCell } from '../cells/values';

export type EmptyCells = 'leave' | 'clear';

export interface ColumnMap {
	/**
	 * Looks at the columns of all rows before the first is sent, and gives the event loop a turn now and then.
	 * @throws ColumnsUnclear where two columns give one field, or where no row has a column for a required field
	 */
	check(rows: Iterable<Row>, breathe: () => Promise<void>): Promise<void>;
	/** Never throws: where two columns of a row that was not checked give one field, that is an issue of the row. */
	map(row: Row): MappedRow;
	/** What the columns seen so far were taken for. */
	report(): ColumnReport;
}

export interface ColumnMapOptions {
	/** Fields that a row cannot do without. */
	readonly required: readonly string[];
	/** `clear` turns an empty cell of a field that can be cleared into `null`; default `leave`: it counts as not given. */
	readonly emptyCells?: EmptyCells;
	/** Columns chosen, or values computed, in place of matching by name. */
	readonly choices?: Choices;
	/** The fields whose cells are read; the others only help to tell which column is which. Default: all. */
	readonly reads?: readonly string[];
	/** Fields for which this service, or this operation, has no use: their columns are told apart, and not read. */
	readonly leavesOut?: readonly string[];
	/** Tells rows of one sheet from those of another, each of which is matched by its own header. Default: there is one. */
	readonly sheetOf?: (row: Row) => number;
	/** How dates and phones are understood. */
	readonly values?: ValueOptions;
}

/** Rows whose phone numbers are looked at before the first is sent. */
const LOOKED_AT = 1_000;
const LEARNT_IN_ONE_TURN = 50;
const CHECKED_IN_ONE_TURN = 10_000;

/**
 * @param fields the canonical fields that the operation knows; every other column is never sent
 * @throws ColumnsUnclear where columns are chosen, but none for a required field, or where a rule of values cannot be meant
 */
export function mapColumns(fields: readonly Field[], options: ColumnMapOptions): ColumnMap {
	const clears = (field: Field) => options.emptyCells === 'clear' && field.clearable;
	const finish = assemble(clears);
	const phones = createPhoneEvidence();
	const rules = { ...checkedRules(options.values ?? {}), takesChineseMobiles: () => phones.isGiven };
	const isLeftOut = ({ field }: { readonly field: Field }) => options.leavesOut?.includes(field.name) ?? false;
	const isRead = (source: { readonly field: Field }) =>
		!isLeftOut(source) && (options.reads?.includes(source.field.name) ?? true);
	const sheetOf = options.sheetOf ?? (() => 0);
	const report = createReport();
	const chosen = options.choices === undefined ? undefined : chosenSources(options.choices, fields, options.required);
	const read = chosen === undefined ? readMatched() : readChosen(chosen.filter(isRead), chosen.filter(isLeftOut));

	return {
		async check(rows, breathe) {
			const sheets = new Map<number, Array<readonly string[]>>();
			const seeing = new Map<number, (columns: object) => unknown>();
			const first: Row[] = [];
			let count = 0;
			for (const row of rows) {
				const sheet = sheetOf(row);
				const lists = sheets.get(sheet) ?? [];
				const see = seeing.get(sheet) ?? cachedByColumns((columns) => lists.push(columns));
				sheets.set(sheet, lists);
				seeing.set(sheet, see);
				see(row.columns);
				if (first.length < LOOKED_AT) first.push(row);
				if (++count % CHECKED_IN_ONE_TURN === 0) await breathe();
			}
			for (const [sheet, lists] of sheets) inSheet(sheet, sheets.size > 1, () => checkNames(lists.flat()));
			if (count > 0) read.settle(sheets);
			if (rules.defaultCountryCode !== undefined || !phones.mayBe([...sheets.values()].flat(2))) return;
			for (const [at, row] of first.entries()) {
				phones.learn(map(row).issues);
				if ((at + 1) % LEARNT_IN_ONE_TURN === 0) await breathe();
			}
		},
		map,
		report: () => ({ ...report.told(), chinesePhones: phones.isGiven ? phones.columns : undefined }),
	};

	function map(row: Row): MappedRow {
		const given = read.of(row);
		return given instanceof ColumnsUnclear ? unclear(given) : finish(given);
	}

	function readMatched(): Reading {
		const matched = matchByName({ fields, required: options.required, isRead, isLeftOut, sheetOf, report });
		return {
			settle(sheets) {
				for (const [sheet, lists] of sheets) inSheet(sheet, sheets.size > 1, () => matched.settle(sheet, lists));
			},
			of(row) {
				const sources = matched.of(row);
				if (sources instanceof ColumnsUnclear) return sources;
				return [...sources.present.map((source) => readSource(source, row, rules)), ...sources.absent.map(absent)];
			},
		};
	}

	function readChosen(sources: readonly ChosenSource[], leftOut: readonly ChosenSource[]): Reading {
		const see = cachedByColumns((columns) => {
			report.add(columns, sources.flatMap(useOf), leftOut.flatMap(useOf));
		});
		return {
			settle: (sheets) => checkChosen(sources, [...new Set([...sheets.values()].flat(2))]),
			of(row) {
				see(row.columns);
				return sources.map(({ field, attribute, choice }): Given => {
					const column = 'column' in choice ? choice.column : null;
					const isAbsent = column !== null && !Object.hasOwn(row.columns, column);
					return {
						field,
						attribute,
						column,
						isAbsent,
						read: readChoice(choice, row, kindOf({ field, attribute }), rules),
					};
				});
			},
		};
	}
}

function useOf({ choice, ...target }: ChosenSource): Use[] {
	return 'column' in choice ? [{ column: choice.column, field: fieldName(target), label: whatOf(target) }] : [];
}

/** An expression that n8n cannot work out for a row is the fault of that row alone. */
function readChoice(choice: Choice, row: Row, kind: Field['kind'] | 'attribute', rules: ValueOptions): Cell {
	if ('column' in choice) return readCell(own(row, choice.column), kind, rules);
	try {
		return readCell(choice.value(row), kind, rules);
	} catch (error) {
		return refused(expressionBroke(error instanceof Error ? error.message : String(error)));
	}
}

/** How the rows of a sheet are read once all its lists of columns are known. */
interface Reading {
	/** @param sheets for each sheet its lists of columns */
	settle(sheets: ReadonlyMap<number, ReadonlyArray<readonly string[]>>): void;
	of(row: Row): readonly Given[] | ColumnsUnclear;
}

function readSource(source: Source, row: Row, rules: ValueOptions): Given {
	const { field, attribute, columns, glue } = source;
	const [first = '', ...others] = columns;
	const cell = own(row, first);
	const read = readCell(cell, kindOf(source), rules);
	return {
		field,
		attribute,
		column: columnName(source),
		read: others.reduce((before, column) => joined(before, readCell(own(row, column), field.kind), glue), read),
	};
}

function kindOf({ field, attribute }: Pick<Source, 'field' | 'attribute'>): Field['kind'] | 'attribute' {
	return attribute === undefined ? field.kind : 'attribute';
}

/** A name in parts: either part may be empty. */
function joined(before: Cell, after: Cell, glue: string): Cell {
	if (before.kind === 'refused' || after.kind === 'empty') return before;
	if (before.kind === 'empty' || after.kind === 'refused') return after;
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

/** @throws ColumnsUnclear where a column has lost characters of its name: its cells may have lost theirs */
function checkNames(columns: readonly string[]): void {
	const lost = columns.filter(isMisread);
	if (lost.length > 0) throw columnsMisread([...new Set(lost)]);
}

/** What is unclear of one file among several says which. */
function inSheet(sheet: number, isOneOfMany: boolean, settle: () => void): void {
	try {
		settle();
	} catch (error) {
		throw error instanceof ColumnsUnclear && isOneOfMany ? ofFile(error, sheet + 1) : error;
	}
}

function own({ columns }: Row, column: string): unknown {
	return Object.hasOwn(columns, column) ? columns[column] : undefined;
}

function unclear(why: ColumnsUnclear): MappedRow {
	return { values: nullPrototype(), columnOf: () => null, issues: [issueOfRow(why)] };
}
