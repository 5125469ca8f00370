// Group → Batch Delete: the groups of every row, with a brake. Their members stay users.

import { deliver } from '../../engine/delivery/deliver';
import { defineOperation } from '../definition';
import { judgementOf } from '../judgement';
import { wholeNumber } from '../parameters';

const MOST = 10;

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
		{
			displayName: 'Delete at Most',
			name: 'deleteGroupsAtMost',
			type: 'number',
			noDataExpression: true,
			typeOptions: { minValue: 0, numberPrecision: 0 },
			default: MOST,
			description:
				'How many groups one run may delete. Where the rows name more, each ID counted once, none is deleted. 0 means no limit.',
		},
	],
	mode: 'delete',
	takesAway: true,
	columnsAre: 'notTold',
	settings: (read) => ({ most: wholeNumber(read, 'deleteGroupsAtMost', 'Delete at Most', MOST) }),
	make({ protocol, rowCheck, settings }) {
		const call = protocol.deleteGroups();
		return {
			...rowCheck,
			call,
			brake: { most: settings.most, setting: 'Delete at Most' },
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
