/** The endpoints for people who leave: suspended, brought back, or deleted. */
import { refuse, success } from '../outcome.mts';
import { entryError, isId, type EntryError } from '../rules.mts';
import { idsOf, isRefusal, type Operation, type OperationContext } from './context.mts';

/** `POST /users/batch-delete`: one result for each id. */
export const usersBatchDelete: Operation = (body, context) =>
	eachUser(body, context, (userId) => {
		const { store, lag } = context;
		const before = store.users.find(userId);
		if (before === undefined) return 'absent';
		lag.note(`user ${userId}`, before);
		for (const groupId of store.groups.groupsOf(userId)) lag.note(`member ${groupId} ${userId}`, true);
		store.users.remove(userId);
		return 'deleted';
	});

/** `POST /users/batch-status`: suspends (`active: false`) or reactivates each id. */
export const usersBatchStatus: Operation = (body, context) => {
	const { active } = body;
	if (typeof active !== 'boolean') return refuse('invalid_request', 'active must be true or false.');
	return eachUser(body, context, (userId) => {
		const { store, lag } = context;
		const before = store.users.find(userId);
		if (before === undefined) return 'absent';
		if (before.active === active) return 'unchanged';
		lag.note(`user ${userId}`, before);
		store.users.setActive(userId, active);
		return active ? 'reactivated' : 'suspended';
	});
};

function eachUser(body: Record<string, unknown>, context: OperationContext, work: (userId: string) => string) {
	const ids = idsOf(body, 'userIds', context.plan.limits.usersPerRequest);
	if (isRefusal(ids)) return ids;
	const results = ids.slice(0, context.settleCount).map((userId, index) => {
		const error: EntryError | undefined = isId(userId) ? context.refuseEntry(userId) : invalidUserId;
		return error ? { index, userId, status: 'failed', error } : { index, userId, status: work(userId) };
	});
	return success({ results });
}

const invalidUserId = entryError('userId', 'invalid_user_id', 'must be 1 to 64 of A-Z a-z 0-9 _ - . @');
