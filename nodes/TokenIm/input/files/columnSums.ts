// How many cells of one column are filled, and what their numbers sum up to: by this a total is known.

import { isFilled } from './layout';
import type { SheetNumber } from './totalLabels';

/** What one column held so far, in all rows and in those since the last total. */
export class ColumnSums {
	private isNumeric = true;
	private filled = 0;
	private sum = 0;
	private filledOfPart = 0;
	private sumOfPart = 0;
	private largest = -Infinity;
	private fewestDigits = Infinity;
	private mostDigits = 0;

	/** @param isOfIds how many there are counts, whatever they are */
	constructor(
		readonly at: number,
		private readonly isOfIds: boolean,
	) {}

	/** Texts have no sum. */
	get isDone(): boolean {
		return !this.isNumeric && !this.isOfIds;
	}

	add(cell: string): void {
		if (!isFilled(cell)) return;
		this.filled++;
		this.filledOfPart++;
		if (!this.isNumeric) return;
		const value = valueOf(cell);
		if (value === undefined) return void (this.isNumeric = false);
		this.sum += value;
		this.sumOfPart += value;
		this.largest = Math.max(this.largest, value);
		this.fewestDigits = Math.min(this.fewestDigits, cell.length);
		this.mostDigits = Math.max(this.mostDigits, cell.length);
	}

	startPart(): void {
		this.filledOfPart = this.sumOfPart = 0;
	}

	get holdsNumbers(): boolean {
		return this.isNumeric && this.filled > 0;
	}

	/** None of what was not looked at to the end. */
	get counts(): readonly number[] {
		return this.isDone ? [] : [this.filled, this.filledOfPart];
	}

	/** None of texts, nor of nothing. */
	get sums(): readonly number[] {
		if (!this.holdsNumbers) return [];
		return this.filledOfPart > 0 ? [this.sum, this.sumOfPart] : [this.sum];
	}

	/** Whether it is the number behind the largest. */
	isNext({ values }: SheetNumber): boolean {
		return values.includes(this.largest + 1);
	}

	/** Whether it may be one of them by its length; of none, it may. */
	isLikeOthers({ digits }: SheetNumber): boolean {
		if (this.filled === 0) return true;
		return this.isNumeric && digits >= this.fewestDigits && digits <= this.mostDigits;
	}
}

/** By its first character most texts are told: this is asked of every cell of a column of numbers. */
function valueOf(cell: string): number | undefined {
	const code = cell.charCodeAt(0);
	if (cell.length > 20 || (code !== 45 && (code < 48 || code > 57))) return undefined;
	const value = Number(cell);
	return Number.isFinite(value) ? value : undefined;
}
