// What stands in a sheet and is no person: left out and counted, or told; and what only looks so, which stays a row.

import { describe, expect, it } from 'vitest';
import { knownColumns } from '../../../nodes/TokenIm/input/columns/knownColumns.ts';
import type { FileOptions } from '../../../nodes/TokenIm/input/files/readFile.ts';
import { fileOf } from './reading.mts';

async function read(text: string, options: FileOptions = {}) {
	const file = fileOf(text, { knownColumns, ...options });
	const rows = [];
	for await (const block of file) rows.push(...block);
	return {
		ids: rows.map(({ columns }) => Object.values(columns)[0]),
		numbers: rows.map(({ number }) => number),
		codes: rows.flatMap(({ issues = [] }) => issues.map(({ code }) => code)),
		columns: file.facts?.columns,
		hint: file.hints.join(),
	};
}

describe('above the header', () => {
	it.each([
		['a title', 'Class list 7a\nuserId,username\ns1,Ada\n', [1]],
		['a title with a separator in it', 'List, of 7a\nuserId,username,email\ns1,Ada,a@x.org\n', [1]],
		['a title, padded', 'Class list 7a,,\nuserId,username,email\ns1,Ada,a@x.org\n', [1]],
		['a title that is the name of a column', 'Members\nuserId,username\ns1,Ada\n', [1]],
		['a version', 'version:v1.0\nuserId;username\ns1;Ada\n', [1]],
		['a type', '#TYPE System.Object\n"userId";"username"\n"s1";"Ada"\n', [1]],
		['a title above tabs', 'Class list 7a\nuserId\tusername\ns1\tAda\n', [1]],
		['a title and empty lines', 'Class list 7a\n\n\nuserId,username\ns1,Ada\n', [1]],
		[
			'a head of a report',
			'Report,Contacts\nName,All\nBy,Ada Lind\n\nuserId,username,email\ns1,Ada,a@x.org\n',
			[1, 2, 3],
		],
		['a title of a sheet whose names nobody knows', 'Class list 7a\nKennung,Anzeige\ns1,Ada\n', [1]],
		['a note of two lines in quotes', '"Fill in\nall columns"\nuserId,username\ns1,Ada\n', [1]],
		['a title behind a byte order mark', '\uFEFFClass list 7a\nuserId,username\ns1,Ada\n', [1]],
		['a title in a file of CRs', 'Class list 7a\ruserId,username\rs1,Ada\r', [1]],
	])('%s is a note', async (_, text, notes) => {
		const { ids, columns, hint } = await read(text);

		expect(ids).toEqual(['s1']);
		expect(columns?.length).toBeGreaterThan(1);
		for (const number of notes) expect(hint).toMatch(new RegExp(`\\b${number}\\b.*above the header row`));
	});

	it.each([
		['sep=;\nuserId;username\ns1;Ada\n'],
		['SEP=;\r\nuserId;username\r\ns1;Ada\r\n'],
		['"sep=;"\r\ruserId;username\rs1;Ada\r'],
		['sep=;\r\r\nuserId;username\r\r\ns1;Ada\r\r\n'],
		['\uFEFFsep=;\nuserId;username\ns1;Ada\n'],
	])('%j names the separator', async (text) => {
		expect(await read(text)).toMatchObject({ ids: ['s1'], columns: ['userId', 'username'], hint: '' });
	});

	it.each([
		['a header of one column above rows with commas', 'userId\ns1,x\ns2,y\n', ['userId']],
		['a header of names that nobody knows', 'Kennung,Anzeige\ns1,Ada\ns2,Bob\n', ['Kennung', 'Anzeige']],
		['a row of data that holds names of columns', 'a,b,c\nname,email,s1\n', ['a', 'b', 'c']],
		['a header with an empty name', 'userId,,email\ns1,Ada,a@x.org\n', ['userId', 'column2', 'email']],
		['a sheet of one column', 'Title\nA\nB\n', ['Title']],
	])('%s stays the header', async (_, text, columns) => {
		expect(await read(text)).toMatchObject({ columns, hint: '' });
	});

	it.each(['Report of 7a, spring\nLind,Ada,s1,3\nStone,Bob,s2,4\n', 'Kennung;Anzeige\ns1;Ada;x;y\ns2;Bob;x;y\n'])(
		'where no reading helps, %j is told once, before the first row',
		async (text) => {
			await expect(read(text)).rejects.toThrow(/Row 1 of the file names no column that is known/);
		},
	);

	it('a row with too many cells is told by itself where the header is known', async () => {
		expect(await read('userId,username\ns1,Lind,Ada\ns2,Stone,Bob\n')).toMatchObject({
			numbers: [2, 3],
			codes: ['cells_over', 'cells_over'],
		});
	});
});

describe('rows that are no people', () => {
	const HEADER = 'userId,username,note';
	it.each([
		['dashes', `${HEADER}\n------,--------,----\ns1,Ada,x\n`],
		['one dash each', `${HEADER}\n-,-,-\ns1,Ada,x\n`],
		['equals signs', `${HEADER}\n======,====,====\ns1,Ada,x\n`],
		['one long ruler', `${HEADER}\n--------------------\ns1,Ada,x\n`],
		['a ruler of a table in Markdown', 'userId|username\n:---|---:\ns1|Ada\n'],
		['box drawing', `${HEADER}\n──────,──────,────\ns1,Ada,x\n`],
		['plus and dashes', 'userId|username\n-------+-------\ns1|Ada\n'],
		['the header again', `${HEADER}\ns1,Ada,x\n${HEADER}\n`],
		['the header again, in capitals and with spaces', `${HEADER}\ns1,Ada,x\nUSERID, Username ,Note\n`],
		['the header again, with its mark', `${HEADER}\ns1,Ada,x\n\uFEFF${HEADER}\n`],
		['the header again, quoted', `${HEADER}\ns1,Ada,x\n"userId","username","note"\n`],
		['what is required', `${HEADER}\nRequired,(required),optional\ns1,Ada,x\n`],
		['what is required, in Chinese', `${HEADER}\n必填,必填,选填\ns1,Ada,x\n`],
		['types', `${HEADER}\ntext,Text,date\ns1,Ada,x\n`],
		['a count by sqlcmd', `${HEADER}\ns1,Ada,x\n\n(1 rows affected)\n`],
		['a count without an empty line', `${HEADER}\ns1,Ada,x\n(1 row affected)\n`],
		['a count by psql', `${HEADER}\ns1,Ada,x\n(1 row)\n`],
		['a count by MySQL', `${HEADER}\ns1,Ada,x\n1 row in set (0.00 sec)\n`],
		['a count by Oracle', `${HEADER}\ns1,Ada,x\n\n1 rows selected.\n`],
		['a count in Chinese', `${HEADER}\ns1,Ada,x\n共 1 条记录\n`],
		['a total', `${HEADER}\ns1,Ada,x\nTotal,1,\n`],
		['a total in one cell', `${HEADER}\ns1,Ada,x\nTotal: 1\n`],
		['a grand total', `${HEADER}\ns1,Ada,x\nGrand Total,,12.5\n`],
		['words below an empty line', `${HEADER}\ns1,Ada,x\n\nAll contacts\nExample School\n`],
		['words below an empty line, padded', `${HEADER}\ns1,Ada,x\n,,\nAll contacts,,\n`],
		['words and a count', `${HEADER}\ns1,Ada,x\n\nAll contacts\n\nTotal: 1\nExample School\n`],
		['words in a file of CRLFs', `${HEADER}\r\ns1,Ada,x\r\n\r\nAll contacts\r\n`],
	])('%s: left out and counted', async (_, text) => {
		const { ids, codes, hint } = await read(text);

		expect({ ids, codes }).toEqual({ ids: ['s1'], codes: [] });
		expect(hint).toMatch(/^\d+ rows? of the file (?:was|were) left out as no part of its table: rows? \d/);
	});

	it.each([
		['a dash for a name', `${HEADER}\ns1,-,x\n`],
		['a ruler in one cell', `${HEADER}\ns1,Ada,-----\n`],
		['a person of the name of a column', `${HEADER}\ns1,username,note\n`],
		['required in one cell', `${HEADER}\ns1,Ada,required\n`],
		['required further down', `${HEADER}\ns0,Bob,x\nRequired,Required,\n`],
		['an id in words, before other rows', `${HEADER}\n\nAda Lind\ns1,Ada,x\n`],
		['an id below an empty line', `${HEADER}\ns0,Ada,x\n\ns1\n`],
		['a name in words without an empty line', `${HEADER}\ns1,Ada,x\nAll contacts\n`],
		['a total that is none', `${HEADER}\nTotal,Recall,x\n`],
		['an id that is a word', 'userId\ntext\n'],
		['an id like a count', 'userId,username\n2 rows,Ada\n'],
		['a person called Total', 'userId,username\ns1,Total\n'],
	])('%s stays a row', async (_, text) => {
		const { numbers, hint } = await read(text);

		expect(numbers.length).toBe(text.split('\n').filter((line) => line.trim() !== '').length - 1);
		expect(hint).toBe('');
	});

	it.each([
		[50, 0],
		[51, 51],
	])('of %d lines in words below the table %d are rows: footers are few', async (lines, rows) => {
		const words = Array.from({ length: lines }, (_, at) => `All contacts of form ${at}\n`).join('');
		const { ids, hint } = await read(`${HEADER}\ns1,Ada,x\n\n${words}`);
		expect(ids).toHaveLength(1 + rows);
		expect(hint === '').toBe(rows > 0);
	});

	it('every row below a header with other columns is told, until the first header comes again', async () => {
		const text = 'userId,username\ns1,Ada\nusername,userId\nBob,s2\nCem,s3\nuserId,username\ns4,Dana\n';
		const { ids, codes, hint } = await read(text);

		expect(ids).toEqual(['s1', 'Bob', 'Cem', 's4']);
		expect(codes).toEqual(['header_changed', 'header_changed']);
		expect(hint).toContain('row 3 (another header row); row 6 (the header row once more)');
	});

	it('are counted, however many there are', async () => {
		const { ids, hint } = await read(`${HEADER}\n${'---,---,---\n'.repeat(1_500)}s1,Ada,x\n`);

		expect(ids).toEqual(['s1']);
		expect(hint).toContain('1,500 rows of the file were left out');
		expect(hint).toContain('and 1,490 more (lines of dashes and the like)');
	});

	it('are left out without a header row too', async () => {
		expect(await read('---,---\ns1,Ada\n', { hasHeader: false })).toMatchObject({ ids: ['s1'] });
	});
});

describe('rows that are short', () => {
	it('have empty cells at their end, whatever the separator', async () => {
		for (const separator of [',', ';', '\t', '|']) {
			const text = 'userId,username,note,email\ns1,Ada,x,a@x.org\ns2,Bob\ns3\ns4,Dana,y\n'.replaceAll(',', separator);
			const file = fileOf(text, { knownColumns });
			const rows = [];
			for await (const block of file) rows.push(...block);

			expect(rows.map(({ columns }) => Object.values(columns))).toEqual([
				['s1', 'Ada', 'x', 'a@x.org'],
				['s2', 'Bob', '', ''],
				['s3', '', '', ''],
				['s4', 'Dana', 'y', ''],
			]);
			expect(rows.flatMap(({ issues }) => issues ?? [])).toEqual([]);
		}
	});

	it('are told where the file ends within one', async () => {
		expect((await read('userId,username,note\ns1,Ada,x\ns2,Bo')).codes).toEqual(['cells_missing']);
		expect((await read('userId,username,note\ns1,Ada\ns2,Bo')).codes).toEqual([]);
		expect((await read('userId,username,note\ns1,Ada,x\ns2,Bo\n')).codes).toEqual([]);
	});

	it.each([
		['userId,username,\ns1,Ada\n', ['userId', 'username']],
		['userId,username,,,\ns1,Ada,,,\n', ['userId', 'username']],
		['userId,username,\ns1,Ada,x\n', ['userId', 'username', 'column3']],
		['userId,username\ns1,Ada,,\n', ['userId', 'username']],
	])('%j has the columns that are in use', async (text, columns) => {
		expect(await read(text)).toMatchObject({ columns, codes: [] });
	});
});

describe('quotes', () => {
	it.each([
		['userId, username\ns1, "Lind, Ada"\n', 'Lind, Ada'],
		['userId,username\n"s1" ,"Lind, Ada" \n', 'Lind, Ada'],
		['userId;username\ns1 ;\t"Lind; Ada"\t\n', 'Lind; Ada'],
		['userId,username\ns1,\u00A0"Lind, ""Ada"""\u00A0\r\n', 'Lind, "Ada"'],
		['userId,username\ns1,"Lind, Ada"\0\0\n', 'Lind, Ada'],
		['userId,username\ns1,5" Ada\n', '5" Ada'],
		['userId\tusername\ns1\t "Lind\tAda" \n', 'Lind\tAda'],
	])('with spaces around them close a cell: %j', async (text, name) => {
		const rows = [];
		for await (const block of fileOf(text, { knownColumns })) rows.push(...block);

		expect(rows).toMatchObject([{ columns: { username: name } }]);
		expect(rows[0]?.issues).toBeUndefined();
	});

	it.each([
		['userId,username,note\ns1, "Ada,x\ns2, "Bob,y\n', [2, 3], ['quote_unclosed', 'quote_unclosed']],
		['userId,username,note\ns1, "\ns2, "\n', [2, 3], ['quote_unclosed', 'quote_unclosed']],
		['userId,username\ns1, "Ada" Lind\n', [2], ['quote_unclosed']],
	])('behind a space never swallow a line: %j', async (text, numbers, codes) => {
		expect(await read(text)).toMatchObject({ numbers, codes });
	});
});
