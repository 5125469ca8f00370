// User → Undo: takes an import back. Rows are the results of an earlier run; of those, who was created then, and is
// still that very account, is deleted, and who was updated gets the earlier values back. All else is kept, and says why.

import { defineOperation } from '../definition';
import { judgementOf } from '../judgement';
import { takingBack } from '../takingBack';
import { NOBODY, prepareResult, waysOf } from '../undoRows';

export const undoUsers = defineOperation({
	resource: 'user',
	words: {
		name: 'Undo',
		value: 'undo',
		description:
			'Take an import back: delete the users whom an earlier run created, give those it updated their earlier values',
		action: 'Undo an import of users',
	},
	parameters: [
		{
			displayName:
				'Feed in the output of an earlier run, as it is or from a file. A user is deleted only if the status of its row is "created" and it is still the same account (imId). If the status is "updated", the user gets its earlier values back, where nobody has changed them since. Everything else is kept, with its reason. A deleted user cannot be brought back.',
			name: 'undoNotice',
			type: 'notice',
			default: '',
		},
	],
	mode: 'delete',
	takesAway: true,
	rowsAre: 'results of an earlier run of this node as they came out, with userId, status, imId and changes',
	// Results have columns that need no explanation.
	columnsAre: 'notTold',
	settings: () => ({}),
	make(making) {
		const { rowCheck } = making;
		const ways = waysOf(making);
		return {
			...rowCheck,
			call: ways.call,
			brake: 'proof',
			asks: ways.query,
			// Two rows of one id may be about two accounts; the later is told what became of the earlier.
			repeats: 'after',
			prepare: (row) => prepareResult(row, rowCheck.prepare(row), ways),
			carryOut: takingBack(ways, true),
			judge: (entry, outcome) =>
				entry === NOBODY && outcome.kind === 'kept'
					? { status: 'kept', reason: outcome.reason }
					: judgementOf('userId', entry, outcome),
		};
	},
	forecast: (making) => ({ carryOut: takingBack(waysOf(making), false) }),
});
