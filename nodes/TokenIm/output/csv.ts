// Values as lines of a CSV file, as spreadsheets read them.

/** Text that a spreadsheet would run: it starts with one of these and is no number or phone. */
const FORMULA = /^(?:[=@\t\r]|[+-](?![\d\s().-]*$))/;
const NEEDS_QUOTES = /["\r\n,;]|^\s|\s$/;

export const LINE_END = '\r\n';
/** Without it, Excel takes UTF-8 for the code page of the machine. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** @param escapesFormulas whether text that a spreadsheet would run gets an apostrophe in front */
export function csvLine(cells: readonly unknown[], escapesFormulas: boolean): string {
	return cells.map((cell) => quoted(escapesFormulas ? defused(cell) : textOf(cell))).join(',');
}

function defused(cell: unknown): string {
	const text = textOf(cell);
	return typeof cell === 'string' && FORMULA.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
	return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function textOf(cell: unknown): string {
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
