// A file becomes rows, read as a stream: bytes, pieces, text, blocks of rows.

import type { Row } from '../../engine/types';
import type { Holds } from '../columns/listNames';
import { csvRows } from './csvRows';
import { decoded, type Text } from './decode';
import { findDialect } from './dialect';
import { foreignText } from './foreignText';
import { formatOf, type FileFormat } from './format';
import { rowsIn, type Rows } from './jsonOutline';
import { jsonLineRows, jsonRows } from './jsonRows';
import type { KnownColumns } from './layout';
import { LeftOut } from './leftOut';
import { continued, piecesOf } from './pieces';
import { unsupportedIn } from './sevenBit';
import { foreignFile, workbookKind } from './signature';
import { Start } from './start';
import { empty } from './unreadable';
import type { BookSheet } from './workbook/book';
import { foreignContainer } from './workbook/foreign';
import { workbookRows } from './workbook/workbookRows';

export interface FileSource {
	/** From the first byte on each time that they are asked for: a JSON object is read twice. */
	readonly chunks: AsyncIterable<Uint8Array>;
	readonly fileName?: string;
	readonly mimeType?: string;
	/** Index of the input item that the file came with. */
	readonly item: number;
}

/** Whatever is not given is told from the file itself. */
export interface FileOptions {
	readonly format?: FileFormat;
	/** A label of the Encoding Standard, e.g. `gb18030`. */
	readonly encoding?: string;
	/** CSV: one character. */
	readonly delimiter?: string;
	/** CSV, TSV and workbooks, default true; without one the columns are named `column1`, `column2` and so on. */
	readonly hasHeader?: boolean;
	/** CSV, TSV and workbooks: a row that starts with it is left out, e.g. `#`. Default: none. */
	readonly comment?: string;
	/** CSV and TSV: tells a header from what stands above it. Default: only the shape of the rows tells. */
	readonly knownColumns?: KnownColumns;
	/** What the rows are to be, default users: of several lists in a JSON object the one that holds such is read. */
	readonly holds?: Holds;
	/** Workbooks: the name of a sheet. Default: the first one that is not hidden. */
	readonly sheet?: string;
	/** Workbooks: whether it is asked which sheet is meant where others hold cells, too. Default: the first one is read, with a hint. */
	readonly asksForSheet?: boolean;
	/** Gives the event loop a turn; awaited after every 64 KiB or so. Default: none, for tests. */
	readonly breathe?: () => Promise<void>;
}

/** What was understood of the file. */
export interface FileFacts {
	readonly format: FileFormat | 'workbook';
	/** As the Encoding Standard names it; `utf-8` as long as there was only ASCII. */
	readonly encoding: string;
	/** CSV and TSV only. */
	readonly delimiter?: string;
	/** CSV, TSV and workbooks only. */
	readonly columns?: readonly string[];
	/** Workbooks only: which sheet was read. */
	readonly sheet?: string;
}

export interface FileSheets {
	readonly read: BookSheet;
	readonly others: readonly BookSheet[];
}

/** Blocks of rows; none is empty. */
export interface FileRows extends AsyncIterable<readonly Row[]> {
	/** `undefined` until the first row was read. */
	readonly facts: FileFacts | undefined;
	/** Workbooks only: which sheet is read, and which ones are not. `undefined` until it is known to hold anything. */
	readonly sheets: FileSheets | undefined;
	/** What should be known of the rows read so far, e.g. which rows of the file are none; for people. */
	readonly hints: readonly string[];
}

/**
 * The rows of a file, once, in blocks as they come. A row's number is what the user sees: in CSV and TSV its row of the
 * sheet (the header is row 1; empty rows and comments count; a row whose cells span lines is one), in a workbook the
 * number that the sheet shows, in JSON Lines its line, in JSON its place in the list from 1. A row that cannot be read
 * comes with `issues`, and the next rows follow.
 *
 * @throws FileUnreadable before the first row, where the file as a whole cannot be read
 */
export function readFileRows(source: FileSource, options: FileOptions = {}): FileRows {
	const breathe = options.breathe ?? (async () => undefined);
	const opened = (bytes: AsyncIterable<Uint8Array>) => decoded(checked(bytes), options.encoding, breathe);
	const bytes = new Start(piecesOf(source.chunks, breathe));
	const text = opened(bytes);
	const leftOut = new LeftOut();
	let known: Omit<FileFacts, 'encoding'> | undefined;
	let sheets: FileSheets | undefined;
	let sheetHints = (): readonly string[] => [];
	return {
		get facts() {
			return known === undefined ? undefined : { ...known, encoding: text.encoding };
		},
		get sheets() {
			return sheets;
		},
		get hints() {
			return [...sheetHints(), ...(leftOut.hint === undefined ? [] : [leftOut.hint])];
		},
		[Symbol.asyncIterator]: blocks,
	};

	async function* blocks(): AsyncGenerator<readonly Row[], void, undefined> {
		const kind = workbookKind(await bytes.head());
		if (kind === 'container') throw await foreignContainer(bytes);
		if (kind === 'archive') {
			const { sheet, asksForSheet = false, comment, hasHeader = true } = options;
			const { item } = source;
			const onHints = (told: typeof sheetHints) => (sheetHints = told);
			const onColumns = (columns: readonly string[], read: string) =>
				(known = { format: 'workbook', columns, sheet: read });
			yield* workbookRows(bytes, {
				sheet,
				asksForSheet,
				comment,
				knownColumns: options.knownColumns,
				hasHeader,
				leftOut,
				item,
				onColumns,
				onSheet: (read, others) => (sheets = { read, others }),
				onHints,
				breathe,
			});
			return;
		}
		const texts = text[Symbol.asyncIterator]();
		try {
			yield* blocksOf(texts);
		} finally {
			// A run that ends early lets go of the file.
			await texts.return?.();
		}
	}

	async function rowsOfJson({ text: start }: Text): Promise<Rows> {
		return start.trimStart().startsWith('{')
			? await rowsIn(opened(piecesOf(source.chunks, breathe)), options.holds ?? 'users', breathe)
			: [];
	}

	async function* blocksOf(texts: AsyncIterator<Text>): AsyncGenerator<readonly Row[], void, undefined> {
		const head = await headOf(texts);
		const unreadable = foreignText(head.text);
		if (unreadable !== undefined) throw unreadable;
		const { item } = source;
		const encoding = () => text.encoding;
		const format = options.format ?? formatOf(head.text, source.fileName, source.mimeType);
		if (format === 'json' || format === 'jsonLines') {
			known = { format };
			const settings = { item, encoding, breathe };
			if (format === 'jsonLines') yield* jsonLineRows(continued(head, texts), settings);
			else yield* jsonRows(continued(head, texts), await rowsOfJson(head), settings);
			return;
		}
		const dialect = findDialect(head.text, options, format === 'tsv' ? '\t' : undefined);
		const { delimiter, skip, layout, usualEnd } = dialect;
		yield* csvRows(continued({ ...head, text: head.text.slice(skip) }, texts), {
			dialect,
			layout,
			usualEnd,
			leftOut,
			delimiter,
			knownColumns: options.knownColumns,
			hasHeader: options.hasHeader ?? true,
			item,
			encoding,
			onColumns: (columns) => (known = { format, delimiter, columns }),
			breathe,
		});
	}
}

/** @throws FileUnreadable where the first bytes are those of a workbook, a picture or the like */
async function* checked(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
	let isFirst = true;
	for await (const piece of pieces) {
		const unreadable = isFirst ? (foreignFile(piece) ?? unsupportedIn(piece)) : undefined;
		if (unreadable !== undefined) throw unreadable;
		isFirst = false;
		yield piece;
	}
}

/** The first text with anything in it. */
async function headOf(texts: AsyncIterator<Text>): Promise<Text> {
	let blank = '';
	for (let next = await texts.next(); next.done !== true; next = await texts.next()) {
		const { text, isDamaged } = next.value;
		if (text.trim() !== '') return { text: blank + text, isDamaged };
		blank += text;
	}
	throw empty();
}
