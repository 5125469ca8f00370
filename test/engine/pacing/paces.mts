// A pace on a clock that only the test moves.

import { RunLimits } from '../../../nodes/TokenIm/engine/pacing/limits';
import { Pace } from '../../../nodes/TokenIm/engine/pacing/pace';
import type { Limits } from '../../../nodes/TokenIm/engine/wire';
import type { Rate } from '../../../nodes/TokenIm/engine/call';
import { LIMITS } from '../world.mts';

/** A pace whose every draw is `random`, starting at time 0, of a service that took a connection. */
export function paceOf(limits: Partial<Limits> = {}, random = 0.5, endsAt = Number.POSITIVE_INFINITY) {
	const pace = new Pace(new RunLimits({ ...LIMITS, ...limits }), () => random, 0, endsAt);
	pace.connect();
	return {
		pace,
		/** When a request may go; throws where it may not. */
		at(now: number, rates?: readonly Rate[]): number {
			const permission = pace.permission(now, rates);
			if (!('at' in permission)) throw new Error(JSON.stringify(permission));
			return permission.at;
		},
		/** How many requests may be under way at once. */
		counted(now: number): number {
			let count = 0;
			while ('at' in pace.permission(now)) {
				pace.enter(now);
				count++;
			}
			for (let left = count; left > 0; left--) pace.withdraw();
			return count;
		},
		succeed(times: number, now: number): void {
			for (let time = 0; time < times; time++) pace.leave(pace.enter(now), 'success', undefined, now);
		},
		fail(times: number, now: number, waitMs?: number): void {
			for (let time = 0; time < times; time++) pace.leave(pace.enter(now), 'transient', waitMs, now);
		},
	};
}
