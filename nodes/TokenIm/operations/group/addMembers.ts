// Group → Add Members: a row names a group and the users to put into it.

import type { Operation } from '../../engine/operation';
import type { Outcome, Task, WouldStatus } from '../../engine/types';
import type { Protocol } from '../../protocol/calls';
import { defineOperation } from '../definition';
import { judgementOf } from '../judgement';
import { membersOf, openOf, summarizePlanned, userLookUpOf, wouldOfAll } from '../memberForecast';
import { eachMemberOnce, whatKept } from '../memberRows';
import { askAfter, forMembers, summarize, type MemberOutcomes } from '../members';
import type { RowCheck } from '../rowCheck';
import type { Forecast } from '../validateOnly';

export const addMembers = defineOperation({
	resource: 'group',
	words: {
		name: 'Add Members',
		value: 'addMembers',
		description: 'Put the members of each row into a group that is there',
		action: 'Add members to groups',
	},
	mode: 'members',
	takesMemberships: true,
	settings: () => ({}),
	make: ({ protocol, rowCheck }) => adding(protocol, rowCheck),
	forecast: ({ protocol }) => forecast(protocol),
});

function adding(protocol: Protocol, rowCheck: RowCheck): Operation {
	return {
		...rowCheck,
		// Never sent itself: it cuts the rows into chunks of groups.
		call: protocol.groupsToFill(),
		...eachMemberOnce(protocol, {
			carry: async (ctx, group, left) => {
				const { id } = group.entry;
				return await forMembers(ctx, protocol.addMembers(id), group, left, protocol.memberLookUp(id));
			},
			settle,
		}),
		judge: (entry, outcome) => judgementOf('groupId', entry, outcome),
	};
}

/** Some in: `added` or `exists`, with those that are not. None in: what kept the first of them. */
function settle(group: Task, memberOutcomes: MemberOutcomes): void {
	const memberSummary = summarize(memberOutcomes);
	if (memberSummary.added + memberSummary.exists > 0) {
		const status = memberSummary.added > 0 ? 'added' : 'exists';
		group.outcome = { kind: 'done', status, memberOutcomes, memberSummary };
		return;
	}
	group.outcome = whatKept(memberOutcomes);
}

/** Who is a member already, and who is no user at all, tells what would become of each. */
function forecast(protocol: Protocol): Forecast {
	const users = userLookUpOf(protocol);
	return {
		query: protocol.queryGroups(),
		looksAgain: true,
		would: (_entry, exists): WouldStatus => (exists ? 'added' : 'failed'),
		async ask(ctx, task, exists) {
			const { id, memberIds = [] } = task.entry;
			if (!exists)
				return {
					kind: 'valid',
					would: 'failed',
					memberOutcomes: new Map(memberIds.map((userId) => [userId, { kind: 'valid', would: 'failed' }])),
				};
			const members = protocol.memberQuery(id);
			const inGroup =
				members === undefined ? new Map<string, Outcome>() : await askAfter(ctx, members, task, memberIds);
			const isIn = (userId: string) => inGroup.get(userId)?.kind === 'found';
			const known = await users(
				ctx,
				task,
				memberIds.filter((userId) => !isIn(userId)),
			);
			const open = openOf(inGroup) ?? openOf(known);
			if (open !== undefined) return open;
			const memberOutcomes = membersOf(memberIds, isIn, known, members !== undefined);
			const would = wouldOfAll(memberOutcomes);
			// As in the run: of a row that comes to nothing the first of what keeps it is told, not all.
			const memberSummary = would === 'failed' ? undefined : summarizePlanned(memberOutcomes);
			return { kind: 'valid', would, memberOutcomes, memberSummary };
		},
	};
}
