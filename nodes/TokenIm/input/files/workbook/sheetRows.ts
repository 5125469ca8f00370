// The rows of one sheet, read as a stream.

import type { Archive } from './archive';
import { numberText } from './cellText';
import { PLAIN, type NumberFormat } from './numberFormat';
import type { TextStore } from './textStore';
import { RichText, unescaped } from './texts';
import { workbookBroken } from './unreadable';
import { attribute, isOn, xmlSteps, type XmlHandler } from './xml';
import { piecesOf } from '../pieces';

/** The largest sheet that Excel knows. */
export const MOST_ROWS = 1_048_576;
const MOST_COLUMNS = 16_384;

/** What a formula that was never worked out has: the rules for cells refuse a spreadsheet's error wherever it is used. */
const NO_RESULT = '#N/A';

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
	/** Called after the rows: a sheet names them at its end. */
	onMerged(merged: Merged): void;
	onMissingResult(): void;
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
	private hasValue = false;
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
			if (name === 'v') this.isInValue = this.hasValue = true;
			else if (name === 'f') this.hasFormula = true;
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
		this.isInline = this.hasFormula = this.hasValue = false;
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
		if (this.hasFormula && !this.hasValue && this.type === 'n') {
			this.settings.onMissingResult();
			return NO_RESULT;
		}
		if (this.value === '') return '';
		const { sharedStrings, formats, countsFrom1904 } = this.settings;
		switch (this.type) {
			case 's': {
				const text = sharedStrings.at(Number(this.value));
				if (text === undefined)
					throw workbookBroken(`a cell in row ${this.number} names a text that the workbook does not hold`);
				return text;
			}
			case 'n':
				return numberText(this.value, formats[this.style] ?? PLAIN, countsFrom1904);
			case 'b':
				return isOn(this.value) ? 'TRUE' : 'FALSE';
			default:
				// The result of a formula, an error such as #N/A, a date in ISO 8601.
				return unescaped(this.value);
		}
	}

	private closeRow(): void {
		const { number, cells, columns, isHidden } = this;
		if (cells.length > 0) this.rows.push({ number, cells, columns, isHidden });
		this.cells = [];
		this.columns = [];
	}

	private tellMerged(range: string): void {
		const [, lastRow = ''] = /:[A-Z]+(\d+)$/i.exec(range) ?? [];
		if (lastRow !== '') this.settings.onMerged({ range, lastRow: Number(lastRow) });
	}
}

/** `AB12` is in column 28; 0 where there is no letter. */
export function columnOf(place: string): number {
	let column = 0;
	for (const character of place.toUpperCase()) {
		const letter = character.charCodeAt(0) - 64;
		if (letter < 1 || letter > 26) break;
		column = column * 26 + letter;
	}
	return column;
}
