/** The endpoints that are read page by page, in the order of the ids. */
import { cursorOf, readCursor } from '../cursors.mts';
import { refuse, success, type Outcome, type Refusal } from '../outcome.mts';
import type { ReadLag } from '../readLag.mts';
import type { Store } from '../store/database.mts';
import type { EndpointName, ListName, Plan } from '../types.mts';
import { isRefusal } from './context.mts';
import { isGroup } from './groups.mts';
import { groupNotFound, isPresent, isTrue } from './members.mts';
import { isUser } from './users.mts';

export interface ListContext {
	readonly store: Store;
	readonly plan: Plan;
	readonly lag: ReadLag;
	readonly nowMs: number;
}

type List = (query: URLSearchParams, context: ListContext, id: string) => Outcome;

export const lists: Readonly<Record<ListName, List>> = {
	/** `GET /users` */
	'users/list': (query, context) => {
		const { store, lag, plan } = context;
		return page(query, context, {
			name: 'users',
			of: '',
			most: plan.limits.usersPerPage,
			after: (id, count) => store.users.idsAfter(id, count),
			lagKey: 'user ',
			element: (id) => lag.seen(`user ${id}`, store.users.find(id), isUser),
		});
	},
	/** `GET /groups` */
	'groups/list': (query, context) => {
		const { store, lag, plan } = context;
		return page(query, context, {
			name: 'groups',
			of: '',
			most: plan.limits.groupsPerPage,
			after: (id, count) => store.groups.idsAfter(id, count),
			lagKey: 'group ',
			element: (id) => {
				const group = lag.seen(`group ${id}`, store.groups.find(id), isGroup);
				return group && { ...group, memberCount: store.groups.memberCount(id) };
			},
		});
	},
	/** `GET /groups/{groupId}/members` */
	'groups/members/list': (query, context, groupId) => {
		const { store, lag, plan } = context;
		const group = lag.seen(`group ${groupId}`, store.groups.find(groupId), isGroup);
		if (!isPresent(group)) return groupNotFound;
		return page(query, context, {
			name: 'members',
			of: groupId,
			most: plan.limits.idsPerQuery,
			after: (id, count) => store.groups.memberIdsAfter(groupId, id, count),
			lagKey: `member ${groupId} `,
			element: (userId) => {
				const isMember = store.groups.hasMember(groupId, userId) || undefined;
				if (!lag.seen(`member ${groupId} ${userId}`, isMember, isTrue)) return undefined;
				return { userId, role: userId === group.ownerId ? 'owner' : 'member' };
			},
		});
	},
};

export function isList(name: EndpointName): name is ListName {
	return Object.hasOwn(lists, name);
}

interface Listed {
	/** What the list is called in the answer, and whose it is: the group of members. */
	readonly name: string;
	readonly of: string;
	readonly most: number;
	/** So many ids after this one, in order. */
	readonly after: (id: string, count: number) => readonly string[];
	/** What the keys of the lag begin with. */
	readonly lagKey: string;
	/** What is seen under an id; `undefined` where nothing is. */
	readonly element: (id: string) => object | undefined;
}

/**
 * One page: what comes after the id that the cursor names, so whoever stays from the first page to the last is in one.
 * What the lag still shows, or does not show yet, counts as it is seen.
 */
function page(query: URLSearchParams, { lag, nowMs }: ListContext, list: Listed): Outcome {
	const size = sizeOf(query, list.most);
	if (typeof size === 'object') return size;
	const given = query.get('cursor');
	const from = given === null ? '' : readCursor(given, list.name, list.of, nowMs);
	if (isRefusal(from)) return from;

	const lagging = lag.keys(list.lagKey).filter((id) => id > from);
	const window = list.after(from, size + 1 + lagging.length);
	const last = window.length === size + 1 + lagging.length ? window.at(-1) : undefined;
	const ids = [...new Set([...window, ...lagging.filter((id) => last === undefined || id < last)])].sort(byCodeUnits);
	const seen = ids.flatMap((id) => {
		const element = list.element(id);
		return element === undefined ? [] : [{ id, element }];
	});
	const shown = seen.slice(0, size);
	const end = shown.at(-1);
	const hasMore = seen.length > size && end !== undefined;
	return success({
		[list.name]: shown.map(({ element }) => element),
		...(hasMore ? { nextCursor: cursorOf(list.name, list.of, end.id, nowMs) } : {}),
	});
}

/** As many as asked for, at most what the plan allows. */
function sizeOf(query: URLSearchParams, most: number): number | Refusal {
	const given = query.get('limit');
	if (given === null) return most;
	if (!/^[1-9]\d{0,8}$/.test(given)) return refuse('invalid_request', 'limit must be a whole number from 1 on.');
	return Math.min(Number(given), most);
}

/** Ids are ASCII; SQLite orders them by their bytes. */
const byCodeUnits = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
