// Which rows of a sheet sum up those above them. Words alone do not tell: people are called Sum, and Excel writes the
// count of a table under its ids. What the numbers say of the rows above decides; where they leave it open, it is asked.

import { ColumnSums } from './columnSums';
import { isFilled, type NamedField } from './layout';
import {
	isPhoneLike,
	labelIn,
	mayBeLabel,
	mayBeNumber,
	numberIn,
	type LabelRank,
	type SheetNumber,
	type TotalLabel,
} from './totalLabels';

/** `unclear`: a total must not become anybody's name, and somebody must not be left out. */
export type Fate = 'total' | 'unclear' | 'row';

/** What becomes of a row that looks like a total, by what follows it. */
export interface Fates {
	/** People follow. */
	readonly within: Fate;
	/** Nobody follows: where totals stand. */
	readonly atEnd: Fate;
}

/** Beside those of ids: sums are made of few columns, and a sheet may have thousands. */
const MOST_SUMMED = 20;
/** A row with as many cells as there are columns is filled like those of people; two cells say little. */
const FEW_CELLS = 3;

const TOTAL: Fates = { within: 'total', atEnd: 'total' };
export const UNCLEAR: Fates = { within: 'unclear', atEnd: 'unclear' };
const ROW: Fates = { within: 'row', atEnd: 'row' };

export class Totals {
	private readonly ids: ReadonlySet<number>;
	private readonly contacts: ReadonlySet<number>;
	private readonly hasNames: boolean;
	private readonly width: number;
	private readonly columns: ReadonlyMap<number, ColumnSums>;
	/** Those of them that are still looked at. */
	private summed: ColumnSums[];
	private rows = 0;
	private rowsOfPart = 0;

	/**
	 * @param header the names of the columns, as they stand in the header row
	 * @param named what its columns hold, as far as that is known
	 */
	constructor(header: readonly string[], named: ReadonlyArray<NamedField | undefined>) {
		const where = (fits: (at: number) => boolean | undefined) =>
			new Set([...named.keys()].filter((at) => fits(at) === true));
		const ids = where((at) => named[at]?.isId);
		this.ids = ids.size > 0 ? ids : where((at) => named[at]?.mayBeId);
		this.contacts = where((at) => named[at]?.isContact);
		this.hasNames = where((at) => named[at]?.isName).size > 0;
		this.width = header.filter(isFilled).length;
		const others = [...header.keys()].filter((at) => !this.ids.has(at) && !this.contacts.has(at));
		this.columns = new Map(
			[...this.ids, ...others.slice(0, MOST_SUMMED)].map((at) => [at, new ColumnSums(at, this.ids.has(at))]),
		);
		this.summed = [...this.columns.values()];
	}

	/** A row of somebody, above whatever comes next. */
	add(cells: readonly string[]): void {
		this.rows++;
		this.rowsOfPart++;
		let haveTexts = false;
		for (const sums of this.summed) {
			sums.add(cells[sums.at] ?? '');
			haveTexts ||= sums.isDone;
		}
		if (haveTexts) this.summed = this.summed.filter(({ isDone }) => !isDone);
	}

	/** Those above were summed up: the next part begins. */
	startPart(): void {
		this.rowsOfPart = 0;
		for (const sums of this.columns.values()) sums.startPart();
	}

	/** `undefined` where the row does not look like a total. */
	fatesOf(cells: readonly string[]): Fates | undefined {
		if (!startsLikeTotal(cells)) return undefined;
		let label: TotalLabel | undefined;
		let labelAt = -1;
		const numbers = new Map<number, SheetNumber>();
		for (const [at, cell] of cells.entries()) {
			if (!isFilled(cell)) continue;
			const number = numberIn(cell);
			if (number !== undefined) {
				if (isPhoneLike(cell, this.contacts.has(at))) return undefined;
				numbers.set(at, number);
				continue;
			}
			if (label !== undefined) return undefined;
			label = labelIn(cell);
			if (label === undefined) return undefined;
			labelAt = at;
		}
		if (label === undefined) return undefined;
		const id = this.idAmong(numbers);
		if ([...numbers.values()].some(({ isFormula }) => isFormula)) return TOTAL;
		if (id !== undefined) return this.besideId(label.rank, id, numbers, labelAt);
		if (label.number !== undefined) numbers.set(labelAt, label.number);
		return this.withoutId(label.rank, numbers, labelAt);
	}

	/** The column that would name somebody, if the row were one. */
	private idAmong(numbers: ReadonlyMap<number, SheetNumber>): number | undefined {
		for (const at of numbers.keys()) {
			// Where no column is known to hold ids, any that holds nothing but numbers may.
			if (this.ids.size > 0 ? this.ids.has(at) : this.columns.get(at)?.holdsNumbers === true) return at;
		}
		return undefined;
	}

	/** The word stands where the id does, or there is none. */
	private withoutId(rank: LabelRank, numbers: ReadonlyMap<number, SheetNumber>, labelAt: number): Fates | undefined {
		// A total says how many; a word alone may be an id.
		if (numbers.size === 0) return rank === 'sure' ? UNCLEAR : undefined;
		if (rank === 'sure') return TOTAL;
		const isConfirmed = [...numbers].some(([at, number]) => this.counts(number, at) || this.sumsUp(number, at));
		if (rank === 'usual') {
			// Nobody has a number for a name, or none; where there are no names, an account may be called so.
			const within = isConfirmed && this.hasNames ? 'total' : 'unclear';
			return { within, atEnd: isConfirmed || this.hasNames ? 'total' : 'unclear' };
		}
		// Without an id the row is refused anyhow, and then for what it lacks.
		const isNobody = this.ids.size > 0 && !this.ids.has(labelAt);
		return { within: isNobody ? 'row' : 'unclear', atEnd: isConfirmed ? 'total' : isNobody ? 'row' : 'unclear' };
	}

	/** A number stands in the column of ids: somebody's id, or how many there are. */
	private besideId(rank: LabelRank, at: number, numbers: ReadonlyMap<number, SheetNumber>, labelAt: number): Fates {
		const id = numbers.get(at);
		if (id === undefined) return ROW;
		const isCount = this.counts(id, at);
		const isSum = this.sumsUp(id, at);
		const isLikeOthers = this.columns.get(at)?.isLikeOthers(id) !== false;
		if (rank === 'sure') return isCount || isSum ? TOTAL : UNCLEAR;
		const isBehind = labelAt > at;
		if (rank === 'usual') {
			// Ids that begin at 0: the next one is as large as the number of those before it.
			const isNext = isLikeOthers && this.columns.get(at)?.isNext(id) === true;
			const isTotal = isLikeOthers ? isCount && !isNext : isCount || isSum;
			if (isCount || isSum) return { within: 'unclear', atEnd: isTotal ? 'total' : 'unclear' };
			const isFilledLikePeople = numbers.size + 1 >= Math.max(FEW_CELLS, this.width);
			return isBehind || (isLikeOthers && isFilledLikePeople) ? ROW : UNCLEAR;
		}
		const isPlain = isCount && !isLikeOthers;
		if (isBehind) return { within: 'row', atEnd: isPlain ? 'unclear' : 'row' };
		if (isLikeOthers && !isCount && !isSum) return ROW;
		return { within: 'unclear', atEnd: isPlain ? 'total' : 'unclear' };
	}

	/** Whether it says how many rows there are above, or how many of them have something in that column. */
	private counts({ values }: SheetNumber, at: number): boolean {
		const filled = this.columns.get(at)?.counts ?? [];
		return values.some((value) => value > 0 && [this.rows, this.rowsOfPart, ...filled].includes(value));
	}

	private sumsUp({ values }: SheetNumber, at: number): boolean {
		const sums = this.columns.get(at)?.sums ?? [];
		return values.some((value) => sums.some((sum) => Math.abs(sum - value) <= 1e-9 * Math.max(1, Math.abs(sum))));
	}
}

/** Of nearly all rows the first text tells, which is the first or the second cell. */
function startsLikeTotal(cells: readonly string[]): boolean {
	for (const cell of cells) if (isFilled(cell) && !mayBeNumber(cell)) return mayBeLabel(cell);
	return false;
}
