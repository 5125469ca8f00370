// Values as a CSV file, as spreadsheets read it.

import { escaped, keptFromUnescaping } from '../input/files/formulaSigns';

const NEEDS_QUOTES = /["\r\n\t,;]|^\s|\s$/;

const LINE_END = '\r\n';
/** Without it, Excel takes UTF-8 for the code page of the machine. */
const BYTE_ORDER_MARK = '\uFEFF';

/** Writing this much takes some milliseconds. */
const CHARACTERS_IN_ONE_TURN = 64 * 1024;
const CELLS_AT_ONCE = 1_000;

export interface CsvSettings {
	/** Whether text that a spreadsheet would run gets an apostrophe in front. */
	readonly escapesFormulas: boolean;
	breathe(): Promise<void>;
}

/** @param rows may be shorter than the header: what is missing is empty */
export async function csvFile(
	header: readonly string[],
	rows: Iterable<readonly unknown[]>,
	{ escapesFormulas, breathe }: CsvSettings,
): Promise<Buffer> {
	const parts: Buffer[] = [];
	let text = BYTE_ORDER_MARK;
	for (const cells of withHeader(header, rows)) {
		// A row may be as long as a file.
		for (let from = 0; from < cells.length; from += CELLS_AT_ONCE) {
			text += `${from === 0 ? '' : ','}${csvLine(cells.slice(from, from + CELLS_AT_ONCE), escapesFormulas)}`;
			if (text.length < CHARACTERS_IN_ONE_TURN) continue;
			parts.push(Buffer.from(text));
			text = '';
			await breathe();
		}
		text += `${','.repeat(header.length - cells.length)}${LINE_END}`;
	}
	parts.push(Buffer.from(text));
	return Buffer.concat(parts);
}

function* withHeader(header: readonly string[], rows: Iterable<readonly unknown[]>): Generator<readonly unknown[]> {
	yield header;
	yield* rows;
}

/** @param escapesFormulas whether text that a spreadsheet would run gets an apostrophe in front */
export function csvLine(cells: readonly unknown[], escapesFormulas: boolean): string {
	return cells.map((cell) => quoted(escapesFormulas ? defused(cell) : asKept(cell))).join(',');
}

function defused(cell: unknown): string {
	return typeof cell === 'string' ? escaped(cell) : textOf(cell);
}

/** What a cell shows of a value, written so that *Input: File* gives it back. */
export function asKept(cell: unknown): string {
	return typeof cell === 'string' ? keptFromUnescaping(cell) : textOf(cell);
}

function quoted(text: string): string {
	return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** What a cell shows of a value. */
export function textOf(cell: unknown): string {
	if (cell === undefined || cell === null) return '';
	if (typeof cell === 'string') return cell;
	if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString();
	return typeof cell === 'object' ? jsonOf(cell) : String(cell);
}

function jsonOf(cell: object): string {
	try {
		return JSON.stringify(cell) ?? '';
	} catch {
		return '';
	}
}
