// What a person should know of how a sheet was read: told after the run, as hints.

import { count } from '../../../engine/count';
import type { Book, BookSheet } from './book';
import type { Merged } from './sheetRows';
import { listed } from './unreadable';

const MOST_RANGES_SHOWN = 5;

export class WorkbookNotes {
	private readonly hidden = new Set<number>();
	private hiddenRows = 0;
	private firstRow: number | undefined;
	private readonly merged: Merged[] = [];
	private missingResults = 0;

	/** @param isChosen whether the user named the sheet */
	constructor(
		private readonly book: Book,
		private readonly sheet: BookSheet,
		private readonly isChosen: boolean,
	) {}

	addHidden(number: number): void {
		this.hidden.add(number);
	}

	addMerged(merged: Merged): void {
		this.merged.push(merged);
	}

	addMissingResult(): void {
		this.missingResults++;
	}

	/** A row below the header was read. */
	see(number: number): void {
		this.firstRow ??= number;
		if (this.hidden.delete(number)) this.hiddenRows++;
	}

	told(): readonly string[] {
		return [this.ofSheets(), this.ofHidden(), this.ofMerged(), this.ofResults()].flatMap((note) => note ?? []);
	}

	private ofSheets(): string | undefined {
		const { sheets } = this.book;
		if (this.isChosen || sheets.length < 2) return undefined;
		const others = sheets.filter((sheet) => sheet !== this.sheet);
		const named = listed(others.map(({ name }) => name));
		const hidden = others.filter(({ isHidden }) => isHidden).map(({ name }) => name);
		const also = hidden.length === 0 ? '' : ` (hidden: ${listed(hidden)})`;
		const which = hidden.length === 0 ? 'the first one' : 'the first one that is not hidden';
		return `The sheet ${listed([this.sheet.name])} was read, ${which}. Not read: ${named}${also}. Choose another as Sheet under File Options.`;
	}

	private ofHidden(): string | undefined {
		const rows = this.hiddenRows;
		if (rows === 0) return undefined;
		const where = `hidden in the sheet ${listed([this.sheet.name])}, by hand or by a filter`;
		if (rows === 1) return `1 row is ${where}. It was read like the others; to leave it out, delete it.`;
		return `${count(rows)} rows are ${where}. They were read like the others; to leave them out, delete them.`;
	}

	private ofMerged(): string | undefined {
		const { firstRow = Infinity } = this;
		const within = this.merged.filter(({ lastRow }) => lastRow >= firstRow);
		if (within.length === 0) return undefined;
		const shown = within.slice(0, MOST_RANGES_SHOWN).map(({ range }) => range);
		const more = within.length > shown.length ? ` and ${within.length - shown.length} more` : '';
		return `Cells are merged in the sheet ${listed([this.sheet.name])}: ${shown.join(', ')}${more}. The value counts for the first cell alone, the others are empty. To give it to each row, unmerge them and fill it in.`;
	}

	private ofResults(): string | undefined {
		if (this.missingResults === 0) return undefined;
		const cells = this.missingResults === 1 ? '1 cell holds' : `${count(this.missingResults)} cells hold`;
		return `${cells} a formula without its result, which reads as #N/A. Open the workbook in Excel or LibreOffice and save it once: that works them out.`;
	}
}
