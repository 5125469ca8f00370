// User → Batch Create: creates users; one that exists is `exists`, or `failed` where the user asked for that.

import { deliver } from '../../engine/delivery/deliver';
import type { Operation } from '../../engine/operation';
import { defineOperation } from '../definition';
import { oncePerAddress } from '../addresses';
import { judgementOf } from '../judgement';

export const batchCreateUsers = defineOperation<{ readonly ifUserExists: 'keep' | 'fail' }>({
	resource: 'user',
	words: {
		name: 'Batch Create',
		value: 'batchCreate',
		description: 'Create a user for each row, many in one request',
		action: 'Batch create users',
	},
	parameters: [
		{
			displayName: 'If User Exists',
			name: 'ifUserExists',
			type: 'options',
			noDataExpression: true,
			options: [
				{
					name: 'Keep',
					value: 'keep',
					description: 'Leave the user as it is and report the row as existing, so that the same rows can be run again',
				},
				{
					name: 'Report as Failed',
					value: 'fail',
					description: 'Leave the user as it is and report the row as failed',
				},
			],
			default: 'keep',
			description: 'What to report for a row whose User ID is already taken',
		},
	],
	mode: 'create',
	makesUsers: true,
	settings: (read) => ({ ifUserExists: read('ifUserExists', 'keep') === 'fail' ? 'fail' : 'keep' }),
	make({ protocol, columns, rowCheck, settings }) {
		const call = protocol.createUsers(settings.ifUserExists);
		const operation: Operation = {
			...rowCheck,
			call,
			lookUp: protocol.userLookUp(),
			repeats: 'refuse',
			carryOut: async (ctx, chunk, means) => await deliver(ctx, call, chunk, means),
			judge: (entry, outcome) => judgementOf('userId', entry, outcome),
		};
		return oncePerAddress(operation, columns);
	},
	forecast: ({ protocol, settings }) => ({
		query: protocol.queryUsers(),
		would: (_entry, exists) => (exists ? (settings.ifUserExists === 'keep' ? 'exists' : 'failed') : 'created'),
	}),
});
