// The report file: the rows that need attention, to mend and to feed in again. Rows are kept as lines of text, not as
// objects; the file is put together once, at the end.

import { csvFile } from './csv';
import { excelFile, fitsExcel } from './excel';
import type { Row, Verdict } from '../engine/types';
import { columnKey } from '../input/cells/text';
import type { CureOf } from '../protocol/answer/cures';
import { reasonText } from './reason';
import { isShort, keptCells } from './reportCells';
import { shownColumns } from './shownColumns';

/** What the report adds. Columns of these names come from an earlier report and give way to the new ones. */
const ADDED = ['row', 'reason'] as const;
const OWN: ReadonlySet<string> = new Set(ADDED);

export type ReportFormat = 'csv' | 'excel';

export interface ReportFile {
	readonly bytes: Buffer;
	/** CSV where Excel was asked for and cannot hold what the rows hold. */
	readonly format: ReportFormat;
	/** Columns that have none of their own in the file. */
	readonly columnsLeft: number;
	/** Cells that stand there cut. */
	readonly cellsCut: number;
}

/** A row of the report, not written down yet. */
interface Late {
	readonly number: number;
	readonly reason: string;
	readonly columns: Row['columns'];
}

/** The cells of a row: texts and numbers as they came, all else as text. */
export type ReportCells = readonly unknown[];

/** Cells of the whole file, empty ones too: rows with columns of their own each would make a file of gigabytes. */
const MOST_CELLS = 50_000_000;
/** So many columns are kept however many rows there are; a sheet of Excel has at most the other number. */
const LEAST_COLUMNS = 200;
const MOST_COLUMNS = 16_000;
/** What a row holds in columns beyond these stands in one more, as JSON. */
const MORE_COLUMNS = 'more columns';

/** Short rows that came behind a wide one. */
const SHORT_IN_ONE_TURN = 50;

/** Which of the report's columns the cells of a row belong to; -1 where the report has a newer one. */
type Places = readonly number[];

export class Report {
	private readonly columns = new Map<string, number>();
	private readonly places: Places[] = [];
	private readonly lines: string[] = [];
	private isForExcel: boolean;
	private lastNames: readonly string[] | undefined;
	private readonly late: Late[] = [];
	private writing: Promise<void> | undefined;
	private cellsCut = 0;

	/**
	 * @param escapesFormulas in CSV: whether cells that a spreadsheet would run get an apostrophe in front
	 * @param breathe gives the event loop a turn: verdicts of many rows come at once, and rows may be wide
	 */
	constructor(
		format: ReportFormat,
		private readonly escapesFormulas: boolean,
		private readonly breathe: () => Promise<void>,
	) {
		this.isForExcel = format === 'excel';
	}

	get rows(): number {
		return this.lines.length + this.late.length;
	}

	/** @param cureOf what mends a row that the service refused */
	add(verdict: Verdict, row: Row, cureOf?: CureOf): void {
		const line = { number: verdict.row, reason: reasonText(verdict, cureOf), columns: row.columns };
		if (this.late.length === 0 && isShort(line.columns)) return this.write(line);
		this.late.push(line);
		this.writing ??= this.writeLate();
	}

	/** In order, each wide row in a turn of its own. */
	private async writeLate(): Promise<void> {
		let shortLeft = 0;
		for (let line = this.late[0]; line !== undefined; line = this.late[0]) {
			const isFirst = shortLeft-- === 0 || !isShort(line.columns);
			if (isFirst) {
				await this.breathe();
				shortLeft = SHORT_IN_ONE_TURN;
			}
			this.late.shift();
			this.write(line);
		}
		this.writing = undefined;
	}

	private write({ number, reason, columns: held }: Late): void {
		const columns = shownColumns(held);
		const names = Object.keys(columns);
		this.learn(names);
		const { cells, cut } = keptCells(names.map((name) => columns[name]));
		this.cellsCut += cut;
		const line = [number, reason].concat(cells);
		this.lines.push(JSON.stringify([this.places.length - 1, line]));
		this.isForExcel &&= fitsExcel(line, this.lines.length);
	}

	/** The whole file. Gives the event loop a turn now and then. */
	async file(breathe: () => Promise<void>): Promise<ReportFile> {
		await this.writing;
		const names = [...this.columns.keys()];
		const share = Math.max(LEAST_COLUMNS, Math.floor(MOST_CELLS / Math.max(1, this.rows)));
		const most = Math.min(names.length, MOST_COLUMNS, share);
		const isOver = names.length > most;
		const header = [...ADDED, ...names.slice(0, most), ...(isOver ? [MORE_COLUMNS] : [])];
		const left = { columnsLeft: names.length - most, cellsCut: this.cellsCut };
		if (this.isForExcel && fitsExcel(header, this.lines.length))
			return { bytes: await excelFile(header, this.cells(names, most), breathe), format: 'excel', ...left };
		const settings = { escapesFormulas: this.escapesFormulas, breathe };
		return { bytes: await csvFile(header, this.cells(names, most), settings), format: 'csv', ...left };
	}

	/** Row by row, as long as what the row holds. */
	private *cells(names: readonly string[], most: number): Generator<ReportCells, void, undefined> {
		for (const line of this.lines) {
			const [at, [number, reason, ...held]]: [number, [unknown, unknown, ...unknown[]]] = JSON.parse(line);
			const row: unknown[] = [number, reason];
			const more: Array<[string, unknown]> = [];
			for (const [index, place] of (this.places[at] ?? []).entries()) {
				if (place >= most) more.push([names[place] ?? '', held[index]]);
				else if (place >= 0) {
					while (row.length < ADDED.length + place) row.push('');
					row[ADDED.length + place] = held[index];
				}
			}
			if (more.length > 0) {
				while (row.length < ADDED.length + most) row.push('');
				row.push(JSON.stringify(Object.fromEntries(more)));
			}
			yield row;
		}
	}

	private learn(names: readonly string[]): void {
		const last = this.lastNames;
		if (names.length === last?.length && names.every((name, index) => name === last[index])) return;
		this.lastNames = names;
		this.places.push(names.map((name) => this.placeOf(name)));
	}

	private placeOf(name: string): number {
		const known = this.columns.get(name);
		if (known !== undefined) return known;
		if (OWN.has(columnKey(name))) return -1;
		this.columns.set(name, this.columns.size);
		return this.columns.size - 1;
	}
}
