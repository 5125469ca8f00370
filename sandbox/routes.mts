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
	'users/batch': endpoint('POST', 'users:write', true, 'users', 'userId'),
	'users/query': endpoint('POST', 'users:read', false, 'userIds'),
	'users/batch-delete': endpoint('POST', 'users:delete', true, 'userIds'),
	'groups/batch': endpoint('POST', 'groups:write', true, 'groups', 'groupId'),
	'groups/query': endpoint('POST', 'groups:read', false, 'groupIds'),
	'groups/members': endpoint('POST', 'groups:write', true, 'memberIds'),
	'groups/members/query': endpoint('POST', 'groups:read', false, 'memberIds'),
};

export const endpointNames: readonly EndpointName[] = [
	'limits',
	'jobs',
	'users/batch',
	'users/query',
	'users/batch-delete',
	'groups/batch',
	'groups/query',
	'groups/members',
	'groups/members/query',
];

export const basePath = '/v1';

export interface Route {
	readonly name: EndpointName;
	/** The group or the job that the path names. */
	readonly id: string;
}

/** The endpoint that a path names, whatever the method; `undefined` when there is none. */
export function routeOf(pathWithQuery: string): Route | undefined {
	const path = pathWithQuery.split('?', 1)[0] ?? '';
	if (!path.startsWith(`${basePath}/`)) return undefined;
	const parts = path.slice(basePath.length + 1).split('/');
	const whole = parts.join('/');
	if (isPlainEndpoint(whole)) return { name: whole, id: '' };
	const id = decoded(parts[1] ?? '');
	if (id === undefined || id === '') return undefined;
	if (parts.length === 2 && parts[0] === 'jobs') return { name: 'jobs', id };
	if (parts[0] !== 'groups' || parts[2] !== 'members') return undefined;
	if (parts.length === 3) return { name: 'groups/members', id };
	return parts.length === 4 && parts[3] === 'query' ? { name: 'groups/members/query', id } : undefined;
}

function isPlainEndpoint(path: string): path is EndpointName {
	return Object.hasOwn(endpoints, path) && path !== 'jobs' && !path.startsWith('groups/members');
}

function decoded(part: string): string | undefined {
	try {
		return decodeURIComponent(part);
	} catch {
		return undefined;
	}
}
