// User → Batch Delete: undoes an import. Unless every row is meant, only what a run says it created is deleted.

import { deliver } from '../../engine/delivery/deliver';
import type { Entry, Row } from '../../engine/types';
import { defineOperation } from '../definition';
import { judgementOf } from '../judgement';

export const batchDeleteUsers = defineOperation<{ readonly deleteWhich: 'created' | 'every' }>({
	resource: 'user',
	words: {
		name: 'Batch Delete',
		value: 'batchDelete',
		description: 'Delete the users that an earlier run created, or those of every row',
		action: 'Batch delete users',
	},
	parameters: [
		{
			displayName: 'Delete Which Users',
			name: 'deleteWhich',
			type: 'options',
			noDataExpression: true,
			options: [
				{
					name: 'Every Row',
					value: 'every',
					description: 'Delete the user of every row, whoever created it',
				},
				{
					name: 'Only Those a Run Created',
					value: 'created',
					description:
						'Delete the users whose row has the status "created", as Batch Create returns it; keep all others',
				},
			],
			default: 'created',
			description: 'Which users to delete. A deleted user cannot be brought back.',
		},
	],
	mode: 'delete',
	// It is mostly fed with the output of an earlier run, whose columns need no explanation.
	columnsAre: 'notTold',
	settings: (read) => ({ deleteWhich: read('deleteWhich', 'created') === 'every' ? 'every' : 'created' }),
	make({ protocol, rowCheck, settings }) {
		const call = protocol.deleteUsers();
		return {
			...rowCheck,
			call,
			repeats: 'share',
			prepare(row) {
				const prepared = rowCheck.prepare(row);
				if (settings.deleteWhich === 'every' || wasCreated(row) || isUnreadable(row)) return prepared;
				// A row that came to nothing, such as an invalid one, may have no id that could be told.
				return { ok: true, entry: prepared.ok ? prepared.entry : NOBODY, isKept: true };
			},
			carryOut: async (ctx, chunk, means) => await deliver(ctx, call, chunk, means),
			judge: (entry, outcome) => (entry === NOBODY ? { status: 'kept' } : judgementOf('userId', entry, outcome)),
		};
	},
	forecast: ({ protocol }) => ({
		query: protocol.queryUsers(),
		would: (_entry, exists) => (exists ? 'deleted' : 'absent'),
	}),
});

const NOBODY: Entry = { id: '', fields: {} };

/** What such a row of a file says of its status cannot be known. */
function isUnreadable({ issues = [] }: Row): boolean {
	return issues.length > 0;
}

/** The output of Batch Create says `status: created`; one that was found after a lost answer says `exists`. */
function wasCreated({ columns }: Row): boolean {
	return Object.hasOwn(columns, 'status') && columns.status === 'created';
}
