// Workbooks as tools write them: LibreOffice 7.4, n8n's Convert to File (SheetJS 0.20), ExcelJS 4.4 whole and as a stream.
// The fixture of the wild is SheetJS's too, with every part stored unpacked.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FileUnreadable } from '../../../nodes/TokenIm/input/files/unreadable.ts';
import { allRows, rowsOf } from './reading.mts';

const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../fixtures', name));

test('LibreOffice: a title, gaps, a filter, zeros, dates of two formats, a formula that gives an error', async () => {
	const { rows, hints } = await rowsOf(fixture('roster-libreoffice.xlsx'));
	expect(rows.map(({ number, columns }) => [number, Object.values(columns)])).toEqual([
		[4, ['000123', 'Ada & Lind', '8613800138000', '2026-09-01', '7a', '1']],
		[5, ['000124', '王小明', '+8613800138001', '2026-09-01T08:30:00', '7a', '0']],
		[9, ['000125', 'Bob\nStone', '#N/A', '', '', '']],
	]);
	expect(hints).toEqual([
		expect.stringContaining('Not read: "Notes"'),
		expect.stringContaining('1 row is hidden in the sheet "Class 7a"'),
		expect.stringContaining('row 1 (above the header row)'),
	]);
});

test('n8n: text in its cells, a number that is too long', async () => {
	const rows = await allRows(fixture('roster-n8n.xlsx'));
	expect(rows.map(({ number, columns }) => [number, Object.values(columns)])).toEqual([
		[2, ['000123', 'Ada & Lind', '+8613800138000', '2026-09-01', 'TRUE', '7', '']],
		[3, ['000124', '王小明\r\nx', '8613800138001', '2026-09-01T08:30:00+08:00', 'FALSE', '1.23456789012346E+16', 'x']],
	]);
});

test.each(['roster-exceljs.xlsx', 'roster-exceljs-stream.xlsx'])(
	'ExcelJS: %s, with runs of text, an error, a hidden row',
	async (name) => {
		const { rows, hints, facts } = await rowsOf(fixture(name));
		expect(facts?.sheet).toBe('People');
		expect(rows.map(({ number, columns }) => [number, Object.values(columns)])).toEqual([
			[2, ['000123', 'Ada Lind', '8613800138000', '2026-09-01T08:30:00', 'TRUE']],
			[3, ['000124', '王小明', '#N/A', '2026-09-02', 'FALSE']],
		]);
		expect(hints.at(-1)).toMatch(/^1 row is hidden/);
	},
);

test.each([
	['roster.ods', /OpenDocument file, such as \.ods/],
	['roster.xls', /before 2007, such as an \.xls workbook/],
])('%s of LibreOffice is named', async (name, told) => {
	const reading = allRows(fixture(name));
	await expect(reading).rejects.toThrow(FileUnreadable);
	await expect(reading).rejects.toThrow(told);
});
