// What a workbook tells of cells beside their text. The rows go on as those of a CSV file, so it is kept by the number of
// the row and the place of the cell until the row comes out.

import type { CellFact, CellFacts, Row } from '../../../engine/types';
import type { NumberFormat } from './numberFormat';
import { shownDate } from './shownDate';

const DATE = /^\d{4}-\d\d-\d\d/;
const TIME = /^\d+:\d\d/;

/** @param text of the cell, as read; `undefined` where it is no moment, such as a number beyond the calendar */
export function momentFact(text: string, format?: NumberFormat): CellFact | undefined {
	const code = format?.kind === 'moment' ? format.code : undefined;
	if (DATE.test(text)) return new Moment('date', text, code);
	return TIME.test(text) ? new Moment('time', text, undefined) : undefined;
}

/** How a date is shown is worked out where somebody is told of it: nearly all dates stand where they belong. */
class Moment {
	readonly kind = 'moment';

	constructor(
		readonly what: 'date' | 'time',
		private readonly text: string,
		private readonly code: string | undefined,
	) {}

	get shows(): string | undefined {
		return this.code === undefined ? undefined : shownDate(this.text, this.code);
	}
}

/** A piece of a sheet holds some 2,000 rows at most, and few rows wait longer than that. */
const MOST_KEPT = 10_000;

export class KeptFacts {
	/** By the row's number, in their order; of each by the column's number from 1. */
	private readonly byRow = new Map<number, Map<number, CellFact>>();
	private places: ReadonlyMap<string, number> = new Map();

	add(row: number, column: number, fact: CellFact): void {
		const facts = this.byRow.get(row);
		if (facts !== undefined) facts.set(column, fact);
		else {
			this.byRow.set(row, new Map([[column, fact]]));
			this.forgetOldest();
		}
	}

	/** Where rows without end are left out, none comes out with which they would be forgotten. */
	private forgetOldest(): void {
		const [oldest] = this.byRow.keys();
		if (oldest !== undefined && this.byRow.size > MOST_KEPT) this.byRow.delete(oldest);
	}

	/** @param columns names from left to right */
	name(columns: readonly string[]): void {
		this.places = new Map(columns.map((name, index) => [name, index + 1]));
	}

	/** The rows with what is told of them. What is told of earlier ones is forgotten: they were no rows of people. */
	given(rows: readonly Row[]): readonly Row[] {
		if (this.byRow.size === 0) return rows;
		const told = rows.map((row) => {
			const facts = this.byRow.get(row.number);
			return facts === undefined ? row : withFacts(row, new NamedFacts(this.places, facts));
		});
		const last = rows.at(-1)?.number ?? 0;
		for (const number of this.byRow.keys()) {
			if (number > last) break;
			this.byRow.delete(number);
		}
		return told;
	}
}

class NamedFacts implements CellFacts {
	constructor(
		private readonly places: ReadonlyMap<string, number>,
		private readonly facts: ReadonlyMap<number, CellFact>,
	) {}

	of(column: string): CellFact | undefined {
		const place = this.places.get(column);
		return place === undefined ? undefined : this.facts.get(place);
	}
}

function withFacts({ number, item, columns, issues }: Row, facts: CellFacts): Row {
	return issues === undefined ? { number, item, columns, facts } : { number, item, columns, facts, issues };
}
