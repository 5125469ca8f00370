// Group → Verify: the group, the fields that the row gives, and each of the members that the row names. Members whom no
// row names are a difference only where *Other Members* says so.

import type { RunContext } from '../../engine/context';
import type { Means } from '../../engine/delivery/errand';
import { listAll } from '../../engine/delivery/listAll';
import type { Difference, Entry, Judgement, Outcome, Task } from '../../engine/types';
import type { Protocol } from '../../protocol/calls';
import { askTwice } from '../askTwice';
import { defineOperation } from '../definition';
import { judgementOf } from '../judgement';
import { askAfter, type MemberOutcomes } from '../members';
import { compileUserFields, type UserFields } from '../userFields';
import { MemberNotes, noting } from './memberNotes';

export const verifyGroups = defineOperation<{ readonly reportsOthers: boolean }>({
	resource: 'group',
	words: {
		name: 'Verify',
		value: 'verify',
		description: 'Look the groups and their members up and compare them with the rows, without changing anything',
		action: 'Verify groups',
	},
	parameters: [
		{
			displayName: 'Other Members',
			name: 'otherMembers',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Ignore', value: 'ignore', description: 'Members whom no row names are no difference' },
				{
					name: 'Report',
					value: 'report',
					description:
						'Read the list of members of each group; whoever is in it and in no row of the group is a difference in memberIds. The owner is none.',
				},
			],
			default: 'ignore',
			description: 'What members are whom no row names',
		},
	],
	mode: 'verify',
	takesMemberships: true,
	columnsAre: 'compared',
	settings: (read) => ({ reportsOthers: read('otherMembers', 'ignore') === 'report' }),
	wholeLists: ({ reportsOthers }) => reportsOthers,
	make({ protocol, profile, rowCheck, settings: { reportsOthers } }) {
		const call = protocol.queryGroups();
		const notes = new MemberNotes(protocol);
		const fields = compileUserFields(profile, 'group');
		const judge = (entry: Entry, outcome: Outcome): Judgement => judgeGroup(fields, entry, outcome);
		// Told before anything is sent where the service has no such list.
		if (reportsOthers) protocol.listMembers('-');
		return {
			...(reportsOthers ? noting(rowCheck, notes) : rowCheck),
			call,
			// A later row of the same group may name other members: of the others nothing is known before all were read.
			repeats: reportsOthers ? 'gather' : 'after',
			async carryOut(ctx, chunk, means) {
				await askTwice(ctx, call, chunk, means, judge);
				await Promise.all(chunk.tasks.map(async (group) => await askAfterMembers(ctx, protocol, group, means)));
				if (!reportsOthers) return;
				await Promise.all(chunk.tasks.map(async (group) => await lookForOthers(ctx, protocol, group, notes)));
			},
			judge,
		};
	},
});

/** Asks after the members of a group that was found, and once more, after the read lag, after those that are missing. */
async function askAfterMembers(ctx: RunContext, protocol: Protocol, group: Task, { onWait }: Means): Promise<void> {
	const { outcome } = group;
	const { id, memberIds = [] } = group.entry;
	if (outcome?.kind !== 'found' || memberIds.length === 0) return;
	const call = protocol.queryMembers(id);
	const memberOutcomes = new Map(await askAfter(ctx, call, group, memberIds));
	const missing = memberIds.filter((userId) => memberOutcomes.get(userId)?.kind === 'missing');
	if (missing.length > 0 && !ctx.end.isDraining) {
		onWait?.();
		await ctx.pause(ctx.settings.readLagMs);
		for (const [userId, again] of await askAfter(ctx, call, group, missing)) {
			// An answer that was there once is better than none.
			if (again.kind === 'found' || again.kind === 'missing') memberOutcomes.set(userId, again);
		}
	}
	group.outcome = openMember(memberOutcomes) ?? { ...outcome, memberOutcomes };
}

/** Reads who is in a group that was found; whoever no row names is noted, the owner aside. */
async function lookForOthers(ctx: RunContext, protocol: Protocol, group: Task, notes: MemberNotes): Promise<void> {
	const { outcome } = group;
	if (outcome?.kind !== 'found') return;
	const { id } = group.entry;
	const owner = outcome.record.ownerId;
	const ownerId = typeof owner === 'string' ? protocol.fold('user', owner) : undefined;
	const others: string[] = [];
	for await (const step of listAll(ctx, protocol.listMembers(id))) {
		if (step.kind === 'whole') {
			group.outcome = { ...outcome, others };
			return;
		}
		if (step.kind !== 'records') {
			// Half a list would tell half the truth.
			group.outcome = { kind: 'notAttempted', code: step.code, reason: step.reason };
			return;
		}
		for (const { id: userId, role } of step.records) {
			const folded = protocol.fold('user', userId);
			if (role !== 'owner' && folded !== ownerId && !notes.names(protocol.fold('group', id), folded))
				others.push(userId);
		}
	}
}

/** A member whose look-up was not answered leaves the row open. */
function openMember(members: MemberOutcomes): Outcome | undefined {
	return [...members.values()].find((outcome) => outcome.kind !== 'found' && outcome.kind !== 'missing');
}

function judgeGroup(fields: UserFields, entry: Entry, outcome: Outcome): Judgement {
	if (outcome.kind !== 'found') return judgementOf('groupId', entry, outcome);
	const differences = [
		...fields.differences(entry.fields, outcome.record),
		...memberDifferences(outcome.memberOutcomes),
		...(outcome.others ?? []).map((userId) => ({ field: 'memberIds', expected: null, actual: userId })),
	];
	if (differences.length === 0) return judgementOf('groupId', entry, outcome);
	return { status: 'mismatch', groupId: entry.id, imId: outcome.imId, differences };
}

function memberDifferences(members: MemberOutcomes = new Map()): Difference[] {
	return [...members]
		.filter(([, outcome]) => outcome.kind === 'missing')
		.map(([userId]) => ({ field: 'memberIds', expected: userId, actual: null }));
}
