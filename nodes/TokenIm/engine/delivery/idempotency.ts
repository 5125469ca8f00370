// The key that makes a write safe to send again (law 3).

import { createHash } from 'crypto';

import type { WireRequest } from '../wire';

/** Which run of which node this is. The same four never come twice for two different runs. */
export interface RunIdentity {
	readonly instanceId: string;
	readonly executionId: string;
	readonly nodeId: string;
	readonly runIndex: number;
}

/**
 * The Idempotency-Key of a request: 64 hex digits of SHA-256. Made before the first attempt and the same for every
 * further one, until a complete answer was read for its rows and `round` rises.
 */
export function idempotencyKey(
	identity: RunIdentity,
	request: Pick<WireRequest, 'method' | 'path' | 'body'>,
	positions: readonly number[],
	round: number,
): string {
	const { instanceId, executionId, nodeId, runIndex } = identity;
	const head = JSON.stringify([
		instanceId,
		executionId,
		nodeId,
		runIndex,
		request.method,
		request.path,
		positions,
		round,
		request.body !== undefined,
	]);
	// The list says where it ends, so the body can follow as it is: quoting it once more would cost as much as hashing it.
	return createHash('sha256')
		.update(head)
		.update(request.body ?? '')
		.digest('hex');
}
