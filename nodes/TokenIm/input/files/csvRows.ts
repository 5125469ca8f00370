// CSV text as rows. Records are cut first, so that each keeps its row number and its own mistakes; csv-parse then reads
// the cells of many at once.

import { parse } from 'csv-parse/sync';
import type { Issue, Row } from '../../engine/types';
import { nullPrototype, shaped } from '../cells/values';
import { RecordCutter, type CsvDialect, type CsvRecord } from './csvRecords';
import type { Text } from './decode';
import { headerNames, madeUpName } from './header';
import { cellsMissing, cellsOver, charactersUnreadable, quoteUnclosed, rowTooLong } from './issues';
import { FileUnreadable, headerUnclear, noRecords } from './unreadable';

/** What csv-parse is given at once: some milliseconds of work. */
const BATCH_CHARACTERS = 32 * 1024;
const BATCH_RECORDS = 1_000;

export interface CsvSettings {
	readonly dialect: CsvDialect;
	readonly hasHeader: boolean;
	readonly item: number;
	/** The name of the encoding, for messages. */
	encoding(): string;
	/** Called once, with the names of the columns, before the first row. */
	onColumns(columns: readonly string[]): void;
	breathe(): Promise<void>;
}

/** A record with its number in the sheet: empty rows and comments count, the header row is 1. */
interface Numbered extends CsvRecord {
	readonly number: number;
}

/** @throws FileUnreadable before the first row, where the header cannot be read */
export async function* csvRows(
	texts: AsyncIterable<Text>,
	settings: CsvSettings,
): AsyncGenerator<Row, void, undefined> {
	const cutter = new RecordCutter(settings.dialect);
	const sheet = new Sheet(settings);
	for await (const text of texts) {
		cutter.push(text);
		for (const batch of sheet.batches(cutter.records(false))) {
			for (const row of sheet.rowsOf(batch)) yield row;
			await settings.breathe();
		}
	}
	for (const batch of sheet.batches(cutter.records(true))) {
		for (const row of sheet.rowsOf(batch)) yield row;
		await settings.breathe();
	}
	if (sheet.isEmpty) throw noRecords();
}

class Sheet {
	private columns: readonly string[] | undefined;
	private number = 0;

	constructor(private readonly settings: CsvSettings) {}

	get isEmpty(): boolean {
		return this.columns === undefined;
	}

	/** Numbers the records, leaves out empty rows and comments, and takes together what csv-parse gets at once. */
	*batches(records: Iterable<CsvRecord>): Generator<Numbered[], void, undefined> {
		const { comment } = this.settings.dialect;
		let batch: Numbered[] = [];
		let characters = 0;
		for (const { kind, text, isDamaged } of records) {
			const number = ++this.number;
			const isBlank = kind === 'whole' && (text === '' || text.trim() === '');
			if (isBlank || (comment !== undefined && text.startsWith(comment))) continue;
			batch.push({ kind, text, isDamaged, number });
			characters += text.length;
			if (characters < BATCH_CHARACTERS && batch.length < BATCH_RECORDS) continue;
			yield batch;
			batch = [];
			characters = 0;
		}
		if (batch.length > 0) yield batch;
	}

	*rowsOf(batch: readonly Numbered[]): Generator<Row, void, undefined> {
		const whole = batch.filter(({ kind }) => kind === 'whole');
		const parsed = this.cellsOf(whole.map(({ text }) => text));
		let next = 0;
		for (const record of batch) {
			const cells = record.kind === 'whole' ? (parsed[next++] ?? []) : [];
			if (record.kind === 'whole' && cells.every((cell) => cell.trim() === '')) continue;
			const columns = this.columns ?? this.readColumns(record, cells);
			if (columns === undefined) continue;
			yield this.rowOf(record, cells, columns);
		}
	}

	/** @returns the columns, where this record is the first row and not the header */
	private readColumns({ kind, number, isDamaged }: Numbered, cells: readonly string[]): readonly string[] | undefined {
		const { hasHeader, encoding, onColumns } = this.settings;
		if (hasHeader && isNote(cells)) return undefined;
		if (kind === 'unclosed') throw headerUnclear(number, 'a quote (") opens a cell and does not close it');
		if (kind === 'tooLong') throw headerUnclear(number, 'it is longer than 1,048,576 characters');
		if (hasHeader && isDamaged)
			throw headerUnclear(number, `it holds characters that are not ${encoding().toUpperCase()}`);
		const names = hasHeader ? headerNames(cells, number) : cells.map((_, index) => madeUpName(index));
		if (names instanceof FileUnreadable) throw names;
		this.columns = names;
		onColumns(names);
		return hasHeader ? undefined : names;
	}

	private rowOf(record: Numbered, cells: readonly string[], names: readonly string[]): Row {
		const { number } = record;
		const { item } = this.settings;
		if (record.kind === 'tooLong') return { number, item, columns: nullPrototype(), issues: [rowTooLong(number)] };
		if (record.kind === 'unclosed') {
			const plain = this.plainCellsOf(record.text);
			return { number, item, columns: named(plain, names), issues: [quoteUnclosed(number, openingOf(record.text))] };
		}
		const columns = named(cells, names);
		const issues = this.issuesOf(record, cells, names, columns);
		return issues.length === 0 ? { number, item, columns } : { number, item, columns, issues };
	}

	private issuesOf(
		{ number, isDamaged }: Numbered,
		cells: readonly string[],
		names: readonly string[],
		columns: Row['columns'],
	): Issue[] {
		const issues: Issue[] = [];
		if (cells.length < names.length) issues.push(cellsMissing(number, cells.length, names.length));
		const isOver = cells.length > names.length && cells.slice(names.length).some((cell) => cell.trim() !== '');
		if (isOver) issues.push(cellsOver(number, cells.length, names.length));
		if (isDamaged) {
			const [column, found] = Object.entries(columns).find(([, cell]) => String(cell).includes('\uFFFD')) ?? [null, ''];
			issues.push(charactersUnreadable(number, column, String(found), this.settings.encoding()));
		}
		return issues;
	}

	/** The cells of each record; the cutter saw to it that each of them is one. */
	private cellsOf(records: readonly string[]): readonly string[][] {
		if (records.length === 0) return [];
		return parse(records.join('\n'), {
			delimiter: this.settings.dialect.delimiter,
			record_delimiter: '\n',
			relax_column_count: true,
			relax_quotes: true,
		});
	}

	/** Of a line whose quotes mean nothing. */
	private plainCellsOf(line: string): readonly string[] {
		return line.split(this.settings.dialect.delimiter);
	}
}

/** Templates, such as that of 企业微信, explain themselves above the header: one cell across the whole sheet. */
function isNote(cells: readonly string[]): boolean {
	return cells.length > 1 && (cells[0] ?? '').trim() !== '' && cells.slice(1).every((cell) => cell.trim() === '');
}

/** Cells beyond the last column get made-up names, so that nothing of the row is lost; blank ones are left out. */
function named(cells: readonly string[], names: readonly string[]): Record<string, unknown> {
	const columns = shaped();
	for (const [index, cell] of cells.entries()) {
		const name = names[index];
		if (name !== undefined) columns[name] = cell;
		else if (cell.trim() !== '') columns[madeUpName(index)] = cell;
	}
	return columns;
}

function openingOf(text: string): string {
	return text.slice(Math.max(0, text.indexOf('"')));
}
