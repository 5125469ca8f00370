// The report file as a workbook: every cell is text by the file's own XML, and the reader of workbooks gets back what
// went in.

import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { Row, Verdict } from '../../nodes/TokenIm/engine/types.ts';
import { readFileRows } from '../../nodes/TokenIm/input/files/readFile.ts';
import { excelFile, fitsExcel } from '../../nodes/TokenIm/output/excel.ts';
import { Report } from '../../nodes/TokenIm/output/report.ts';

const breathe = async () => undefined;
const UNKNOWN = { status: 'unknown', reason: 'No answer came.', attempts: 1, requestId: undefined, batch: 1 } as const;

async function reported(rows: ReadonlyArray<Readonly<Record<string, unknown>>>) {
	const report = new Report('excel', true, breathe);
	for (const [item, columns] of rows.entries()) {
		const verdict: Verdict = { ...UNKNOWN, row: item + 2 };
		report.add(verdict, { number: item + 2, item, columns });
	}
	return await report.file(breathe);
}

async function readBack(bytes: Uint8Array): Promise<Row[]> {
	const rows: Row[] = [];
	for await (const block of readFileRows({
		chunks: (async function* () {
			yield bytes;
		})(),
		item: 0,
	}))
		rows.push(...block);
	return rows;
}

function part(bytes: Uint8Array, name: string): string {
	return strFromU8(unzipSync(bytes)[name] ?? new Uint8Array());
}

const ROW = {
	userId: '007',
	phone: '13800138000',
	since: '2026-09-01',
	formula: '=HYPERLINK("http://x","y")',
	at: '@SUM(A1)',
	n: 7,
	none: null,
};

describe('the report as a workbook', () => {
	test('has the format of text (49, "@") for every cell and every column but the row number', async () => {
		const { bytes } = await reported([ROW]);
		expect(part(bytes, 'xl/styles.xml')).toMatch(/<cellXfs count="2"><xf [^>]*\/><xf numFmtId="49"/);
		const sheet = part(bytes, 'xl/worksheets/sheet1.xml');
		const cells = [...sheet.matchAll(/<c r="([A-Z]+)(\d+)"([^>]*)>/g)].map(([, column, row, rest]) => ({
			column,
			row,
			rest,
		}));
		expect(cells.filter(({ rest }) => rest === ' s="1" t="inlineStr"')).toHaveLength(cells.length - 1);
		expect(cells.filter(({ rest }) => rest === '')).toEqual([{ column: 'A', row: '2', rest: '' }]);
		expect(sheet).toMatch(/<col min="2" max="2"[^>]* style="1"[^>]*\/><col min="3" max="9"[^>]* style="1"/);
	});

	test('holds no formula, whatever the cells start with, and puts no apostrophe before them', async () => {
		const { bytes } = await reported([ROW]);
		expect(part(bytes, 'xl/worksheets/sheet1.xml')).not.toMatch(/<f[ >]/);
		expect((await readBack(bytes))[0]?.columns).toMatchObject({ formula: ROW.formula, at: ROW.at });
	});

	test('is for a spreadsheet as it is for a reader: spaces stay, the header stays in sight, no ID is marked', async () => {
		const sheet = part((await reported([{ userId: ' 007 > ' }])).bytes, 'xl/worksheets/sheet1.xml');
		expect(sheet).toContain('<t xml:space="preserve"> 007 &gt; </t>');
		expect(sheet).toContain('<pane ySplit="1" topLeftCell="A2" state="frozen"/>');
		expect(sheet).toMatch(/<\/sheetData><ignoredErrors><ignoredError sqref="A1:XFD1048576" numberStoredAsText="1"\/>/);
	});

	test('is read back as it was', async () => {
		const { bytes, format } = await reported([ROW, { userId: '008', later: 'x' }]);
		expect(format).toBe('excel');
		expect((await readBack(bytes)).map(({ columns }) => columns)).toEqual([
			{ row: '2', reason: expect.stringContaining('No answer'), ...ROW, n: '7', none: '', later: '' },
			{
				...{ row: '3', reason: expect.anything(), userId: '008', phone: '', since: '', formula: '', at: '', n: '' },
				...{ none: '', later: 'x' },
			},
		]);
	});

	test('gives back any text, whatever characters it holds', async () => {
		const character = fc.oneof(
			fc.constantFrom(
				'\0',
				'\r',
				'\n',
				'\t',
				'\x1b',
				'_',
				'x',
				'0',
				'D',
				'"',
				',',
				'<',
				'&',
				']]>',
				'\uFFFE',
				'_x000D_',
			),
			fc.string({ unit: 'binary', maxLength: 3 }),
		);
		const cell = fc.array(character, { minLength: 1, maxLength: 8 }).map((parts) => `|${parts.join('')}|`);
		await fc.assert(
			fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 5 }), async (cells) => {
				const bytes = await excelFile(
					['row', 'a'],
					cells.map((text, index) => [index, text]),
					breathe,
				);
				expect((await readBack(bytes)).map(({ columns }) => columns.a)).toEqual(cells);
			}),
			{ numRuns: 200 },
		);
	});

	test('has as many columns as it takes: A to Z, AA and on', async () => {
		const columns = Object.fromEntries(Array.from({ length: 800 }, (_, index) => [`c${index}`, String(index)]));
		const { bytes } = await reported([columns]);
		expect((await readBack(bytes))[0]?.columns).toMatchObject(columns);
		expect(part(bytes, 'xl/worksheets/sheet1.xml')).toContain('<c r="ADV2"');
	});

	test.each<[what: string, rows: ReadonlyArray<Readonly<Record<string, unknown>>>]>([
		['a cell of more than 32,767 characters', [{ a: 'x'.repeat(32_768) }, { a: 'b' }]],
		['the name of a column of as many', [{ ['x'.repeat(32_768)]: 'a' }]],
	])('is CSV where a workbook cannot hold %s', async (_, rows) => {
		const { bytes, format } = await reported(rows);
		expect([format, bytes.toString().includes('x'.repeat(32_768))]).toEqual(['csv', true]);
	});

	test.each([
		[1_048_575, 16_384, true],
		[1_048_576, 1, false],
		[1, 16_385, false],
	])('row %d of %d cells fits a workbook: %s', (row, cells, fits) => {
		expect(
			fitsExcel(
				Array.from({ length: cells }, () => 'a'),
				row,
			),
		).toBe(fits);
	});
});
