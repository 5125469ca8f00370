// What the two ways of reading rows have in common: by the names of the columns, or as the user chose them.

import type { Row } from '../../engine/types';
import type { Cell, ValueOptions } from '../cells/cell';
import { isMonthAndDay, readTold } from '../cells/told';
import { readCell } from '../cells/values';
import { isClassColumn } from './classes';
import type { Given } from './assemble';
import type { ColumnsUnclear } from './columnsUnclear';
import type { Field } from './fields';
import type { Source } from './matching';

/** What was seen of a sheet before its first row is read. */
export interface Seen {
	/** Every list of columns that its rows have. */
	readonly lists: ReadonlyArray<readonly string[]>;
	/** Its first rows, whose cells may say what a name leaves open. */
	readonly rows: readonly Row[];
}

/** A turn of the event loop for so many columns looked at: a sheet has dozens, hostile rows one more each. */
const LOOKED_AT_IN_ONE_TURN = 2_000;

/** A name this long is as much work again as a short one. */
const CHARACTERS_A_COLUMN = 50;

export function workOf(column: string): number {
	return 1 + column.length / CHARACTERS_A_COLUMN;
}

/** Gives the event loop a turn now and then. */
export type Breathe = () => Promise<void>;

/** Counts work and breathes when it was enough: `await worked(columns.length)`. */
export function breathingEach(
	breathe: Breathe,
	inOneTurn = LOOKED_AT_IN_ONE_TURN,
): (work: number) => Promise<void> | undefined {
	let done = 0;
	return (work) => {
		done += work;
		if (done < inOneTurn) return undefined;
		done = 0;
		return breathe();
	};
}

/** How the rows of a sheet are read once all its lists of columns are known. */
export interface Reading {
	/** @throws ColumnsUnclear */
	settle(sheets: ReadonlyMap<number, Seen>, breathe: () => Promise<void>): Promise<void>;
	of(row: Row): readonly Given[] | ColumnsUnclear;
}

export function kindOf({ field, attribute }: Pick<Source, 'field' | 'attribute'>): Field['kind'] | 'attribute' {
	return attribute === undefined ? field.kind : 'attribute';
}

/** A cell of the row, with what its file tells of it. */
export function readOwn(
	row: Row,
	column: string,
	source: Pick<Source, 'field' | 'attribute'>,
	rules?: ValueOptions,
): Cell {
	const cell = own(row, column);
	const fact = row.facts?.of(column);
	const kind = kindOf(source);
	// Nearly all cells: what follows is worked out for others alone.
	if (fact === undefined && !isMonthAndDay(cell)) return readCell(cell, kind, rules);
	const { field, attribute } = source;
	const isClass = () => attribute !== undefined && isClassColumn(attribute);
	return readTold(cell, fact, { name: field.name, kind, isClass }, rules);
}

export function own({ columns }: Row, column: string): unknown {
	return Object.hasOwn(columns, column) ? columns[column] : undefined;
}
