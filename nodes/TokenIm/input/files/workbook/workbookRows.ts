// The rows of a workbook, in blocks: one sheet of it, read as the CSV file that a spreadsheet program would save, so that header,
// notes and empty rows are understood in one way. A row's number is the one that the sheet shows.

import type { Row } from '../../../engine/types';
import { csvRows } from '../csvRows';
import { findDialect } from '../dialect';
import type { KnownColumns } from '../layout';
import type { LeftOut } from '../leftOut';
import { Archive } from './archive';
import { KeptFacts } from './facts';
import { findBook, readBook, type Book, type BookSheet } from './book';
import { foreignArchive } from './foreign';
import { WorkbookNotes } from './notes';
import { csvTexts } from './sheetText';
import { sheetRows, type SheetRow } from './sheetRows';
import { readFormats } from './styles';
import { TextStore } from './textStore';
import { readSharedStrings } from './texts';
import { beforeRows, noSheets, sheetEmpty, sheetsUnclear, sheetUnknown, workbookFileTooLarge } from './unreadable';
import { totalRowsOf } from './tables';
import { xmlSteps } from './xml';
import { continued, joined } from '../pieces';

/** Held whole, for the directory of its parts is at its end. A sheet of a million rows takes some 60 MB. */
const MOST_FILE_BYTES = 128 * 1024 * 1024;
const DELIMITER = ',';
/** Both speak of separators, which a workbook does not have: a cell that is not there is empty. */
const OF_SEPARATORS: ReadonlySet<string> = new Set(['cells_missing', 'cells_over']);

export interface WorkbookSettings {
	/** `undefined`: the first one that is not hidden. */
	readonly sheet: string | undefined;
	/** Whether it is asked which sheet is meant where others hold cells, too. */
	readonly asksForSheet: boolean;
	readonly hasHeader: boolean;
	readonly comment: string | undefined;
	/** Tells a header from what stands above it. */
	readonly knownColumns: KnownColumns | undefined;
	/** Takes note of rows that are none. */
	readonly leftOut: LeftOut;
	readonly item: number;
	/** Called once, before the first row. */
	onColumns(columns: readonly string[], sheet: string): void;
	/** Called once, where the sheet holds anything, before its header is understood. */
	onSheet(sheet: BookSheet, others: readonly BookSheet[]): void;
	/** What a person should know of how the sheet was read: asked for after the last row. */
	onHints(notes: () => readonly string[]): void;
	breathe(): Promise<void>;
}

/** @throws FileUnreadable before the first row, and under way where the file turns out to be damaged */
export async function* workbookRows(
	pieces: AsyncIterable<Uint8Array>,
	settings: WorkbookSettings,
): AsyncGenerator<readonly Row[], void, undefined> {
	let isUnderWay = false;
	try {
		for await (const block of rowsOfWorkbook(pieces, settings)) {
			isUnderWay = true;
			yield block;
		}
	} catch (error) {
		throw isUnderWay ? error : beforeRows(error);
	}
}

async function* rowsOfWorkbook(
	pieces: AsyncIterable<Uint8Array>,
	settings: WorkbookSettings,
): AsyncGenerator<readonly Row[], void, undefined> {
	const { item, breathe, hasHeader, comment, knownColumns, leftOut, onColumns, onHints } = settings;
	const archive = Archive.of(await whole(pieces));
	const path = await findBook(archive, breathe);
	const foreign = foreignArchive(archive.names, path);
	if (foreign !== undefined || path === undefined) throw foreign ?? noSheets();
	const book = await readBook(archive, path, breathe);
	const sheet = chosenSheet(book, settings.sheet);
	if (settings.sheet === undefined && settings.asksForSheet) await checkOthers(archive, book, sheet);
	const notes = new WorkbookNotes(book, sheet, settings.sheet !== undefined);
	const facts = new KeptFacts();
	const isTotalOfTable = await totalRowsOf(archive, sheet.path, breathe);
	const rows = sheetRows(archive, sheet.path, {
		sharedStrings:
			book.sharedStrings === undefined
				? new TextStore()
				: await readSharedStrings(archive, book.sharedStrings, breathe),
		formats: book.styles === undefined ? [] : await readFormats(archive, book.styles, breathe),
		countsFrom1904: book.countsFrom1904,
		asksForResults: book.asksForResults,
		onMerged: (merged) => notes.addMerged(merged),
		onFact(row, column, fact) {
			if (fact.kind === 'noResult') notes.addMissingResult();
			facts.add(row, column, fact);
		},
		breathe,
	});
	const filled = nonEmpty(rows, sheet, book);
	const texts = csvTexts(filled, { comment, onHidden: (number) => notes.addHidden(number), breathe });
	onHints(() => notes.told());
	const head = await texts.next();
	if (head.done === true) return;
	settings.onSheet(
		sheet,
		book.sheets.filter((other) => other !== sheet),
	);
	const { layout, usualEnd } = findDialect(head.value.text, { delimiter: DELIMITER, knownColumns }, undefined);
	for await (const block of csvRows(continued(head.value, texts), {
		dialect: { delimiter: DELIMITER, lineEnd: '\n', comment: undefined },
		layout,
		usualEnd,
		leftOut,
		isTotalOfTable,
		knownColumns,
		hasHeader,
		item,
		encoding: () => 'utf-8',
		onColumns(columns) {
			facts.name(columns);
			onColumns(columns, sheet.name);
		},
		breathe,
	})) {
		for (const { number } of block) notes.see(number);
		yield facts.given(block.map(withoutSeparators));
	}
}

async function whole(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
	const held: Uint8Array[] = [];
	let bytes = 0;
	for await (const piece of pieces) {
		bytes += piece.length;
		if (bytes > MOST_FILE_BYTES) throw workbookFileTooLarge(MOST_FILE_BYTES);
		held.push(piece);
	}
	return joined(held);
}

/** @throws FileUnreadable where there are other sheets that are shown and hold anything */
async function checkOthers(archive: Archive, { sheets }: Book, read: BookSheet): Promise<void> {
	const others: string[] = [];
	for (const sheet of sheets)
		if (sheet !== read && !sheet.isHidden && (await hasCells(archive, sheet))) others.push(sheet.name);
	if (others.length > 0) throw sheetsUnclear(others);
}

const VALUES: ReadonlySet<string> = new Set(['v', 't', 'f']);

async function hasCells(archive: Archive, { path }: BookSheet): Promise<boolean> {
	let isFilled = false;
	const open = (name: string) => void (isFilled ||= VALUES.has(name));
	const steps = xmlSteps(archive.open(path), path, { open });
	while (!isFilled && (await steps.next()).done !== true);
	await steps.return();
	return isFilled;
}

/** Names of sheets differ in more than case. */
function chosenSheet({ sheets }: Book, wanted: string | undefined): BookSheet {
	const names = sheets.map(({ name }) => name);
	const found =
		wanted === undefined
			? (sheets.find(({ isHidden }) => !isHidden) ?? sheets[0])
			: (sheets.find(({ name }) => name === wanted) ?? sheets.find(({ name }) => nameKey(name) === nameKey(wanted)));
	if (found !== undefined) return found;
	throw wanted === undefined || names.length === 0 ? noSheets() : sheetUnknown(wanted, names);
}

function nameKey(name: string): string {
	return name.normalize('NFC').trim().toLowerCase();
}

async function* nonEmpty(
	batches: AsyncIterable<readonly SheetRow[]>,
	sheet: BookSheet,
	{ sheets }: Book,
): AsyncGenerator<readonly SheetRow[], void, undefined> {
	let isEmpty = true;
	for await (const batch of batches) {
		isEmpty = false;
		yield batch;
	}
	if (!isEmpty) return;
	throw sheetEmpty(
		sheet.name,
		sheets.map(({ name }) => name),
	);
}

function withoutSeparators(row: Row): Row {
	if (row.issues === undefined) return row;
	const issues = row.issues.filter(({ code }) => !OF_SEPARATORS.has(code));
	const { number, item, columns } = row;
	return issues.length === 0 ? { number, item, columns } : { number, item, columns, issues };
}
