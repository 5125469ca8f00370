// Who may send while a quota is being used up: one request that it refused, and no new ones (law 7).

import type { RunEnd } from '../end';
import type { Refusal } from '../wire';

/** The room that a refusal for the quota names; 0 where it names none. */
export function roomNamed({ quota }: Refusal): number {
	return quota === undefined ? 0 : Math.max(0, Math.floor(quota.limit - quota.used));
}

export class QuotaTurns {
	/** Requests that were refused and use up what is left, one after the other, in the order in which they came. */
	private users = 0;
	private isMet = false;
	private turn: Promise<void> = Promise.resolve();
	private readonly waiting: Array<() => void> = [];

	constructor(private readonly end: RunEnd) {
		end.draining.addEventListener('abort', () => this.wake(), { once: true });
	}

	/** A refusal named room: from now on new requests wait until it is used up. */
	meet(): void {
		this.isMet = true;
	}

	/** Whether new requests have to wait. */
	get isOn(): boolean {
		return this.isMet && !this.end.isDraining;
	}

	/** Waits for the turn of one that was refused. Returns the hand-over to the next, or to all who wait. */
	async takeTurn(): Promise<() => void> {
		this.users++;
		const before = this.turn;
		let release: () => void = () => undefined;
		this.turn = new Promise((resolve) => {
			release = resolve;
		});
		await before;
		return () => {
			this.users--;
			if (this.users === 0) {
				this.isMet = false;
				this.wake();
			}
			release();
		};
	}

	/** Waits until nobody uses the quota up, or until the run ends. */
	async over(): Promise<void> {
		if (this.isOn) await new Promise<void>((resolve) => this.waiting.push(resolve));
	}

	private wake(): void {
		for (const resolve of this.waiting.splice(0)) resolve();
	}
}
