// Rows that are a group and some of its members: nobody is sent twice for one group, whichever rows name them.

import type { RunContext } from '../engine/context';
import type { Operation } from '../engine/operation';
import type { Outcome, Task } from '../engine/types';
import type { Protocol } from '../protocol/calls';
import type { MemberOutcomes } from './members';

export interface MemberWork {
	/** Carries out what is done with these members of the group, whom no earlier row of it named. */
	readonly carry: (ctx: RunContext, group: Task, userIds: readonly string[]) => Promise<MemberOutcomes>;
	/** Gives the row its outcome, by what became of each of its members. */
	readonly settle: (group: Task, memberOutcomes: MemberOutcomes) => void;
}

/** The part of an operation that goes through groups and their members; for one run. */
export function eachMemberOnce(
	protocol: Pick<Protocol, 'fold'>,
	{ carry, settle }: MemberWork,
): Pick<Operation, 'repeats' | 'carryOut'> {
	/** What became of each member of each group in earlier rows. */
	const sent = new Map<string, Map<string, Outcome>>();
	return {
		// A later row of the same group waits, so that it knows what the earlier row has done.
		repeats: 'after',
		async carryOut(ctx, chunk) {
			await Promise.all(
				chunk.tasks.map(async (group) => {
					const { id, memberIds = [] } = group.entry;
					const known = sent.get(protocol.fold('group', id)) ?? new Map<string, Outcome>();
					sent.set(protocol.fold('group', id), known);
					const left = memberIds.filter((userId) => !known.has(protocol.fold('user', userId)));
					const became = await carry(ctx, group, left);
					for (const [userId, outcome] of became) known.set(protocol.fold('user', userId), outcome);
					settle(
						group,
						new Map(memberIds.map((userId) => [userId, known.get(protocol.fold('user', userId)) ?? UNRECORDED])),
					);
				}),
			);
		},
	};
}

const UNRECORDED: Outcome = { kind: 'unknown', reason: 'No outcome was recorded for this member.' };

/** What kept a group of whose members none got what the row asked for: the first of what kept them, what is open first. */
export function whatKept(memberOutcomes: MemberOutcomes): Outcome {
	const all = [...memberOutcomes.values()];
	const kept = all.find((outcome) => outcome.kind === 'unknown') ?? all[0] ?? UNRECORDED;
	return kept.kind === 'failed' || kept.kind === 'unknown' || kept.kind === 'notAttempted'
		? { ...kept, memberOutcomes }
		: kept;
}
