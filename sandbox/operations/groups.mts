/** The endpoints for groups as such; their members have a file of their own. */
import { refuse, success } from '../outcome.mts';
import {
	checkGroup,
	entryError,
	isId,
	maxAttributes,
	tooManyAttributes,
	type Checked,
	type EntryError,
	type GroupEntry,
} from '../rules.mts';
import { merged } from '../store/columns.mts';
import type { Group } from '../store/groups.mts';
import { isRecord } from '../types.mts';
import {
	entriesOf,
	idIn,
	idsOf,
	isRefusal,
	onConflictOf,
	strictRefusal,
	type OnConflict,
	type Operation,
	type OperationContext,
} from './context.mts';
import { addedMember } from './members.mts';

/** `POST /groups/batch`: one result for each group, and one in it for each of its members. */
export const groupsBatch: Operation = (body, context) => {
	const { limits } = context.plan;
	const onConflict = onConflictOf(body);
	if (isRefusal(onConflict)) return onConflict;
	const entries = entriesOf(body, 'groups', limits.groupsPerRequest);
	if (isRefusal(entries)) return entries;

	const memberCount = entries.reduce<number>((sum, entry) => sum + memberIdsIn(entry).length, 0);
	if (memberCount > limits.membersPerRequest) {
		const limit = limits.membersPerRequest;
		return refuse('too_many_members', `The groups name ${memberCount} members; the plan allows ${limit}.`, {
			limit,
		});
	}

	const checked = entries.map((entry) => checkedGroup(entry, onConflict));
	if (context.strict !== false) {
		const errors = checked.flatMap((each, index) => (each.ok ? [] : [{ index, ...each.error }]));
		if (errors.length > 0) return strictRefusal(errors, context.strict);
	}

	const results = checked.slice(0, context.settleCount).map((each, index) => {
		if (!each.ok) return { index, ...idIn(entries[index], 'groupId'), status: 'failed', error: each.error };
		const { groupId, memberIds } = each.entry;
		const error = context.refuseEntry(groupId);
		if (error) return { index, groupId, status: 'failed', error };
		const group = written(each.entry, onConflict, context);
		if (group.status === 'failed') return { index, groupId, ...group };
		const members = { results: memberIds.map((userId) => addedMember(groupId, userId, context)) };
		return { index, groupId, ...group, members };
	});
	return success({ results });
};

/** `POST /groups/query`: those found, and the ids of the others. */
export const groupsQuery: Operation = (body, { plan, store, lag }) => {
	const ids = idsOf(body, 'groupIds', plan.limits.idsPerQuery);
	if (isRefusal(ids)) return ids;
	const groups: Array<Group & { memberCount: number }> = [];
	const missing: string[] = [];
	for (const id of new Set(ids)) {
		const group = lag.seen(`group ${id}`, store.groups.find(id), isGroup);
		if (group) groups.push({ ...group, memberCount: store.groups.memberCount(id) });
		else missing.push(id);
	}
	return success({ groups, missing });
};

/** `POST /groups/batch-delete`: one result for each id. Members stay users. */
export const groupsBatchDelete: Operation = (body, context) => {
	const { plan, store, lag } = context;
	const ids = idsOf(body, 'groupIds', plan.limits.groupsPerRequest);
	if (isRefusal(ids)) return ids;
	const results = ids.slice(0, context.settleCount).map((groupId, index) => {
		const error = isId(groupId) ? context.refuseEntry(groupId) : invalidGroupId;
		if (error) return { index, groupId, status: 'failed', error };
		const before = store.groups.find(groupId);
		if (before === undefined) return { index, groupId, status: 'absent' };
		lag.note(`group ${groupId}`, before);
		for (const userId of store.groups.memberIds(groupId)) lag.note(`member ${groupId} ${userId}`, true);
		store.groups.remove(groupId);
		return { index, groupId, status: 'deleted' };
	});
	return success({ results });
};

const invalidGroupId = entryError('groupId', 'invalid_group_id', 'must be 1 to 64 of A-Z a-z 0-9 _ - . @');

function checkedGroup(value: unknown, onConflict: OnConflict): Checked<GroupEntry> {
	const checked = checkGroup(value);
	if (!checked.ok || onConflict === 'update') return checked;
	const error = lacking(checked.entry);
	return error ? { ok: false, error } : checked;
}

/** What a new group must have and this entry has not. */
function lacking({ name, ownerId }: GroupEntry): EntryError | undefined {
	if (name === undefined) return entryError('name', 'name_required', 'is required');
	return ownerId === undefined ? entryError('ownerId', 'owner_required', 'is required') : undefined;
}

type Written =
	| { readonly status: 'created' | 'updated' | 'exists'; readonly imId: string }
	| { readonly status: 'failed'; readonly error: EntryError };

const failed = (error: EntryError): Written => ({ status: 'failed', error });
const ownerNotFound = failed(entryError('ownerId', 'owner_not_found', 'names no user'));

function written(entry: GroupEntry, onConflict: OnConflict, { store, lag }: OperationContext): Written {
	const { groupId, name = '', ownerId = '' } = entry;
	const hasOwner = () => store.users.imIdOf(ownerId) !== undefined;
	const before = store.groups.find(groupId);
	if (before === undefined) {
		const error = lacking(entry);
		if (error) return failed(error);
		if (!hasOwner()) return ownerNotFound;
		const { description = null, avatarUrl = null } = entry;
		const attributes = merged({}, entry.attributes ?? {});
		lag.note(`group ${groupId}`, undefined);
		noteNewMember(groupId, ownerId, { store, lag });
		return {
			status: 'created',
			imId: store.groups.insert({ groupId, name, ownerId, description, avatarUrl, attributes }),
		};
	}
	if (onConflict === 'fail') return failed(entryError('groupId', 'group_exists', 'is taken'));
	if (onConflict === 'skip') return { status: 'exists', imId: before.imId };

	if (entry.ownerId !== undefined && !hasOwner()) return ownerNotFound;
	const after = changed(before, entry);
	if (Object.keys(after.attributes).length > maxAttributes) return failed(tooManyAttributes);
	lag.note(`group ${groupId}`, before);
	if (entry.ownerId !== undefined) noteNewMember(groupId, ownerId, { store, lag });
	store.groups.update(after);
	return { status: 'updated', imId: before.imId };
}

function changed(before: Group, { name, ownerId, description, avatarUrl, attributes }: GroupEntry): Group {
	return {
		...before,
		name: name ?? before.name,
		ownerId: ownerId ?? before.ownerId,
		description: description === undefined ? before.description : description,
		avatarUrl: avatarUrl === undefined ? before.avatarUrl : avatarUrl,
		attributes: attributes === null ? {} : merged(before.attributes, attributes ?? {}),
	};
}

function noteNewMember(groupId: string, userId: string, { store, lag }: Pick<OperationContext, 'store' | 'lag'>): void {
	lag.note(`member ${groupId} ${userId}`, store.groups.hasMember(groupId, userId) || undefined);
}

function memberIdsIn(entry: unknown): readonly unknown[] {
	return isRecord(entry) && Array.isArray(entry.memberIds) ? entry.memberIds : [];
}

export const isGroup = (value: unknown): value is Group => isRecord(value) && 'groupId' in value;
