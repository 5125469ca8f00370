// User → Batch Delete: the users of every row, whoever created them, with a brake.

import { deliver } from '../../engine/delivery/deliver';
import { atMost } from '../atMost';
import { defineOperation } from '../definition';
import { judgementOf } from '../judgement';

const MOST = atMost(
	'deleteAtMost',
	'Delete at Most',
	100,
	'How many users one run may delete. Where the rows name more, each ID counted once, nobody is deleted. 0 means no limit.',
);

export const batchDeleteUsers = defineOperation<{ readonly most: number }>({
	resource: 'user',
	words: {
		name: 'Batch Delete',
		value: 'deleteEvery',
		description: 'Delete the user of every row, whoever created it',
		action: 'Batch delete users',
	},
	formerly: {
		value: 'batchDelete',
		advice:
			'Batch Delete was split in two. Choose Undo to delete only whom an earlier run created, or Batch Delete to delete the user of every row.',
	},
	parameters: [
		{
			displayName:
				'Deletes the user of every row. A deleted user cannot be brought back. To take back what a run created, and nothing else, choose Undo.',
			name: 'deleteNotice',
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
		const call = protocol.deleteUsers();
		return {
			...rowCheck,
			call,
			brake: { most: settings.most, setting: MOST.label },
			repeats: 'share',
			carryOut: async (ctx, chunk, means) => await deliver(ctx, call, chunk, means),
			judge: (entry, outcome) => judgementOf('userId', entry, outcome),
		};
	},
	forecast: ({ protocol }) => ({
		query: protocol.queryUsers(),
		would: (_entry, exists) => (exists ? 'deleted' : 'absent'),
	}),
});
