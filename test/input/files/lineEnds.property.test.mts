// One place decides where a record ends: whatever line ends a file mixes, each of its rows has one verdict, in order, under
// its row of the sheet, and with the cells that were written.

import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allRows } from './reading.mts';

const RUNS = Math.ceil(Number(process.env.TOKENIM_PROPERTY_RUNS ?? 2_000) / 10);
const LINE_END = fc.constantFrom('\n', '\r\n', '\r', '\r\r\n', '\r\r\r\n');
const QUOTED_UNITS = fc.constantFrom('"', ',', ';', '\n', '\r', '\r\n', '\r\r\n', 'a', ' ', '三', '\u2028', '\u0085');
const BARE_UNITS = fc.constantFrom('b', 'c', "'", '!', '三', '\u2028', '\u0085', 'é');
/** For `npm run test:soak`. */
const TIMEOUT_MS = 3_600_000;
const SIZE = fc.integer({ min: 1, max: 40 });

/** A cell as it is written and as it is meant. */
const QUOTED = fc
	.tuple(
		fc.string({ unit: QUOTED_UNITS, maxLength: 8 }),
		fc.constantFrom('', ' ', '  '),
		fc.constantFrom('', ' ', '\t'),
	)
	.map(([meant, before, after]) => {
		// A quote behind a space is a hand's, and its cell ends on its line.
		const space = /[\r\n]/.test(meant) ? '' : before;
		return { written: `${space}"${meant.replaceAll('"', '""')}"${after}`, meant };
	});
const BARE = fc.string({ unit: BARE_UNITS, minLength: 1, maxLength: 8 }).map((meant) => ({ written: meant, meant }));
const CELL = fc.oneof(QUOTED, BARE);
/** With something to see in it: a row of white space is an empty row. */
const SEEN = BARE.map(({ meant }) => ({ written: `k${meant}`, meant: `k${meant}` }));

interface Line {
	readonly written: string;
	readonly meant: readonly string[] | undefined;
}
const ROW: fc.Arbitrary<Line> = fc.tuple(SEEN, CELL, SEEN).map((cells) => ({
	written: cells.map(({ written }) => written).join(','),
	meant: cells.map(({ meant }) => meant),
}));
const BLANK: fc.Arbitrary<Line> = fc.constantFrom('', ' ', ',,').map((written) => ({ written, meant: undefined }));
const HEADER: Line = { written: 'id,name,note', meant: undefined };
const FILE = fc
	.array(fc.tuple(fc.oneof({ arbitrary: ROW, weight: 4 }, { arbitrary: BLANK, weight: 1 }), LINE_END), {
		maxLength: 12,
	})
	.chain((lines) => fc.tuple(fc.constant(lines), LINE_END, fc.boolean()))
	.map(([lines, headerEnd, endsInLineEnd]) => {
		const all: Array<readonly [Line, string]> = [[HEADER, headerEnd], ...lines];
		const text = all
			.map(([{ written }, end], index) => written + (index === all.length - 1 && !endsInLineEnd ? '' : end))
			.join('');
		return { text, lines: all };
	});

describe('line ends', () => {
	it(
		'of any kind, mixed, give one row for each record, with its number and its cells',
		async () => {
			await fc.assert(
				fc.asyncProperty(FILE, SIZE, async ({ text, lines }, chunkBytes) => {
					// An empty line between a CR and a LF is no line.
					fc.pre(
						!lines.some(
							([{ written }, end], index) =>
								written === '' && end.startsWith('\n') && (lines[index - 1]?.[1] ?? '').endsWith('\r'),
						) &&
							!lines.some(
								([{ written }, end], index) =>
									written === '' && end.startsWith('\r') && (lines[index - 1]?.[1] ?? '') === '\r',
							),
					);
					const rows = await allRows(text, { delimiter: ',', encoding: 'utf-8' }, { chunkBytes });

					expect(rows.map(({ number, columns, issues }) => [number, Object.values(columns), issues])).toEqual(
						lines.flatMap(([{ meant }], index) => (meant === undefined ? [] : [[index + 1, meant, undefined]])),
					);
				}),
				{ numRuns: RUNS },
			);
		},
		TIMEOUT_MS,
	);

	it(
		'of one kind give what csv-parse gives',
		async () => {
			const cells = fc.array(fc.tuple(SEEN, CELL, SEEN), { minLength: 1, maxLength: 8 });
			await fc.assert(
				fc.asyncProperty(cells, fc.constantFrom('\n', '\r\n', '\r'), SIZE, async (table, end, chunkBytes) => {
					const text = table.map((row) => row.map(({ written }) => written.trim()).join(',') + end).join('');
					const expected: string[][] = parse(text, { record_delimiter: end });
					const rows = await allRows(text, { delimiter: ',', hasHeader: false, encoding: 'utf-8' }, { chunkBytes });

					expect(rows.map(({ columns }) => Object.values(columns))).toEqual(expected);
				}),
				{ numRuns: RUNS },
			);
		},
		TIMEOUT_MS,
	);

	it(
		'lose no line of any text: each is in one row, or counted as no row',
		async () => {
			const unit = fc.constantFrom('"', ',', '\n', '\r', '\r\n', '\r\r\n', 'a', 'b', ' ', '-', '\0', '#', ';', '\t');
			await fc.assert(
				fc.asyncProperty(fc.string({ unit, maxLength: 60 }), SIZE, async (body, chunkBytes) => {
					// The last row keeps what stands before it from being words below the table.
					const read = async (size: number) =>
						await allRows(`id,name\n${body}\nz,z\n`, { delimiter: ',' }, { chunkBytes: size });
					const rows = await read(chunkBytes);
					const numbers = rows.map(({ number }) => number);
					const kept = (text: string) => [...text.replace(/[^ab]/g, '')].sort().join('');

					expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other));
					expect(kept(rows.flatMap(({ columns }) => Object.values(columns)).join(''))).toBe(kept(body));
					expect(rows).toEqual(await read(10_000));
				}),
				{ numRuns: 3 * RUNS },
			);
		},
		TIMEOUT_MS,
	);
});

it.each([
	['many CRs before each LF', 'id,name\r\r\r\r\n1,a\r\r\r\r\n2,b\r\r\r\r\n', [2, 3]],
	['LF CR', 'id,name\n\r1,a\n\r2,b\n\r', [3, 5]],
	['a header that ends in LF above CRs', 'id,name\n1,a\r2,b\r3,c', [2, 3, 4]],
	['a header that ends in CRLF above CRs', 'id,name\r\n1,a\r2,b\r3,c', [2, 3, 4]],
	['a single CR in the middle', 'id,name\n1,a\r2,b\n3,c\n', [2, 3, 4]],
	['CR behind a quoted cell', 'id,name\n1,"a"\r2,"b"\r3,"c"\n', [2, 3, 4]],
	['CR CR LF behind a quoted cell', 'id,name\r\r\n1,"a\r\r\nx"\r\r\n2,"b"\r\r\n', [2, 3]],
	['NEL', 'id,name\u00851,a\u00852,b\u0085', [2, 3]],
	['U+2028', 'id,name\u20281,a\u20282,"b"', [2, 3]],
	['U+2029', 'id,name\u20291,"a"\u20292,b', [2, 3]],
	['the mark with which DOS ends a file', 'id,name\n1,a\n2,b\n\x1a', [2, 3]],
])('rows stand under their numbers with %s', async (_, text, numbers) => {
	const rows = await allRows(text);

	expect(rows.map(({ number }) => number)).toEqual(numbers);
	expect(rows.map(({ columns }) => columns.id)).toEqual(numbers.map((_number, index) => String(index + 1)));
});

it.each(['\u0085', '\u2028'])('%j is text where lines end as everywhere', async (character) => {
	const rows = await allRows(`id,name\n1,a${character}b\n`);

	expect(rows.map(({ columns }) => columns.name)).toEqual([`a${character}b`]);
});

it.each([
	['LF among CRs', 'id,name,x\r1,a,b\r2,c,d\ne\r3,f,g\r', [3, 4]],
	['CR among LFs', 'id,name,x\n1,a,b\n2,c\rd,e\n3,f,g\n', [3, 4]],
	['LF among CRLFs', 'id,name,x\r\n1,a,b\r\n2,c\nd,e\r\n3,f,g\r\n', [3, 4]],
	['two LFs among CRs', 'id,name,x\r1,a,b\r2,c\nd\ne,f\r3,f,g\r', [3, 4, 5]],
	['at the end of the file', 'id,name,x\r1,a,b\r0,a,b\r2,c\nd,e', [4, 5]],
])('a row that a line break cuts in pieces is refused as a whole: %s', async (_, text, broken) => {
	const rows = await allRows(text);

	expect(rows.filter(({ issues }) => issues?.[0]?.code === 'row_spread').map(({ number }) => number)).toEqual(broken);
	expect(rows.flatMap(({ issues }) => issues ?? [])).toHaveLength(broken.length);
});

it.each([
	['two pieces', 's1,Ada,a\ns2,Bo\nb,x\ns3,Cy,c\n', [3, 4]],
	['at the end of the file', 's1,Ada,a\ns2,Bo\nb,x\n', [3, 4]],
	['at the end, without a line end', 's1,Ada,a\ns2,Bo\nb,x', [3, 4]],
	['above an empty row', 's1,Ada,a\ns2,Bo\nb,x\n\ns3,Cy,c\n', [3, 4]],
	['as the first row', 's2,Bo\nb,x\ns1,Ada,a\n', [2, 3]],
	['three pieces', 's1,Ada,a\ns2,Bo\nb\nc,x\ns3,Cy,c\n', [3, 4, 5]],
	['CRLF', 's1,Ada,a\r\ns2,Bo\r\nb,x\r\n', [3, 4]],
	['numbers as ids', '1,Ada,a\n2,Bo\nb,x\n3,Cy,c\n', [3, 4]],
	['a cell that begins with the break', 's1,Ada,a\ns2,\nBo,x\ns3,Cy,c\n', [3, 4]],
	['two of them, one after the other', 's1,Ada,a\ns2,Bo\nb,x\ns3,Cy,c\ns4,Di\nd,y\n', [3, 4, 6, 7]],
	['a number in the middle of a text', '1,Ada,a,A\n2,Bo,Elm\n12,x\n3,Cy,c,C\n', [3, 4]],
	['nothing that tells: names alone', 'Ada,Lind,a\nBo,Ek\nCy,Tan\nDi,Roe,d\n', [3, 4]],
	[
		'pieces of a row elsewhere than at the end of its block',
		`${'s1,Ada,a\n'.repeat(15)}s2,Bo\nb,x\ns3,Cy,c\n`,
		[17, 18],
	],
])('where all lines end alike the pieces of a row are refused: %s', async (_, body, broken) => {
	const header = body.startsWith('1,Ada,a,A') ? 'id,name,street,note' : 'id,name,note';
	const rows = await allRows(`${header}\n${body}`);

	expect(rows.filter(({ issues }) => issues?.[0]?.code === 'row_spread').map(({ number }) => number)).toEqual(broken);
	expect(rows.flatMap(({ issues }) => issues ?? [])).toHaveLength(broken.length);
});

it.each([
	['two with ids like all others', 'id,name,note\ns1,Ada,a\ns2,Bo\ns3,Cy\ns4,Di,d\n'],
	['two at the end', 'id,name,note\ns1,Ada,a\ns2,Bo\ns3,Cy\n'],
	['two below the header', 'id,name,note\ns2,Bo\ns3,Cy\ns1,Ada,a\n'],
	['two with addresses', 'name,email,note\nAda,a@x.org,a\nBo,b@x.org\nCy,c@x.org\nDi,d@x.org,d\n'],
	['numbers as ids', 'id,name,note\n1,Ada,a\n2,Bo\n3,Cy\n4,Di,d\n'],
	['one alone', 'first,last,note\nAda,Lind,a\nBo,Ek\nCy,Tan,c\n'],
	['more than one row has cells for', 'first,last,note\nAda,Lind,a\nBo,Ek\nCy,Tan\nDi,Roe\nEd,Poe,e\n'],
	['two with an empty row between them', 'first,last,note\nAda,Lind,a\nBo,Ek\n\nCy,Tan\n'],
	['the last block of Excel', `first,last,note\n${'Ada,Lind,a\n'.repeat(15)}Bo,Ek\nCy,Tan\n`],
	[
		'a block of Excel that is whole',
		`${'a,'.repeat(16)}a\n${`${'x,'.repeat(16)}x\n`.repeat(15)}${'Bo,Ek\n'.repeat(16)}${'x,'.repeat(16)}x\n`,
	],
	['pieces that are too many together', 'a,b,c,d\nx,y,z,z\nx,y,z\nx,y,z\nx,y,z,z\n'],
])('rows that are short at their end are rows of their own: %s', async (_, text) => {
	const rows = await allRows(text);

	expect(rows.flatMap(({ issues }) => issues ?? [])).toEqual([]);
	expect(rows).toHaveLength(text.trim().split(/\n+/).length - 1);
});

it('of short rows without end none is held back for long', async () => {
	const rows = await allRows(`${'a,'.repeat(500)}a\n${'x\n'.repeat(300)}`);

	expect([rows.length, rows.flatMap(({ issues }) => issues ?? [])]).toEqual([300, []]);
});

it('a run of a MiB of CRs is read in a moment', async () => {
	expect(await allRows(`id,name\n${'\r'.repeat(1_000_000)}1,a\n`)).toMatchObject([{ number: 1_000_002 }]);
});
