// User → Batch Create or Update: what a row leaves out stays as it is, `null` clears.

import { deliver } from '../../engine/delivery/deliver';
import type { EmptyCells } from '../../input/columns/columns';
import { neededFields } from '../../protocol/fields/fieldUse';
import { defineOperation } from '../definition';
import { judgementOf } from '../judgement';
import { everyRowInstead, notGivenToNew, onlyWhatDiffers, toldWhenForbidden } from '../onlyWhatDiffers';

interface Settings {
	readonly emptyCells: EmptyCells;
	readonly send: 'differs' | 'every';
}

export const batchUpsertUsers = defineOperation<Settings>({
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
		{
			displayName: 'Send',
			name: 'send',
			noDataExpression: true,
			type: 'options',
			options: [
				{
					name: 'Every Row',
					value: 'every',
					description: 'Write each user without looking first; every row of a user who exists comes back as updated',
				},
				{
					name: 'Only What Differs',
					value: 'differs',
					description:
						'Look the users up, and write only those that are new or hold something else than their row. Others come back as unchanged, and updated ones with what was changed.',
				},
			],
			default: 'differs',
			description: 'Which rows are written',
		},
	],
	mode: 'update',
	makesUsers: true,
	settings: (read) => ({
		emptyCells: read('emptyCells', 'leave') === 'clear' ? 'clear' : 'leave',
		send: read('send', 'differs') === 'every' ? 'every' : 'differs',
	}),
	emptyCells: ({ emptyCells }) => emptyCells,
	make({ protocol, profile, rowCheck, settings }) {
		const call = protocol.createUsers('update');
		let hasWritten = false;
		const query = settings.send === 'differs' ? protocol.userLookUp() : undefined;
		const lookFirst =
			query &&
			onlyWhatDiffers(
				profile,
				toldWhenForbidden(query, () => (hasWritten ? undefined : SEND_EVERY_ROW)),
			);
		return {
			...rowCheck,
			call,
			lookFirst,
			hints() {
				if (lookFirst !== undefined) return lookFirst.hints();
				const told = settings.send === 'differs' ? [everyRowInstead(protocol.name)] : [];
				return [...told, ...notGivenToNew(profile)];
			},
			// The later of two rows with one id must win, so it waits for the earlier.
			repeats: 'after',
			async carryOut(ctx, chunk, means) {
				hasWritten = true;
				await deliver(ctx, call, chunk, means);
			},
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

const SEND_EVERY_ROW = 'The key may not read users: set Send to Every Row';
