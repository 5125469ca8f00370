// Rows that hold names of columns: the labels of a sheet in a second language, and the header of another table. A person
// may be called like a column, too: Nick is a name and a name for names.

import { columnKey } from '../cells/text';
import { isFilled, type KnownColumns, type NamedField } from './layout';

/** `sameNames`: each column is called what it is, in other words. `unclear`: it may be somebody. */
export type Names = 'sameNames' | 'otherHeader' | 'unclear';

/** What a name of a column never holds, and people's cells often do. */
const DIGIT_OR_AT = /[\d@]/;
/** Of a long row the first cells are looked at. */
const MOST_LOOKED_AT = 1_000;

export class OtherNames {
	private readonly hasIds: boolean;
	/** Which of a name's two fields counts: that of users where a column holds their ids, else that of groups. */
	private readonly kind: string;

	/**
	 * @param header the names of the columns, as they stand in the header row
	 * @param own what its columns hold, as far as that is known
	 */
	constructor(
		private readonly header: readonly string[],
		private readonly own: ReadonlyArray<NamedField | undefined>,
		private readonly known: KnownColumns | undefined,
	) {
		this.hasIds = this.own.some((field) => field?.isId === true);
		const holds = (id: string) => this.own.some((field) => field?.fields.includes(id) === true);
		this.kind = holds('1:groupId') && !holds('0:userId') ? '1:' : '0:';
	}

	/** Of the first row below the header: whether it says what each column is. */
	ofLabels(given: readonly string[]): Names | undefined {
		const cells = given.slice(0, MOST_LOOKED_AT);
		const filled = cells.filter(isFilled);
		let agree = 0;
		let differ = 0;
		let isIdNamed = false;
		const compared: string[] = [];
		for (const [at, cell] of cells.entries()) {
			const own = this.own[at];
			if (own === undefined || !isFilled(cell)) continue;
			compared.push(cell);
			const doesAgree = this.isOneField(own, this.known?.named?.(cell));
			if (doesAgree) agree++;
			else if (own.fields.some((field) => field.startsWith(this.kind))) differ++;
			if (doesAgree && (this.hasIds ? own.isId : own.mayBeId)) isIdNamed = true;
		}
		if (!isIdNamed || haveTwins(compared)) return undefined;
		if (differ === 0 && (agree > 1 || this.isOwnName(cells))) return 'sameNames';
		// One word alone is an id like any other.
		return filled.length > 1 && !filled.some((cell) => DIGIT_OR_AT.test(cell)) ? 'unclear' : undefined;
	}

	/** Of any row: whether each cell is the name of a column. No cell of people is looked up, for most hold a digit. */
	of(cells: readonly string[]): Names | undefined {
		const { named } = this.known ?? {};
		if (named === undefined || cells.length > MOST_LOOKED_AT || cells.some((cell) => DIGIT_OR_AT.test(cell)))
			return undefined;
		const first = cells.find(isFilled);
		if (first === undefined || named(first) === undefined) return undefined;
		const filled = [...cells.entries()].filter(([, cell]) => isFilled(cell));
		const found = filled.map(([, cell]) => named(cell));
		const fields = new Set(found.map((field) => field?.fields[0]));
		// Two names of one field are no header: they are an account and what it is called.
		if (fields.has(undefined) || fields.size < 2) return undefined;
		if (haveTwins(filled.map(([, cell]) => cell))) return found.some((field) => field?.isId) ? 'unclear' : undefined;
		if (!found.some((field) => field?.mayBeId)) return 'unclear';
		const isSame = filled.every(([at], index) => this.isOneField(this.own[at], found[index]));
		return isSame ? 'sameNames' : 'otherHeader';
	}

	/** A class is something of somebody, and what a group is called: where both words are known in the sheet's kind, that counts. */
	private isOneField(one: NamedField | undefined, other: NamedField | undefined): boolean {
		const ofKind = (field: NamedField | undefined) => field?.fields.find((name) => name.startsWith(this.kind));
		const [own, named] = [ofKind(one), ofKind(other)];
		if (own !== undefined && named !== undefined) return own === named;
		return one !== undefined && other?.fields.some((field) => one.fields.includes(field)) === true;
	}

	/** The only known column is called by its own name, written otherwise. */
	private isOwnName(cells: readonly string[]): boolean {
		return this.own.every(
			(own, at) => own === undefined || columnKey(this.header[at] ?? '') === columnKey(cells[at] ?? ''),
		);
	}
}

/** A header names each column otherwise; an account is often called what its owner is. */
function haveTwins(cells: readonly string[]): boolean {
	return new Set(cells.map(columnKey)).size < cells.length;
}
