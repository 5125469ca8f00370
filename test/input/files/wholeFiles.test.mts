import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { knownColumns } from '../../../nodes/TokenIm/input/columns/knownColumns.ts';
import { formatOf } from '../../../nodes/TokenIm/input/files/format.ts';
import { chunksOf, piecesOf } from '../../../nodes/TokenIm/input/files/pieces.ts';
import { FileUnreadable } from '../../../nodes/TokenIm/input/files/unreadable.ts';
import type { FileOptions } from '../../../nodes/TokenIm/input/files/readFile.ts';
import { eachRow } from '../../../nodes/TokenIm/engine/rows/rowReader.ts';
import { readFileRows } from '../../../nodes/TokenIm/input/files/readFile.ts';
import { allRows, bytesOf, rowsOf, type Sent } from './reading.mts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));

type Refused = [what: string, content: string | Uint8Array, message: RegExp, options?: FileOptions, sent?: Sent];

const UNREADABLE: Refused[] = [
	['an empty file', '', /is empty/],
	['a file of blanks', '\uFEFF \n\n', /is empty/],
	['a file of comments', '# a\n# b\n', /no header row/, { comment: '#' }],
	['the first bytes of a workbook', hex('504b030414000600'), /workbook cannot be read: its end is missing/],
	['an old workbook', hex('d0cf11e0a1b11ae1'), /before 2007/],
	['a PDF', '%PDF-1.7\n', /a PDF/],
	['a gzip', hex('1f8b0800'), /gzip/],
	['a web page', '<!DOCTYPE html><html></html>', /a web page/, {}, { fileName: 'people.csv' }],
	['a table of HTML in one line', '<table border="1"><tr><td>id</td></tr></table>', /an HTML table/],
	['a table behind a style', '<style>td { color: red }</style>\n<table><tr><td>id', /an HTML table/],
	['a table behind a comment', '\uFEFF<!-- by App -->\n<meta charset="utf-8"><table>', /an HTML table/],
	['a page with a comment before it', '<!-- x --><html><body>', /a web page/],
	[
		'an XML spreadsheet',
		'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>',
		/XML spreadsheet of Excel 2003/,
	],
	['other XML', '<?xml version="1.0"?><users/>', /is XML/],
	['XML without its first line', '<users>\n  <user>', /is XML/],
	['a web archive', 'MIME-Version: 1.0\r\nContent-Type: multipart/related', /web archive/],
	['a document', '{\\rtf1\\ansi', /RTF/],
	['a SYLK sheet', 'ID;PWXL;N;E\r\nC;Y1;X1', /SYLK/],
	['vCards', 'BEGIN:VCARD\r\nFN:Ada\r\n', /vCards/],
	['LDIF', '# extended LDIF\n#\nversion: 1\n\ndn: cn=Ada,dc=example\n', /LDIF/],
	['UTF-32', hex('690000006400000031000000320000000a000000'), /UTF-32/],
	['zeros alone', new Uint8Array(1000), /no text/],
	['a TAR archive', tarOf('id,name\n1,Ada\n'), /no text/],
	['bytes', hex('0001020300040506000000'), /no text/],
	['Latin-1', hex('69642c6e616d650a312c4afc7267656e204df66c6c65720a'), /encoding that could not be told/],
	[
		'Korean in EUC-KR',
		hex('69642c6e616d650a312c' + 'b1e8bfb5bcf6c0ccb0a1b4d9b6f3'.repeat(4) + '0a'),
		/encoding that could not be told/,
	],
	['an unknown encoding', 'a,b\n', /"klingon" is no encoding/, { encoding: 'klingon' }],
	[
		'no header row',
		's1,ada@example.com\n',
		/should hold the names of the columns, and its column 2 holds an e-mail address$/,
	],
	['a phone for a header', 's1,+86 138 0013 8000\n', /and its column \d+ holds a phone or another long number$/],
	['an open quote in the header', 'id,"name\n1,2\n', /header row of the file, row 1, cannot be read/],
	['a header of more than a MiB', `id,${'x'.repeat(1024 * 1024)}\n1,2\n`, /longer than/],
	['JSON that is none', 'id,name\n1,2\n', /not valid JSON: see character 1/, { format: 'json' }],
	['JSON without a list', '{"user": {"id": 1}}', /no list of objects/, { format: 'json' }],
	['JSON cut off before its list', '{"total": 1, "us', /not valid JSON/, { format: 'json' }],
];

/** Nothing but text and zeros, as TAR pads its fields. */
function tarOf(text: string): Uint8Array {
	const all = new Uint8Array(1024);
	all.set(bytesOf('people.csv'));
	all.set(bytesOf('ustar'), 257);
	all.set(bytesOf(text), 512);
	return all;
}

describe('files that cannot be read as a whole', () => {
	it.each(UNREADABLE)('refuses %s before the first row', async (_, content, message, options, sent) => {
		const reading = allRows(content, options, sent);

		await expect(reading).rejects.toThrow(FileUnreadable);
		await expect(reading).rejects.toThrow(message);
	});

	it.each(UNREADABLE)('says how %s is mended, without blame', async (_, content, _message, options, sent) => {
		const told: unknown = await allRows(content, options, sent).catch((reason: unknown) => reason);

		if (!(told instanceof FileUnreadable)) return expect.fail('not refused');
		expect(told.description).toMatch(/\. Nothing was sent\.$/);
		expect(`${told.message} ${told.description}`).not.toMatch(/\b(?:error|problem|failure|mistake)/i);
	});

	it('takes a sheet with a header and no rows for one of no rows', async () => {
		expect(await rowsOf('id,name\n')).toMatchObject({ rows: [], facts: { columns: ['id', 'name'] } });
	});
});

describe('files that look like something else, and are tables', () => {
	it.each([
		['<TICKER>,<PER>\nA,1\n', ['<TICKER>', '<PER>']],
		['id;name\nP1;Ada\n', ['id', 'name']],
		['MIME,Version\n1,2\n', ['MIME', 'Version']],
		['userId,username,2024-09-02,02.09.2024,9/2/2024,20240902,2024-2025\ns1,Ada,x,,,,\n', undefined],
		['userId,username,2024-09-02 08:00\ns1,Ada,x\n', undefined],
		['userId,2024-09-02\ns1,x\n', undefined],
		['userId,username,ada@example.com,bob@example.com\ns1,Ada,x,y\n', undefined],
	])('%j', async (text, columns = text.split('\n', 1)[0]?.split(',') ?? []) => {
		expect((await rowsOf(text, { knownColumns })).facts?.columns).toEqual(columns);
	});

	it.each([
		['at the end of a cell', 's1,Ada\0\0\n', 'Ada', []],
		['at both ends', 's1,\0Ada\0\n', 'Ada', []],
		['a single one', 's1,Ada\0\n', 'Ada', []],
		['a single one, more to the right', 's1,Adam\0\n', 'Adam', []],
		['to a fixed width', `s1${'\0'.repeat(18)},Ada${'\0'.repeat(97)}\n`, 'Ada', []],
		['behind a quote', 's1,"Ada"\0\n', 'Ada', []],
		['beside other letters', 's1,Zoë 三\0\n', 'Zoë 三', []],
		['within a cell', 's1,A\0da\n', 'A\0da', ['zero_byte']],
	])('zero bytes, %s', async (_, row, name, codes) => {
		const { rows } = await rowsOf(`userId,username\n${row}s2,Bob\n`);

		expect(rows.map(({ columns }) => columns.username)).toEqual([name, 'Bob']);
		expect(rows.flatMap(({ issues }) => issues ?? []).map(({ code }) => code)).toEqual(codes);
	});

	it.each([
		['id;Name, Vorname\n1;Lind, Ada\n2;Stone, Bob\n', ';'],
		['id;Name, Vorname;Class, Year, Room\n1;Lind, Ada;7, a, 3\n', ';'],
		['Kennung;Anzeige, kurz\n1;a, b\n', ';'],
		['id\tName, Vorname\n1\tLind, Ada\n', '\t'],
		['id|Name, Vorname\n1|Lind, Ada\n', '|'],
		['userId,username,members\ng1,Ada,a;b\ng2,Bob,c;d\n', ','],
		['userId,username,note\ns1,a;b\ns2,c;d\ns3,e;f\n', ','],
		['Class 7a, spring\nuserId;username\ns1;Ada\n', ';'],
		['"id";"Name, Vorname"\n"1";"Lind, Ada"\n', ';'],
		['userId, username, email\ns1, Ada, a@x.org\n', ','],
	])('%j is parted by %j', async (text, delimiter) => {
		expect((await rowsOf(text, { knownColumns })).facts?.delimiter).toBe(delimiter);
	});
});

describe('the format', () => {
	it.each([
		['people.csv', undefined, 'a', 'csv'],
		['people.CSV', 'application/json', '[1]', 'csv'],
		['people.tab', undefined, 'a', 'tsv'],
		['people.json', undefined, '[{}]', 'json'],
		['people.json', undefined, '{"users":[{"a":1}]}', 'json'],
		['people.json', undefined, '{"users":\n', 'json'],
		['people.json', undefined, '{"a":1}\n{"a":2}\n', 'jsonLines'],
		['people.jsonl', undefined, '', 'jsonLines'],
		['people', 'text/tab-separated-values', 'a', 'tsv'],
		['people', 'application/x-ndjson; charset=utf-8', '', 'jsonLines'],
		['people.txt', 'text/plain', 'a,b', 'csv'],
		['people.txt', 'text/plain', '{"a":["x"]}', 'json'],
		[undefined, 'application/vnd.ms-excel', 'a,b', 'csv'],
		[undefined, undefined, '\n [{', 'json'],
	])('of %s, %s, that starts with %j is %s', (fileName, mimeType, head, format) => {
		expect(formatOf(head, fileName, mimeType)).toBe(format);
	});
});

describe('chunks', () => {
	it('come from a Buffer and from a Readable alike', async () => {
		for (const data of [
			Buffer.from('a,b\n1,2\n'),
			Readable.from([Buffer.from('a,b\n1'), Buffer.from(',2\n')]),
			Readable.from(['a,b\n', '1,2\n']),
		]) {
			const chunks: Uint8Array[] = [];
			for await (const chunk of chunksOf(data)) chunks.push(chunk);

			expect(Buffer.concat(chunks).toString()).toBe('a,b\n1,2\n');
		}
	});

	it.each([1, 1000, 65_536, 300_000])(
		'of %i bytes become pieces of one size, with a turn of the event loop after each',
		async (size) => {
			const bytes = bytesOf('0123456789'.repeat(20_000));
			const sizes: number[] = [];
			let turns = 0;
			const cut = (async function* () {
				for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
			})();
			for await (const piece of piecesOf(cut, async () => void turns++)) sizes.push(piece.length);

			expect(sizes).toEqual([65_536, 65_536, 65_536, 3392]);
			expect(turns).toBe(3);
		},
	);
});

it('lets go of the file when its reader stops early', async () => {
	const stream = Readable.from([Buffer.from('id\n1\n'.padEnd(70_000, '2\n')), Buffer.from('3\n'.repeat(70_000))]);
	for await (const row of eachRow(readFileRows({ chunks: chunksOf(stream), item: 0 }))) if (row.number === 3) break;

	expect(stream.destroyed).toBe(true);
});

it('tells columns of one name apart, whatever else there is', async () => {
	const [row] = await allRows('id,Comment,Comment [2],Comment,Comment\n1,a,b,c,d\n');

	expect({ ...row?.columns }).toEqual({
		id: '1',
		Comment: 'a',
		'Comment [2]': 'b',
		'Comment [3]': 'c',
		'Comment [4]': 'd',
	});
});
