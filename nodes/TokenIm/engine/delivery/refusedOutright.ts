// When a service refuses everything as a whole, the rows are not to blame: the run must end, not bisect for ever (law 4).

import type { EndReason } from '../end';
import type { Refusal } from '../wire';

/** Rows that stood alone, all with one code, before the service itself is suspected. */
const SUSPECT_AFTER = 10;

/** What came of the next untried chunk; `none` where there is none. */
export type NextChunk = 'refused' | 'other' | 'none';

export class RefusedOutright {
	/** Something was accepted in this run: from then on refusals are the fault of rows. */
	private accepted = false;
	private lone = 0;
	private code: string | undefined;
	/** No chunk was left to try, but requests of one row each are: the next of these is the trial. */
	private isOnTrial = false;
	private turn: Promise<void> = Promise.resolve();
	private holder: object | undefined;

	/**
	 * @param tryNextChunk sends the next untried chunk whole and tells whether it was refused with this code, came out
	 *   otherwise, or no chunk was left
	 */
	constructor(private readonly tryNextChunk: (code: string) => Promise<NextChunk>) {}

	get hasAccepted(): boolean {
		return this.accepted;
	}

	accept(): void {
		this.accepted = true;
	}

	/**
	 * Until something was accepted one chunk at a time is bisected, with all that comes of it.
	 *
	 * @param holder who bisects: a turn that it has is not taken twice
	 * @returns the hand-over to the next
	 */
	async takeTurn(holder: object): Promise<() => void> {
		if (this.accepted || this.holder === holder) return () => undefined;
		const before = this.turn;
		let release: () => void = () => undefined;
		this.turn = new Promise((resolve) => {
			release = resolve;
		});
		await before;
		this.holder = holder;
		return () => {
			this.holder = undefined;
			release();
		};
	}

	/**
	 * A row was refused alone. Returns why the run must end, if it must.
	 *
	 * @param isWhole it was all of its request, not what is left of one
	 */
	async standsAlone(refusal: Refusal, isWhole: boolean): Promise<EndReason | undefined> {
		if (this.accepted) return undefined;
		if (this.code !== refusal.code) {
			this.lone = 0;
			this.isOnTrial = false;
		}
		this.lone++;
		this.code = refusal.code;
		if (this.lone < SUSPECT_AFTER) return undefined;
		const isTrial = this.isOnTrial && isWhole;
		const trial = isTrial ? 'refused' : await this.tryNextChunk(refusal.code);
		if (trial === 'none' && isWhole) {
			this.isOnTrial = true;
			return undefined;
		}
		if (trial === 'refused') {
			return {
				code: refusal.code,
				reason: `The service refused every request as a whole: ${refusal.message} ${SUSPECT_AFTER} rows sent alone and a further batch met the same answer, so the cause is not in single rows.`,
			};
		}
		this.lone = 0;
		return undefined;
	}
}
