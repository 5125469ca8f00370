// User → Batch Create: creates users; one that exists is `exists`, or `failed` where the user asked for that.

import { deliver } from '../engine/delivery/deliver';
import type { Operation } from '../engine/operation';
import type { Protocol } from '../protocol/calls';
import { judge } from './judge';
import type { Reader } from './reader';

export function batchCreateUsers(protocol: Protocol, reader: Reader, ifUserExists: 'keep' | 'fail'): Operation {
	const call = protocol.createUsers(ifUserExists);
	return {
		...reader,
		call,
		lookUp: protocol.userLookUp(),
		repeats: 'refuse',
		carryOut: async (ctx, chunk, means) => await deliver(ctx, call, chunk, means),
		judge: (entry, outcome) => judge('userId', entry, outcome),
	};
}
