// User → Batch Create or Update: what a row leaves out stays as it is, `null` clears.

import { deliver } from '../engine/delivery/deliver';
import type { Operation } from '../engine/operation';
import type { Protocol } from '../protocol/calls';
import { judge } from './judge';
import type { Reader } from './reader';

export function batchUpsertUsers(protocol: Protocol, reader: Reader): Operation {
	const call = protocol.createUsers('update');
	return {
		...reader,
		call,
		// The later of two rows with one id must win, so it waits for the earlier.
		repeats: 'after',
		carryOut: async (ctx, chunk, means) => await deliver(ctx, call, chunk, means),
		judge: (entry, outcome) => judge('userId', entry, outcome),
	};
}
