// User → Batch Suspend: the users of every row keep everything and cannot sign in, with a brake.

import { deliver } from '../../engine/delivery/deliver';
import { atMost } from '../atMost';
import { defineOperation } from '../definition';
import { judgementOf } from '../judgement';

const MOST = atMost(
	'suspendAtMost',
	'Suspend at Most',
	100,
	'How many users one run may suspend. Where the rows name more, each ID counted once, nobody is suspended. 0 means no limit.',
);

export const batchSuspendUsers = defineOperation<{ readonly most: number }>({
	resource: 'user',
	words: {
		name: 'Batch Suspend',
		value: 'batchSuspend',
		description: 'Keep the user of every row from signing in, without deleting anything',
		action: 'Batch suspend users',
	},
	parameters: [
		{
			displayName:
				'Suspends the user of every row. A suspended user keeps everything and cannot sign in, until Batch Reactivate.',
			name: 'suspendNotice',
			type: 'notice',
			default: '',
		},
		MOST.parameter,
	],
	mode: 'delete',
	takesAway: true,
	// Whose rows they are, whatever other columns they have.
	columnsAre: 'notTold',
	settings: (read) => ({ most: MOST.read(read) }),
	make({ protocol, rowCheck, settings }) {
		const call = protocol.suspendUsers();
		return {
			...rowCheck,
			call,
			// Such a service would make whom it does not know.
			lookUp: call.onlyIfFound ? protocol.userLookUp() : undefined,
			brake: { most: settings.most, setting: MOST.label },
			repeats: 'share',
			carryOut: async (ctx, chunk, means) => await deliver(ctx, call, chunk, means),
			judge: (entry, outcome) => judgementOf('userId', entry, outcome),
		};
	},
	forecast: ({ protocol }) => ({
		query: protocol.queryUsers(),
		would(_entry, exists, _imId, active) {
			if (!exists) return 'absent';
			return active === undefined ? undefined : active ? 'suspended' : 'unchanged';
		},
	}),
});
