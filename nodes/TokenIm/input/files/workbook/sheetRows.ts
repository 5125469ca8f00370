// The rows of one sheet, read as a stream.

import type { CellFact } from '../../../engine/types';
import type { Archive } from './archive';
import { numberText } from './cellText';
import { momentFact } from './facts';
import { isZero, lacksResult, NO_RESULT, OpenArrays, WITHOUT_RESULT } from './missingResults';
import { PLAIN, type NumberFormat } from './numberFormat';
import { columnOf } from './places';
import type { TextStore } from './textStore';
import { RichText, unescaped } from './texts';
import { workbookBroken } from './unreadable';
import { attribute, isOn, xmlSteps, type XmlHandler } from './xml';
import { piecesOf } from '../pieces';

/** The largest sheet that Excel knows. */
export const MOST_ROWS = 1_048_576;
const MOST_COLUMNS = 16_384;

export interface SheetRow {
	/** As the sheet shows it. */
	readonly number: number;
	/** What cells hold; those that hold nothing are not made up: a row may name its last possible cell alone. */
	readonly cells: readonly string[];
	/** Of each, from 1; nearly always from left to right. Where one is named twice, the last counts. */
	readonly columns: readonly number[];
	readonly isHidden: boolean;
}

/** Cells that were made one. */
export interface Merged {
	readonly range: string;
	readonly lastRow: number;
}

export interface SheetSettings {
	readonly sharedStrings: TextStore;
	readonly formats: readonly NumberFormat[];
	readonly countsFrom1904: boolean;
	/** Whether a formula with the result 0 was perhaps never worked out: XlsxWriter and its like write 0 for all. */
	readonly asksForResults: boolean;
	/** Called after the rows: a sheet names them at its end. */
	onMerged(merged: Merged): void;
	/** @param column from 1 */
	onFact(row: number, column: number, fact: CellFact): void;
	breathe(): Promise<void>;
}

/** Rows in batches, a piece of the file each; rows without a cell are left out. @throws FileUnreadable also under way */
export async function* sheetRows(
	archive: Archive,
	path: string,
	settings: SheetSettings,
): AsyncGenerator<readonly SheetRow[], void, undefined> {
	const reader = new SheetReader(path, settings);
	const steps = xmlSteps(piecesOf(archive.open(path), settings.breathe), path, reader);
	for (let step = await steps.next(); step.done !== true; step = await steps.next()) {
		const rows = reader.taken();
		if (rows.length > 0) yield rows;
	}
}

class SheetReader implements XmlHandler {
	private rows: SheetRow[] = [];
	private isInRows = false;
	private number = 0;
	private isHidden = false;
	private cells: string[] = [];
	private columns: number[] = [];
	private column = 0;
	private isInCell = false;
	private type = '';
	private style = -1;
	private isInValue = false;
	private value = '';
	private isInline = false;
	private hasFormula = false;
	/** The cells that share the formula of this one. */
	private sharedBy = '';
	private readonly arrays = new OpenArrays();
	private readonly inline = new RichText();

	constructor(
		private readonly path: string,
		private readonly settings: SheetSettings,
	) {}

	taken(): readonly SheetRow[] {
		const { rows } = this;
		this.rows = [];
		return rows;
	}

	open(name: string, attributes: Readonly<Record<string, string>>): void {
		if (this.isInCell) {
			if (name === 'v') this.isInValue = true;
			else if (name === 'f') this.openFormula(attributes);
			else if (name === 'is') {
				this.isInline = true;
				this.inline.start();
			} else if (this.isInline) this.inline.open(name);
		} else if (this.isInRows) {
			if (name === 'c') this.openCell(attributes);
			else if (name === 'row') this.openRow(attributes);
		} else if (name === 'sheetData') this.isInRows = true;
		else if (name === 'mergeCell') this.tellMerged(attribute(attributes, 'ref') ?? '');
	}

	text(text: string): void {
		if (this.isInValue) this.value += text;
		else if (this.isInline) this.inline.add(text);
	}

	close(name: string): void {
		if (this.isInCell) {
			if (name === 'v') this.isInValue = false;
			else if (name === 'c') this.closeCell();
			else if (this.isInline) this.inline.close(name);
		} else if (name === 'row') this.closeRow();
		else if (name === 'sheetData') this.isInRows = false;
	}

	private openRow(attributes: Readonly<Record<string, string>>): void {
		const given = Number(attribute(attributes, 'r') ?? this.number + 1);
		if (!Number.isInteger(given) || given <= this.number || given > MOST_ROWS)
			throw workbookBroken(`its part ${this.path} has a row ${String(given)} after row ${this.number}`);
		this.number = given;
		this.isHidden = isOn(attribute(attributes, 'hidden'));
		this.cells = [];
		this.columns = [];
		this.column = 0;
	}

	private openCell(attributes: Readonly<Record<string, string>>): void {
		const place = attribute(attributes, 'r');
		this.column = place === undefined ? this.column + 1 : columnOf(place);
		if (this.column < 1 || this.column > MOST_COLUMNS)
			throw workbookBroken(`its part ${this.path} has a cell "${place ?? ''}" in row ${this.number}`);
		this.isInCell = true;
		this.type = attribute(attributes, 't') ?? 'n';
		this.style = Number(attribute(attributes, 's') ?? -1);
		this.value = '';
		this.isInline = this.hasFormula = false;
		this.sharedBy = '';
	}

	private openFormula(attributes: Readonly<Record<string, string>>): void {
		this.hasFormula = true;
		if (attribute(attributes, 't') === 'array') this.sharedBy = attribute(attributes, 'ref') ?? '';
	}

	private closeCell(): void {
		this.isInCell = false;
		const text = this.cellText();
		if (text === '') return;
		this.cells.push(text);
		this.columns.push(this.column);
	}

	private cellText(): string {
		if (this.isInline) return this.inline.whole();
		if (this.lacksResult()) return this.withoutResult();
		if (this.value === '') return '';
		const { sharedStrings, formats, countsFrom1904 } = this.settings;
		switch (this.type) {
			case 's': {
				const text = sharedStrings.at(Number(this.value));
				if (text === undefined)
					throw workbookBroken(`a cell in row ${this.number} names a text that the workbook does not hold`);
				return text;
			}
			case 'n': {
				const format = formats[this.style] ?? PLAIN;
				const text = numberText(this.value, format, countsFrom1904);
				if (format.kind === 'moment' || format.kind === 'duration') this.tellMoment(text, format);
				else if (countsFrom1904) this.tell(COUNTED_FROM_1904);
				return text;
			}
			case 'b':
				return isOn(this.value) ? 'TRUE' : 'FALSE';
			case 'd':
				this.tellMoment(this.value);
				return this.value;
			default:
				// The result of a formula, an error such as #N/A.
				return unescaped(this.value);
		}
	}

	private lacksResult(): boolean {
		const { type, value, number, column, settings } = this;
		if (this.hasFormula) return lacksResult(type, value, settings.asksForResults);
		return type === 'n' && this.arrays.holds(number, column) && isZero(value);
	}

	private withoutResult(): string {
		if (this.sharedBy !== '') this.arrays.open(this.sharedBy, this.number);
		this.tell(WITHOUT_RESULT);
		return NO_RESULT;
	}

	private tellMoment(text: string, format?: NumberFormat): void {
		const fact = momentFact(text, format);
		if (fact !== undefined) this.tell(fact);
	}

	private tell(fact: CellFact): void {
		this.settings.onFact(this.number, this.column, fact);
	}

	private closeRow(): void {
		this.fillArrays();
		const { number, cells, columns, isHidden } = this;
		if (cells.length > 0) this.rows.push({ number, cells, columns, isHidden });
		this.cells = [];
		this.columns = [];
	}

	/** Some tools leave out the other cells of an array formula: what belongs there is missing all the same. */
	private fillArrays(): void {
		const missing = this.cells.length === 0 ? [] : this.arrays.columnsIn(this.number);
		for (const column of missing) {
			if (this.columns.includes(column)) continue;
			this.column = column;
			this.tell(WITHOUT_RESULT);
			this.cells.push(NO_RESULT);
			this.columns.push(column);
		}
	}

	private tellMerged(range: string): void {
		const [, lastRow = ''] = /:[A-Z]+(\d+)$/i.exec(range) ?? [];
		if (lastRow !== '') this.settings.onMerged({ range, lastRow: Number(lastRow) });
	}
}

const COUNTED_FROM_1904: CellFact = { kind: 'countedFrom1904' };
