/** The endpoints under `/users`. */
import { refuse, success } from '../outcome.mts';
import {
	checkUser,
	entryError,
	maxAttributes,
	tooManyAttributes,
	type Checked,
	type EntryError,
	type UserEntry,
} from '../rules.mts';
import { merged } from '../store/columns.mts';
import type { User } from '../store/users.mts';
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

/** `POST /users/batch`: one result for each entry, or 402 for all of them. */
export const usersBatch: Operation = (body, context) => {
	const { plan, store, strict } = context;
	const onConflict = onConflictOf(body);
	if (isRefusal(onConflict)) return onConflict;
	const entries = entriesOf(body, 'users', plan.limits.usersPerRequest);
	if (isRefusal(entries)) return entries;

	const checked = entries.map((entry) => checkedUser(entry, onConflict));
	if (strict !== false) {
		const errors = checked.flatMap((each, index) => (each.ok ? [] : [{ index, ...each.error }]));
		if (errors.length > 0) return strictRefusal(errors, strict);
	}

	const usedBefore = store.users.count();
	const results = checked.slice(0, context.settleCount).map((each, index) => {
		if (!each.ok) return { index, ...idIn(entries[index], 'userId'), status: 'failed', error: each.error };
		const { userId } = each.entry;
		const refused = context.refuseEntry(userId);
		if (refused) return { index, userId, status: 'failed', error: refused };
		return { index, userId, ...written(each.entry, onConflict, context) };
	});

	const created = store.users.count() - usedBefore;
	if (plan.quota !== null && created > 0 && store.users.count() > plan.quota) {
		return refuse('plan_quota_exhausted', `The plan holds ${plan.quota} users; ${created} more do not fit.`, {
			quota: { limit: plan.quota, used: usedBefore },
		});
	}
	return success({ results });
};

/** `POST /users/query`: those found, and the ids of the others. */
export const usersQuery: Operation = (body, { plan, store, lag }) => {
	const ids = idsOf(body, 'userIds', plan.limits.idsPerQuery);
	if (isRefusal(ids)) return ids;
	const users: User[] = [];
	const missing: string[] = [];
	for (const id of new Set(ids)) {
		const user = lag.seen(`user ${id}`, store.users.find(id), isUser);
		if (user) users.push(user);
		else missing.push(id);
	}
	return success({ users, missing });
};

const usernameRequired = entryError('username', 'username_required', 'is required');

/** Only an update may leave the name out, because only it may find it already there. */
function checkedUser(value: unknown, onConflict: OnConflict): Checked<UserEntry> {
	const checked = checkUser(value);
	const lacksName = checked.ok && checked.entry.username === undefined && onConflict !== 'update';
	return lacksName ? { ok: false, error: usernameRequired } : checked;
}

type Written =
	| { readonly status: 'created' | 'updated' | 'exists'; readonly imId: string }
	| { readonly status: 'failed'; readonly error: EntryError };

function written(entry: UserEntry, onConflict: OnConflict, { store, lag }: OperationContext): Written {
	const { userId, username } = entry;
	const attributes = merged({}, entry.attributes ?? {});
	const { avatarUrl = null, registeredAt = null, email = null, phone = null } = entry;
	if (username !== undefined) {
		const imId = store.users.insert({ userId, username, avatarUrl, registeredAt, email, phone, attributes });
		if (imId !== undefined) {
			lag.note(`user ${userId}`, undefined);
			return { status: 'created', imId };
		}
	}
	if (onConflict === 'fail') return { status: 'failed', error: entryError('userId', 'user_exists', 'is taken') };
	if (onConflict === 'skip') return { status: 'exists', imId: store.users.imIdOf(userId) ?? '' };

	const before = store.users.find(userId);
	if (before === undefined) return { status: 'failed', error: usernameRequired };
	const after = changed(before, entry);
	if (Object.keys(after.attributes).length > maxAttributes) return { status: 'failed', error: tooManyAttributes };
	store.users.update(after);
	lag.note(`user ${userId}`, before);
	return { status: 'updated', imId: before.imId };
}

/** Absent fields stay, `null` clears, attributes merge by name (`null` for all of them clears them). */
function changed(before: User, entry: UserEntry): User {
	const { username, avatarUrl, registeredAt, email, phone, attributes } = entry;
	return {
		...before,
		username: username ?? before.username,
		avatarUrl: avatarUrl === undefined ? before.avatarUrl : avatarUrl,
		registeredAt: registeredAt === undefined ? before.registeredAt : registeredAt,
		email: email === undefined ? before.email : email,
		phone: phone === undefined ? before.phone : phone,
		attributes: attributes === null ? {} : merged(before.attributes, attributes ?? {}),
	};
}

export const isUser = (value: unknown): value is User => isRecord(value) && 'username' in value;
