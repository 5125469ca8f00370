// Rows of a sheet that are no people: rulers, a header that comes again, what explains the columns, counts, footers. Each
// is known by what all of its cells hold, so that no row with a person's id in it is ever taken for one.

import { MOST_CODE_CHARACTERS } from '../cells/bounds';
import { isFilled, type KnownColumns } from './layout';

/** What a row is, where it is no row of people. */
export type Part = 'ruler' | 'header' | 'otherHeader' | 'explanation' | 'total' | 'footer';

export interface Place {
	/** No row of people came before it. */
	readonly isFirst: boolean;
	/** An empty row stands above it, or nothing but footers since one. */
	readonly isApart: boolean;
}

const RULER = /^\s*[-=_*+~:|#.\u2013-\u2015\u2500\u2501\u2550]+\s*$/;
/** What a template says of a column instead of a value. */
const NEEDED =
	/^\W*(?:required|optional|mandatory|not required|pflichtfeld|pflicht|erforderlich|obligatoire|facultatif|obligatorio|opcional|必填|选填|可选|必须|非必填|必須|任意|必填项|选填项)\W*$/iu;
const TYPE =
	/^\W*(?:text|string|varchar|number|integer|int|date|datetime|time|boolean|bool|email|phone|url|文本|数字|日期)\W*$/iu;
/** "(2 rows affected)", "2 rows in set (0.00 sec)", "共 2 条". */
const COUNT =
	/^\s*\(?\s*\d[\d,. ]* (?:rows?|row\(s\)|records?|record\(s\)|lines?|entries|results?)\b[^@]*$|^\s*共\s*\d+\s*(?:条|行|人|个|名)/i;
const TOTAL =
	/^\s*(?:(?:grand |sub)?totals?|total (?:rows|records|users|members|count)|count|sum|summe|gesamt|合计|总计|小计|总数)\s*:?\s*(?:\d[\d,. ]*)?$/i;
const NUMBER = /^\s*[-+]?\d[\d,. ]*%?\s*$/;
const DIGIT_OR_AT = /[\d@]/;
/** A footer is written in words, an id is not. */
const WORDS = /\S\s+\S|^\s*\(/;

export class Parts {
	private readonly header: readonly string[];

	/** @param header the names of the columns, as they stand in the header row */
	constructor(
		header: readonly string[],
		private readonly known: KnownColumns | undefined,
	) {
		this.header = header.map(plain);
	}

	/** `undefined` for a row of people, or what may be one. */
	of(cells: readonly string[], { isFirst, isApart }: Place): Part | undefined {
		const first = cells.findIndex(isFilled);
		const cell = short(cells[first] ?? '');
		if (RULER.test(cell) && holds(cells, RULER)) return 'ruler';
		if (this.isHeader(cells)) return 'header';
		if (isFirst && explains(cells)) return 'explanation';
		if (this.isOtherHeader(cells)) return 'otherHeader';
		const others = cells.slice(first + 1).filter(isFilled);
		if (TOTAL.test(cell) && others.every((other) => NUMBER.test(short(other))))
			return others.length > 0 || /\d/.test(cell) ? 'total' : undefined;
		if (others.length > 0 || first !== 0) return undefined;
		if (COUNT.test(cell) && (this.header.length > 1 || cell.includes('('))) return 'total';
		return this.header.length > 1 && isApart && WORDS.test(cell) ? 'footer' : undefined;
	}

	private isHeader(cells: readonly string[]): boolean {
		if (plain(cells[0] ?? '') !== this.header[0]) return false;
		const length = Math.max(cells.length, this.header.length);
		for (let at = 1; at < length; at++) if (plain(cells[at] ?? '') !== (this.header[at] ?? '')) return false;
		return true;
	}

	/** Each cell is the name of a column that is known; no cell of people is looked up, for most hold a digit. */
	private isOtherHeader(cells: readonly string[]): boolean {
		if (this.known === undefined || cells.some((cell) => DIGIT_OR_AT.test(cell))) return false;
		const names = cells.filter(isFilled).map(plain);
		return names.length > 1 && this.known(names.slice(0, 1)) > 0 && this.known(names) === names.length;
	}
}

function explains(cells: readonly string[]): boolean {
	const said = cells.filter(isFilled);
	// A list of ids may start with "text"; two such words in one row are no person.
	return said.every((cell) => NEEDED.test(short(cell)) || (said.length > 1 && TYPE.test(short(cell))));
}

/** What a long cell says is somebody's; these patterns are for lines of a few words. */
function short(cell: string): string {
	return cell.length > MOST_CODE_CHARACTERS ? '' : cell;
}

function holds(cells: readonly string[], what: RegExp): boolean {
	return cells.every((cell) => !isFilled(cell) || what.test(short(cell)));
}

/** A second file that was added at the end brings its byte order mark along. */
function plain(name: string): string {
	return name.trim().toLowerCase();
}
