// Totals below people, and people who are called like one: what sums up is left out, who is somebody stays, and where that
// is not certain it is asked.

import { describe, expect, it } from 'vitest';
import { knownColumns } from '../../../nodes/TokenIm/input/columns/knownColumns.ts';
import type { FileOptions } from '../../../nodes/TokenIm/input/files/readFile.ts';
import { rowsOf } from './reading.mts';

async function read(text: string, options: FileOptions = {}) {
	const { rows, hints } = await rowsOf(text, { knownColumns, ...options });
	return {
		numbers: rows.map(({ number }) => number),
		asked: rows.flatMap(({ number, issues = [] }) => issues.map(({ code }) => `${number} ${code}`)),
		hint: hints.join(),
	};
}

const NAMES_FIRST = '姓名,学号\n王小明,1\n李雷,2\n韩梅梅,3\n';
const IDS_FIRST = 'userId,username\ns1,Ada\ns2,Bob\n';
const LONG_IDS = 'Name,Student No\nLam,1001\nLee,1002\n';
const POINTS = 'userId,username,points\ns1,Ada,10\ns2,Bob,20\n';

describe('a total', () => {
	it.each([
		['as Excel writes it in Chinese, with the count under the ids', `${NAMES_FIRST}汇总,3\n`, 5],
		['with the sum of the ids, as Excel makes it of numbers', `${NAMES_FIRST}汇总,6\n`, 5],
		['with a count of those that have an id', '姓名,学号\n王,1\n李,\n韩,2\n汇总,2\n', 5],
		['with a unit', `${NAMES_FIRST}合计,3人\n`, 5],
		['in one cell', `${NAMES_FIRST}共计：3 人,\n`, 5],
		['without a line end', `${NAMES_FIRST}汇总,3`, 5],
		['above an empty row', `${NAMES_FIRST}汇总,3\n,\n\n`, 5],
		['below an empty row', `${NAMES_FIRST}\n汇总,3\n`, 6],
		['above words', `${NAMES_FIRST}汇总,3\n\nMade by Ada\n`, 5],
		['of one part, in the middle', '姓名,学号\n王,1001\n小计,1\n李,1002\n', 3],
		['of Excel in German', 'userId;username\ns1;Ada\ns2;Bob\nErgebnis;2\n', 4],
		['with a formula that was not worked out', `${IDS_FIRST}Total,"=SUBTOTAL(103,B2:B3)"\n`, 4],
		['of points, in place of an id', `${POINTS}Total,,30\n`, 4],
		['of points, with no id', `${POINTS},Total,30\n`, 4],
		['of points with marks between the thousands', 'userId,points\ns1,1000\ns2,234\nTotal,"1,234"\n', 4],
		['of points, in a word that may be a name', `${POINTS}Sum,,30\n`, 4],
		['in a word that may be a name, under ids that look otherwise', `${LONG_IDS}Count,2\n`, 4],
		['above another header', `${IDS_FIRST}Total,2\nuserId,username\ns3,Cem\n`, 4],
		[
			'behind the count',
			`${LONG_IDS.replace('Name,Student No', '学号,姓名').replaceAll(/(\w+),(\d+)/g, '$2,$1')}2,汇总\n`,
			4,
		],
		['of an average, in all that names nobody', `${IDS_FIRST}Grand Total,,1.5\n`, 4],
		['in full-width signs', `${NAMES_FIRST} 汇总： ,３\n`, 5],
		['of a part, as Excel writes it', '班级,姓名,学号\n一班,王,1001\n一班,李,1002\n一班 计数,2,\n', 4],
		['of a file without a header', 's1,Ada\ns2,Bob\n合计,2\n', 3, { hasHeader: false }],
	] as ReadonlyArray<[string, string, number, FileOptions?]>)('%s is left out', async (_, text, number, options) => {
		const { numbers, asked, hint } = await read(text, options);

		expect({ asked, isLeft: !numbers.includes(number) }).toEqual({ asked: [], isLeft: true });
		expect(hint).toMatch(new RegExp(`\\b${number} \\(a count or a total\\)`));
	});

	it.each(
		[
			'汇总 合計 合计 總計 总计 小計 小计 集計 総計 彙總 요약 합계 총계 Ergebnis Gesamtergebnis Gesamt Summe Total Totals Totale Totaal',
			'Celkem Celkom Spolu Итог Итого Всего Підсумок Общо Toplam Összeg Összesen Yhteensä Totalt Ukupno Kokku Vsota Σύνολο ผลรวม الإجمالي',
		]
			.join(' ')
			.split(' '),
	)('is known by "%s"', async (label) => {
		expect(await read(`${NAMES_FIRST}${label},3\n`)).toMatchObject({ numbers: [2, 3, 4], asked: [] });
		expect(await read(`${IDS_FIRST}${label.toUpperCase()}:,2\n`)).toMatchObject({ numbers: [2, 3], asked: [] });
	});

	it.each(['Sum', 'Suma', 'Summa', 'Count', 'Soma'])(
		'is known by "%s" where the number is that of rows',
		async (label) => {
			expect(await read(`${IDS_FIRST}${label},2\n`)).toMatchObject({ numbers: [2, 3], asked: [] });
		},
	);
});

describe('somebody who is called like a total', () => {
	it.each([
		['has a phone', 'Name,Student No,Phone\nLam,1001,+85291234567\nSum,1002,+85291234568\nLee,1003,+85291234569\n'],
		['has a phone without a plus', 'Name,Student No,Phone\nLam,1001,91234567\nSum,1002,91234568\n'],
		['has an e-mail address', 'Name,Student No,Email\nLam,1001,l@x.org\nTotal,1002,t@x.org\n'],
		['has an id as others have', `${LONG_IDS}Sum,1003\nHo,1004\n`],
		['has an id as others have, and is the last', `${LONG_IDS}Sum,1003\n`],
		['is the only one', 'Last Name,First Name,Student ID\nSum,,1002\n'],
		['is the only one, and is counted', 'Username,userId\nCount,1001\n'],
		['has an id with zeros', 'Name,Student No\nLam,0001\nLee,0002\nSum,0003\n'],
		['has a name behind the id', 'userId,username\n1001,Ada\n1002,Total\n1003,Sum\n1004,Bob\n'],
		['has an id of that word and a number', 'userId,username\nada,Ada\nsum1,\ntotal2,\n'],
		['has an id of that word and a name', 'userId,username,note\nTotal,Recall,x\ns1,Ada,y\n'],
		['has a day of birth', 'Name,Student No,Born\nLam,1001,01.02.2010\nSum,1002,03.04.2011\n'],
		['has a class of a number and an id', 'Name,Student No,Class\nLam,1001,3\nTotal,1002,3\nLee,1003,4\n'],
		['is alone in the row', 'userId,username\nada,Ada\nTotal,\nbob,Bob\n'],
		['has a name that ends in such a word', `${LONG_IDS}Max Count,1003\nBo Total,1004\n`],
	])('stays a row where he or she %s', async (_, text) => {
		const { numbers, asked, hint } = await read(text);

		expect(numbers).toEqual(Array.from({ length: text.split('\n').length - 2 }, (__, at) => at + 2));
		expect({ asked, hint }).toEqual({ asked: [], hint: '' });
	});
});

describe('what may be a total or somebody is asked about:', () => {
	it.each([
		['a sure word with a number that is no count', `${LONG_IDS}汇总,7\n`, 4],
		['a sure word with an id as others have', `${LONG_IDS}汇总,1003\n`, 4],
		['a sure word alone', `${IDS_FIRST}汇总,\n`, 4],
		['a sure word in the middle, behind an id', '学号,姓名\n1001,王\n1002,汇总\n1003,李\n', 3],
		['a usual word with an id as others have', `${LONG_IDS}Total,1003\nHo,1004\n`, 4],
		['a usual word in the middle, with a number that is no count', 'userId,points\nada,10\ntotal,25\nbob,5\n', 3],
		[
			'a usual word at the end of ids without names, with a number that is no count',
			'userId,points\nada,10\ntotal,25\n',
			3,
		],
		['a name with an id that is the sum of those above', 'Name,Student No\nLam,1\nLee,2\nSum,3\n', 4],
		['a name with an id unlike others', `${LONG_IDS}Sum,5\nHo,1003\n`, 4],
		['a usual word with the next of ids that begin at 0', 'Name,Student No\nLam,0\nLee,1\nTotal,2\n', 4],
		['a usual word behind the next of such ids', 'userId,username\n0,Ada\n1,Bob\n2,Total\n', 4],
		['an average', 'userId,points\nada,10\nbob,5\n平均,7.5\n', 4],
		['an average under the ids', 'Name,Student No\nLam,1\nLee,2\n平均,1.5\n', 4],
		['a part of a sheet with a count under its ids', '班级,姓名,学号\n一班,王,1001\n一班 计数,,1\n二班,韩,1003\n', 3],
		['a total above the people', '姓名,学号\n合计,3\n王,1\n李,2\n韩,3\n', 2],
		[
			'a usual word in the middle of ids without names, with the sum of one row',
			'userId,points\nada,10\ntotal,10\nbob,5\n',
			3,
		],
		['a name in the middle, with the sum of one row', 'userId,points\nada,10\nsum,10\nbob,5\n', 3],
		['a name at the end with a number that is no count', 'userId,points\nada,10\nbob,5\nsum,11\n', 4],
	])('%s', async (_, text, number) => {
		const { numbers, asked, hint } = await read(text);

		expect(numbers).toContain(number);
		expect({ asked, hint }).toEqual({ asked: [`${number} total_unclear`], hint: '' });
	});

	it('the message says what the row may be, and how to mend it', async () => {
		const { rows } = await rowsOf(`${LONG_IDS}汇总,7\n`, { knownColumns });
		expect(rows[2]?.issues).toEqual([
			{
				column: null,
				field: 'row',
				code: 'total_unclear',
				found: 'row 4: 汇总, 7',
				expected: 'a row of somebody, or what is plainly a total',
				fix: 'Row 4 may be a total of the rows above it, or somebody of that name. Delete it where it is a total. Where it is somebody, write the name in full, or fill in another cell with words, such as an e-mail address.',
			},
		]);
	});

	it('what was held back until it was told comes in its order', async () => {
		const text = 'Name,Student No\nLam,1001\n\nAll of 7a\nTotal,9\n\nLee,1002\n';
		expect(await read(text)).toMatchObject({ numbers: [2, 4, 5, 7], asked: ['5 total_unclear'] });
	});
});
