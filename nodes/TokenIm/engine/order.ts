// Verdicts come in any order and leave in the order of the rows, each exactly once (law 1).

import type { Row, Verdict } from './types';

export class Order {
	private next = 0;
	private taken = 0;
	private readonly early = new Map<number, { readonly verdict: Verdict; readonly row: Row }>();
	private readonly onAdvance: Array<() => void> = [];

	constructor(private readonly sink: (verdict: Verdict, row: Row) => void) {}

	/** A place in the order for the next row. */
	take(): number {
		return this.taken++;
	}

	/** Rows that were read and whose verdict has not left yet. */
	get waiting(): number {
		return this.taken - this.next;
	}

	/**
	 * Hands in the verdict of a place.
	 * @throws if the place had one before, or was never taken: a defect of this package, never of the service
	 */
	put(place: number, verdict: Verdict, row: Row): void {
		if (place < this.next || place >= this.taken || this.early.has(place)) {
			throw new Error(`A second verdict for place ${place}: ${verdict.status}`);
		}
		this.early.set(place, { verdict, row });
		for (let ready = this.early.get(this.next); ready !== undefined; ready = this.early.get(this.next)) {
			this.early.delete(this.next++);
			this.sink(ready.verdict, ready.row);
		}
		for (const resolve of this.onAdvance.splice(0)) resolve();
	}

	/** Waits until fewer than `most` rows wait for their verdict to leave. */
	async room(most: number): Promise<void> {
		while (this.waiting >= most) {
			await new Promise<void>((resolve) => this.onAdvance.push(resolve));
		}
	}

	/** @throws if a row that was read has no verdict */
	close(): void {
		if (this.waiting > 0) throw new Error(`${this.waiting} rows were left without a verdict`);
	}
}
