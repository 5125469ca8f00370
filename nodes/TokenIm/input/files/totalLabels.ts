// What stands in the row of a sheet that sums up the others: the word, as spreadsheet programs and people write it, and its numbers.

import { MOST_CODE_CHARACTERS } from '../cells/bounds';
import { cleanCode } from '../cells/text';

/**
 * `sure`: nobody is called so. `usual`: an account may be, if hardly a person. `name`: people are, too, such as the
 * Cantonese family Sum.
 */
export type LabelRank = 'sure' | 'usual' | 'name';

export interface TotalLabel {
	readonly rank: LabelRank;
	/** The number that stands in the same cell: `Total: 12`. */
	readonly number?: SheetNumber;
}

/** What a number of a sheet may mean: `1,234` is a thousand in London and little more than one in Berlin. */
export interface SheetNumber {
	/** None where it is written as no count or sum is, such as with leading zeros. */
	readonly values: readonly number[];
	/** A formula that sums up, or what a spreadsheet shows in its place. */
	readonly isFormula: boolean;
	/** How long it is, as ids are compared; 0 where it is more than digits. */
	readonly digits: number;
}

const NAMES = [
	...['sum', 'count', 'suma', 'summa', 'soma'],
	// They say how much, never how many: a number beside them proves nothing.
	...['average', 'durchschnitt', 'mittelwert', 'moyenne', 'promedio', 'media', '平均', '平均值', '평균'],
];
const USUAL = [
	...['total', 'totals', 'totale', 'totali', 'totaal', 'totalt', 'totais', 'totales', 'totaux'],
	...[
		'ergebnis',
		'gesamt',
		'summe',
		'insgesamt',
		'somma',
		'somme',
		'razem',
		'ogółem',
		'celkem',
		'celkom',
		'spolu',
		'součet',
	],
	...[
		'toplam',
		'összeg',
		'összesen',
		'yhteensä',
		'ukupno',
		'skupaj',
		'vsota',
		'kokku',
		'kopā',
		'iš viso',
		'tổng',
		'jumlah',
	],
];
const SURE = [
	...['subtotal', 'subtotals', 'sub-total', 'sub total', 'grand total', 'grand totals', 'sum total'],
	...['total rows', 'total records', 'total users', 'total members', 'total people', 'total count', 'total number'],
	...['gesamtergebnis', 'gesamtsumme', 'teilergebnis', 'zwischensumme', 'gesamtanzahl', 'total général', 'sous-total'],
	...[
		'total general',
		'totale complessivo',
		'eindtotaal',
		'subtotaal',
		'suma końcowa',
		'suma częściowa',
		'celkový součet',
	],
	...['genel toplam', 'ara toplam', 'végösszeg', 'részösszeg', 'kokonaissumma', 'välisumma', 'totalsumma', 'delsumma'],
	...['tổng cộng', 'total geral', 'total keseluruhan'],
	...[
		'итог',
		'итого',
		'общий итог',
		'всего',
		'підсумок',
		'разом',
		'усього',
		'общо',
		'обща сума',
		'укупно',
		'σύνολο',
		'γενικό σύνολο',
	],
	...['סה"כ', 'סהכ', 'סה״כ', 'الإجمالي', 'المجموع', 'الاجمالي', 'ผลรวม', 'รวม', 'รวมทั้งหมด', 'कुल', 'योग'],
	...['汇总', '合计', '总计', '小计', '总数', '总和', '求和', '共计', '总共', '计数', '总人数', '合计人数', '人数合计'],
	...[
		'彙總',
		'匯總',
		'合計',
		'總計',
		'小計',
		'總數',
		'總和',
		'加總',
		'共計',
		'總人數',
		'集計',
		'総計',
		'総数',
		'計',
		'件数',
	],
	...['요약', '합계', '총계', '소계', '총합계', '개수', '총원'],
	...['总计数', 'grand count', 'gesamtzahl', 'anzahl gesamt'],
];

const RANKS: ReadonlyMap<string, LabelRank> = new Map([
	...NAMES.map((label) => [label, 'name'] as const),
	...USUAL.map((label) => [label, 'usual'] as const),
	...SURE.map((label) => [label, 'sure'] as const),
]);
const FIGURES = '[-+]?(?:\\d{1,3}(?:[,.\\u0020\\u00A0\\u202F]\\d{3})+|\\d{1,30})(?:[.,]\\d{1,30})?\\s?%?';
const UNIT = '(?:人|名|个|個|条|條|行|位|件|명|개|rows?|records?|users?|members?|people|persons?|students?)';
/** Longer ones first, for the first that fits is taken. */
const ANY_LABEL = [...RANKS.keys()].sort((one, other) => other.length - one.length).join('|');
const LABEL = new RegExp(`^(${ANY_LABEL})(\\s*:\\s*|\\s*(?=\\()|\\s+|)(?:\\(?(${FIGURES})\\s?${UNIT}?\\)?)?$`, 'iu');
const NUMBER = new RegExp(`^(${FIGURES})\\s?${UNIT}?$`, 'iu');
const FORMULA = /^=\s?(?:SUBTOTAL|AGGREGATE|SUM|COUNTA?)\(/i;
/** What a workbook has where a formula has no result. */
const ERRORS: ReadonlySet<string> = new Set(['#N/A', '#REF!', '#VALUE!', '#DIV/0!', '#NAME?']);
/** No label or number of a total is longer. */
const MOST_CHARACTERS = Math.min(80, MOST_CODE_CHARACTERS);

/** How labels start, in numbers: two letters tell them from nearly all that stands in sheets, and make no text. */
const STARTS: ReadonlySet<number> = new Set([...RANKS.keys()].map((label) => startOf(label, 0)));

/** What numbers start with, and formulas and the errors of a spreadsheet. */
const MAY_BE_NUMBER: ReadonlySet<number> = new Set([...'0123456789+-=# \t\u00A0'].map((sign) => sign.charCodeAt(0)));

/** Whether it is worth the look of {@link numberIn}. */
export function mayBeNumber(cell: string): boolean {
	return MAY_BE_NUMBER.has(cell.charCodeAt(0));
}

/** Whether it is worth the look of {@link labelIn}. */
export function mayBeLabel(cell: string): boolean {
	let at = 0;
	while (cell.charCodeAt(at) <= 0x20) at++;
	return cell.charCodeAt(at) > 0x7f || STARTS.has(startOf(cell, at)) || cell.includes(' ', at);
}

function startOf(text: string, at: number): number {
	// In ASCII this bit is all that tells small letters from capitals.
	return (text.charCodeAt(at) | 0x20) * 0x1_0000 + (text.charCodeAt(at + 1) | 0x20);
}

/** `undefined` where the cell does not say that the row sums up. */
export function labelIn(cell: string): TotalLabel | undefined {
	if (cell.length > MOST_CHARACTERS) return undefined;
	const text = cleanCode(cell).normalize('NFC');
	const [, word = '', mark = '', figures] = LABEL.exec(text) ?? [];
	const rank = RANKS.get(word.toLowerCase());
	if (rank === undefined) return labelOfPart(text);
	if (figures === undefined) return { rank };
	// `sum1` is an ID; in Chinese a number stands right behind the word.
	const isId = mark === '' && rank !== 'sure';
	return isId ? undefined : { rank: mark.includes(':') ? 'sure' : rank, number: numberIn(figures) };
}

/** What Excel writes below each part of a sheet that it sums up: the part's name and the word. People may be called so. */
function labelOfPart(text: string): TotalLabel | undefined {
	const space = text.lastIndexOf(' ');
	const rank = space > 0 ? RANKS.get(text.slice(space + 1).toLowerCase()) : undefined;
	return rank === undefined ? undefined : { rank: rank === 'sure' ? 'usual' : 'name' };
}

/** `undefined` where the cell is more than a number, perhaps with the unit of what was counted. */
export function numberIn(cell: string): SheetNumber | undefined {
	if (cell.length > MOST_CHARACTERS) return undefined;
	const text = cleanCode(cell);
	if (FORMULA.test(text) || ERRORS.has(text)) return { values: [], isFormula: FORMULA.test(text), digits: 0 };
	const [, figures] = NUMBER.exec(text) ?? [];
	if (figures === undefined) return undefined;
	const plain = figures.replace(/[\s%+]/g, '');
	const isPadded = /^-?0\d/.test(plain);
	const readings = [plain.replaceAll(',', ''), plain.replaceAll('.', '').replace(',', '.')];
	return {
		values: isPadded ? [] : [...new Set(readings.map(Number))].filter(Number.isFinite),
		isFormula: false,
		digits: /^\d+$/.test(plain) ? plain.length : 0,
	};
}

/** Written as phones are, and no count: nobody calls as many people by a number of seven digits and more. */
export function isPhoneLike(cell: string, isInContactColumn: boolean): boolean {
	const digits = cell.replace(/\D/g, '').length;
	return digits >= 7 && (isInContactColumn || /^\s*(?:\+|0)/.test(cell));
}

/** What no total holds: an e-mail address, or a phone as people of all countries write it. */
export function isAddress(cell: string): boolean {
	return cell.length <= MOST_CODE_CHARACTERS && (/\S@\S/.test(cell) || isPhoneLike(cell.replace(/^\s*0/, ''), false));
}
