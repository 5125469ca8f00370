// Verdicts come in any order and leave in the order of the rows, each exactly once (law 1).

import type { Row, Verdict } from '../types';

/** A class, for V8 takes literals of which many are in use to be long-lived: what those hold is collected late. */
class Early {
	constructor(
		readonly verdict: Verdict,
		readonly row: Row,
	) {}
}

/** Places that have left are cleared away together. */
const CLEARED_AT = 1_000;

export class Order {
	private next = 0;
	private taken = 0;
	/** What waits for its turn, from the place `first` on. A list, not a `Map`: that leaves its tables behind as garbage. */
	private readonly early: Array<Early | undefined> = [];
	private first = 0;
	private readonly onAdvance: Array<() => void> = [];

	/** For each status, what stands for all alike. */
	private readonly standIns = new Map<Verdict['status'], Early>();

	/** @param isAlike see `RunOptions`; default: none is */
	constructor(
		private readonly sink: (verdict: Verdict, row: Row) => void,
		private readonly isAlike: (verdict: Verdict) => boolean = () => false,
	) {}

	/** A place in the order for the next row. */
	take(): number {
		this.early.push(undefined);
		return this.taken++;
	}

	/** Rows that were read and whose verdict has not left yet. */
	get waiting(): number {
		return this.taken - this.next;
	}

	/** Rows that were read since this place was taken, it included. */
	since(place: number): number {
		return this.taken - place;
	}

	/**
	 * Hands in the verdict of a place.
	 * @throws if the place had one before, or was never taken: a defect of this package, never of the service
	 */
	put(place: number, verdict: Verdict, row: Row): void {
		if (place < this.next || place >= this.taken || this.early[place - this.first] !== undefined) {
			throw new Error(`A second verdict for place ${place}: ${verdict.status}`);
		}
		this.early[place - this.first] = this.isAlike(verdict) ? this.standIn(verdict, row) : new Early(verdict, row);
		for (
			let ready = this.early[this.next - this.first];
			ready !== undefined;
			ready = this.early[this.next - this.first]
		) {
			this.early[this.next++ - this.first] = undefined;
			this.sink(ready.verdict, ready.row);
		}
		this.clear();
		for (const resolve of this.onAdvance.splice(0)) resolve();
	}

	/** Ten thousand rows that wait for one would grow old, and what is old is collected late. */
	private standIn(verdict: Verdict, { number, item }: Row): Early {
		const known = this.standIns.get(verdict.status);
		if (known !== undefined) return known;
		const first = new Early(verdict, { number, item, columns: {} });
		this.standIns.set(verdict.status, first);
		return first;
	}

	/** Once more places have left than wait, so that each is moved at most once. */
	private clear(): void {
		const left = this.next - this.first;
		if (left < Math.max(CLEARED_AT, this.waiting)) return;
		this.early.splice(0, left);
		this.first = this.next;
	}

	/** Waits until fewer than `most` rows wait for their verdict to leave, or until `over` goes up. */
	async room(most: number, over?: AbortSignal): Promise<void> {
		while (this.waiting >= most && over?.aborted !== true) {
			await new Promise<void>((resolve) => {
				const wake = (): void => {
					over?.removeEventListener('abort', wake);
					resolve();
				};
				this.onAdvance.push(wake);
				over?.addEventListener('abort', wake);
			});
		}
	}

	/** @throws if a row that was read has no verdict */
	close(): void {
		if (this.waiting > 0) throw new Error(`${this.waiting} rows were left without a verdict`);
	}
}
