// Workbooks as files: which sheet is read, what is refused and how, and the limits of what a file may unpack to.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Archive } from '../../../nodes/TokenIm/input/files/workbook/archive.ts';
import { readSharedStrings } from '../../../nodes/TokenIm/input/files/workbook/texts.ts';
import { FileUnreadable } from '../../../nodes/TokenIm/input/files/unreadable.ts';
import { allRows, fileOf, rowsOf } from './reading.mts';
import { PEOPLE, row, sheetXml, text, workbook, zipped } from './workbooks.mts';

const OTHER = row(1, text('userId'), text('username')) + row(2, text('t1'), text('Bob'));
const NONE = [undefined, undefined, undefined];
const breathe = async () => undefined;

/** Message and description of why the file was not read. */
async function refusal(reading: Promise<unknown>): Promise<string> {
	const error: unknown = await reading.then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	if (!(error instanceof FileUnreadable)) throw new Error(`not refused but: ${String(error)}`);
	return `${error.message}. ${error.description}`;
}

describe('the sheet', () => {
	const book = workbook({
		sheets: [
			{ name: 'Lists', state: 'hidden', rows: OTHER },
			{ name: '7a', rows: PEOPLE },
			{ name: 'Übersicht & "Rest"', state: 'veryHidden', rows: OTHER },
		],
	});
	const ids = async (sheet?: string) => (await allRows(book, { sheet })).map(({ columns }) => columns.userId);

	test('is the first one that is not hidden, and a note names the others', async () => {
		const { rows, facts, hints } = await rowsOf(book);
		expect(rows.map(({ columns }) => columns.userId)).toEqual(['s1']);
		expect(facts).toMatchObject({ format: 'workbook', sheet: '7a', columns: ['userId', 'username'] });
		expect(hints).toEqual([
			'The sheet "7a" was read, the first one that is not hidden. Not read: "Lists", "Übersicht & "Rest"" (hidden: "Lists", "Übersicht & "Rest""). Choose another as Sheet under File Options.',
		]);
	});

	test('is the one that is named, hidden or not, in whatever case', async () => {
		expect(await ids('Lists')).toEqual(['t1']);
		expect(await ids(' U\u0308BERSICHT & "rest"')).toEqual(['t1']);
		expect((await rowsOf(book, { sheet: '7A' })).hints).toEqual([]);
	});

	test('that is not there is told, with those that are', async () => {
		expect(await refusal(ids('7b'))).toMatch(/no sheet "7b"\. Its sheets are "Lists", "7a", "Übersicht & "Rest""\./);
	});

	test('is the first of all where every one is hidden', async () => {
		const hidden = workbook({ sheets: [{ name: 'a', state: 'hidden', rows: PEOPLE }] });
		expect((await rowsOf(hidden)).facts?.sheet).toBe('a');
	});

	test('that is empty is told, with the others', async () => {
		const empty = workbook({
			sheets: [
				{ name: 'a', rows: row(1, '<c s="1"/>') },
				{ name: 'b', rows: PEOPLE },
			],
		});
		expect(await refusal(allRows(empty))).toMatch(/sheet "a" of the workbook is empty\. .*The others are "b"/);
	});

	test('that is a chart is none', async () => {
		const parts = { 'xl/_rels/workbook.xml.rels': chartFirst() };
		const charts = workbook({
			sheets: [
				{ name: 'Chart', rows: OTHER },
				{ name: 'b', rows: PEOPLE },
			],
			parts,
		});
		expect((await rowsOf(charts)).facts?.sheet).toBe('b');
	});

	test('is found in a workbook that is not called so', async () => {
		const named = { fileName: 'people.csv', mimeType: 'text/csv' };
		expect(await allRows(workbook(PEOPLE), { format: 'csv' }, named)).toHaveLength(1);
	});
});

function chartFirst(): string {
	const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
	return `<Relationships><Relationship Id="rId1" Type="${type}/chartsheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="/xl/worksheets/../worksheets/sheet2.xml"/></Relationships>`;
}

const container = (...text: string[]) =>
	Buffer.concat([
		Buffer.from('d0cf11e0a1b11ae1', 'hex'),
		Buffer.alloc(70_000),
		...text.map((part) => Buffer.from(part, 'utf16le')),
	]);

describe('a file that is no workbook of this kind is named, with the way out', () => {
	test.each<[what: string, bytes: Uint8Array, told: RegExp]>([
		['.xls', container('Workbook'), /Office file of before 2007, such as an \.xls workbook.*\.xlsx.*CSV UTF-8/],
		['a password', container('EncryptionInfo', 'EncryptedPackage'), /workbook with a password.*take the password away/],
		[
			'.xlsb',
			zipped({ 'xl/workbook.bin': 'x', '_rels/.rels': '<Relationships/>' }),
			/binary Excel workbook \(\.xlsb\)/,
		],
		[
			'.ods',
			zipped({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<a/>' }),
			/OpenDocument.*\.ods.*\.xlsx/,
		],
		['.numbers', zipped({ 'Index/Document.iwa': 'x', 'preview.jpg': 'x' }), /of Apple, such as \.numbers.*Export To/],
		['.docx', zipped({ 'word/document.xml': '<a/>' }), /Word document/],
		['.pptx', zipped({ 'ppt/presentation.xml': '<a/>' }), /presentation/],
		['.zip', zipped({ 'people.csv': 'userId,username\n' }), /ZIP archive without a workbook.*Compression node/],
	])('%s', async (_, bytes, told) => {
		expect(await refusal(allRows(bytes))).toMatch(told);
	});
});

describe('a workbook that is damaged', () => {
	const good = workbook(PEOPLE);

	test.each([0.2, 0.5, 0.9, 0.999])('and ends after %d of its bytes was cut off', async (share) => {
		expect(await refusal(allRows(good.subarray(0, good.length * share)))).toMatch(/cut off on its way.*Fetch the file/);
	});

	test('at any one byte is read as it was, or refused with a way out', async () => {
		const expected = JSON.stringify(await allRows(good));
		const outcomes = new Set<string>();
		for (let at = 0; at < good.length; at += 3) {
			const bytes = good.slice();
			bytes[at] = (bytes[at] ?? 0) ^ 0xff;
			const outcome = await allRows(bytes).then(
				(rows) => (JSON.stringify(rows) === expected ? 'read' : `other: ${JSON.stringify(rows)}`),
				(error: unknown) => (error instanceof FileUnreadable ? 'refused' : `thrown: ${String(error)}`),
			);
			outcomes.add(outcome);
		}
		expect([...outcomes].filter((outcome) => outcome !== 'read' && outcome !== 'refused')).toEqual([]);
		expect(outcomes.size).toBe(2);
	});

	test.each<[what: string, sheet: string, told: RegExp]>([
		['no end', sheetXml(PEOPLE).replace('</worksheet>', ''), /not valid XML/],
		['an entity of its own', sheetXml(PEOPLE.replace('Ada', '&lol;')), /not valid XML/],
		[
			'a document type',
			sheetXml(PEOPLE).replace('<worksheet', '<!DOCTYPE x [<!ENTITY lol "lol">]><worksheet'),
			/document type/,
		],
		['a row above another', sheetXml(PEOPLE + row(1, text('s2'), text('Bob'))), /row 1 after row 2/],
		['a row below the last one', sheetXml(PEOPLE + row(1_048_577, text('s2'))), /row 1048577/],
		['a cell to the right of the last one', sheetXml('<row r="1"><c r="XFE1"><v>1</v></c></row>'), /a cell "XFE1"/],
		['a text that is nowhere', sheetXml(row(1, '<c t="s"><v>7</v></c>')), /names a text/],
		['too much in one place', sheetXml(row(1, text('x'.repeat(2_000_000)))), /more than a million characters/],
	])('by %s', async (_, sheet, told) => {
		const book = workbook({ sheets: [{ rows: PEOPLE }], parts: { 'xl/worksheets/sheet1.xml': sheet } });
		expect(await refusal(allRows(book))).toMatch(told);
	});

	test('by a part that is missing', async () => {
		const book = workbook({ sheets: [{ rows: PEOPLE }], parts: { 'xl/worksheets/sheet1.xml': undefined } });
		expect(await refusal(allRows(book))).toMatch(/its part xl\/worksheets\/sheet1\.xml is missing/);
	});

	test('is let go of when it stops under way', async () => {
		let isClosed = false;
		const file = fileOf(workbook(PEOPLE));
		for await (const _ of file) break;
		const chunks = (async function* () {
			try {
				yield good.subarray(0, 100);
				yield good.subarray(100, 200);
			} finally {
				isClosed = true;
			}
		})();
		await refusal(allRowsOf(chunks));
		expect(isClosed).toBe(true);
	});
});

async function allRowsOf(chunks: AsyncIterable<Uint8Array>): Promise<unknown[]> {
	const { readFileRows } = await import('../../../nodes/TokenIm/input/files/readFile.ts');
	const rows: unknown[] = [];
	for await (const block of readFileRows({ chunks, item: 0 })) rows.push(...block);
	return rows;
}

describe('what a file may unpack to', () => {
	const bomb = zipped({ a: new Uint8Array(20_000_000), b: new Uint8Array(20_000_000) });

	test('has a limit over all its parts, kept while it unpacks', async () => {
		const archive = Archive.of(bomb, 30_000_000);
		let bytes = 0;
		const open = async (name: string) => {
			for await (const piece of archive.open(name)) bytes += piece.length;
		};
		await open('a');
		expect(await refusal(open('b'))).toMatch(/unpacks to more than 29 MiB.*CSV UTF-8/);
		expect(bytes).toBeLessThan(31_000_000);
	});

	test('has a limit of 200 times the size of the file, for a small file that unpacks to 64 MiB and more', async () => {
		const sheet = sheetXml(PEOPLE, `<y a="${'x'.repeat(10_000)}"/>`.repeat(7_000));
		const trap = workbook({ sheets: [{ rows: PEOPLE }], parts: { 'xl/worksheets/sheet1.xml': sheet } });
		expect(trap.length).toBeLessThan(200_000);
		expect(await refusal(allRows(trap))).toMatch(/unpacks to more than 64 MiB/);
	});

	test('comes in steps of some MiB, however well it was packed', async () => {
		const sizes: number[] = [];
		for await (const piece of Archive.of(bomb).open('a')) sizes.push(piece.length);
		expect(Math.max(...sizes)).toBeLessThan(2_500_000);
	});

	test('has a limit for texts that cells share', async () => {
		const archive = Archive.of(workbook({ sheets: [{ rows: PEOPLE }], texts: ['<t>Ada</t>', '<t>Lind</t>'] }));
		const texts = await readSharedStrings(archive, 'xl/sharedStrings.xml', breathe, 7);
		expect([texts.at(0), texts.at(1), texts.at(2), texts.at(-1), texts.at(0.5)]).toEqual(['Ada', 'Lind', ...NONE]);
		expect(await refusal(readSharedStrings(archive, 'xl/sharedStrings.xml', breathe, 6))).toMatch(/of text/);
	});

	test('has a limit for the number of parts and of sheets', async () => {
		const parts = Object.fromEntries(Array.from({ length: 20_001 }, (_, index) => [`p${index}`, 'x']));
		expect(await refusal(allRows(zipped(parts)))).toMatch(/20,001 parts/);
		const sheets = '<sheet name="a" r:id="rId1"/>'.repeat(10_001);
		const book = workbook({
			sheets: [{ rows: PEOPLE }],
			parts: { 'xl/workbook.xml': `<workbook><sheets>${sheets}</sheets></workbook>` },
		});
		expect(await refusal(allRows(book))).toMatch(/more than 10,000 sheets/);
	});
});

describe('as tools write them', () => {
	test('the sheet of the wild with a merged title is read', async () => {
		const file = readFileSync(join(import.meta.dirname, '../../fixtures/wild/18-xlsx-merged-title/people.xlsx'));
		expect(await allRows(file)).toEqual([
			{ number: 3, item: 0, columns: { userId: 's1', username: 'Ada', email: 'ada@school.example' } },
		]);
	});
});
