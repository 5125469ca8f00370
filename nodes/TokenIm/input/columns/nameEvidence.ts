// Whether a column called Name, beside one with a part of the name, holds the other part or the whole: the cells tell.

import type { Row } from '../../engine/types';
import type { Role } from './nameAliases';
import type { HeldBy } from './nameRule';
import { own } from './reading';

/** Nobody has a longer name, and a cell may hold a book. */
const MOST_CHARACTERS = 500;
/** One or another may be called `Anna Maria` with the surname `Maria`, or have changed the surname since. */
const FEW = 0.1;

export function heldIn(rows: readonly Row[]): HeldBy {
	return (name, part, role) => {
		let both = 0;
		let whole = 0;
		for (const row of rows) {
			const one = wordsOf(own(row, name));
			const other = wordsOf(own(row, part));
			if (one === '' || other === '') continue;
			both++;
			if (standsIn(other, one, role)) whole++;
		}
		if (whole <= FEW * both) return 'half';
		return whole >= (1 - FEW) * both ? 'whole' : 'unclear';
	};
}

/** Whether the cells of a column can be surnames: a serial number has digits, and no cell is no surname. */
export function canBeNames(cells: readonly unknown[]): boolean {
	return (
		cells.length > 0 &&
		cells.every((cell) => typeof cell === 'string' && !/\p{Nd}/u.test(cell.slice(0, MOST_CHARACTERS)))
	);
}

function standsIn(part: string, name: string, role: Role): boolean {
	if (` ${name} `.includes(` ${part} `)) return true;
	// Without a space between them: the surname comes first.
	return /^\p{Script=Han}+$/u.test(part) && (role === 'family' ? name.startsWith(part) : name.endsWith(part));
}

function wordsOf(cell: unknown): string {
	if (typeof cell !== 'string' || cell.length > MOST_CHARACTERS) return '';
	return cell
		.normalize('NFC')
		.toLowerCase()
		.replace(/[^\p{L}\p{M}\p{Nd}]+/gu, ' ')
		.trim();
}
