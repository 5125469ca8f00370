// The verdicts of a roster: each row's is its member's, with the status of the group. What there is to tell of people
// whom no row names stands on the group's first row.

import type { Operation } from '../engine/operation';
import type { Entry, Judgement, Outcome } from '../engine/types';
import type { MemberOutcomes } from './members';
import { othersNotTold } from './othersNotTold';

/** The same operation with a row for each membership. */
export function byMembership(operation: Operation): Operation {
	/** Of groups whose first row was told of. */
	const told = new WeakSet<object>();
	const outcomeOf = findingOutcomes(operation);
	return {
		...operation,
		repeats: 'gather',
		judge(entry, outcome) {
			const judgement = judgeMember(operation, outcomeOf, entry, outcome);
			const others = othersIn(outcome);
			if (judgement.status === 'invalid' || others === undefined || told.has(others)) return judgement;
			told.add(others);
			return withOthers(outcome, judgement);
		},
	};
}

/** What is told of people whom no row of the group names; its identity is that of the group's outcome. */
function othersIn(outcome: Outcome): object | undefined {
	if (outcome.kind === 'found') return outcome.others;
	return 'otherMembers' in outcome ? outcome.otherMembers : undefined;
}

/** What there is to tell of them is told on a row of the group, beside what is said of that row's own member. */
function withOthers(outcome: Outcome, judgement: Valid): Judgement {
	if (outcome.kind !== 'found')
		return { ...judgement, members: 'otherMembers' in outcome ? outcome.otherMembers : undefined };
	const { others = [] } = outcome;
	const unclear = othersNotTold(outcome.othersUnclear);
	if (judgement.status !== 'found' && judgement.status !== 'missing') return judgement;
	if (others.length === 0 && unclear === undefined) return judgement;
	const { status, userId, groupId, group } = judgement;
	if (status === 'found' && unclear !== undefined)
		return { status: 'notAttempted', userId, groupId, group, ...unclear };
	const own = status === 'missing' ? [{ field: 'memberIds', expected: userId, actual: null }] : [];
	const differences = others.map((other) => ({ field: 'memberIds', expected: null, actual: other }));
	const all = [...own, ...differences];
	return { status: 'mismatch', userId, groupId, group, differences: all, unclear: unclear?.reason };
}

type Valid = Exclude<Judgement, { readonly status: 'invalid' }>;

type OutcomeOf = (userId: string, outcomes: MemberOutcomes | undefined) => Outcome | undefined;

/** What became of a member whom another row of the group may write otherwise. */
function findingOutcomes({ rowsOfOne }: Operation): OutcomeOf {
	const byId = new WeakMap<MemberOutcomes, MemberOutcomes>();
	return (userId, outcomes) => {
		if (outcomes === undefined || rowsOfOne === undefined) return outcomes?.get(userId);
		const known = byId.get(outcomes) ?? new Map([...outcomes].map(([id, one]) => [rowsOfOne.member(id), one]));
		byId.set(outcomes, known);
		return known.get(rowsOfOne.member(userId));
	};
}

function judgeMember(operation: Operation, outcomeOf: OutcomeOf, entry: Entry, outcome: Outcome): Judgement {
	const [userId] = entry.memberIds ?? [];
	const group = operation.judge({ ...entry, memberIds: undefined }, outcome);
	if (userId === undefined) return group;
	const who = { groupId: entry.id, userId, group: group.status };
	const member = 'memberOutcomes' in outcome ? outcomeOf(userId, outcome.memberOutcomes) : undefined;
	if (member === undefined) return withoutMember(group, who);
	switch (member.kind) {
		case 'done':
			return { status: member.status, ...who };
		case 'found':
		case 'missing':
			return { status: member.kind, ...who };
		case 'failed': {
			const { code, message, field, retryable } = member;
			return { status: 'failed', ...who, code, message, field, retryable };
		}
		case 'unknown':
			return { status: 'unknown', ...who, reason: member.reason };
		case 'valid':
			return { status: 'valid', ...who, would: member.would };
		default:
			return { status: 'notAttempted', ...who, reason: 'reason' in member ? member.reason : 'The run ended.' };
	}
}

/** The group itself did not come so far that a member could be added or asked after. */
function withoutMember(
	group: Judgement,
	who: { groupId: string; userId: string; group: Judgement['status'] },
): Judgement {
	switch (group.status) {
		case 'failed':
			return { status: 'notAttempted', ...who, code: group.code, reason: `The group was refused: ${group.message}` };
		case 'mismatch':
			return { ...group, ...who };
		case 'unknown':
		case 'notAttempted':
			return { ...group, ...who };
		case 'missing':
			return { status: 'missing', ...who };
		case 'valid':
			// Where a group is refused, its members have no turn.
			return { status: 'valid', ...who, would: group.would === 'failed' ? 'notAttempted' : group.would };
		default:
			return { status: 'unknown', ...who, reason: 'Nothing was heard of this member.' };
	}
}
