// A service to which capitals of an id make no other one: it writes all ids small, whichever way they come.

import type { WireRequest } from '../../nodes/TokenIm/engine/wire';
import { readProfile } from '../../nodes/TokenIm/protocol/profile/profile';
import json from '../../nodes/TokenIm/protocol/profiles/tokenim-rest-v1.json' with { type: 'json' };
import type { LabOptions } from './lab.mts';

const { user, group } = json.fields;

/** Settings of a lab whose service, and whose profile, know ids by their letters alone. */
export const folding: LabOptions = {
	profile: readProfile({
		...json,
		fields: {
			...json.fields,
			user: { ...user, userId: { ...user.userId, caseSensitive: false } },
			group: { ...group, groupId: { ...group.groupId, caseSensitive: false } },
		},
	}),
	taken: (request: WireRequest) => ({
		...request,
		path: request.path.toLowerCase(),
		body: request.body === undefined ? undefined : JSON.stringify(JSON.parse(request.body, small)),
	}),
};

const OF_IDS: ReadonlySet<string> = new Set(['userId', 'groupId', 'ownerId', 'userIds', 'groupIds', 'memberIds']);

function small(key: string, value: unknown): unknown {
	if (!OF_IDS.has(key)) return value;
	if (typeof value === 'string') return value.toLowerCase();
	return Array.isArray(value) ? value.map((one) => String(one).toLowerCase()) : value;
}
