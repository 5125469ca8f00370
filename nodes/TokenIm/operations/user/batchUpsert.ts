// User → Batch Create or Update: what a row leaves out stays as it is, `null` clears.

import { deliver } from '../../engine/delivery/deliver';
import type { EmptyCells } from '../../input/columns/columns';
import { neededFields } from '../../protocol/fields/fieldUse';
import { defineOperation } from '../definition';
import { judgementOf } from '../judgement';

export const batchUpsertUsers = defineOperation<{ readonly emptyCells: EmptyCells }>({
	resource: 'user',
	words: {
		name: 'Batch Create or Update',
		value: 'batchUpsert',
		description: 'Create the user of each row, or update the one who already exists (upsert)',
		action: 'Batch create or update users',
	},
	parameters: [
		{
			displayName: 'Empty Cells',
			name: 'emptyCells',
			type: 'options',
			noDataExpression: true,
			options: [
				{
					name: 'Clear',
					value: 'clear',
					description: 'Remove the value from the user where the column is there and the cell is empty',
				},
				{
					name: 'Leave Unchanged',
					value: 'leave',
					description: 'Keep the value that the user has',
				},
			],
			default: 'leave',
			description: 'What an empty cell means for a user that already exists',
		},
	],
	mode: 'update',
	makesUsers: true,
	settings: (read) => ({ emptyCells: read('emptyCells', 'leave') === 'clear' ? 'clear' : 'leave' }),
	emptyCells: ({ emptyCells }) => emptyCells,
	make({ protocol, rowCheck }) {
		const call = protocol.createUsers('update');
		return {
			...rowCheck,
			call,
			// The later of two rows with one id must win, so it waits for the earlier.
			repeats: 'after',
			carryOut: async (ctx, chunk, means) => await deliver(ctx, call, chunk, means),
			judge: (entry, outcome) => judgementOf('userId', entry, outcome),
		};
	},
	forecast({ protocol, profile }) {
		const needed = neededFields(profile, 'user', 'create');
		return {
			query: protocol.queryUsers(),
			would: ({ fields }, exists) =>
				exists ? 'updated' : needed.every((name) => fields[name] !== undefined) ? 'created' : 'failed',
		};
	},
});
