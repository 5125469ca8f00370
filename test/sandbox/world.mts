/** A service on a clock that only the test moves, and a client that holds every plain answer against the contract. */
import { createService, type ServiceOptions } from '../../sandbox/service.mts';
import type { Reply } from '../../sandbox/types.mts';
import { seen, signed, type Seen } from './client.mts';
import { differences } from './openapi.mts';

type Headers = Readonly<Record<string, string>>;

export function createWorld(options: ServiceOptions = {}) {
	let nowMs = 1_700_000_000_000;
	const service = createService({ now: () => nowMs, limits: { requestsPerSecond: null }, ...options });

	/** The reply as it is, unchecked: for faults. */
	const send = (method: string, path: string, body?: unknown, headers?: Headers): Reply =>
		service.handle(signed(service, nowMs, method, `/v1${path}`, body, headers));

	/** The answer, which must be as the contract says. */
	const ask = (method: string, path: string, body?: unknown, headers?: Headers): Seen => {
		const answer = seen(send(method, path, body, headers));
		const wrong = differences(method, `/v1${path}`, answer);
		if (wrong.length > 0) throw new Error(`${method} ${path}: ${wrong.join('; ')}\n${answer.text}`);
		return answer;
	};

	return {
		service,
		send,
		get: (path: string, headers?: Headers) => ask('GET', path, undefined, headers),
		post: (path: string, body: unknown, headers?: Headers) => ask('POST', path, body, headers),
		create: (...users: unknown[]) => ask('POST', '/users/batch', { onConflict: 'skip', users }),
		update: (...users: unknown[]) => ask('POST', '/users/batch', { onConflict: 'update', users }),
		now: () => nowMs,
		advance(ms: number) {
			nowMs += ms;
		},
	};
}

/** So many users `u1`, `u2`, …. */
export function people(count: number, from = 1) {
	return Array.from({ length: count }, (_, at) => ({
		userId: `u${from + at}`,
		username: `Person ${from + at}`,
	}));
}
