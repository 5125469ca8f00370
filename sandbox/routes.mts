/** Which endpoint a method and path name, what it needs and what it takes. */
import type { EndpointName, Permission } from './types.mts';

interface Endpoint {
	readonly method: 'GET' | 'POST';
	readonly permission: Permission | undefined;
	readonly writes: boolean;
	/** The fields of the body that hold entries, and the field of an entry that holds its id. */
	readonly entries: string | undefined;
	readonly idField: string | undefined;
}

const endpoint = (
	method: Endpoint['method'],
	permission: Permission | undefined,
	writes: boolean,
	entries?: string,
	idField?: string,
): Endpoint => ({ method, permission, writes, entries, idField });

export const endpoints: Readonly<Record<EndpointName, Endpoint>> = {
	limits: endpoint('GET', undefined, false),
	jobs: endpoint('GET', undefined, false),
	'users/list': endpoint('GET', 'users:read', false),
	'groups/list': endpoint('GET', 'groups:read', false),
	'groups/members/list': endpoint('GET', 'groups:read', false),
	'users/batch': endpoint('POST', 'users:write', true, 'users', 'userId'),
	'users/query': endpoint('POST', 'users:read', false, 'userIds'),
	'users/batch-delete': endpoint('POST', 'users:delete', true, 'userIds'),
	'users/batch-status': endpoint('POST', 'users:write', true, 'userIds'),
	'groups/batch': endpoint('POST', 'groups:write', true, 'groups', 'groupId'),
	'groups/query': endpoint('POST', 'groups:read', false, 'groupIds'),
	'groups/batch-delete': endpoint('POST', 'groups:delete', true, 'groupIds'),
	'groups/members': endpoint('POST', 'groups:write', true, 'memberIds'),
	'groups/members/query': endpoint('POST', 'groups:read', false, 'memberIds'),
	'groups/members/remove': endpoint('POST', 'groups:write', true, 'memberIds'),
};

export const endpointNames: readonly EndpointName[] = [
	'limits',
	'jobs',
	'users/list',
	'groups/list',
	'groups/members/list',
	'users/batch',
	'users/query',
	'users/batch-delete',
	'users/batch-status',
	'groups/batch',
	'groups/query',
	'groups/batch-delete',
	'groups/members',
	'groups/members/query',
	'groups/members/remove',
];

export const basePath = '/v1';

export interface Route {
	readonly name: EndpointName;
	/** The group or the job that the path names. */
	readonly id: string;
}

/** Endpoints by their path after `/v1/`, where no id stands in it. */
const byPath: ReadonlyMap<string, EndpointName> = new Map<string, EndpointName>([
	['limits', 'limits'],
	['users', 'users/list'],
	['groups', 'groups/list'],
	['users/batch', 'users/batch'],
	['users/query', 'users/query'],
	['users/batch-delete', 'users/batch-delete'],
	['users/batch-status', 'users/batch-status'],
	['groups/batch', 'groups/batch'],
	['groups/query', 'groups/query'],
	['groups/batch-delete', 'groups/batch-delete'],
]);

/** The endpoint that a path names; `undefined` when there is none. Two share a path: there the method decides. */
export function routeOf(method: string, pathWithQuery: string): Route | undefined {
	const path = pathWithQuery.split('?', 1)[0] ?? '';
	if (!path.startsWith(`${basePath}/`)) return undefined;
	const parts = path.slice(basePath.length + 1).split('/');
	const plain = byPath.get(parts.join('/'));
	if (plain !== undefined) return { name: plain, id: '' };
	const id = decoded(parts[1] ?? '');
	if (id === undefined || id === '') return undefined;
	if (parts.length === 2 && parts[0] === 'jobs') return { name: 'jobs', id };
	if (parts[0] !== 'groups' || parts[2] !== 'members') return undefined;
	if (parts.length === 3) return { name: method === 'GET' ? 'groups/members/list' : 'groups/members', id };
	if (parts.length === 4 && parts[3] === 'query') return { name: 'groups/members/query', id };
	return parts.length === 4 && parts[3] === 'remove' ? { name: 'groups/members/remove', id } : undefined;
}

function decoded(part: string): string | undefined {
	try {
		return decodeURIComponent(part);
	} catch {
		return undefined;
	}
}
