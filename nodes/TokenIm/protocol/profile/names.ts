// Which `{name}` has a meaning where. Secrets have one in `authentication` alone.

import type { Json } from './body';
import type { EndpointName } from './refusals';
import { isRecord } from '../language/own';
import type { ProfileDocument } from './document';

export interface Misplaced {
	readonly path: ReadonlyArray<string | number>;
	readonly allowed: string;
}

type Path = ReadonlyArray<string | number>;

/** What a signature may be made of, beside key, secret and declared values. */
const OF_REQUEST = ['method', 'path', 'pathWithQuery', 'query', 'body', 'bodySha256'];
const OF_ATTEMPT = ['timestamp', 'nonce'];

/** The declared values that are no secrets. */
export function openValues({ values }: Pick<ProfileDocument, 'values'>): string[] {
	return Object.keys(values).filter((name) => values[name]?.secret !== true);
}

/** Every name that stands where it means nothing. */
export function misplacedNames(profile: ProfileDocument): Misplaced[] {
	const found: Misplaced[] = [];
	const all = Object.keys(profile.values);
	const open = openValues(profile);

	const check = (path: Path, text: string, names: readonly string[]): void => {
		for (const name of namesIn(text))
			if (!names.includes(name)) found.push({ path, allowed: meaningless(name, names) });
	};
	const checkAll = (path: Path, texts: Readonly<Record<string, unknown>>, names: readonly string[]): void => {
		for (const [key, text] of Object.entries(texts)) if (typeof text === 'string') check([...path, key], text, names);
	};

	profile.baseUrl?.forEach((url, index, { length }) =>
		check(length === 1 ? ['baseUrl'] : ['baseUrl', index], url, open),
	);
	check(['fields', 'user', 'userId', 'template'], profile.fields.user.userId.template ?? '', ['id', ...open]);
	check(['fields', 'group', 'groupId', 'template'], profile.fields.group.groupId.template ?? '', ['id', ...open]);
	checkAuthentication();
	for (const [name, names] of Object.entries(NAMES_OF)) checkOperation(name, names);
	if (profile.limits.discovery) check(['limits', 'discovery', 'path'], profile.limits.discovery.path, open);
	if (profile.jobs) check(['jobs', 'path'], profile.jobs.path, ['jobId', ...open]);
	return found;

	function checkAuthentication(): void {
		const { authentication, requestId } = profile;
		const secrets = ['apiKey', 'apiSecret', ...all];
		const made: string[] = [];
		for (const [name, { steps }] of Object.entries(authentication.computed)) {
			steps.forEach((step, index) => {
				const path = ['authentication', 'computed', name, 'steps', index];
				const names = [...OF_REQUEST, ...OF_ATTEMPT, ...secrets, ...made];
				for (const [key, text] of Object.entries(step)) {
					if (key === 'step' || key === 'algorithm' || key === 'map') continue;
					if (typeof text === 'string') check([...path, key], text, key === 'key' ? secrets : names);
					else if (isRecord(text)) checkClaims([...path, key], text, names);
				}
			});
			if (secrets.includes(name))
				found.push({ path: ['authentication', 'computed', name], allowed: 'this name has a meaning already' });
			made.push(name);
		}
		const { token } = authentication;
		const taken = Object.keys(token?.take ?? {});
		const sendable = [...OF_ATTEMPT, ...secrets, ...made, ...taken];
		checkAll(['authentication', 'headers'], authentication.headers, sendable);
		checkAll(['authentication', 'query'], authentication.query, sendable);
		for (const [place, texts] of [
			['headers', authentication.headers],
			['query', authentication.query],
		] as const) {
			for (const [key, text] of Object.entries(texts)) {
				const used = namesIn(text);
				if (used.some((name) => taken.includes(name)) && used.some((name) => !taken.includes(name)))
					found.push({
						path: ['authentication', place, key],
						allowed:
							'what the token gave stands alone in braces here: whoever fetched it writes it, and knows no secret',
					});
			}
		}
		if (token !== undefined) {
			check(['authentication', 'token', 'path'], token.path, open);
			checkAll(['authentication', 'token', 'body'], token.body, [...OF_ATTEMPT, ...secrets, ...made]);
		}
		if (requestId?.send) check(['requestId', 'send', 'value'], requestId.send.value, OF_ATTEMPT);
	}

	function checkClaims(path: Path, claims: Readonly<Record<string, unknown>>, names: readonly string[]): void {
		for (const [key, claim] of Object.entries(claims)) {
			const text = isRecord(claim) ? claim.number : claim;
			if (typeof text === 'string') check([...path, key], text, names);
		}
	}

	function checkOperation(name: string, inPath: readonly string[]): void {
		const operation = profile.operations[toOperation(name)];
		if (operation === undefined || 'unsupported' in operation) return;
		const path = ['operations', name];
		check([...path, 'path'], operation.path, [...inPath, ...open]);
		checkAll([...path, 'query'], operation.query, [...inPath, ...open]);
		const { body } = operation;
		if ('pages' in operation) {
			check([...path, 'answer', 'form'], operation.answer.form ?? '', ['id', ...open]);
			check([...path, 'answer', 'only', 'equals'], operation.answer.only?.equals ?? '', open);
		}
		if (body.container === 'none') return;
		checkAll([...path, 'body', 'constants'], body.constants, [
			...inPath.filter((one) => one === 'groupId' && name.endsWith('Members')),
			...open,
		]);
		if ('each' in body) checkAll([...path, 'body', 'each'], body.each, open);
		if (body.container === 'single') checkJson([...path, 'body', 'json'], body.json, [...fieldNames(name), ...open]);
	}

	function checkJson(path: Path, json: Json, names: readonly string[]): void {
		if (typeof json === 'string') check(path, json, names);
		else if (typeof json === 'object' && json !== null)
			for (const [key, item] of Object.entries(json)) checkJson([...path, key], item, names);
	}

	function fieldNames(operation: string): string[] {
		const { user, group, extra = {} } = profile.fields;
		if (operation.startsWith('list')) return [...(operation === 'listMembers' ? ['groupId'] : []), 'cursor', 'limit'];
		if (operation.endsWith('Members')) return ['userId', 'groupId'];
		return operation.endsWith('Groups') ? Object.keys(group) : [...Object.keys(user), ...Object.keys(extra)];
	}
}

/** Names that a path or query may hold where one request is about one entry or one group. */
const NAMES_OF: Readonly<Record<EndpointName, readonly string[]>> = {
	createUsers: ['userId'],
	updateUsers: ['userId'],
	queryUsers: ['userId'],
	deleteUsers: ['userId'],
	suspendUsers: ['userId'],
	reactivateUsers: ['userId'],
	listUsers: ['cursor', 'limit'],
	createGroups: ['groupId'],
	updateGroups: ['groupId'],
	queryGroups: ['groupId'],
	deleteGroups: ['groupId'],
	listGroups: ['cursor', 'limit'],
	listMembers: ['groupId', 'cursor', 'limit'],
	addMembers: ['groupId', 'userId'],
	removeMembers: ['groupId', 'userId'],
	queryMembers: ['groupId', 'userId'],
};

/** The names in braces. */
export function namesIn(text: string): string[] {
	return [...text.matchAll(/\{([A-Za-z][A-Za-z0-9:]*)\}/g)].map((match) => match[1] ?? '');
}

function toOperation(name: string): EndpointName {
	const known = Object.keys(NAMES_OF).find((one): one is EndpointName => one === name);
	if (known === undefined) throw new TypeError(`${name} is no operation`);
	return known;
}

function meaningless(name: string, names: readonly string[]): string {
	const allowed = names.length === 0 ? 'no name in braces is' : `${names.map((known) => `{${known}}`).join(', ')} are`;
	return `{${name}} has no meaning here; ${allowed} allowed`;
}
