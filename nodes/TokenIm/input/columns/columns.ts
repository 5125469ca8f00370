// A row's columns become values by field: matched by their names, or as the user chose them.

import type { Issue, Row } from '../../engine/types';
import type { ValueOptions } from '../cells/cell';
import { isMisread } from '../cells/misread';
import { MOST_COLUMNS } from '../cells/bounds';
import { columnKey } from '../cells/text';
import { nullPrototype } from '../cells/values';
import { assemble, type MappedRow } from './assemble';
import { cachedByColumns } from './cache';
import { chosenSources, type Choices } from './chosen';
import { createReport, type ColumnReport } from './columnReport';
import { checkedRules } from './checkedSettings';
import { columnsMisread, columnsTooMany, ColumnsUnclear, inSheet, issueOfRow, tooManyColumns } from './columnsUnclear';
import type { Field } from './fields';
import { knownColumns } from './knownColumns';
import { createPhoneEvidence } from './phoneEvidence';
import { readChosen } from './readChosen';
import { breathingEach, workOf } from './reading';
import { readMatched } from './readMatched';

export type EmptyCells = 'leave' | 'clear';

export interface ColumnMap {
	/**
	 * Looks at the columns of all rows before the first is sent, and gives the event loop a turn now and then.
	 * @throws ColumnsUnclear where two columns give one field, or where no row has a column for a required field
	 */
	check(rows: Iterable<Row>, breathe: () => Promise<void>): Promise<void>;
	/** Never throws: where two columns of a row that was not checked give one field, that is an issue of the row. */
	map(row: Row): MappedRow;
	/** Whether the ids stand in a column with the contract's own name: then they are what the service calls its users. */
	hasOwnIds(): boolean;
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
	/** Ids of which each row has one of its own, so that they cannot be one text for all rows. Default: none. */
	readonly ownIds?: readonly string[];
	/** Tells rows of one sheet from those of another, each of which is matched by its own header. Default: there is one. */
	readonly sheetOf?: (row: Row) => number;
	/** How dates and phones are understood. */
	readonly values?: ValueOptions;
}

/** Names of columns that are only compared with those of the row before. */
const SEEN_IN_ONE_TURN = 100_000;
/** A row of few columns is as much work as one of so many. */
const LEAST_WORK = 10;
const LEARNT_IN_ONE_TURN = 50;
/** Rows of a sheet whose cells are looked at before the first is sent: enough to see what a column is. */
export const LOOKED_AT = 1_000;

/**
 * @param fields the canonical fields that the operation knows; every other column is never sent
 * @throws ColumnsUnclear where columns are chosen, but none for a required field, or where a rule of values cannot be meant
 */
export function mapColumns(fields: readonly Field[], options: ColumnMapOptions): ColumnMap {
	const clears = (field: Field) => options.emptyCells === 'clear' && field.clearable;
	const finish = assemble(clears);
	const phones = createPhoneEvidence();
	const rules = {
		...checkedRules(options.values ?? {}),
		takesChineseMobiles: () => phones.isGiven,
		exceptionToChina: () => phones.exception,
	};
	const isLeftOut = ({ field }: { readonly field: Field }) => options.leavesOut?.includes(field.name) ?? false;
	const isRead = (source: { readonly field: Field }) =>
		!isLeftOut(source) && (options.reads?.includes(source.field.name) ?? true);
	const sheetOf = options.sheetOf ?? (() => 0);
	const report = createReport();
	const wholeLists = options.values?.wholeLists === true;
	const chosen = options.choices === undefined ? undefined : chosenSources(options.choices, fields, options.required);
	const read =
		chosen === undefined
			? readMatched({ fields, required: options.required, isRead, isLeftOut, wholeLists, sheetOf, report }, rules)
			: readChosen(chosen.filter(isRead), chosen.filter(isLeftOut), rules, report, options.ownIds ?? []);

	return {
		async check(rows, breathe) {
			const sheets = new Map<number, SeenSheet>();
			const seeing = new Map<number, (columns: object) => unknown>();
			let isAnyRow = false;
			let isAnyTooWide = false;
			const seenColumns = breathingEach(breathe, SEEN_IN_ONE_TURN);
			for (const row of rows) {
				const width = Object.keys(row.columns).length;
				const breathing = seenColumns(Math.max(LEAST_WORK, width));
				if (breathing !== undefined) await breathing;
				// The row will say so itself.
				if (width > MOST_COLUMNS) isAnyTooWide = true;
				if (width > MOST_COLUMNS) continue;
				isAnyRow = true;
				const sheet = sheetOf(row);
				const seen: SeenSheet = sheets.get(sheet) ?? { lists: [], rows: [] };
				const see = seeing.get(sheet) ?? cachedByColumns((columns) => seen.lists.push(columns));
				sheets.set(sheet, seen);
				seeing.set(sheet, see);
				see(row.columns);
				if (seen.rows.length < LOOKED_AT) seen.rows.push(row);
			}
			if (isAnyTooWide && !isAnyRow) throw columnsTooMany(MOST_COLUMNS);
			const worked = breathingEach(breathe);
			for (const [sheet, { lists }] of sheets)
				await inSheet(sheet, sheets.size > 1, async () => await checkNames(lists, worked));
			if (isAnyRow) await read.settle(sheets, breathe);
			await learnPhones([...sheets.values()], breathe);
		},
		map,
		hasOwnIds: () => report.uses('userId').some((column) => columnKey(column) === columnKey('userId')),
		report: () => ({ ...report.told(), chinesePhones: phones.isGiven ? phones.columns : undefined }),
	};

	function map(row: Row): MappedRow {
		const columns = Object.keys(row.columns).length;
		if (columns > MOST_COLUMNS) return nothingOf(tooManyColumns(columns, MOST_COLUMNS));
		const given = read.of(row);
		return given instanceof ColumnsUnclear ? nothingOf(issueOfRow(given)) : finish(given);
	}

	/** Looks at the phone numbers of the first rows, where their country may have to be told from them. */
	async function learnPhones(sheets: readonly SeenSheet[], breathe: () => Promise<void>): Promise<void> {
		if (rules.defaultCountryCode !== undefined || !phones.mayBe(sheets.flatMap(({ lists }) => lists.flat()))) return;
		let learnt = 0;
		for (const row of sheets.flatMap(({ rows }) => rows).slice(0, LOOKED_AT)) {
			phones.learn(map(row).issues, row.number);
			if (++learnt % LEARNT_IN_ONE_TURN === 0) await breathe();
		}
		phones.settle();
	}
}

/** What was looked at of one sheet before the first row is sent. */
interface SeenSheet {
	readonly lists: Array<readonly string[]>;
	readonly rows: Row[];
}

/** @throws ColumnsUnclear where a column has lost characters of its name: its cells may have lost theirs */
async function checkNames(
	lists: ReadonlyArray<readonly string[]>,
	worked: ReturnType<typeof breathingEach>,
): Promise<void> {
	const lost = new Set<string>();
	for (const columns of lists) {
		for (const column of columns) {
			if (isMisread(column)) lost.add(column);
			await worked(workOf(column));
		}
	}
	if (lost.size > 0)
		throw columnsMisread(
			[...lost],
			lists.some((columns) => knownColumns(columns) > 0),
		);
}

function nothingOf(issue: Issue): MappedRow {
	return { values: nullPrototype(), columnOf: () => null, lacks: () => false, issues: [issue] };
}
