// The limits of a run: what a plan may name without harm to the run.

import { expect, test } from 'vitest';
import { RunLimits } from '../../../nodes/TokenIm/engine/pacing/limits';
import type { Limits } from '../../../nodes/TokenIm/engine/wire';
import { createProtocol } from '../../../nodes/TokenIm/protocol/calls';
import { defaultProfile } from '../../../nodes/TokenIm/protocol/profiles';

const protocol = createProtocol(defaultProfile);
const limitsOf = (plan: Partial<Limits>) => {
	const limits = new RunLimits({ ...protocol.defaultLimits });
	limits.adopt(plan);
	return limits;
};
const HUGE = 1e9;

test('a plan that names more than an answer can hold gets requests whose answer can be read', () => {
	const limits = limitsOf({ idsPerQuery: HUGE, usersPerPage: HUGE, maxBodyBytes: 1e15, concurrentRequests: HUGE });
	const query = protocol.userLookUp();
	if (query === undefined) throw new Error('no look-up');
	expect(limits.of(query).entries).toBe(5_000);
	expect(limits.of(query).bytes).toBeLessThanOrEqual(16 * 1024 * 1024);
	expect(limits.pageSize('usersPerPage', undefined)).toBe(5_000);
	expect(limits.concurrentRequests).toBe(64);
});

test('what it names below that holds, and a lower one of the service too', () => {
	const limits = limitsOf({ idsPerQuery: 300, usersPerPage: 40 });
	const query = protocol.userLookUp();
	if (query === undefined) throw new Error('no look-up');
	expect([limits.of(query).entries, limits.pageSize('usersPerPage', undefined)]).toEqual([300, 40]);
	expect(limits.lower('idsPerQuery', 7)).toBe(true);
	expect(limits.of(query).entries).toBe(7);
});
