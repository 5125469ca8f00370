// Group → Verify: the group, the fields that the row gives, and each of the members that the row names. Members whom no
// row names are a difference only where *Other Members* says so.

import type { RunContext } from '../../engine/context';
import type { Means } from '../../engine/delivery/errand';
import type { Difference, Entry, Judgement, Outcome, Task } from '../../engine/types';
import type { Protocol } from '../../protocol/calls';
import { askTwice } from '../askTwice';
import { defineOperation } from '../definition';
import { judgementOf } from '../judgement';
import { askAfter, type MemberOutcomes } from '../members';
import { othersNotTold } from '../othersNotTold';
import { compileUserFields, type UserFields } from '../userFields';
import { MemberNotes, noting } from './memberNotes';
import { membersInNoRow } from './memberPlan';
import { ownerHolds, ownerIn, readMembers } from './memberReading';
import { NearGroups } from './nearGroups';

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
		const reporting = reportsOthers ? { notes, near: new NearGroups(protocol, notes) } : undefined;
		// Told before anything is sent where the service has no such list.
		if (reportsOthers) protocol.listMembers('-');
		return {
			...(reportsOthers ? noting(rowCheck, notes) : rowCheck),
			call,
			// A later row of the same group may name other members: of the others nothing is known before all were read.
			repeats: reportsOthers ? 'gather' : 'after',
			async carryOut(ctx, chunk, means) {
				await askTwice(ctx, call, chunk, means, judge);
				await Promise.all(chunk.tasks.map(async (group) => await lookInside(ctx, protocol, reporting, group, means)));
			},
			judge,
		};
	},
});

/** What a run knows of its rows, where members are reported whom none names. */
interface Reporting {
	readonly notes: MemberNotes;
	readonly near: NearGroups;
}

/** Looks into a group that was found: at the members of its rows and, where that is asked for, at the others. */
async function lookInside(
	ctx: RunContext,
	protocol: Protocol,
	reporting: Reporting | undefined,
	group: Task,
	means: Means,
): Promise<void> {
	const { outcome } = group;
	if (outcome?.kind !== 'found') return;
	const [memberOutcomes, others] = await Promise.all([
		askAfterMembers(ctx, protocol, group, means),
		reporting === undefined ? NOT_ASKED : lookForOthers(ctx, protocol, reporting, group, outcome, means),
	]);
	group.outcome = openMember(memberOutcomes) ?? ('kind' in others ? others : { ...outcome, memberOutcomes, ...others });
}

/** Asks after the members of a group's rows, and once more, after the read lag, after those that are missing. */
async function askAfterMembers(
	ctx: RunContext,
	protocol: Protocol,
	group: Task,
	{ onWait }: Means,
): Promise<MemberOutcomes> {
	const { id, memberIds = [] } = group.entry;
	if (memberIds.length === 0) return new Map();
	const call = protocol.queryMembers(id);
	const memberOutcomes = new Map(await askAfter(ctx, call, group, memberIds));
	const missing = memberIds.filter((userId) => memberOutcomes.get(userId)?.kind === 'missing');
	if (missing.length === 0 || !(await ctx.outwaitReadLag(onWait))) return memberOutcomes;
	for (const [userId, again] of await askAfter(ctx, call, group, missing)) {
		// An answer that was there once is better than none.
		if (again.kind === 'found' || again.kind === 'missing') memberOutcomes.set(userId, again);
	}
	return memberOutcomes;
}

type Found = Extract<Outcome, { readonly kind: 'found' }>;
type Others = Pick<Found, 'others' | 'othersUnclear'>;

const NOT_ASKED: Others = {};

/** Reads who is in the group and in no row, and once more, after the read lag, where anybody is, or no group. */
async function lookForOthers(
	ctx: RunContext,
	protocol: Protocol,
	reporting: Reporting,
	group: Task,
	now: Found,
	{ onWait }: Means,
): Promise<Others | Outcome> {
	const first = await othersNow(ctx, protocol, reporting, group, now);
	if (!first.isDoubtful || !(await ctx.outwaitReadLag(onWait))) return first.told;
	const { told } = await othersNow(ctx, protocol, reporting, group, now);
	// An answer that was there once is better than none.
	return 'kind' in told ? first.told : told;
}

/** @returns what is told of them, and whether a list that lags behind a write may be why */
async function othersNow(
	ctx: RunContext,
	protocol: Protocol,
	{ notes, near }: Reporting,
	group: Task,
	now: Found,
): Promise<{ readonly told: Others | Outcome; readonly isDoubtful: boolean }> {
	const { entry } = group;
	const list = protocol.listMembers(entry.id);
	const listed = await readMembers(ctx, list);
	if ('kind' in listed) {
		// Half a list would tell half the truth.
		const { kind, code, reason } = listed;
		return { told: { kind: 'notAttempted', code, reason }, isDoubtful: kind === 'absent' };
	}
	const others = membersInNoRow(entry, listed, ownerIn(now), notes, protocol).map(({ id }) => id);
	if (others.length === 0) return { told: { others }, isDoubtful: false };
	const held =
		notes.holds(protocol.fold('group', entry.id)) ?? ownerHolds(listed, now, list) ?? (await near.holds(ctx, group));
	return { told: held === undefined ? { others } : { others: [], othersUnclear: held }, isDoubtful: true };
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
	const { imId, othersUnclear } = outcome;
	const unclear = othersNotTold(othersUnclear);
	if (differences.length > 0)
		return { status: 'mismatch', groupId: entry.id, imId, differences, unclear: unclear?.reason };
	if (unclear !== undefined) return { status: 'notAttempted', groupId: entry.id, ...unclear };
	return judgementOf('groupId', entry, outcome);
}

function memberDifferences(members: MemberOutcomes = new Map()): Difference[] {
	return [...members]
		.filter(([, outcome]) => outcome.kind === 'missing')
		.map(([userId]) => ({ field: 'memberIds', expected: userId, actual: null }));
}
