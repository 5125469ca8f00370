// Group → Remove Members: a row names a group and the users to take out of it, with a brake. They stay users.

import type { MemberSummary, Outcome, Task, WouldStatus } from '../../engine/types';
import type { Protocol } from '../../protocol/calls';
import { atMost } from '../atMost';
import { defineOperation } from '../definition';
import { judgementOf } from '../judgement';
import { openOf, wouldOfAll } from '../memberForecast';
import { eachMemberOnce, whatKept } from '../memberRows';
import { askAfter, forMembers, summarizeRemoved, type MemberOutcomes } from '../members';
import type { Forecast } from '../validateOnly';

const MOST = atMost(
	'removeAtMost',
	'Remove at Most',
	100,
	'How many members one run may take out of groups. Where the rows name more, each member of each group counted once, nobody is taken out. 0 means no limit.',
);

export const removeMembers = defineOperation<{ readonly most: number }>({
	resource: 'group',
	words: {
		name: 'Remove Members',
		value: 'removeMembers',
		description: 'Take the members of each row out of a group; they stay users',
		action: 'Remove members from groups',
	},
	parameters: [
		{
			displayName:
				'Takes the members whom the rows name out of their groups. They stay users, and the owner of a group stays in it.',
			name: 'removeNotice',
			type: 'notice',
			default: '',
		},
		MOST.parameter,
	],
	mode: 'members',
	takesMemberships: true,
	takesAway: true,
	settings: (read) => ({ most: MOST.read(read) }),
	make: ({ protocol, rowCheck, settings }) => ({
		...rowCheck,
		// Never sent itself: it cuts the rows into chunks of groups.
		call: protocol.groupsToEmpty(),
		brake: {
			most: settings.most,
			setting: MOST.label,
			idsOf: ({ id, memberIds = [] }) =>
				memberIds.map((userId) => JSON.stringify([protocol.fold('group', id), protocol.fold('user', userId)])),
		},
		...eachMemberOnce(protocol, {
			carry: async (ctx, group, left) => await forMembers(ctx, protocol.removeMembers(group.entry.id), group, left),
			settle,
		}),
		judge: (entry, outcome) => judgementOf('groupId', entry, outcome),
	}),
	forecast: ({ protocol }) => forecast(protocol),
});

/** Some out: `removed`, or `absent` where none was in, with those that are in still. None out: what kept the first of them. */
function settle(group: Task, memberOutcomes: MemberOutcomes): void {
	const memberSummary = summarizeRemoved(memberOutcomes);
	if (memberSummary.removed.length + memberSummary.absent === 0) {
		group.outcome = whatKept(memberOutcomes);
		return;
	}
	const status = memberSummary.removed.length > 0 ? 'removed' : 'absent';
	group.outcome = { kind: 'done', status, memberOutcomes, memberSummary };
}

/** Who is in the group, and who owns it, tells what would become of each. */
function forecast(protocol: Protocol): Forecast {
	return {
		query: protocol.queryGroups(),
		looksAgain: true,
		would: (_entry, exists): WouldStatus => (exists ? 'removed' : 'failed'),
		async ask(ctx, task, exists, seen) {
			const { id, memberIds = [] } = task.entry;
			const valid = (wouldOf: (userId: string) => WouldStatus | undefined): Outcome => {
				const memberOutcomes = new Map(
					memberIds.map((userId) => [userId, { kind: 'valid' as const, would: wouldOf(userId) }]),
				);
				const would = wouldOfAll(memberOutcomes, 'removed', 'absent');
				// As in the run: of a row that comes to nothing the first of what keeps it is told, not all.
				const isTold = would === 'removed' || would === 'absent';
				return { kind: 'valid', would, memberOutcomes, memberSummary: isTold ? inShort(memberOutcomes) : undefined };
			};
			if (!exists) return valid(() => 'failed');
			const query = protocol.memberQuery(id);
			if (query === undefined) return valid(() => undefined);
			const inGroup = await askAfter(ctx, query, task, memberIds);
			const open = openOf(inGroup);
			if (open !== undefined) return open;
			const owner = seen.kind === 'found' ? seen.record.ownerId : undefined;
			const isOwner = (userId: string) =>
				typeof owner === 'string' && protocol.fold('user', owner) === protocol.fold('user', userId);
			return valid((userId) =>
				isOwner(userId) ? 'failed' : inGroup.get(userId)?.kind === 'found' ? 'removed' : 'absent',
			);
		},
	};
}

/** What would become of members, as the run tells it; who would stay is the owner. */
function inShort(members: ReadonlyMap<string, { readonly would?: WouldStatus }>): MemberSummary {
	const idsOf = (status: WouldStatus): string[] =>
		[...members].flatMap(([userId, { would }]) => (would === status ? [userId] : []));
	const failed = idsOf('failed').map((userId) => ({ userId, code: 'owner_stays', message: 'The owner stays.' }));
	const [removed, absent] = [idsOf('removed'), idsOf('absent').length];
	return { added: 0, exists: 0, removed, absent, failed, unknown: [], notAttempted: [] };
}
