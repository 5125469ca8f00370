// Law 11 for whole sheets: what an outsider can put into one never holds the event loop, whatever it is refused for.

import { describe, expect, test } from 'vitest';
import { mapColumns } from '../../nodes/TokenIm/input/columns/columns';
import { ColumnsUnclear } from '../../nodes/TokenIm/input/columns/columnsUnclear';
import { GROUP_FIELDS, USER_FIELDS } from '../../nodes/TokenIm/input/columns/fields';
import { knownColumns } from '../../nodes/TokenIm/input/columns/knownColumns';
import { eachRow } from '../../nodes/TokenIm/engine/rows/rowReader';
import { chunksOf, piecesOf } from '../../nodes/TokenIm/input/files/pieces';
import { readFileRows } from '../../nodes/TokenIm/input/files/readFile';
import { FileUnreadable } from '../../nodes/TokenIm/input/files/unreadable';
import { compileFields } from '../../nodes/TokenIm/input/rules/entryRules';
import { createRowCheck } from '../../nodes/TokenIm/operations/rowCheck';
import { defaultProfile } from '../../nodes/TokenIm/protocol/profiles/index';
import { expectQuick, expectQuickTurns } from '../quick.mts';
import { PEOPLE, row, text, workbook } from './files/workbooks.mts';

type Columns = Readonly<Record<string, unknown>>;

const USER = { userId: 'u1', username: 'Ada' };
const GROUP = { groupId: 'g1', name: 'Class', ownerId: 'u1' };
const columnsOf = (count: number, name: (index: number) => string, cell: unknown = 'v'): Columns =>
	Object.fromEntries(Array.from({ length: count }, (_, index) => [name(index), cell]));
const times = <T,>(count: number, row: (index: number) => T): readonly T[] =>
	Array.from({ length: count }, (_, index) => row(index));

/** What is said of the rows: codes of their issues, or the message that ends the run unsent. */
async function saidOf(rows: readonly Columns[], kind: 'user' | 'group', name: string): Promise<ReadonlySet<string>> {
	const said = new Set<string>();
	const all = rows.map((columns, index) => ({ number: index + 1, item: index, columns }));
	const fields = kind === 'user' ? USER_FIELDS : GROUP_FIELDS;
	const required = kind === 'user' ? ['userId', 'username'] : ['groupId'];
	let columns = mapColumns(fields, { required });
	await expectQuickTurns(async (breathe) => {
		columns = mapColumns(fields, { required });
		try {
			await columns.check(all, breathe);
		} catch (error) {
			if (!(error instanceof ColumnsUnclear)) throw error;
			said.add(error.message);
		}
	}, `the columns of ${name}`);
	for (const row of all.slice(0, 100)) {
		expectQuick(() => {
			const map = mapColumns(fields, { required });
			const check = createRowCheck(
				kind === 'user' ? 'userId' : 'groupId',
				map,
				compileFields(defaultProfile, kind, 'create'),
			);
			const prepared = check.prepare(row);
			for (const { code } of prepared.ok ? [] : prepared.issues) said.add(code);
		}, `a row of ${name}`);
	}
	return said;
}

describe('no sheet holds the event loop', () => {
	test.each<[name: string, kind: 'user' | 'group', rows: () => readonly Columns[], said: readonly string[]]>([
		[
			'a hundred thousand columns',
			'user',
			() => [USER, { ...USER, ...columnsOf(1e5, (at) => `c${at}`) }],
			['too_many_columns'],
		],
		[
			'nothing but rows of that kind',
			'user',
			() => [columnsOf(1e5, (at) => `c${at}`)],
			['The rows have more than 16,384 columns', 'too_many_columns'],
		],
		[
			'columns as a sheet of Excel has at most',
			'user',
			() => times(3, () => ({ ...USER, ...columnsOf(16_000, (at) => `c${at}`) })),
			[],
		],
		[
			'sixteen thousand columns of attributes',
			'user',
			() => times(2, () => ({ ...USER, ...columnsOf(16_000, (at) => `attributes.c${at}`) })),
			['too_many_attributes'],
		],
		[
			'attributes of which each has something wrong',
			'user',
			() => [{ ...USER, ...columnsOf(900, (at) => `attributes.c${at}`, [1]) }],
			['bad_attribute', 'more_issues'],
		],
		['rows with a column of their own each', 'user', () => times(30_000, (at) => ({ ...USER, [`c${at}`]: 1 })), []],
		[
			'rows with an attribute of their own each',
			'user',
			() => times(30_000, (at) => ({ ...USER, [`attributes.c${at}`]: 1 })),
			[],
		],
		[
			'two hundred thousand attributes',
			'user',
			() => [USER, { ...USER, attributes: columnsOf(2e5, (at) => `a${at}`) }],
			['too_many_attributes'],
		],
		[
			'an attribute whose name is long',
			'user',
			() => [{ ...USER, attributes: { ['x'.repeat(500_000)]: [] } }],
			['name_too_long'],
		],
		['a million commas', 'group', () => [{ ...GROUP, memberIds: ','.repeat(1e6) }], []],
		['half a million members', 'group', () => [{ ...GROUP, memberIds: 'a,'.repeat(5e5) }], ['too_many_ids']],
		[
			'a list of a million',
			'group',
			() => [{ ...GROUP, memberIds: Array.from({ length: 1e6 }, (_, at) => `u${at}`) }],
			['too_many_ids'],
		],
		[
			'as many members as are read',
			'group',
			() => [{ ...GROUP, memberIds: Array.from({ length: 20_000 }, (_, at) => `user-${at}`) }],
			[],
		],
		[
			'as many members, all of them wrong',
			'group',
			() => [{ ...GROUP, memberIds: Array.from({ length: 20_000 }, (_, at) => `é ${at}`) }],
			['bad_characters'],
		],
		[
			'members in columns of their own',
			'group',
			() => [{ ...GROUP, ...columnsOf(999, (at) => `member ${at + 1}`, 'a,'.repeat(50)) }],
			['too_many_ids'],
		],
		['a column called [[[[…', 'user', () => [{ ...USER, ['['.repeat(40_000)]: 1 }], []],
		[
			'cells of megabytes',
			'user',
			() => [{ ...USER, email: ' '.repeat(2e6), phone: '1 '.repeat(4e5), attributes: '{'.repeat(1e6) }],
			['too_long', 'not_a_phone', 'not_an_object'],
		],
	])('%s', async (name, kind, rows, said) => {
		expect([...(await saidOf(rows(), kind, name))].sort()).toEqual([...said].sort());
	});
});

const PIECE = 64 * 1024;

async function* inPieces(text: string): AsyncGenerator<Uint8Array, void, undefined> {
	const bytes = Buffer.from(text);
	for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}

describe('no file holds it', () => {
	test.each<[name: string, text: () => string, said: string | number]>([
		['a header of a@…… x', () => `userId,username,a@${'.'.repeat(240_000)} x\nu1,Ada,c\n`, 1],
		['a header of a@.', () => `x,a@${'.'.repeat(240_000)}\nu1,Ada\n`, 1],
		['a header of [[[[…', () => `userId,username,${'['.repeat(40_000)}\nu1,Ada,c\n`, 1],
		['a header of twins', () => `userId,username,${'a,'.repeat(16_000)}\nu1,Ada,c\n`, 1],
		[
			'a header of 120,000 twins',
			() => `userId,username,${'a,'.repeat(120_000)}\nu1,Ada,c\n`,
			'The file has more than 16,384 columns',
		],
		['rows far wider than the header', () => `userId,username\nu1,Ada\nu2${',x'.repeat(5e5)}\n`, 2],
		['a wide row that starts like the header', () => `userId,username\nu1,Ada\nuserId${',a'.repeat(5e5)}\n`, 2],
		['first rows of many short cells, all alike', () => `${columnsLine(800)}\n`.repeat(20), 0],
		['zero bytes within a cell', () => `userId,username\nu1,${'b'.repeat(70_000)}${'\0'.repeat(3e5)}c\n`, 1],
		[
			'spaces in a row below the people',
			() => `userId,username\nu1,Ada\n\n1${' '.repeat(2e5)}x\n\n${' '.repeat(2e5)}x\n`,
			3,
		],
		['nothing but line ends', () => `userId,username${'\n'.repeat(1e6)}u1,Ada\n`, 1],
		['nothing but line ends above the header', () => `${'\r\n'.repeat(1_900)}userId,username\nu1,Ada\n`, 1],
		['nothing but quotes', () => `userId,username\n${'"'.repeat(9e5)},b\n`, 1],
		['a start of #', () => `# ${' #'.repeat(9_000)}\nuserId\nu1\n`, 2],
	])('%s', async (name, text, said) => {
		const bytes = text();
		let found: string | number = 0;
		await expectQuickTurns(async (breathe) => {
			found = 0;
			try {
				const chunks = { [Symbol.asyncIterator]: () => inPieces(bytes) };
				for await (const row of eachRow(readFileRows({ chunks, item: 0 }, { breathe, knownColumns })))
					if (row.number > 0) found++;
			} catch (error) {
				if (!(error instanceof FileUnreadable)) throw error;
				found = error.message;
			}
		}, name);
		expect(found).toEqual(said);
	});

	test('a header that is longer than the first piece names all of its columns', async () => {
		const names = Array.from({ length: 10_000 }, (_, at) => `column-${at}`);
		const text = `userId,username,${names.join(',')}\nu1,Ada${',x'.repeat(10_000)}\n`;
		const chunks = { [Symbol.asyncIterator]: () => inPieces(text) };
		for await (const row of eachRow(readFileRows({ chunks, item: 0 }, { knownColumns }))) {
			expect(row.issues).toBe(undefined);
			expect(Object.keys(row.columns).slice(2)).toEqual(names);
		}
	});
});

function columnsLine(count: number): string {
	return Array.from({ length: count }, (_, at) => `b${at}`).join(',');
}

describe('no workbook holds it', () => {
	const far = (number: number) => `<row r="${number}"><c r="XFD${number}" t="inlineStr"><is><t>x</t></is></c></row>`;
	const relation = (at: number) => `<Relationship Id="r${at}" Type="x/worksheet" Target="sheet${at}.xml"/>`;
	test.each<[name: string, book: () => Uint8Array, said: string | number]>([
		[
			'rows of one cell each, far to the right',
			() => workbook(row(1, text('userId'), text('username')) + times(500, (at) => far(at + 2)).join('')),
			500,
		],
		['styles without end', () => workbook({ sheets: [{ rows: PEOPLE }], parts: { 'xl/styles.xml': styles(5e5) } }), 1],
		[
			'sheets and relationships without end',
			() => workbook({ sheets: [{ rows: PEOPLE }], parts: { 'xl/_rels/workbook.xml.rels': relationsOf(2e5) } }),
			'The workbook cannot be read: it has more than 20,000 relationships',
		],
	])('%s', async (name, book, said) => {
		const bytes = book();
		let found: string | number = 0;
		await expectQuickTurns(async (breathe) => {
			found = 0;
			try {
				const chunks = { [Symbol.asyncIterator]: () => piecesOf(chunksOf(bytes), breathe) };
				for await (const block of readFileRows({ chunks, item: 0 }, { breathe, knownColumns })) {
					found += block.length;
					await breathe();
				}
			} catch (error) {
				if (!(error instanceof FileUnreadable)) throw error;
				found = error.message;
			}
		}, name);
		expect(found).toEqual(said);
	});

	function styles(count: number): string {
		return `<styleSheet><cellXfs>${'<xf numFmtId="0"/>'.repeat(count)}</cellXfs></styleSheet>`;
	}

	function relationsOf(count: number): string {
		return `<Relationships>${times(count, relation).join('')}</Relationships>`;
	}
});
