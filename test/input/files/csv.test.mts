import { describe, expect, it } from 'vitest';
import { allRows, bytesOf, rowsOf } from './reading.mts';

// The twelve cases of csv-spectrum 2.0.0 (https://github.com/max-mapper/csv-spectrum, BSD-2-Clause). Its JSON for
// location_coordinates does not belong to its CSV; what stands here is what the CSV says.
const SPECTRUM: ReadonlyArray<
	readonly [name: string, csv: string, rows: ReadonlyArray<Readonly<Record<string, string>>>]
> = [
	[
		'comma_in_quotes',
		'first,last,address,city,zip\nJohn,Doe,120 any st.,"Anytown, WW",08123',
		[{ first: 'John', last: 'Doe', address: '120 any st.', city: 'Anytown, WW', zip: '08123' }],
	],
	[
		'empty',
		'a,b,c\n1,"",""\n2,3,4',
		[
			{ a: '1', b: '', c: '' },
			{ a: '2', b: '3', c: '4' },
		],
	],
	[
		'empty_crlf',
		'a,b,c\r\n1,"",""\r\n2,3,4',
		[
			{ a: '1', b: '', c: '' },
			{ a: '2', b: '3', c: '4' },
		],
	],
	[
		'escaped_quotes',
		'a,b\n1,"ha ""ha"" ha"\n3,4\n',
		[
			{ a: '1', b: 'ha "ha" ha' },
			{ a: '3', b: '4' },
		],
	],
	[
		'json',
		'key,val\n1,"{""type"": ""Point"", ""coordinates"": [102.0, 0.5]}"\n',
		[{ key: '1', val: '{"type": "Point", "coordinates": [102.0, 0.5]}' }],
	],
	[
		'location_coordinates',
		'Contact Phone Number,Location Coordinates,Cities,Counties\n2095257564,37\uFFFD36\'37.8"N 121\uFFFD2\'17.9"W,Modesto,Stanislaus',
		[
			{
				'Contact Phone Number': '2095257564',
				'Location Coordinates': '37\uFFFD36\'37.8"N 121\uFFFD2\'17.9"W',
				Cities: 'Modesto',
				Counties: 'Stanislaus',
			},
		],
	],
	[
		'newlines',
		'a,b,c\n1,2,3\n"Once upon \na time",5,6\n7,8,9\n',
		[
			{ a: '1', b: '2', c: '3' },
			{ a: 'Once upon \na time', b: '5', c: '6' },
			{ a: '7', b: '8', c: '9' },
		],
	],
	[
		'newlines_crlf',
		'a,b,c\r\n1,2,3\r\n"Once upon \r\na time",5,6\r\n7,8,9\r\n',
		[
			{ a: '1', b: '2', c: '3' },
			{ a: 'Once upon \r\na time', b: '5', c: '6' },
			{ a: '7', b: '8', c: '9' },
		],
	],
	[
		'quotes_and_newlines',
		'a,b\n1,"ha \n""ha"" \nha"\n3,4\n',
		[
			{ a: '1', b: 'ha \n"ha" \nha' },
			{ a: '3', b: '4' },
		],
	],
	['simple', 'a,b,c\n1,2,3\n', [{ a: '1', b: '2', c: '3' }]],
	['simple_crlf', 'a,b,c\r\n1,2,3\r\n', [{ a: '1', b: '2', c: '3' }]],
	[
		'utf8',
		'a,b,c\n1,2,3\n4,5,ʤ',
		[
			{ a: '1', b: '2', c: '3' },
			{ a: '4', b: '5', c: 'ʤ' },
		],
	],
];

describe('csv-spectrum', () => {
	it.each(SPECTRUM)('reads %s', async (_, csv, expected) => {
		// One sheet holds two bytes that are not ASCII, too few to tell by.
		const { rows } = await rowsOf(csv, { encoding: 'utf-8' });

		expect(rows.map(({ columns }) => ({ ...columns }))).toEqual(expected);
		expect(rows.flatMap(({ issues }) => issues ?? [])).toEqual([]);
	});

	it.each(SPECTRUM)('reads %s the same, byte by byte', async (_, csv, expected) => {
		const rows = await allRows(bytesOf(csv), { encoding: 'utf-8' }, { chunkBytes: 1 });

		expect(rows.map(({ columns }) => ({ ...columns }))).toEqual(expected);
	});
});

describe('separators', () => {
	it.each([
		['comma', 'id,name,note\n1,Ada,a;b\n2,Bo,c|d\n', ','],
		['semicolon', 'id;name;score\n1;Ada;3,5\n2;Bo;4,5\n', ';'],
		['tab', 'id\tname, first\n1\tAda\n', '\t'],
		['vertical bar', 'id|name|note\n1|Ada|x, y\n', '|'],
		['none in a sheet of one column', 'userId\ns1\ns2\n', ','],
		['what Excel names in a first line of its own', 'sep=;\r\na,b;c\r\n1;2\r\n', ';'],
	])('finds the %s', async (_, csv, delimiter) => {
		const { facts, rows } = await rowsOf(csv);

		expect(facts).toMatchObject({ format: 'csv', delimiter });
		expect(rows[0]?.number).toBe(2);
		expect(rows.flatMap(({ issues }) => issues ?? [])).toEqual([]);
	});

	it('takes the one that was chosen', async () => {
		const { rows } = await rowsOf('a,b~c\n1,2~3\n', { delimiter: '~' });

		expect(rows[0]?.columns).toEqual({ 'a,b': '1,2', c: '3' });
	});

	it('reads a .tsv by tabs though its header holds more commas', async () => {
		const { facts, rows } = await rowsOf('a,x,y\tb\n1\t2\n', {}, { fileName: 'People.TSV' });

		expect(facts).toMatchObject({ format: 'tsv', delimiter: '\t', columns: ['a,x,y', 'b'] });
		expect(rows[0]?.columns).toEqual({ 'a,x,y': '1', b: '2' });
	});

	it('reads line ends of old Macs', async () => {
		const { rows } = await rowsOf('a,b\r1,"x\ny"\r3,4\r');

		expect(rows.map(({ columns }) => columns.b)).toEqual(['x\ny', '4']);
	});
});

describe('row numbers', () => {
	it('are those of the sheet: header, empty rows and comments count, cells of several lines do not', async () => {
		const csv = '# people\n\nid,name\n1,"A\nd\na"\n,\n   \n# gone\n2,Bo\n';
		const { rows } = await rowsOf(csv, { comment: '#' });

		expect(rows.map(({ number, columns }) => [number, columns.id])).toEqual([
			[4, '1'],
			[8, '2'],
		]);
	});

	it('take # for text unless comments were asked for', async () => {
		const { rows } = await rowsOf('id,name\n#1,Ada\n');

		expect(rows[0]?.columns).toEqual({ id: '#1', name: 'Ada' });
	});

	it('start with 1 where there is no header row', async () => {
		const { rows, facts } = await rowsOf('1,Ada\n2,Bo\n', { hasHeader: false });

		expect(facts?.columns).toEqual(['column1', 'column2']);
		expect(rows).toEqual([
			{ number: 1, item: 0, columns: { column1: '1', column2: 'Ada' } },
			{ number: 2, item: 0, columns: { column1: '2', column2: 'Bo' } },
		]);
	});
});

describe('rows that cannot be read', () => {
	const codesOf = async (csv: string) =>
		(await rowsOf(csv)).rows.map(({ number, issues }) => [number, ...(issues ?? []).map(({ code }) => code)]);

	it('get one issue each, and their neighbours none', async () => {
		const csv = 'a,b,c\n1,2,3\n1,2,3,4\n"x"y,2,3\n1,2,3,,\n4,5,6\n';

		expect(await codesOf(csv)).toEqual([[2], [3, 'cells_over'], [4, 'quote_unclosed'], [5], [6]]);
	});

	it('say that the header lacks a name, where all have one cell more than it', async () => {
		const { rows } = await rowsOf('"userId"\t"username"\n"1"\t"s1"\t"Ada"\n"2"\t"s2"\t"Bob"\n');
		const fixes = rows.map(({ issues }) => issues?.[0]?.fix);

		expect(fixes).toEqual([1, 2].map(() => expect.stringContaining('as R writes it, add one to the header')));
		const one = await rowsOf('userId,username\ns1,Ada\ns2,Smith, Bob\n');
		expect(one.rows[1]?.issues?.[0]?.fix).toMatch(/^Row 3 has more cells than there are columns/);
	});

	it.each([
		['at the end of the file', 'a,b\n1,2\n3,"x\n4,5\n6,7\n', [[2], [3, 'quote_unclosed'], [4], [5]]],
		['before another quoted cell', 'a,b\n1,"x\n"y",2\n3,4\n', [[2, 'quote_unclosed'], [3], [4]]],
		['in the last row', 'a,b\n1,2\n3,"', [[2], [3, 'quote_unclosed']]],
	])('cost no other row where a quote is open %s', async (_, csv, expected) => {
		expect(await codesOf(csv)).toEqual(expected);
	});

	it('keep their cells, so that they can be handed back', async () => {
		const { rows } = await rowsOf('a,b\n1,"x\n1,2,3\n');

		expect(rows.map(({ columns }) => columns)).toEqual([
			{ a: '1', b: '"x' },
			{ a: '1', b: '2', column3: '3' },
		]);
	});

	it('are named in what is said of them', async () => {
		const { rows } = await rowsOf('a,b\n1,"x\n1,2\n1');

		expect(rows[0]?.issues?.[0]).toMatchObject({ found: '"x', fix: expect.stringContaining('row 2') });
		expect(rows[2]?.issues?.[0]).toMatchObject({
			found: '1 cell',
			expected: '2 cells',
			fix: expect.stringContaining('Row 4'),
		});
	});

	it('include one of more than a MiB, whose neighbours are read', async () => {
		const long = 'x'.repeat(1024 * 1024 + 10);

		expect(await codesOf(`a,b\n1,2\n3,${long}\n4,5\n`)).toEqual([[2], [3, 'row_too_long'], [4]]);
		expect(await codesOf(`a,b\n1,2\n3,${long}`)).toEqual([[2], [3, 'row_too_long']]);
	});

	it('include one whose quoted cell is longer than a MiB', async () => {
		const lines = `${'x'.repeat(1023)}\n`.repeat(1100);
		const codes = await codesOf(`a,b\n1,"${lines}"\n4,5\n`);

		expect(codes[0]).toEqual([2, 'quote_unclosed']);
		expect(codes).toHaveLength(1102);
		expect(codes.at(-1)).toEqual([1103]);
	});
});

it('takes any name for a column', async () => {
	const { rows } = await rowsOf('__proto__,constructor,toString\n1,2,3\n');
	const columns = rows[0]?.columns ?? {};

	expect('valueOf' in columns).toBe(false);
	expect(Object.getPrototypeOf(Object.getPrototypeOf(columns))).toBeNull();
	expect(Object.entries(columns)).toEqual([
		['__proto__', '1'],
		['constructor', '2'],
		['toString', '3'],
	]);
});

it('names columns without a name by their place', async () => {
	const { facts } = await rowsOf('a,,c,\n1,2,3,4\n');

	expect(facts?.columns).toEqual(['a', 'column2', 'c', 'column4']);
});
