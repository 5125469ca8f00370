// Total rows of tables in a workbook: Excel says which they are, whatever their labels.

import { describe, expect, it } from 'vitest';
import { knownColumns } from '../../../nodes/TokenIm/input/columns/knownColumns.ts';
import { rowsOf } from './reading.mts';
import { number, relationships, row, text, workbook } from './workbooks.mts';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONSHIPS = 'xl/worksheets/_rels/sheet1.xml.rels';
const PEOPLE =
	row(1, text('userId'), text('username'), text('note')) +
	row(2, text('s1'), text('Ada'), text('x')) +
	row(3, text('s2'), text('Bob'), text('y'));
/** In a word that is in no list, with a number that is no count. */
const LAST = row(4, text('In all'), text('7 of us'));

const table = (attributes: string) => `<table xmlns="${MAIN}" id="1" displayName="T" ${attributes}/>`;

async function read(rows: string, attributes: string, parts: Readonly<Record<string, string | undefined>> = {}) {
	const all = {
		[RELATIONSHIPS]: relationships([['rId1', 'table', '../tables/table1.xml']]),
		'xl/tables/table1.xml': table(attributes),
		...parts,
	};
	const read = await rowsOf(workbook({ sheets: [{ rows }], parts: all }), { knownColumns });
	return {
		numbers: read.rows.map((one) => one.number),
		codes: read.rows.flatMap(({ issues = [] }) => issues.map(({ code }) => code)),
		hint: read.hints.join(),
	};
}

describe('the total row of a table', () => {
	it.each(['ref="A1:C4" totalsRowCount="1"', 'ref="$A$1:$C$4" totalsRowCount="1" totalsRowShown="1"'])(
		'is left out, with the hint of totals: %s',
		async (attributes) => {
			const { numbers, codes, hint } = await read(PEOPLE + LAST, attributes);

			expect({ numbers, codes }).toEqual({ numbers: [2, 3], codes: [] });
			expect(hint).toContain('row 4 (a count or a total)');
		},
	);

	it('is left out at a path from the top of the archive, too', async () => {
		const parts = { [RELATIONSHIPS]: relationships([['rId1', 'table', '/xl/tables/table1.xml']]) };
		expect(await read(PEOPLE + LAST, 'ref="A1:C4" totalsRowCount="1"', parts)).toMatchObject({ numbers: [2, 3] });
	});

	it.each([
		['the table shows none', 'ref="A1:C4"'],
		['the table shows none any more', 'ref="A1:C4" totalsRowShown="1"'],
		['the table never had one', 'ref="A1:C4" totalsRowShown="0"'],
		['it shows none by number', 'ref="A1:C4" totalsRowCount="0"'],
		['it ends elsewhere', 'ref="A1:C3" totalsRowCount="1"', 3],
		['its place cannot be read', 'ref="A1" totalsRowCount="1"'],
		['it would have no other rows', 'ref="A1:C4" totalsRowCount="4"'],
		['it stands beside the people', 'ref="D1:F4" totalsRowCount="1"'],
		['it covers some of their cells', 'ref="B1:C4" totalsRowCount="1"'],
	] as ReadonlyArray<[string, string, number?]>)('is none where %s', async (_, attributes, leftOut) => {
		const { numbers, codes } = await read(PEOPLE + LAST, attributes);
		expect({ numbers, codes }).toEqual({ numbers: [2, 3, 4].filter((one) => one !== leftOut), codes: [] });
	});

	it('is asked about where it holds an e-mail address', async () => {
		const last = row(4, text('s3'), text('Cem'), text('c@x.org'));
		expect(await read(PEOPLE + last, 'ref="A1:C4" totalsRowCount="1"')).toMatchObject({
			numbers: [2, 3, 4],
			codes: ['total_unclear'],
		});
	});

	it('does not hide rows below it', async () => {
		const more = row(6, text('s4'), text('Dana'), number(1));
		expect(await read(PEOPLE + LAST + more, 'ref="A1:C4" totalsRowCount="1"')).toMatchObject({ numbers: [2, 3, 6] });
	});
});

describe('a sheet', () => {
	it('with a link for each of many people is read, and its table is found', async () => {
		const links = Array.from({ length: 20_001 }, (_, at) => [`rId${at + 2}`, 'hyperlink', 'mailto:a@x.org'] as const);
		const parts = { [RELATIONSHIPS]: relationships([...links, ['rId1', 'table', '../tables/table1.xml']]) };
		expect(await read(PEOPLE + LAST, 'ref="A1:C4" totalsRowCount="1"', parts)).toMatchObject({ numbers: [2, 3] });
	});

	it('that names a table which is not there is read', async () => {
		expect(await read(PEOPLE, '', { 'xl/tables/table1.xml': undefined })).toMatchObject({ numbers: [2, 3] });
	});
});

it('a total as Excel writes it in Chinese renames nobody, with a table or without', async () => {
	const rows =
		row(1, text('姓名'), text('学号')) +
		row(2, text('王小明'), number(1)) +
		row(3, text('李雷'), number(2)) +
		row(4, text('韩梅梅'), number(3)) +
		row(5, text('汇总'), number(3));
	expect(await read(rows, 'ref="A1:B5" totalsRowCount="1"')).toMatchObject({ numbers: [2, 3, 4], codes: [] });
	expect(await read(rows, 'ref="A1:B5"')).toMatchObject({ numbers: [2, 3, 4], codes: [] });
});
