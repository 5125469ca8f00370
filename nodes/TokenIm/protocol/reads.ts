// Calls that are about no row: the plan, and the pages of lists.

import type { Call } from '../engine/call';
import type { ListCall } from '../engine/list';
import type { Cursor, WireRequest } from '../engine/wire';
import { compilePages } from './answer/pages';
import { compilePlan, ratesOf } from './answer/plan';
import { compilePageReading, readPlan } from './answer/reading';
import { compileRefusals } from './answer/refusals';
import { compileRecord } from './fields/entryFields';
import type { Ids } from './fields/ids';
import { fillPath } from './language/template';
import type { Pages } from './profile/lists';
import type { Profile } from './profile/profile';
import { compilePageRequest } from './request/pages';
import { bareRequest } from './request/request';
import { ruleOf } from './unsupported';

/** The plan; `undefined` where the service has no endpoint for it. */
export function planCall(profile: Profile): Call | undefined {
	const { discovery } = profile.limits;
	if (discovery === undefined) return undefined;
	const request = bareRequest(discovery.method, fillPath(discovery.path, profile.given ?? {}));
	const read = readPlan(profile, compileRefusals(profile), compilePlan(discovery));
	return bareRead('read the limits of the plan', 'idsPerQuery', request, read);
}

const NAMES = {
	listUsers: 'list users',
	listGroups: 'list groups',
	listMembers: 'list members of groups',
} as const;

/**
 * Compiles a list; gives a function that makes its call, for the group that the list is about.
 *
 * @throws Unsupported where the service does not have it
 */
export function compileList(profile: Profile, ids: Ids, name: keyof typeof NAMES): (groupId?: string) => ListCall {
	const rule = ruleOf(profile, name);
	const of = name === 'listGroups' ? 'group' : 'user';
	const recordOf = compileRecord(profile, of, ids);
	const { characterSet } = of === 'group' ? profile.fields.group.groupId : profile.fields.user.userId;
	const pageOf = compilePages(rule, { of, ids, characterSet, recordOf, given: profile.given ?? {} });
	const readAs = compilePageReading(profile, compileRefusals(profile, name), rule.success ?? profile.success);
	const rates = ratesOf(profile, name);
	const first = firstOf(rule.pages);
	return (groupId) => {
		const { given = {} } = profile;
		const named = groupId === undefined ? given : { ...given, groupId: ids.toWire('group', groupId) };
		const requestOf = compilePageRequest(rule, named);
		return {
			name: NAMES[name],
			pageSize: { limit: rule.limits.entries, most: rule.most?.entries },
			page: (from, limit) => ({
				...bareRead(
					NAMES[name],
					rule.limits.entries,
					requestOf({ cursor: from ?? first, limit }),
					readAs((value) => pageOf(value, from)),
				),
				rates,
			}),
			tellsOwner: Object.values(rule.answer.role?.words ?? {}).includes('owner') && groupsHaveOwners(profile),
			fold: (id) => ids.fold(of, id),
		};
	};
}

function groupsHaveOwners({ fields }: Profile): boolean {
	const { ownerId } = fields.group;
	return ownerId !== undefined && ownerId.required !== 'never';
}

function firstOf(pages: Pages): Cursor | undefined {
	if (pages.by === 'offset') return 0;
	return 'first' in pages ? pages.first : undefined;
}

/** A read that carries no entries. */
function bareRead(
	name: string,
	entries: Call['limitNames']['entries'],
	request: WireRequest,
	read: Call['read'],
): Call {
	return {
		name,
		writes: false,
		keyHeader: undefined,
		settlement: 'again',
		limitNames: { entries },
		overheadBytes: 0,
		absentMeans: 'missing',
		encode: () => '',
		request: () => request,
		jobRequest: () => request,
		read,
		readJob: read,
		fold: (id) => id,
	};
}
