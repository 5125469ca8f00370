// User → Verify: found, missing, or found with other values than the row gives.

import type { Entry, Judgement, Outcome } from '../../engine/types';
import { askTwice } from '../askTwice';
import { differencesOf } from '../compare';
import { defineOperation } from '../definition';
import { judgementOf } from '../judgement';

export const verifyUsers = defineOperation({
	resource: 'user',
	words: {
		name: 'Verify',
		value: 'verify',
		description: 'Look the users up and compare them with the rows, without changing anything',
		action: 'Verify users',
	},
	mode: 'verify',
	columnsAre: 'compared',
	settings: () => ({}),
	make({ protocol, rowCheck }) {
		const call = protocol.queryUsers();
		return {
			...rowCheck,
			call,
			repeats: 'share',
			carryOut: async (ctx, chunk, means) => await askTwice(ctx, call, chunk, means, judgeUser),
			judge: judgeUser,
		};
	},
});

const ID_ONLY = new Set(['userId']);

function judgeUser(entry: Entry, outcome: Outcome): Judgement {
	if (outcome.kind !== 'found') return judgementOf('userId', entry, outcome);
	const differences = differencesOf(entry.fields, outcome.record, ID_ONLY);
	if (differences.length === 0) return judgementOf('userId', entry, outcome);
	return { status: 'mismatch', userId: entry.id, imId: outcome.imId, differences };
}
