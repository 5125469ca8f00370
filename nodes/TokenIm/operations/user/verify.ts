// User → Verify: found, missing, or found with other values than the row gives.

import type { Entry, Judgement, Outcome } from '../../engine/types';
import { askTwice } from '../askTwice';
import { defineOperation } from '../definition';
import { judgementOf } from '../judgement';
import { compileUserFields, type UserFields } from '../userFields';

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
	make({ protocol, profile, rowCheck }) {
		const call = protocol.queryUsers();
		const fields = compileUserFields(profile);
		const judge = (entry: Entry, outcome: Outcome): Judgement => judgeUser(fields, entry, outcome);
		return {
			...rowCheck,
			call,
			repeats: 'share',
			carryOut: async (ctx, chunk, means) => await askTwice(ctx, call, chunk, means, judge),
			judge,
		};
	},
});

function judgeUser(fields: UserFields, entry: Entry, outcome: Outcome): Judgement {
	if (outcome.kind !== 'found') return judgementOf('userId', entry, outcome);
	const differences = fields.differences(entry.fields, outcome.record);
	if (differences.length === 0) return judgementOf('userId', entry, outcome);
	return { status: 'mismatch', userId: entry.id, imId: outcome.imId, differences };
}
