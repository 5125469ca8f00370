// Rows of which what follows tells what they are: words and totals stand below people, and nobody below them.

import type { Issue, Row } from '../../engine/types';
import { totalUnclear } from './issues';
import type { LeftOut } from './leftOut';
import type { Parts } from './parts';
import type { Fate, Fates } from './totals';

export interface HeldRow {
	readonly row: Row;
	readonly cells: readonly string[];
	readonly part: 'footer' | Fates;
}

/** Lines below a table are few; more of them are rows. */
const MOST_HELD = 50;

export class HeldBack {
	private held: HeldRow[] = [];
	/** Of how many of them it is known that nobody of their table follows. */
	private ended = 0;

	constructor(
		private readonly parts: Parts,
		private readonly leftOut: LeftOut,
	) {}

	/** @returns `false` where there are too many */
	hold(one: HeldRow): boolean {
		if (this.held.length >= MOST_HELD) return false;
		this.held.push(one);
		return true;
	}

	/** Another table begins: totals so far were at the end of theirs. */
	endTable(): void {
		this.ended = this.held.length;
	}

	/** Somebody follows. */
	settle(out: Row[]): void {
		if (this.held.length === 0) return;
		for (const [at, one] of this.held.splice(0).entries()) {
			if (one.part === 'footer') this.pass(one, 'row', out);
			else this.pass(one, at < this.ended ? one.part.atEnd : one.part.within, out);
		}
		this.ended = 0;
	}

	/** One that could not be held back, for there are too many. */
	settleAlone({ row, cells, part }: HeldRow & { readonly part: Fates }, out: Row[]): void {
		this.pass({ row, cells, part }, part.within, out);
	}

	/** Nothing follows. */
	end(out: Row[]): void {
		for (const one of this.held.splice(0)) {
			if (one.part === 'footer') this.leftOut.add('footer', one.row.number);
			else this.pass(one, one.part.atEnd, out);
		}
	}

	private pass({ row, cells }: HeldRow, fate: Fate, out: Row[]): void {
		if (fate === 'total') {
			this.leftOut.add('total', row.number);
			this.parts.addTotal();
		} else if (fate === 'unclear') out.push(withIssue(row, totalUnclear(row.number, cells)));
		else {
			out.push(row);
			this.parts.addRow(cells);
		}
	}
}

export function withIssue(row: Row, issue: Issue): Row {
	return { ...row, issues: [...(row.issues ?? []), issue] };
}
