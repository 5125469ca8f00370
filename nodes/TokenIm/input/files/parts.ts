// Rows of a sheet that are no people: rulers, a header that comes again, what explains the columns, counts, footers. Each
// is known by what all of its cells hold, a total also by the rows above it, so that no row of somebody is taken for one.

import { MOST_CODE_CHARACTERS } from '../cells/bounds';
import { isFilled, type KnownColumns } from './layout';
import { OtherNames } from './otherNames';
import { Totals, type Fates } from './totals';

/** What a row is, where it is no row of people. */
export type Part = 'ruler' | 'header' | 'sameNames' | 'otherHeader' | 'explanation' | 'total' | 'footer';

/** What a row may be: names of columns or somebody; a total or somebody, by what follows it. */
export type MaybePart = 'names' | Fates;

export interface Place {
	/** No row of people came before it. */
	readonly isFirst: boolean;
	/** An empty row stands above it, or nothing but footers since one. */
	readonly isApart: boolean;
}

/** Of a long header the first names are looked up: each takes some microseconds. */
const MOST_NAMED = 1_000;

const RULER = /^\s*[-=_*+~:|#.\u2013-\u2015\u2500\u2501\u2550]+\s*$/;
/** What a template says of a column instead of a value. */
const NEEDED =
	/^\W*(?:required|optional|mandatory|not required|pflichtfeld|pflicht|erforderlich|obligatoire|facultatif|obligatorio|opcional|必填|选填|可选|必须|非必填|必須|任意|必填项|选填项)\W*$/iu;
const TYPE =
	/^\W*(?:text|string|varchar|number|integer|int|date|datetime|time|boolean|bool|email|phone|url|文本|数字|日期)\W*$/iu;
/** "(2 rows affected)", "2 rows in set (0.00 sec)", "共 2 条". */
const COUNT =
	/^\s*\(?\s*\d[\d,. ]* (?:rows?|row\(s\)|records?|record\(s\)|lines?|entries|results?)\b[^@]*$|^\s*共\s*\d+\s*(?:条|行|人|个|名)/i;
/** A footer is written in words, an id is not. */
const WORDS = /\S\s+\S|^\s*\(/;

export class Parts {
	private readonly header: readonly string[];
	private readonly otherNames: OtherNames;
	private readonly totals: Totals;

	/** @param header the names of the columns, as they stand in the header row */
	constructor(header: readonly string[], known: KnownColumns | undefined) {
		this.header = header.map(plain);
		const fields = header.slice(0, MOST_NAMED).map((name) => known?.named?.(name));
		this.otherNames = new OtherNames(header, fields, known);
		this.totals = new Totals(header, fields);
	}

	/** `undefined` for a row of people, or what is taken for one. */
	of(cells: readonly string[], { isFirst, isApart }: Place): Part | MaybePart | undefined {
		const first = cells.findIndex(isFilled);
		const cell = short(cells[first] ?? '');
		if (RULER.test(cell) && holds(cells, RULER)) return 'ruler';
		if (this.isHeader(cells)) return 'header';
		if (isFirst && explains(cells)) return 'explanation';
		const names = (isFirst ? this.otherNames.ofLabels(cells) : undefined) ?? this.otherNames.of(cells);
		if (names !== undefined) return names === 'unclear' ? 'names' : names;
		const fates = this.totals.fatesOf(cells);
		if (fates !== undefined) return settled(fates);
		const isAlone = cells.findLastIndex(isFilled) === first;
		if (!isAlone || first !== 0) return undefined;
		if (COUNT.test(cell) && (this.header.length > 1 || cell.includes('('))) return 'total';
		return this.header.length > 1 && isApart && WORDS.test(cell) ? 'footer' : undefined;
	}

	/** A row of somebody. */
	addRow(cells: readonly string[]): void {
		this.totals.add(cells);
	}

	/** A total was left out. */
	addTotal(): void {
		this.totals.startPart();
	}

	private isHeader(cells: readonly string[]): boolean {
		if (plain(cells[0] ?? '') !== this.header[0]) return false;
		const length = Math.max(cells.length, this.header.length);
		for (let at = 1; at < length; at++) if (plain(cells[at] ?? '') !== (this.header[at] ?? '')) return false;
		return true;
	}
}

/** Where it does not matter what follows, nothing is held back. */
function settled(fates: Fates): Part | MaybePart | undefined {
	if (fates.within !== fates.atEnd || fates.within === 'unclear') return fates;
	return fates.within === 'total' ? 'total' : undefined;
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
