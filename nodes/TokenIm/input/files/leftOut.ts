// What of a file was left out because it is no row of people: counted, with the rows of the sheet, for a hint.

import { count } from '../../engine/count';
import type { Part } from './parts';

/** Of each kind; a sheet of nothing but rulers must not fill the hint. */
const MOST_SHOWN = 10;

const KINDS: Readonly<Record<Part | 'note', string>> = {
	note: 'above the header row',
	ruler: 'lines of dashes and the like',
	header: 'the header row once more',
	sameNames: 'what the columns are called in other words',
	otherHeader: 'another header row',
	explanation: 'what the columns take',
	total: 'a count or a total',
	footer: 'words below the table',
};

export class LeftOut {
	private count = 0;
	private readonly rows = new Map<string, { shown: number[]; count: number }>();

	add(kind: keyof typeof KINDS, number: number): void {
		const rows = this.rows.get(KINDS[kind]) ?? { shown: [], count: 0 };
		if (rows.shown.length < MOST_SHOWN) rows.shown.push(number);
		rows.count++;
		this.count++;
		this.rows.set(KINDS[kind], rows);
	}

	/** For the person; `undefined` where nothing was left out. */
	get hint(): string | undefined {
		if (this.count === 0) return undefined;
		const kinds = [...this.rows].map(([what, { shown, count }]) => `${listed(shown, count)} (${what})`);
		const [were, rows] = this.count === 1 ? ['was', 'row'] : ['were', 'rows'];
		return `${count(this.count)} ${rows} of the file ${were} left out as no part of its table: ${kinds.join('; ')}. Where one is meant as a row, fill in its other cells.`;
	}
}

function listed(numbers: readonly number[], of: number): string {
	const more = of - numbers.length;
	const names = numbers.map(count);
	const last = names.length > 1 && more === 0 ? names.pop() : undefined;
	const all = names.join(', ') + (last === undefined ? '' : ` and ${last}`);
	const tail = more === 0 ? '' : ` and ${count(more)} more`;
	return `${of === 1 ? 'row' : 'rows'} ${all}${tail}`;
}
