// Rows as an Excel workbook in which every cell is text, so that opening and saving it spoils nothing: no ID loses its
// zeros, no phone its digits, and no text becomes a formula. Columns are text too, for what a person types in.

import { strToU8, Zip, ZipDeflate } from 'fflate/browser';
import { PARTS, SHEET_END, sheetStart, SHEET } from './excelParts';
import { asKept } from './csv';

export const EXCEL_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const MOST_ROWS = 1_048_576;
const MOST_COLUMNS = 16_384;
/** Excel takes a file with a longer cell for a damaged one. */
const MOST_CHARACTERS = 32_767;
/** Packing this much takes some milliseconds. */
const CELLS_IN_ONE_TURN = 2_000;
const CHARACTERS_IN_ONE_TURN = 64 * 1024;

/** Whether a workbook can hold these cells, in a row below the header. */
export function fitsExcel(cells: readonly unknown[], row: number): boolean {
	if (row >= MOST_ROWS || cells.length > MOST_COLUMNS) return false;
	return cells.every((cell) => asKept(cell).length <= MOST_CHARACTERS);
}

/** @param rows their first cell is the row's number, which stays a number */
export async function excelFile(
	header: readonly string[],
	rows: Iterable<readonly unknown[]>,
	breathe: () => Promise<void>,
): Promise<Buffer> {
	const packed: Uint8Array[] = [];
	let broken: Error | null = null;
	const zip = new Zip((error, bytes) => {
		broken ??= error;
		packed.push(bytes);
	});
	for (const [name, xml] of PARTS) added(zip, name).push(strToU8(xml), true);
	const sheet = added(zip, SHEET);
	let xml = sheetStart(header.length);
	let written = 0;
	for (const [row, cells] of withHeader(header, rows)) {
		xml += `<row r="${row}">`;
		for (const [index, cell] of cells.entries()) {
			xml += cellXml(`${letters(index)}${row}`, cell, index);
			if (++written < CELLS_IN_ONE_TURN && xml.length < CHARACTERS_IN_ONE_TURN) continue;
			// A row may be as wide as the sheet.
			written = 0;
			sheet.push(strToU8(xml));
			xml = '';
			await breathe();
		}
		xml += '</row>';
	}
	sheet.push(strToU8(xml + SHEET_END), true);
	zip.end();
	if (broken !== null) throw new Error('the workbook could not be packed');
	return Buffer.concat(packed);
}

function* withHeader(
	header: readonly string[],
	rows: Iterable<readonly unknown[]>,
): Generator<readonly [number: number, cells: readonly unknown[]]> {
	let number = 1;
	yield [number, header];
	for (const cells of rows) yield [++number, cells];
}

function added(zip: Zip, name: string): ZipDeflate {
	const part = new ZipDeflate(name);
	zip.add(part);
	return part;
}

/** Empty cells are left out: their column makes them text. */
function cellXml(place: string, cell: unknown, index: number): string {
	if (index === 0 && typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
	const text = asKept(cell);
	return text === ''
		? ''
		: `<c r="${place}" s="1" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;
}

/** Column 0 is A, 26 is AA. */
function letters(column: number): string {
	const last = String.fromCharCode(65 + (column % 26));
	return column < 26 ? last : letters(Math.floor(column / 26) - 1) + last;
}

/** What XML cannot hold, or would change; and text that looks like such an escape. */
const ESCAPED = /(?![\t\n])\p{Cc}|[\uFFFE\uFFFF]|\p{Cs}|_(?=x[0-9A-Fa-f]{4}_)/gu;

function xmlText(text: string): string {
	return text
		.replace(ESCAPED, (one) => `_x${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;');
}
