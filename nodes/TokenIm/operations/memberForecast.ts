// What Validate Only can tell of members, from look-ups alone.

import type { RunContext } from '../engine/context';
import type { MemberSummary, Outcome, Task, WouldStatus } from '../engine/types';
import type { Protocol } from '../protocol/calls';
import { askAfter, type MemberOutcomes } from './members';

type Valid = Extract<Outcome, { kind: 'valid' }>;

/**
 * What would become of each of these people in the group.
 *
 * @param isKnown whether it could be told who is in the group; who is not a user cannot be added either way
 */
export function membersOf(
	userIds: readonly string[],
	isIn: (userId: string) => boolean,
	known: MemberOutcomes,
	isKnown: boolean,
): ReadonlyMap<string, Valid> {
	const wouldOf = (userId: string): WouldStatus | undefined => {
		if (isIn(userId)) return 'exists';
		if (known.get(userId)?.kind === 'missing') return 'failed';
		return isKnown ? 'added' : undefined;
	};
	return new Map(userIds.map((userId) => [userId, { kind: 'valid', would: wouldOf(userId) }]));
}

/**
 * The same in short, as the run tells it; nothing where it has no members, or cannot be told of one. Whoever could not be
 * added is no user, by the look-up.
 */
export function summarizePlanned(members: ReadonlyMap<string, Valid>): MemberSummary | undefined {
	const all = [...members];
	if (all.length === 0 || all.some(([, { would }]) => would === undefined)) return undefined;
	const countOf = (status: WouldStatus): number => all.filter(([, { would }]) => would === status).length;
	const failed = all
		.filter(([, { would }]) => would === 'failed')
		.map(([userId]) => ({ userId, code: 'user_not_found', message: 'The look-up found no such user.' }));
	return { added: countOf('added'), exists: countOf('exists'), failed, unknown: [], notAttempted: [] };
}

/**
 * One for whom something would be done is enough; where it cannot be told of one, nothing can be told of the row.
 *
 * @param done what would be done
 * @param already of whom nothing has to be done
 */
export function wouldOfAll(
	members: ReadonlyMap<string, Valid>,
	done: WouldStatus = 'added',
	already: WouldStatus = 'exists',
): WouldStatus | undefined {
	const all = new Set([...members.values()].map(({ would }) => would));
	for (const would of [done, undefined, already]) if (all.has(would)) return would;
	return 'failed';
}

/** A look-up that was not answered leaves the row open. */
export function openOf(outcomes: MemberOutcomes): Outcome | undefined {
	return [...outcomes.values()].find(({ kind }) => kind !== 'found' && kind !== 'missing');
}

/** Asks after people, each once a run: one teacher may own every group. Where the service cannot be asked, nobody is known. */
export function userLookUpOf(
	protocol: Protocol,
): (ctx: RunContext, task: Task, userIds: readonly string[]) => Promise<MemberOutcomes> {
	const call = protocol.userLookUp();
	const known = new Map<string, Outcome>();
	const idOf = (userId: string) => protocol.fold('user', userId);
	return async (ctx, task, userIds) => {
		if (call === undefined) return known;
		const asked = new Map(userIds.filter((userId) => !known.has(idOf(userId))).map((userId) => [idOf(userId), userId]));
		for (const [userId, outcome] of await askAfter(ctx, call, task, [...asked.values()])) {
			if (openOf(new Map([[userId, outcome]])) !== undefined) return new Map([[userId, outcome]]);
			known.set(idOf(userId), outcome);
		}
		return new Map(
			userIds.flatMap((userId) => {
				const outcome = known.get(idOf(userId));
				return outcome === undefined ? [] : [[userId, outcome] as const];
			}),
		);
	};
}
