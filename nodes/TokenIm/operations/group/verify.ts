// Group → Verify: the group, the fields that the row gives, and each of the members that the row names. Members that the
// row does not name are no difference.

import type { RunContext } from '../../engine/context';
import type { Difference, Entry, Judgement, Outcome, Task } from '../../engine/types';
import type { Protocol } from '../../protocol/calls';
import { askTwice } from '../askTwice';
import { differencesOf } from '../compare';
import { defineOperation } from '../definition';
import { judgementOf } from '../judgement';
import { askAfter, type MemberOutcomes } from '../members';

export const verifyGroups = defineOperation({
	resource: 'group',
	words: {
		name: 'Verify',
		value: 'verify',
		description: 'Look the groups and their members up and compare them with the rows, without changing anything',
		action: 'Verify groups',
	},
	mode: 'verify',
	takesMemberships: true,
	columnsAre: 'compared',
	settings: () => ({}),
	make({ protocol, rowCheck }) {
		const call = protocol.queryGroups();
		return {
			...rowCheck,
			call,
			// A later row of the same group may name other members.
			repeats: 'after',
			async carryOut(ctx, chunk, means) {
				await askTwice(ctx, call, chunk, means, judgeGroup);
				await Promise.all(chunk.tasks.map(async (group) => await askAfterMembers(ctx, protocol, group)));
			},
			judge: judgeGroup,
		};
	},
});

const NOT_FIELDS = new Set(['groupId', 'memberIds']);

/** Asks after the members of a group that was found, and once more, after the read lag, after those that are missing. */
async function askAfterMembers(ctx: RunContext, protocol: Protocol, group: Task): Promise<void> {
	const { outcome } = group;
	const { id, memberIds = [] } = group.entry;
	if (outcome?.kind !== 'found' || memberIds.length === 0) return;
	const call = protocol.queryMembers(id);
	const memberOutcomes = new Map(await askAfter(ctx, call, group, memberIds));
	const missing = memberIds.filter((userId) => memberOutcomes.get(userId)?.kind === 'missing');
	if (missing.length > 0 && !ctx.end.isDraining) {
		await ctx.pause(ctx.settings.readLagMs);
		for (const [userId, again] of await askAfter(ctx, call, group, missing)) {
			// An answer that was there once is better than none.
			if (again.kind === 'found' || again.kind === 'missing') memberOutcomes.set(userId, again);
		}
	}
	group.outcome = openMember(memberOutcomes) ?? { ...outcome, memberOutcomes };
}

/** A member whose look-up was not answered leaves the row open. */
function openMember(members: MemberOutcomes): Outcome | undefined {
	return [...members.values()].find((outcome) => outcome.kind !== 'found' && outcome.kind !== 'missing');
}

function judgeGroup(entry: Entry, outcome: Outcome): Judgement {
	if (outcome.kind !== 'found') return judgementOf('groupId', entry, outcome);
	const differences = [
		...differencesOf(entry.fields, outcome.record, NOT_FIELDS),
		...memberDifferences(outcome.memberOutcomes),
	];
	if (differences.length === 0) return judgementOf('groupId', entry, outcome);
	return { status: 'mismatch', groupId: entry.id, imId: outcome.imId, differences };
}

function memberDifferences(members: MemberOutcomes = new Map()): Difference[] {
	return [...members]
		.filter(([, outcome]) => outcome.kind === 'missing')
		.map(([userId]) => ({ field: 'memberIds', expected: userId, actual: null }));
}
