// Several addresses of one service, in the order in which they are used: where one is down, the next takes its place.

import type { Exchange } from '../../engine/wire';
import { baseUrlsOf } from './credentialData';
import type { Profile } from '../profile/profile';
import type { Send } from './tokens';

/**
 * Sends to the first address, and to the next one once that is down, as `failover` says. A request that may have
 * arrived is never sent again here: that is the engine's to decide.
 *
 * @param entered the base URL of the credential; where it gives one, that alone is used
 * @param now milliseconds since the epoch
 */
export function withFailover(profile: Profile, entered: string, send: Send, now: () => number): Send {
	const urls = baseUrlsOf(profile, entered);
	if (urls.length < 2) return send;
	const { statuses, minimumIntervalSeconds } = profile.failover;
	let current = 0;
	let switchedAt = Number.NEGATIVE_INFINITY;

	const switchFrom = (used: number): void => {
		// Requests that were under way when another one switched tell nothing of the new address.
		if (used !== current) return;
		current = (current + 1) % urls.length;
		switchedAt = now();
	};
	return async (request, options) => {
		for (let tried = 1; ; tried++) {
			const used = current;
			const answer = await send({ ...request, base: urls[used] }, options);
			// There is no such host, and nothing was sent: it is no use to wait.
			if (answer.kind === 'unreachable' && tried < urls.length) {
				switchFrom(used);
				continue;
			}
			if (isDown(answer, statuses) && now() - switchedAt >= minimumIntervalSeconds * 1000) switchFrom(used);
			return answer;
		}
	};
}

function isDown(answer: Exchange, statuses: readonly number[] | undefined): boolean {
	if (answer.kind !== 'answer') return true;
	return statuses === undefined ? answer.status >= 500 : statuses.includes(answer.status);
}
