// User → Batch Reactivate: suspended users of the rows can sign in again.

import { deliver } from '../../engine/delivery/deliver';
import type { Entry, Judgement, Outcome } from '../../engine/types';
import { defineOperation } from '../definition';
import { judgementOf } from '../judgement';

export const batchReactivateUsers = defineOperation({
	resource: 'user',
	words: {
		name: 'Batch Reactivate',
		value: 'batchReactivate',
		description: 'Let suspended users sign in again, with everything that they had',
		action: 'Batch reactivate users',
	},
	mode: 'delete',
	columnsAre: 'notTold',
	settings: () => ({}),
	make({ protocol, rowCheck }) {
		const call = protocol.reactivateUsers();
		return {
			...rowCheck,
			call,
			lookUp: call.onlyIfFound ? protocol.userLookUp() : undefined,
			repeats: 'share',
			carryOut: async (ctx, chunk, means) => await deliver(ctx, call, chunk, means),
			judge,
		};
	},
	forecast: ({ protocol }) => ({
		query: protocol.queryUsers(),
		would(_entry, exists, _imId, active) {
			if (!exists) return 'missing';
			return active === undefined ? undefined : active ? 'unchanged' : 'reactivated';
		},
	}),
});

/** Who is not there was to be brought back: that is not done, as it is where somebody was to go. */
function judge(entry: Entry, outcome: Outcome): Judgement {
	const isAbsent = outcome.kind === 'done' && outcome.status === 'absent';
	return judgementOf('userId', entry, isAbsent ? { kind: 'missing' } : outcome);
}
