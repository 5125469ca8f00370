/** The endpoints under `/groups/{groupId}/members`. */
import { refuse, success } from '../outcome.mts';
import type { EntryError } from '../rules.mts';
import { idsOf, isRefusal, type Operation, type OperationContext } from './context.mts';

/** `POST /groups/{groupId}/members`: one result for each id. */
export const groupMembers: Operation = (body, context, groupId) => {
	if (context.store.groups.find(groupId) === undefined) return groupNotFound;
	const ids = idsOf(body, 'memberIds', context.plan.limits.membersPerRequest, 'too_many_members');
	if (isRefusal(ids)) return ids;
	const settled = ids.slice(0, context.settleCount);
	return success({
		results: settled.map((userId, index) => ({ index, ...addedMember(groupId, userId, context) })),
	});
};

/** `POST /groups/{groupId}/members/remove`: one result for each id. The owner stays. */
export const groupMembersRemove: Operation = (body, context, groupId) => {
	const { store, lag } = context;
	const group = store.groups.find(groupId);
	if (group === undefined) return groupNotFound;
	const ids = idsOf(body, 'memberIds', context.plan.limits.membersPerRequest, 'too_many_members');
	if (isRefusal(ids)) return ids;
	const results = ids.slice(0, context.settleCount).map((userId, index) => {
		const error = userId === group.ownerId ? ownerStays : context.refuseEntry(userId);
		if (error) return { index, userId, status: 'failed', error };
		if (!store.groups.removeMember(groupId, userId)) return { index, userId, status: 'absent' };
		lag.note(`member ${groupId} ${userId}`, true);
		return { index, userId, status: 'removed' };
	});
	return success({ results });
};

/** `POST /groups/{groupId}/members/query`: which of the ids are in the group. */
export const groupMembersQuery: Operation = (body, { plan, store, lag }, groupId) => {
	if (lag.seen(`group ${groupId}`, store.groups.find(groupId), isPresent) === undefined) return groupNotFound;
	const ids = idsOf(body, 'memberIds', plan.limits.idsPerQuery);
	if (isRefusal(ids)) return ids;
	const members: string[] = [];
	const missing: string[] = [];
	for (const id of new Set(ids)) {
		const isMember = store.groups.hasMember(groupId, id) || undefined;
		const seen = lag.seen(`member ${groupId} ${id}`, isMember, isTrue);
		(seen ? members : missing).push(id);
	}
	return success({ members, missing });
};

export interface MemberResult {
	readonly userId: string;
	readonly status: 'added' | 'exists' | 'failed';
	readonly error?: EntryError;
}

/** Adds one member, if there is such a user. */
export function addedMember(groupId: string, userId: string, context: OperationContext): MemberResult {
	const { store, lag } = context;
	const refused = context.refuseEntry(userId);
	if (refused) return { userId, status: 'failed', error: refused };
	if (store.users.imIdOf(userId) === undefined) {
		return {
			userId,
			status: 'failed',
			error: { code: 'user_not_found', message: 'No such user.', retryable: false },
		};
	}
	if (!store.groups.addMember(groupId, userId)) return { userId, status: 'exists' };
	lag.note(`member ${groupId} ${userId}`, undefined);
	return { userId, status: 'added' };
}

const ownerStays: EntryError = {
	code: 'owner_stays',
	message: 'The owner of a group stays in it.',
	retryable: false,
};

export const isTrue = (value: unknown): value is true => value === true;

export const groupNotFound = refuse('group_not_found', 'No such group.');

export const isPresent = (value: unknown): value is object => typeof value === 'object' && value !== null;
