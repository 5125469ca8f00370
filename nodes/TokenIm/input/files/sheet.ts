// The records of a sheet become its rows: the header names the columns, what is no row of people is left out and counted,
// and what is wrong with a row stays with it.

import type { Row } from '../../engine/types';
import { MOST_COLUMNS } from '../cells/bounds';
import { nullPrototype, shaped } from '../cells/values';
import { ROWS_IN_A_BLOCK, rowsInABlock } from './blocks';
import type { CsvRecord, LineEnd } from './csvRecord';
import { headerNames, madeUpName, madeUpNames } from './header';
import * as issues from './issues';
import { HeldBack, withIssue } from './heldBack';
import { isFilled, lastFilled, type KnownColumns, type Layout } from './layout';
import type { LeftOut } from './leftOut';
import { Parts, type MaybePart } from './parts';
import { Seams, type Piece } from './seams';
import { ShortRows } from './shortRows';
import { SoundRow } from './soundRow';
import { isAddress } from './totalLabels';
import { UNCLEAR } from './totals';
import { swallowedRows } from './swallowed';
import { FileUnreadable, headerUnclear } from './unreadable';

export interface SheetSettings {
	readonly layout: Layout | undefined;
	readonly usualEnd: LineEnd;
	readonly hasHeader: boolean;
	readonly item: number;
	readonly knownColumns?: KnownColumns;
	readonly leftOut: LeftOut;
	/** Between cells, where lines of text were cut into them: a cell may have swallowed rows. */
	readonly delimiter?: string;
	/** Workbooks: whether the row is the total row of a table, which Excel names as such. */
	isTotalOfTable?(number: number, cells: readonly string[]): boolean;
	/** The name of the encoding, for messages. */
	encoding(): string;
	/** Called once, with the names of the columns, before the first row. */
	onColumns(columns: readonly string[]): void;
}

export class Sheet {
	private columns: Columns | undefined;
	private readonly out: Row[] = [];
	private mostInABlock = ROWS_IN_A_BLOCK;

	constructor(private readonly settings: SheetSettings) {}

	get isEmpty(): boolean {
		return this.columns === undefined;
	}

	/** How many rows are settled and were not fetched yet. */
	get settled(): number {
		return this.out.length;
	}

	/** Whether as many are settled as a block may hold. */
	get isBlock(): boolean {
		return this.out.length >= this.mostInABlock;
	}

	/** These rows, each once. */
	rows(): readonly Row[] {
		// V8 puts lists that a literal makes again and again among the old, and what they hold is collected late with them.
		return this.out.splice(0);
	}

	/** @throws FileUnreadable where the header cannot be read */
	take(record: CsvRecord): void {
		if (record.kind === 'comment') return;
		const isBlank = record.kind === 'blank' || (record.kind === 'whole' && !record.cells.some(isFilled));
		if (this.columns === undefined) {
			if (!isBlank) this.start(record);
		} else if (isBlank) this.columns.gap(this.out);
		else this.columns.take(record, this.out);
	}

	/** No record follows. */
	end(): void {
		this.columns?.end(this.out);
	}

	private start(record: CsvRecord): void {
		const { layout, hasHeader, leftOut, onColumns, knownColumns } = this.settings;
		const { number, cells } = record;
		if (hasHeader && layout !== undefined && number < layout.headerAt) return leftOut.add('note', number);
		if (hasHeader && layout?.unreadable !== undefined) throw layout.unreadable;
		this.checkHeader(record);
		// The first look ends with the first piece of the file; a header may be longer.
		const isWhole = layout?.header.length === cells.length;
		const width = hasHeader ? (isWhole ? layout.width : lastFilled(cells)) : cells.length;
		const names = hasHeader ? headerNames(cells.slice(0, width), number, knownColumns) : madeUpNames(cells.length);
		if (names instanceof FileUnreadable) throw names;
		onColumns(names);
		this.mostInABlock = rowsInABlock(names.length);
		this.columns = new Columns(names, hasHeader ? cells : names, this.settings);
		if (!hasHeader) this.columns.take(record, this.out);
	}

	private checkHeader({ kind, number, isDamaged }: CsvRecord): void {
		const { hasHeader, encoding } = this.settings;
		if (kind === 'unclosed') throw headerUnclear(number, 'a quote (") opens a cell and does not close it');
		if (kind === 'tooLong') throw headerUnclear(number, 'it is longer than 1,048,576 characters');
		if (hasHeader && isDamaged)
			throw headerUnclear(number, `it holds characters that are not ${encoding().toUpperCase()}`);
	}
}

/** What comes below the header; rows that are settled go to `out`. */
class Columns {
	private readonly seams: Seams;
	private readonly shortRows: ShortRows;
	private readonly parts: Parts;
	private isFirst = true;
	private isApart = false;
	private hasShortRow = false;
	/** The first row has one cell more than the header has names. */
	private lacksName = false;
	/** The row of another header, below which cells stand under other names. */
	private otherHeader: number | undefined;
	private readonly held: HeldBack;

	constructor(
		private readonly names: readonly string[],
		private readonly header: readonly string[],
		private readonly settings: SheetSettings,
	) {
		this.seams = new Seams(names.length, settings.usualEnd);
		this.shortRows = new ShortRows(names.length);
		this.parts = new Parts(header, settings.hasHeader ? settings.knownColumns : undefined);
		this.held = new HeldBack(this.parts, settings.leftOut);
	}

	take(record: CsvRecord, out: Row[]): void {
		for (const piece of this.seams.take(record)) this.pass(piece, out);
	}

	private pass(piece: Piece, out: Row[]): void {
		if (this.shortRows.passes(piece)) this.settle(piece, out);
		else for (const settled of this.shortRows.take(piece)) this.settle(settled, out);
	}

	/** Settles what is held back. */
	private rest(isEnd: boolean, out: Row[]): void {
		for (const piece of this.seams.rest()) this.pass(piece, out);
		for (const piece of this.shortRows.rest(isEnd)) this.settle(piece, out);
	}

	/** An empty row. */
	gap(out: Row[]): void {
		this.rest(false, out);
		this.isApart = true;
	}

	end(out: Row[]): void {
		this.rest(true, out);
		this.held.end(out);
	}

	private settle({ record, spread }: Piece, out: Row[]): void {
		const part = record.kind === 'whole' && spread === undefined ? this.partOf(record) : undefined;
		if (part === undefined || part === 'footer' || part === 'names' || typeof part === 'object') {
			this.settleRow(record, spread, part, out);
			return;
		}
		this.settings.leftOut.add(part, record.number);
		if (part === 'total') this.parts.addTotal();
		if (part === 'header' || part === 'sameNames') this.otherHeader = undefined;
		if (part === 'otherHeader') this.otherHeader = record.number;
		// Above a header a table ends.
		if (part === 'header' || part === 'otherHeader') this.held.endTable();
	}

	private partOf(record: CsvRecord) {
		const { isFirst, isApart, settings } = this;
		const isTotal = settings.isTotalOfTable?.(record.number, record.cells) === true;
		if (!isTotal) return this.parts.of(record.cells, { isFirst, isApart });
		return record.cells.some(isAddress) ? UNCLEAR : 'total';
	}

	private settleRow(
		record: CsvRecord,
		spread: Piece['spread'],
		part: 'footer' | MaybePart | undefined,
		out: Row[],
	): void {
		const row = this.rowOf(record, spread);
		const { cells } = record;
		if (part !== undefined && part !== 'names' && this.held.hold({ row, cells, part })) return;
		this.held.settle(out);
		if (part === 'names') this.checkSecondRow(record);
		// A doubt about it is no doubt about the first row of people.
		if (part === 'names') return void out.push(withIssue(row, issues.namesUnclear(record.number, cells)));
		if (typeof part === 'object') this.held.settleAlone({ row, cells, part }, out);
		else {
			out.push(row);
			this.parts.addRow(cells);
		}
		this.isFirst = false;
		this.isApart = false;
	}

	/** @throws FileUnreadable where it names a column that the header leaves without a name, as below a heading that spans several */
	private checkSecondRow({ number, cells }: CsvRecord): void {
		if (!this.isFirst || !cells.some((cell, at) => isFilled(cell) && !isFilled(this.header[at] ?? ''))) return;
		throw headerUnclear(
			number,
			'it goes on with the names of columns for which the row above has none: one row has to name them all',
		);
	}

	private rowOf(record: CsvRecord, spread: Piece['spread']): Row {
		const { number, cells } = record;
		const { item } = this.settings;
		if (record.kind === 'tooLong')
			return { number, item, columns: nullPrototype(), issues: [issues.rowTooLong(number)] };
		const columns = this.named(cells);
		const found = this.issuesOf(record, columns, spread);
		if (cells.length < this.names.length) this.hasShortRow = true;
		return found.length === 0 ? new SoundRow(number, item, columns) : { number, item, columns, issues: found };
	}

	private issuesOf(record: CsvRecord, columns: Row['columns'], spread: Piece['spread']) {
		const { number, kind, cells, text, isDamaged } = record;
		if (kind === 'unclosed') return [issues.quoteUnclosed(number, text.slice(Math.max(0, text.indexOf('"'))))];
		if (spread !== undefined) return [issues.rowSpread(number, text, spread)];
		if (this.otherHeader !== undefined) return [issues.headerChanged(number, this.otherHeader)];
		const found = [];
		const swallowed = this.swallowedIn(record);
		if (swallowed > 0) found.push(issues.rowsInCell(number, text, swallowed));
		if (this.isCutOff(record)) found.push(issues.cellsMissing(number, cells.length, this.names.length));
		const isOver = cells.length > this.header.length && cells.slice(this.header.length).some(isFilled);
		if (this.isFirst) this.lacksName = cells.length === this.header.length + 1;
		if (isOver) found.push(issues.cellsOver(number, cells.length, this.header.length, this.lacksName));
		if (isDamaged) {
			const [column, cell] = firstWith(columns, '\uFFFD');
			found.push(issues.charactersUnreadable(number, column, cell, this.settings.encoding()));
		}
		if (text.includes('\0') && cells.some((cell) => cell.includes('\0')))
			found.push(issues.zeroByte(number, ...firstWith(columns, '\0')));
		return found;
	}

	private swallowedIn({ kind, cells, text }: CsvRecord): number {
		const { delimiter } = this.settings;
		if (delimiter === undefined || kind !== 'whole' || !/[\r\n]/.test(text)) return 0;
		return swallowedRows(cells, this.shortRows.known, { width: this.names.length, delimiter });
	}

	/** Excel leaves out the last cells of rows, and ends each row; a file that was cut off ends within one. */
	private isCutOff({ cells, lineEnd }: CsvRecord): boolean {
		return lineEnd === 'none' && cells.length < this.names.length && !this.isFirst && !this.hasShortRow;
	}

	/** Cells beyond the last column get made-up names, so that the row can be mended; blank ones are left out. */
	private named(cells: readonly string[]): Record<string, unknown> {
		const columns = shaped();
		for (const [index, name] of this.names.entries()) columns[name] = cells[index] ?? '';
		for (let index = this.names.length; index < Math.min(cells.length, MOST_COLUMNS); index++) {
			const cell = cells[index] ?? '';
			if (isFilled(cell)) columns[madeUpName(index)] = cell;
		}
		return columns;
	}
}

function firstWith(columns: Row['columns'], character: string): [column: string | null, cell: string] {
	const found = Object.entries(columns).find(([, cell]) => String(cell).includes(character));
	return found === undefined ? [null, ''] : [found[0], String(found[1])];
}
