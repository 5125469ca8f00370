// The report file: the rows that need attention, to mend and to feed in again. Rows are kept as lines of text, not as
// objects; the file is put together once, at the end.

import { csvFile, textOf } from './csv';
import { excelFile, fitsExcel } from './excel';
import type { Row, Verdict } from '../engine/types';
import { columnKey } from '../input/cells/text';
import { reasonText } from './reason';

/** What the report adds. Columns of these names come from an earlier report and give way to the new ones. */
const ADDED = ['row', 'reason'] as const;
const OWN: ReadonlySet<string> = new Set(ADDED);

export type ReportFormat = 'csv' | 'excel';

export interface ReportFile {
	readonly bytes: Buffer;
	/** CSV where Excel was asked for and cannot hold what the rows hold. */
	readonly format: ReportFormat;
}

/** The cells of a row: texts and numbers as they came, all else as text. */
export type ReportCells = readonly unknown[];

export class Report {
	private readonly columns = new Set<string>();
	private readonly lines: string[] = [];
	private isForExcel: boolean;
	private lastNames: readonly string[] = [];

	/** @param escapesFormulas in CSV: whether cells that a spreadsheet would run get an apostrophe in front */
	constructor(
		format: ReportFormat,
		private readonly escapesFormulas: boolean,
	) {
		this.isForExcel = format === 'excel';
	}

	get rows(): number {
		return this.lines.length;
	}

	add(verdict: Verdict, row: Row): void {
		this.learn(Object.keys(row.columns));
		const cells = [...this.columns].map((name) =>
			kept(Object.hasOwn(row.columns, name) ? row.columns[name] : undefined),
		);
		const line = [verdict.row, reasonText(verdict), ...cells];
		this.lines.push(JSON.stringify(line));
		this.isForExcel &&= fitsExcel(line, this.lines.length);
	}

	/** The whole file. Gives the event loop a turn now and then. */
	async file(breathe: () => Promise<void>): Promise<ReportFile> {
		const header = [...ADDED, ...this.columns];
		if (this.isForExcel && fitsExcel(header, this.lines.length))
			return { bytes: await excelFile(header, this.cells(), breathe), format: 'excel' };
		return {
			bytes: await csvFile(header, this.cells(), { escapesFormulas: this.escapesFormulas, breathe }),
			format: 'csv',
		};
	}

	/** Row by row. Rows from before a column came have no cell for it. */
	private *cells(): Generator<ReportCells, void, undefined> {
		for (const line of this.lines) {
			const cells: unknown = JSON.parse(line);
			if (Array.isArray(cells)) yield cells;
		}
	}

	private learn(names: readonly string[]): void {
		if (names.length === this.lastNames.length && names.every((name, index) => name === this.lastNames[index])) return;
		this.lastNames = names;
		for (const name of names) if (!OWN.has(columnKey(name))) this.columns.add(name);
	}
}

function kept(cell: unknown): string | number {
	return typeof cell === 'number' && Number.isFinite(cell) ? cell : textOf(cell);
}
