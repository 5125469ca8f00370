// The report of rows that hardly share a column: a file of a table with them all would be gigabytes of commas.

import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { Report, type ReportFile, type ReportFormat } from '../../nodes/TokenIm/output/report';
import { expectQuick, expectQuickTurns } from '../quick.mts';

const VERDICT = { status: 'unknown', reason: 'No answer.', attempts: 1, requestId: undefined, batch: 1 } as const;

const turn = async () => await new Promise<void>((resolve) => setTimeout(resolve, 0));

function reportOf(
	format: ReportFormat,
	rows: number,
	columns: (row: number) => Readonly<Record<string, unknown>>,
): Report {
	const report = new Report(format, true, turn);
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

describe('rows that come all at once', () => {
	const wide = (row: number) =>
		Object.fromEntries(Array.from({ length: 16_000 }, (_, at) => [`column ${at}`, `=v${row} ${at}`]));
	const tables: ReadonlyArray<readonly [string, rows: number, (row: number) => Readonly<Record<string, unknown>>]> = [
		['16,000 columns each', 8, wide],
		['cells of a million characters', 8, (row) => ({ id: row, a: '=x;'.repeat(350_000), b: 'x"y'.repeat(350_000) })],
		['lists of a hundred thousand', 8, (row) => ({ id: row, a: Array.from({ length: 100_000 }, () => 'a') })],
		[
			'a hundred cells of 5,000 characters',
			10,
			(row) => Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`c${at}`, `'=${row};`.repeat(1_000)])),
		],
		[
			'many columns of their own',
			8,
			(row) => Object.fromEntries(Array.from({ length: 4_000 }, (_, at) => [`c ${row} ${at}`, 'v'])),
		],
	];

	test.each(tables.flatMap((table) => (['csv', 'excel'] as const).map((format) => [...table, format] as const)))(
		'with %s do not hold the event loop (%d rows, %o, %s)',
		async (_, rows, columns, format) => {
			const given = Array.from({ length: rows }, (_row, at) => columns(at + 1));
			await expectQuickTurns(async (breathe) => {
				const report = reportOf(format, rows, (row) => given[row - 1] ?? {});
				expect(report.rows).toBe(rows);
				await report.file(breathe);
			}, format);
		},
	);

	test('keep their order, short ones among wide ones', async () => {
		const columns = (row: number) => (row % 7 === 3 ? { id: row, ...wide(row) } : { id: row });
		const { bytes } = await reportOf('csv', 100, columns).file(turn);
		const rows: ReadonlyArray<Readonly<Record<string, string>>> = parse(bytes, { bom: true, columns: true });
		expect(rows.map(({ row, id }) => [row, id])).toEqual(
			Array.from({ length: 100 }, (_, at) => [String(at + 1), String(at + 1)]),
		);
	});
});

describe('a row that is larger than one may be', () => {
	test('has a cell of 100,000 characters at most, and 500,000 in all; a hint counts what is cut', async () => {
		const columns = Object.fromEntries(
			Array.from({ length: 8 }, (_, at) => [`c${at}`, 'x'.repeat(90_000 + at * 5_000)]),
		);
		const { bytes, cellsCut } = await reportOf('csv', 1, () => ({ ...columns, n: 7, z: 'end' })).file(turn);
		const [row]: ReadonlyArray<Readonly<Record<string, string>>> = parse(bytes, { bom: true, columns: true });
		const lengths = Object.entries(row ?? {}).flatMap(([name, { length }]) => (name.startsWith('c') ? [length] : []));
		expect(lengths.reduce((sum, length) => sum + length, 0)).toBeLessThan(500_010);
		expect(lengths.slice(0, 3)).toEqual([90_000, 95_000, 100_000]);
		expect([row?.n, row?.z, row?.c3?.endsWith('x…'), cellsCut]).toEqual(['7', '…', true, 6]);
	});

	test('is cut where it is a list, too, and stays where it is not too large', async () => {
		const list = Array.from({ length: 100_000 }, () => 'abc');
		const { bytes, cellsCut } = await reportOf('csv', 1, () => ({ list, some: list.slice(0, 1_000) })).file(turn);
		const [row]: ReadonlyArray<Readonly<Record<string, string>>> = parse(bytes, { bom: true, columns: true });
		expect([row?.list, JSON.parse(row?.some ?? '').length, cellsCut]).toEqual(['…', 1_000, 1]);
	});
});

test('a table that is wide for all rows alike stays as it is', async () => {
	const columns = Object.fromEntries(Array.from({ length: 2_000 }, (_, at) => [`c${at}`, at]));
	const { columnsLeft, bytes } = await reportOf('csv', 3, () => columns).file(async () => undefined);
	const rows: ReadonlyArray<Readonly<Record<string, string>>> = parse(bytes, { bom: true, columns: true });
	expect(columnsLeft).toBe(0);
	expect(rows.map(({ c0, c1999 }) => [c0, c1999])).toEqual(Array(3).fill(['0', '1999']));
});
