// A cell together with what its file tells of it: a formula without a result, and what Excel made a date of.

import type { CellFact } from '../../engine/types';
import { refused, type Cell, type FieldKind, type ValueOptions } from './cell';
import { becameDate, notWorkedOut } from './unreadable';
import { readCell } from './values';

/** What the cell is read for. */
export interface Purpose {
	/** Of the field. */
	readonly name: string;
	readonly kind: FieldKind | 'attribute';
	/** Whether it is a class of a school, which is called 3-1 and never a date. */
	isClass(): boolean;
}

export function readTold(cell: unknown, fact: CellFact | undefined, purpose: Purpose, rules?: ValueOptions): Cell {
	const { kind } = purpose;
	if (fact === undefined) {
		const isDate = isMonthAndDay(cell) && (isId(kind) || purpose.isClass());
		return isDate ? refused(becameDate(String(cell), 'date', undefined)) : readCell(cell, kind, rules);
	}
	switch (fact.kind) {
		case 'noResult':
			return refused(notWorkedOut());
		case 'moment':
			return mayBeMoment(purpose)
				? readCell(cell, kind, rules)
				: refused(becameDate(String(cell), fact.what, fact.shows));
		case 'countedFrom1904':
			return readCell(cell, kind, kind === 'time' ? { ...rules, countsFrom1904: true } : rules);
	}
}

/** How Excel in Chinese shows 3-1, in files that have nothing but what it shows. English 1-Mar may be meant as it is. */
const MONTH_AND_DAY = /^\d{1,2}月\d{1,2}日$/u;

export function isMonthAndDay(cell: unknown): boolean {
	return typeof cell === 'string' && cell.endsWith('日') && MONTH_AND_DAY.test(cell);
}

const NAMES: ReadonlySet<string> = new Set(['username', 'name']);

function isId(kind: Purpose['kind']): boolean {
	return kind === 'id' || kind === 'ids';
}

/** A description, an attribute or a field that only this service has may well be a date. */
function mayBeMoment({ name, kind, isClass }: Purpose): boolean {
	if (kind === 'time') return true;
	if (NAMES.has(name) || isClass()) return false;
	return kind === 'text' || kind === 'attribute' || kind === 'attributes';
}
