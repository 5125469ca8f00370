// The one gate that every request passes, in the order in which they came; only one whose own rate holds it back lets
// others by.

import type { RunEnd } from '../end';
import type { Pace, Pass } from './pace';
import type { Pulse } from './decide';
import type { Ports } from '../types';
import type { Rate } from '../call';

interface Waiting {
	readonly rates: readonly Rate[];
	readonly resolve: (pass: Pass | undefined) => void;
}

export class Gate {
	private readonly waiting: Waiting[] = [];
	private wakesAt = Number.POSITIVE_INFINITY;

	constructor(
		private readonly pace: Pace,
		private readonly end: RunEnd,
		private readonly ports: Pick<Ports, 'now' | 'sleep'>,
	) {
		end.draining.addEventListener('abort', () => this.turnAway(), { once: true });
	}

	/** Waits for its turn. `undefined` once the run sends nothing new. */
	async enter(rates: readonly Rate[] = []): Promise<Pass | undefined> {
		if (this.end.isDraining) return undefined;
		return await new Promise((resolve) => {
			this.waiting.push({ rates, resolve });
			this.admit();
		});
	}

	/** Hands the pass back with what the answer says of the service's health. */
	leave(pass: Pass, pulse: Pulse, waitMs?: number): void {
		this.pace.leave(pass, pulse, waitMs, this.ports.now());
		this.admit();
	}

	/** Hands the pass back unused. */
	withdraw(): void {
		this.pace.withdraw();
		this.admit();
	}

	private admit(): void {
		// One time for all: a clock that moved on meanwhile would let a later one by.
		const now = this.ports.now();
		let earliest = Number.POSITIVE_INFINITY;
		for (const one of [...this.waiting]) {
			if (this.end.isDraining) return;
			const permission = this.pace.permission(now, one.rates);
			if ('end' in permission) return this.end.drain(this.end.byTheClock(permission.end));
			if ('blocked' in permission) return;
			if (permission.at > now) {
				earliest = Math.min(earliest, permission.at);
				continue;
			}
			this.waiting.splice(this.waiting.indexOf(one), 1);
			one.resolve(this.pace.enter(now, one.rates));
		}
		if (earliest < Number.POSITIVE_INFINITY) this.wakeAt(earliest, now);
	}

	private wakeAt(at: number, now: number): void {
		if (this.wakesAt <= at && this.wakesAt > now) return;
		this.wakesAt = at;
		void this.ports.sleep(at - now, this.end.draining).then(() => {
			if (this.wakesAt === at) this.wakesAt = Number.POSITIVE_INFINITY;
			this.admit();
		});
	}

	private turnAway(): void {
		for (const { resolve } of this.waiting.splice(0)) resolve(undefined);
	}
}
