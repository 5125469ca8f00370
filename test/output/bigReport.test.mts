// The report of rows that hardly share a column: a file of a table with them all would be gigabytes of commas.

import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { Report, type ReportFile, type ReportFormat } from '../../nodes/TokenIm/output/report';
import { expectQuick, expectQuickTurns } from '../quick.mts';

const VERDICT = { status: 'unknown', reason: 'No answer.', attempts: 1, requestId: undefined, batch: 1 } as const;

function reportOf(
	format: ReportFormat,
	rows: number,
	columns: (row: number) => Readonly<Record<string, unknown>>,
): Report {
	const report = new Report(format, true);
	for (let row = 1; row <= rows; row++)
		report.add({ ...VERDICT, row }, { number: row, item: row - 1, columns: columns(row) });
	return report;
}

describe('rows with a column of their own each', () => {
	test.each<ReportFormat>(['csv', 'excel'])('become a %s file without holding the event loop', async (format) => {
		const report = reportOf(format, 3_000, (row) => ({ userId: `u${row}`, [`column ${row}`]: 'x' }));
		let file: ReportFile | undefined;
		await expectQuickTurns(async (breathe) => (file = await report.file(breathe)), format);
		expect(file).toMatchObject({ format, columnsLeft: 0 });
	});

	test('keep what has no column of its own in one more', async () => {
		const report = reportOf('csv', 30_000, (row) => ({ userId: `u${row}`, [`column ${row}`]: `=${row}` }));
		let file: ReportFile | undefined;
		await expectQuickTurns(async (breathe) => (file = await report.file(breathe)), 'csv');
		expect(file?.columnsLeft).toBe(30_001 - 1_666);
		expect(file?.bytes.length).toBeLessThan(100_000_000);
		const text = file?.bytes.toString() ?? '';
		const lines = text.split('\r\n');
		const cells = (line = ''): readonly string[] => parse(line, { bom: true })[0] ?? [];
		const [header, first, last] = [cells(lines[0]), cells(lines[1]), cells(lines.at(-2))];
		expect([header.length, header.at(3), header.at(-1)]).toEqual([1_669, 'column 1', 'more columns']);
		expect([first.at(2), first.at(3), first.at(-1)]).toEqual(['u1', "'=1", '']);
		expect([last.at(2), last.at(-1)]).toEqual(['u30000', '{"column 30000":"=30000"}']);
	});
});

test('a row as wide as a sheet of Excel is added in a moment', () => {
	const columns = Object.fromEntries(Array.from({ length: 16_000 }, (_, at) => [`c${at}`, 'v']));
	expectQuick(() => reportOf('csv', 1, () => columns), 'a wide row');
});

test('a table that is wide for all rows alike stays as it is', async () => {
	const columns = Object.fromEntries(Array.from({ length: 2_000 }, (_, at) => [`c${at}`, at]));
	const { columnsLeft, bytes } = await reportOf('csv', 3, () => columns).file(async () => undefined);
	const rows: ReadonlyArray<Readonly<Record<string, string>>> = parse(bytes, { bom: true, columns: true });
	expect(columnsLeft).toBe(0);
	expect(rows.map(({ c0, c1999 }) => [c0, c1999])).toEqual(Array(3).fill(['0', '1999']));
});
