// The one gate that every request passes, in the order in which they came.

import type { RunEnd } from './end';
import type { Pace, Pass } from './pace';
import type { Pulse } from './retry/classify';
import type { Ports } from './types';

export class Gate {
	private readonly waiting: Array<(pass: Pass | undefined) => void> = [];
	private wakesAt = Number.POSITIVE_INFINITY;

	constructor(
		private readonly pace: Pace,
		private readonly end: RunEnd,
		private readonly ports: Pick<Ports, 'now' | 'sleep'>,
	) {
		end.draining.addEventListener('abort', () => this.turnAway(), { once: true });
	}

	/** Waits for its turn. `undefined` once the run sends nothing new. */
	async enter(): Promise<Pass | undefined> {
		if (this.end.isDraining) return undefined;
		return await new Promise((resolve) => {
			this.waiting.push(resolve);
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
		while (this.waiting.length > 0 && !this.end.isDraining) {
			const now = this.ports.now();
			const permission = this.pace.permission(now);
			if ('end' in permission) return this.end.drain(this.end.byTheClock(permission.end));
			if ('blocked' in permission) return;
			if (permission.at > now) return this.wakeAt(permission.at, now);
			this.waiting.shift()?.(this.pace.enter(now));
		}
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
		for (const resolve of this.waiting.splice(0)) resolve(undefined);
	}
}
