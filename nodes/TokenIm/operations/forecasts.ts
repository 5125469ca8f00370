// What each writing operation would say of a row, from a look-up alone.

import type { RunContext } from '../engine/context';
import type { Outcome, Task, WouldStatus } from '../engine/types';
import type { Protocol } from '../protocol/calls';
import { askAfter, type MemberOutcomes } from './members';
import type { Forecast } from './validateOnly';

export function forecastCreate(protocol: Protocol, ifUserExists: 'keep' | 'fail'): Forecast {
	return {
		query: protocol.queryUsers(),
		would: (_entry, exists) => (exists ? (ifUserExists === 'keep' ? 'exists' : 'failed') : 'created'),
	};
}

/** @param needed fields that a new user cannot do without */
export function forecastUpsert(protocol: Protocol, needed: readonly string[]): Forecast {
	return {
		query: protocol.queryUsers(),
		would: ({ fields }, exists) =>
			exists ? 'updated' : needed.every((name) => fields[name] !== undefined) ? 'created' : 'failed',
	};
}

export function forecastDelete(protocol: Protocol): Forecast {
	return { query: protocol.queryUsers(), would: (_entry, exists) => (exists ? 'deleted' : 'absent') };
}

/** @param isPerMember whether each row is told of its member (*Group By*), which takes further look-ups */
export function forecastGroups(protocol: Protocol, isPerMember: boolean): Forecast {
	const users = createUserLookUp(protocol);
	return {
		query: protocol.queryGroups(),
		would: (_entry, exists) => (exists ? 'exists' : 'created'),
		async ask(ctx, task, exists) {
			const { id, fields, memberIds = [] } = task.entry;
			const owner = exists || fields.ownerId === undefined ? [] : [String(fields.ownerId)];
			const asked = isPerMember ? memberIds : [];
			const known = await users(ctx, task, [...owner, ...asked]);
			const members = exists ? protocol.memberQuery(id) : undefined;
			const inGroup = members === undefined ? new Map<string, Outcome>() : await askAfter(ctx, members, task, asked);
			const open = openOf(known) ?? openOf(inGroup);
			if (open !== undefined) return open;
			// Who does not exist cannot own a group; one that exists keeps the owner that it has.
			if (owner.some((userId) => known.get(userId)?.kind === 'missing')) return { kind: 'valid', would: 'failed' };
			const isIn = (userId: string) =>
				inGroup.get(userId)?.kind === 'found' || owner.some((own) => isSame(own, userId));
			const isKnown = !exists || members !== undefined;
			return {
				kind: 'valid',
				would: exists ? 'exists' : 'created',
				memberOutcomes: membersOf(asked, isIn, known, isKnown),
			};
		},
	};

	function isSame(one: string, other: string): boolean {
		return protocol.fold('user', one) === protocol.fold('user', other);
	}
}

export function forecastMembers(protocol: Protocol): Forecast {
	const users = createUserLookUp(protocol);
	return {
		query: protocol.queryGroups(),
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
			return { kind: 'valid', would: wouldOfAll(memberOutcomes), memberOutcomes };
		},
	};
}

type Valid = Extract<Outcome, { kind: 'valid' }>;

/** @param isKnown whether it could be told who is in the group; who is not a user cannot be added either way */
function membersOf(
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

/** One who would come in is enough; where it cannot be told of one, nothing can be told of the row. */
function wouldOfAll(members: ReadonlyMap<string, Valid>): WouldStatus | undefined {
	const all = new Set([...members.values()].map(({ would }) => would));
	for (const would of ['added', undefined, 'exists'] as const) if (all.has(would)) return would;
	return 'failed';
}

/** A look-up that was not answered leaves the row open. */
function openOf(outcomes: MemberOutcomes): Outcome | undefined {
	return [...outcomes.values()].find(({ kind }) => kind !== 'found' && kind !== 'missing');
}

/** Asks after people, each once a run: one teacher may own every group. Where the service cannot be asked, nobody is known. */
function createUserLookUp(
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
