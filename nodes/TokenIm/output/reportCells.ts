// What the report keeps of the cells of a row: as they are, up to far more than a person writes. A row beyond that would
// hold the event loop (law 11), and no spreadsheet nor Input: File would take it.

import type { Row } from '../engine/types';
import { textOf } from './csv';

/** A cell of a spreadsheet takes 32,767. */
export const MOST_CELL_CHARACTERS = 100_000;
/** *Input: File* takes a row of twice as many, as it is with every character a quote. */
export const MOST_ROW_CHARACTERS = 500_000;

/** Writing down a row with more of either takes a millisecond or more. */
const FEW_COLUMNS = 200;
const FEW_CHARACTERS = 20_000;

export interface KeptCells {
	/** Numbers as they came, all else as text. */
	readonly cells: ReadonlyArray<string | number>;
	/** How many are cut. */
	readonly cut: number;
}

export function keptCells(values: readonly unknown[]): KeptCells {
	let left = MOST_ROW_CHARACTERS;
	let cut = 0;
	const cells = values.map((value) => {
		if (typeof value === 'number' && Number.isFinite(value)) return value;
		const most = Math.min(left, MOST_CELL_CHARACTERS);
		// What is too large to be made text of is not made text of.
		const text = typeof value === 'string' ? value : sizeOf(value, 2 * most) > 2 * most ? undefined : textOf(value);
		const isWhole = text !== undefined && text.length <= most;
		if (!isWhole) cut++;
		const kept = isWhole ? text : `${(text ?? '').slice(0, most)}…`;
		left = Math.max(0, left - kept.length);
		return kept;
	});
	return { cells, cut };
}

/** Whether many such rows may be written down in one go. */
export function isShort(columns: Row['columns']): boolean {
	let left = FEW_CHARACTERS;
	let columnsLeft = FEW_COLUMNS;
	for (const name in columns) {
		left -= sizeOf(columns[name], left);
		if (--columnsLeft < 0 || left < 0) return false;
	}
	return true;
}

/** About how many characters a value takes as text; where that is more than `most`, it is not counted to its end. */
function sizeOf(value: unknown, most: number): number {
	if (typeof value === 'string') return value.length;
	if (typeof value !== 'object' || value === null) return 8;
	let size = 0;
	const open: unknown[] = [value];
	for (let next = open.pop(); next !== undefined && size <= most; next = open.pop()) {
		size += 4;
		if (typeof next === 'string') size += next.length;
		if (typeof next !== 'object' || next === null) continue;
		// By its length: to list the indexes of a long list as names takes longer than all else here.
		if (Array.isArray(next)) {
			if (size + open.length + 4 * next.length > most) return most + 1;
			for (const item of next) open.push(item ?? null);
			continue;
		}
		for (const name in next) {
			size += name.length;
			if (size + open.length > most) return most + 1;
			open.push(Object.getOwnPropertyDescriptor(next, name)?.value ?? null);
		}
	}
	return size;
}
