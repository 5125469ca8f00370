/** Checks an answer against the contract file: is this status foreseen, and is the body what its schema says? */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { routeOf } from '../../sandbox/routes.mts';
import { isRecord, type EndpointName } from '../../sandbox/types.mts';
import type { Seen } from './client.mts';

export const contractFile = new URL('../../docs/tokenim-rest-v1.openapi.yaml', import.meta.url);

export const contract: unknown = parse(readFileSync(contractFile, 'utf8'));

const pathOf: Readonly<Record<EndpointName, string>> = {
	limits: '/limits',
	jobs: '/jobs/{jobId}',
	'users/batch': '/users/batch',
	'users/query': '/users/query',
	'users/list': '/users',
	'groups/list': '/groups',
	'groups/members/list': '/groups/{groupId}/members',
	'users/batch-delete': '/users/batch-delete',
	'users/batch-status': '/users/batch-status',
	'groups/batch': '/groups/batch',
	'groups/query': '/groups/query',
	'groups/batch-delete': '/groups/batch-delete',
	'groups/members': '/groups/{groupId}/members',
	'groups/members/query': '/groups/{groupId}/members/query',
	'groups/members/remove': '/groups/{groupId}/members/remove',
};

const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false, allowUnionTypes: true });
addFormats.default(ajv);
if (isRecord(contract)) ajv.addSchema(contract, 'contract');

/** What in the answer differs from the contract; empty when nothing does. */
export function differences(method: string, path: string, answer: Seen): string[] {
	const route = routeOf(method, path);
	if (route === undefined) return [404, 405].includes(answer.status) ? [] : [`${path} is no path of the contract`];
	const at = ['paths', pathOf[route.name], method.toLowerCase(), 'responses', String(answer.status)];
	const found = resolved(at);
	if (found === undefined) return [`${method} ${path} foresees no ${answer.status}`];
	return [...headerDifferences(found, answer), ...bodyDifferences(found, answer)];
}

/** The differences between a value and the schema at a place in the contract, e.g. `['components', 'schemas', 'Job']`. */
export function schemaDifferences(place: readonly string[], value: unknown): string[] {
	const validate = ajv.getSchema(`contract#/${place.map(pointed).join('/')}`);
	if (validate === undefined) return [`no schema at ${place.join(' ')}`];
	if (validate(value)) return [];
	return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || 'body'} ${message}`);
}

interface Found {
	readonly place: readonly string[];
	readonly value: Record<string, unknown>;
}

/** The object at a place, its `$ref` followed. */
function resolved(place: readonly string[]): Found | undefined {
	let value: unknown = contract;
	for (const part of place) value = isRecord(value) ? value[part] : undefined;
	if (!isRecord(value)) return undefined;
	return typeof value.$ref === 'string' ? resolved(value.$ref.slice(2).split('/')) : { place, value };
}

function headerDifferences({ place, value }: Found, { headers }: Seen): string[] {
	return Object.keys(isRecord(value.headers) ? value.headers : {}).flatMap((name) => {
		const header = resolved([...place, 'headers', name]);
		const given = headers[name.toLowerCase()];
		if (given === undefined) return header?.value.required === true ? [`${name} is missing`] : [];
		if (header === undefined) return [`${name} is not described`];
		return schemaDifferences([...header.place, 'schema'], given).map((difference) => `${name}: ${difference}`);
	});
}

function bodyDifferences({ place, value }: Found, { headers, body, text }: Seen): string[] {
	if (value.content === undefined) return text === '' ? [] : ['a body where there should be none'];
	const type = headers['content-type']?.split(';')[0] ?? 'none';
	if (!isRecord(value.content) || value.content[type] === undefined) return [`content type ${type} is not foreseen`];
	if (type.endsWith('json') && body === undefined) return ['the body is not JSON'];
	return schemaDifferences([...place, 'content', type, 'schema'], body);
}

const pointed = (part: string): string => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
