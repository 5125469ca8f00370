// What tools put around a value, or in its place, is told from the value, in every kind of field.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FieldKind } from '../../../nodes/TokenIm/input/cells/cell';
import { isClear, readClosely } from '../../../nodes/TokenIm/input/cells/plain';
import { cleanCode, cleanText } from '../../../nodes/TokenIm/input/cells/text';
import { readCell } from '../../../nodes/TokenIm/input/cells/values';

const KINDS: readonly FieldKind[] = ['id', 'ids', 'text', 'url', 'email', 'phone', 'time', 'attributes'];

/** Cells as people fill them, of each kind. */
const GOOD: Readonly<Record<FieldKind, string>> = {
	id: 's001',
	ids: 's001',
	text: 'Ada Lind',
	url: 'https://school.example/a.png',
	email: 'ada@school.example',
	phone: '+14155550101',
	time: '2026-09-01T08:00:00Z',
	attributes: '{"class":"3B"}',
};

const read = (cell: unknown, kind: FieldKind | 'attribute') => {
	const result = readCell(cell, kind);
	return result.kind === 'value' ? result.value : result.kind === 'refused' ? result.finding.code : result.kind;
};
const everywhere = (cell: string) => Object.fromEntries(KINDS.map((kind) => [kind, read(cell, kind)]));
const all = (outcome: string) => Object.fromEntries(KINDS.map((kind) => [kind, outcome]));

describe('a value with something around it is the value', () => {
	const around: ReadonlyArray<readonly [string, (value: string) => string]> = [
		['a formula that gives text', (value) => `="${value.replaceAll('"', '""')}"`],
		['the same with space around it', (value) => ` ="${value.replaceAll('"', '""')}" `],
		['padding of a fixed width', (value) => `${value}\0\0\0`],
		['a carriage return as workbooks escape it', (value) => `${value}_x000D_`],
		['a line end as workbooks escape it', (value) => `${value}_x000d__x000A_`],
		['control characters on both sides', (value) => `\x01${value}\x7F`],
	];
	test.each(around.flatMap(([what, put]) => KINDS.map((kind) => [what, kind, put] as const)))(
		'%s: %s',
		(_, kind, put) => {
			expect(read(put(GOOD[kind]), kind)).toEqual(read(GOOD[kind], kind));
			expect(readCell(put(GOOD[kind]), kind).kind).toBe('value');
		},
	);

	test('whatever text a formula quotes', () => {
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom('a', '"', ' ', '=', '李', '0'), minLength: 1 }), (inside) => {
				expect(read(`="x${inside.replaceAll('"', '""')}x"`, 'text')).toBe(`x${inside}x`);
			}),
		);
	});

	test.each(["'007", "'13800000000"])('the mark that makes %s text goes with ids and phones', (cell) => {
		expect(read(cell, 'id')).toBe(cell.slice(1));
		expect(read("'+14155550101", 'phone')).toBe('+14155550101');
	});

	test.each(["'t Hooft", "O'Brien", "'s-Gravesande", '"Bob"', 'user_x0041_b', 'a_x000', '7E12', '1.2.0', 'E+10'])(
		'%s is left as it is',
		(cell) => {
			expect([read(cell, 'text'), read(cell, 'id')]).toEqual([cell, cell]);
		},
	);
});

describe('what a spreadsheet shows where it has no value is refused in every field', () => {
	const SHOWN = [
		'#N/A',
		'#N/A N/A',
		'#REF!',
		'#NAME?',
		'#VALUE!',
		'#DIV/0!',
		'#NULL!',
		'#NUM!',
		'#SPILL!',
		'#CALC!',
		'#FIELD!',
		'#BLOCKED!',
		'#CONNECT!',
		'#BUSY!',
		'#UNKNOWN!',
		'#ERROR!',
		'#GETTING_DATA',
		'########',
		'#NV',
		'#BEZUG!',
		'#WERT!',
		'#ZAHL!',
		'#ÜBERLAUF!',
		'#¡REF!',
		'#¡DIV/0!',
		'#¿NOMBRE?',
		'#N/D',
		'#VALEUR!',
		'#NOM?',
		'#RIF!',
		'#VERW!',
		'#DEEL/0!',
		'#ССЫЛКА!',
		'#ДЕЛ/0!',
		'#ИМЯ?',
		'#Н/Д',
		'#ADR!',
		'#SAYI/0!',
		'#YOK',
		'#SAKNAS!',
		'#PUUTTUU!',
		'#HIÁNYZIK',
		'#NENÍ_K_DISPOZICI',
		' #N/A ',
		'="#REF!"',
	];
	test.each(SHOWN)('%s', (cell) => {
		expect(everywhere(cell)).toEqual(all('not_computed'));
		expect(read(cell, 'attribute')).toBe('not_computed');
	});

	test.each(['#1', '#3B', '#hello!', '# Note', 'C#', '#Ada', '#N/Ab', 'Q#!'])('%s is none of these', (cell) => {
		expect([read(cell, 'text'), read(cell, 'attribute')]).toEqual([cell, cell]);
	});

	test('one in a list of ids, or in attributes, is told', () => {
		expect(read('s1, #REF!', 'ids')).toBe('not_computed');
		const attributes = readCell({ class: '#N/A', year: 3 }, 'attributes');
		expect(attributes.kind === 'refused' && [attributes.finding.code, attributes.finding.attribute]).toEqual([
			'not_computed',
			'class',
		]);
	});
});

describe('a formula that came instead of its value is refused', () => {
	test.each([
		'=A2',
		'=$B$12',
		'=Sheet1!A2',
		"='Class 3'!B7",
		'=VLOOKUP(A2,B:C,2,0)',
		'=A2&" "&B2',
		'="a"&B2',
		'=ВПР(A2)',
	])('%s', (cell) => {
		expect([read(cell, 'text'), read(cell, 'id'), read(cell, 'phone'), read(cell, 'attribute')]).toEqual(
			Array.from({ length: 4 }, () => 'formula'),
		);
	});

	test.each(['=)', '=^.^=', '== Ada ==', '=', 'a=b'])('%s is none', (cell) => {
		expect(read(cell, 'text')).toBe(cell);
	});
});

describe("a database's nothing", () => {
	test.each(['\\N', '\\n', '(null)', '(NULL)', '<null>', '[NULL]', '=""', '="\\N"'])(
		'%s is an empty cell everywhere',
		(cell) => {
			expect(everywhere(cell)).toEqual(all('empty'));
		},
	);

	test.each(['NULL', 'null', 'undefined', 'NaN', 'nan', '[object Object]'])(
		'%s is empty, but asked about where it could be a name',
		(cell) => {
			expect(everywhere(cell)).toEqual({ ...all('empty'), id: 'null_text', ids: 'null_text', text: 'null_text' });
		},
	);

	test.each(['Null', 'Nan', 'Nulla', 'NULLER', 'None', 'Christopher Null', 'nullo'])('%s may be somebody', (cell) => {
		expect([read(cell, 'text'), read(cell, 'id')]).toEqual([cell, cell]);
	});
});

describe('characters that nobody sees', () => {
	test.each([
		'\u200B',
		'\u200B\u200D \uFEFF',
		'\u3164',
		'\u115F\u1160',
		'\u2800',
		'\u00AD',
		'\u034F',
		'\uFE0F',
		'\u{E0020}',
		'\0',
		'_x000D_',
	])('%j alone is an empty cell', (cell) => {
		expect(everywhere(cell)).toEqual(all('empty'));
	});

	test('no text without a visible character is anybody', () => {
		const unseen = fc.string({
			unit: fc.constantFrom(
				' ',
				'\t',
				'\n',
				'\0',
				'\x1F',
				'\u00A0',
				'\u200B',
				'\u2066',
				'\u3164',
				'\u2800',
				'\u180E',
				'\uFEFF',
			),
		});
		fc.assert(
			fc.property(unseen, fc.constantFrom(...KINDS), (cell, kind) => {
				expect(['empty', 'control_character']).toContain(read(cell, kind));
			}),
		);
	});

	test.each(['A\0da', 'A\x1Bda', 'O\x92Brien', 'Jos\x8E', 'A_x0000_da'])(
		'%j holds one that is told by its number',
		(cell) => {
			expect(everywhere(cell)).toEqual(all('control_character'));
			const result = readCell(cell, 'text');
			expect(result.kind === 'refused' && result.finding.fix('column "name"')).toMatch(
				/^Take the control character U\+00(00|1B|92|8E) out of column "name"/,
			);
		},
	);

	test.each(['👩\u200D🏫', 'می\u200Cخواهم', 'Ada\tLind', 'Line 1\nLine 2', '❤\uFE0F'])(
		'%j is a name like any other',
		(cell) => {
			expect(read(cell, 'text')).toBe(cell);
		},
	);
});

describe('numbers as programs shorten them are refused in ids and phones', () => {
	test.each([
		'2.0230101E7',
		'1.38001E10',
		'1,38E+10',
		'1.38e10',
		'1E+05',
		'1.0E-5',
		'-2.0E7',
		'="1.38E+10"',
		"'1.38E+10",
	])('%s', (cell) => {
		expect([read(cell, 'id'), read(cell, 'phone')]).toEqual(['number_shortened', 'number_shortened']);
	});

	test('the same is a text in a name', () => {
		expect(read('2.0230101E7', 'text')).toBe('2.0230101E7');
	});
});

describe('what other tools write in place of a value', () => {
	test.each(['Err:502', 'Err:508'])('%s of LibreOffice is a formula that gave nothing', (cell) => {
		expect(everywhere(cell)).toEqual(all('not_computed'));
	});

	test.each([
		'System.Object[]',
		'System.String[]',
		'System.Collections.Hashtable',
		'System.Collections.Generic.List`1[System.String]',
		'System.Management.Automation.PSCustomObject',
		'Microsoft.ActiveDirectory.Management.ADPropertyValueCollection',
	])('%s of PowerShell is no value', (cell) => {
		const nothing = { url: 'empty', email: 'empty', phone: 'empty', time: 'empty', attributes: 'empty' };
		expect(everywhere(cell)).toEqual({ ...all('null_text'), ...nothing });
	});

	test('<NA> of pandas is an empty cell', () => {
		expect(everywhere('<NA>')).toEqual(all('empty'));
	});

	test.each(['Error: 502', 'Err:', 'System.Admin', 'Systems', 'Microsoft.Teams', 'Microsoft', 'NA', 'N/A-Team'])(
		'a name such as %s stays',
		(name) => {
			expect(read(name, 'text')).toBe(name);
		},
	);
});

describe('what one look clears, the long way reads as it stands', () => {
	const pieces = [
		...[
			'',
			' ',
			'=',
			'"',
			'#',
			'\\N',
			'(null)',
			'<',
			'<NA>',
			'[NULL]',
			'NULL',
			'null',
			'NaN',
			'nan',
			'undefined',
			'n',
			'u',
		],
		...[
			'?',
			'Err:502',
			'_x000D_',
			'_x00',
			'System.A[]',
			'Microsoft.ActiveDirectory.B',
			'锟斤拷',
			'锟',
			'李雷',
			'Ã¶',
			'é',
		],
		...['\u00A0', '\u200B', '\u2800', '\u3000', '\uFEFF', '\uFF21', '\uFFFD', '\0', '\t', '\x7F', '\x85', 'ada', '7'],
	];
	const texts = pieces.flatMap((one) => pieces.flatMap((two) => [one + two, one + two + one]));
	const cleared = texts.filter(isClear);
	const plains = [cleanText, cleanCode].flatMap((clean) =>
		[true, false].map((isNullEmpty) => ({ clean, isNullEmpty })),
	);

	test.each(plains)('$clean.name, $isNullEmpty', (plain) => {
		const others = cleared.filter((text) => {
			const cell = readClosely(text, plain);
			return cell.kind !== 'value' || cell.value !== text;
		});
		expect(others).toEqual([]);
	});

	test('which most cells are', () => {
		expect(cleared.length).toBeGreaterThan(100);
		expect(['s001', '李雷 2', 'ada@school.example', 'https://school.example/a_b.png'].filter(isClear)).toHaveLength(4);
	});
});
