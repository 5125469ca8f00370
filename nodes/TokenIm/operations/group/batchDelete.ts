// Group → Batch Delete: the groups of every row, with a brake. Their members stay users.

import { deliver } from '../../engine/delivery/deliver';
import { atMost } from '../atMost';
import { defineOperation } from '../definition';
import { judgementOf } from '../judgement';

const MOST = atMost(
	'deleteGroupsAtMost',
	'Delete at Most',
	10,
	'How many groups one run may delete. Where the rows name more, each ID counted once, none is deleted. 0 means no limit.',
);

export const batchDeleteGroups = defineOperation<{ readonly most: number }>({
	resource: 'group',
	words: {
		name: 'Batch Delete',
		value: 'batchDelete',
		description: 'Delete the group of every row; its members stay users',
		action: 'Batch delete groups',
	},
	parameters: [
		{
			displayName: 'Deletes the group of every row. Its members stay users. A deleted group cannot be brought back.',
			name: 'deleteGroupsNotice',
			type: 'notice',
			default: '',
		},
		MOST.parameter,
	],
	mode: 'delete',
	takesAway: true,
	columnsAre: 'notTold',
	settings: (read) => ({ most: MOST.read(read) }),
	make({ protocol, rowCheck, settings }) {
		const call = protocol.deleteGroups();
		return {
			...rowCheck,
			call,
			brake: { most: settings.most, setting: MOST.label },
			repeats: 'share',
			carryOut: async (ctx, chunk, means) => await deliver(ctx, call, chunk, means),
			judge: (entry, outcome) => judgementOf('groupId', entry, outcome),
		};
	},
	forecast: ({ protocol }) => ({
		query: protocol.queryGroups(),
		would: (_entry, exists) => (exists ? 'deleted' : 'absent'),
	}),
});
