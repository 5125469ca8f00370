// The report goes out, is mended, and comes in again by Input: File: every cell and every column is then what it was, in
// both formats, whether formulas are escaped or not.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eachRow } from '../../nodes/TokenIm/engine/rows/rowReader.ts';
import { readFileRows } from '../../nodes/TokenIm/input/files/readFile.ts';
import { Report, type ReportFormat } from '../../nodes/TokenIm/output/report.ts';

const UNKNOWN = { status: 'unknown', reason: 'No answer came.', attempts: 1, requestId: undefined, batch: 1 } as const;
const breathe = async () => undefined;
const RUNS = Number(process.env.TOKENIM_PROPERTY_RUNS ?? 300);
/** To pack and unpack a workbook takes its time. */
const runsOf = (format: ReportFormat) => (format === 'csv' ? RUNS : Math.ceil(RUNS / 10));

const WAYS: ReadonlyArray<readonly [ReportFormat, escapes: boolean]> = [
	['csv', true],
	['csv', false],
	['excel', true],
	['excel', false],
];

/** What a spreadsheet may take for a formula, what keeps it from that, and what it may drop. */
const PIECES = [
	...[
		"'",
		"'",
		"''",
		'=',
		'@',
		'+',
		'-',
		'\uFF1D',
		'\uFF20',
		'\uFF0B',
		'\uFF0D',
		';',
		',',
		'\t',
		'\n',
		'\r\n',
		'"',
		'|',
	],
	...[
		' ',
		'\u00A0',
		'\u3000',
		'\u200B',
		'\uFEFF',
		'\u00AD',
		'\u2060',
		'\u200F',
		'\u202E',
		'\u2066',
		'\uFE0F',
		'\u2028',
	],
	...['\x85', '4', '-2', '+44 20', '(0)', 'a', '\u5F20', '{', '=1', "'=1", '1.5'],
];
/** A cell of white space alone is an empty one. */
const cell = fc
	.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 8 })
	.map((pieces) => pieces.join(''))
	.filter((text) => text.trim() !== '');

async function backFrom(
	columns: Readonly<Record<string, unknown>>,
	[format, escapes]: readonly [ReportFormat, boolean],
): Promise<Readonly<Record<string, unknown>>> {
	const report = new Report(format, escapes, breathe);
	report.add({ ...UNKNOWN, row: 2 }, { number: 2, item: 0, columns });
	const file = await report.file(breathe);
	expect(file.format).toBe(format);
	const chunks = (async function* () {
		yield file.bytes;
	})();
	for await (const row of eachRow(readFileRows({ chunks, item: 0 }))) return row.columns;
	throw new Error('no row came back');
}

describe.each(WAYS)('a report as %s, Escape Formulas %s,', (...way) => {
	test.each(["'=1", "''=1", '=1', "\u200B'=1", "a;'=1", "a\n'@b", "'+44 20 7946", "'\uFF1D1", '="007"', "'", "''"])(
		'gives %j back',
		async (text) => {
			expect((await backFrom({ id: 's1', cell: text }, way)).cell).toBe(text);
		},
	);

	test('gives every cell back as it was', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 4 }), async (cells) => {
				const columns = Object.fromEntries(cells.map((text, at) => [`c${at}`, text]));
				const back = await backFrom({ id: 's1', ...columns }, way);
				expect(Object.fromEntries(Object.keys(columns).map((name) => [name, back[name]]))).toEqual(columns);
			}),
			{ numRuns: runsOf(way[0]) },
		);
	});

	test('gives the names of columns back, and what stands in more columns than a report has', async () => {
		const columns = { id: 's1', "'=name": 'a', '@name': 'b' };
		expect(await backFrom(columns, way)).toMatchObject(columns);
	});
});
