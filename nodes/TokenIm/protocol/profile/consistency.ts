// What the parts of a profile ask of each other.

import { ownIdAt, tellsAccounts } from './answers';
import type { ListRule } from './lists';
import { openValues, type Misplaced } from './names';
import type { ProfileDocument } from './document';
import type { OperationRate } from './limits';

type WriteRule = Exclude<ProfileDocument['operations']['createUsers'], { readonly unsupported: string }>;

/** Each place where one part of a profile contradicts another. */
export function contradictions(profile: ProfileDocument): Misplaced[] {
	const { operations, authentication } = profile;
	const found: Misplaced[] = [];
	const say = (path: ReadonlyArray<string | number>, allowed: string): void => void found.push({ path, allowed });

	for (const [name, operation] of Object.entries(operations)) {
		if (operation === undefined || 'unsupported' in operation) continue;
		const path = ['operations', name];
		const { body, method } = operation;
		if (authentication.token?.path === operation.path)
			say([...path, 'path'], 'another path than that of the token, whose requests carry the secret');
		if (body.container !== 'none' && method === 'GET' && !['query', 'queryJson'].includes(body.as))
			say([...path, 'body', 'as'], 'a GET has no body: write query or queryJson');
		if (body.container !== 'none' && body.as === 'queryJson' && body.parameter === undefined)
			say([...path, 'body', 'parameter'], 'name the parameter that holds the JSON');
		if ((body.container === 'objects' || body.container === 'map') && ['form', 'query'].includes(body.as))
			say([...path, 'body', 'as'], 'a list of objects can be sent as json or queryJson only');
		if (
			body.container === 'ids' &&
			body.as !== 'json' &&
			body.as !== 'queryJson' &&
			(body.wrap !== undefined || body.key === undefined)
		)
			say([...path, 'body'], 'ids in a form or a query need a key and no wrap');
		if (body.container === 'objects' && body.key === undefined && Object.keys(body.constants).length > 0)
			say([...path, 'body', 'constants'], 'a list that is the body itself has no room for constants');
		if ('pages' in operation) {
			checkPages(name, operation);
			continue;
		}
		if (
			operation.most?.members !== undefined &&
			!('members' in operation.limits && operation.limits.members !== undefined)
		)
			say(
				[...path, 'limits', 'members'],
				'a limit such as membersPerRequest, for `most` says how many members a request holds',
			);
		if (isAlone(operation) && operation.most?.entries !== 1 && (operation.most?.entries ?? 1) > 1)
			say([...path, 'most', 'entries'], '1, for each request is about one entry');
	}
	checkCreate('createUsers', operations.queryUsers);
	checkCreate('createGroups', operations.queryGroups);
	checkMembers();
	checkAccounts();
	for (const name of ['suspendUsers', 'reactivateUsers'] as const) checkFound(name);
	checkPlans();
	checkRates(['limits', 'rates'], profile.limits.rates);
	for (const [plan, { rates = [] }] of Object.entries(profile.limits.plans?.table ?? {}))
		checkRates(['limits', 'plans', 'table', plan, 'rates'], rates);
	return found;

	function checkRates(path: readonly string[], rates: readonly OperationRate[]): void {
		rates.forEach(({ each, operations: sharing }, index) => {
			const others = sharing.filter((name) => !name.endsWith('Members'));
			if (each === 'group' && others.length > 0)
				say([...path, index, 'each'], `nothing beside ${others.join(', ')}: such a request is about no single group`);
		});
	}

	function checkPlans(): void {
		const { plans } = profile.limits;
		if (plans === undefined) return;
		const open = openValues(profile);
		const declared = open.includes(plans.value) ? profile.values[plans.value] : undefined;
		if (declared === undefined)
			say(
				['limits', 'plans', 'value'],
				open.length === 0 ? 'a value that `values` declares; it declares none' : open.join(', '),
			);
		else if (declared.default !== undefined && !Object.hasOwn(plans.table, declared.default))
			say(['values', plans.value, 'default'], Object.keys(plans.table).join(', '));
	}

	function checkAccounts(): void {
		const { queryUsers } = operations;
		if ('unsupported' in queryUsers || !tellsAccounts(queryUsers.answer)) return;
		const { answer } = queryUsers;
		if (!('imId' in answer) || !('id' in answer) || ownIdAt(answer.imId) !== answer.id) return;
		say(
			['operations', 'queryUsers', 'answer', 'imId', 'isAccount'],
			'false, for this is the user id itself, which another account may have after a deletion',
		);
	}

	function checkFound(name: 'suspendUsers' | 'reactivateUsers'): void {
		const rule = operations[name];
		if (rule === undefined || 'unsupported' in rule || !rule.onlyIfFound) return;
		const { queryUsers } = operations;
		if ('unsupported' in queryUsers || queryUsers.answer.proves === 'absence')
			say(['operations', name, 'onlyIfFound'], 'false, for queryUsers cannot tell who is there');
	}

	function checkPages(name: string, { pages, path, query, body }: ListRule): void {
		const has = JSON.stringify([query, body]).includes('{cursor}');
		if (path.includes('{cursor}') || path.includes('{limit}'))
			say(['operations', name, 'path'], '{cursor} and {limit} in the query or the body, not in the path');
		if (pages.by === 'whole' ? has : !has)
			say(
				['operations', name, 'pages', 'by'],
				has
					? 'cursor, number or offset, for {cursor} stands in the request'
					: 'whole, for no {cursor} stands in the query or the body, so that all pages would be the same',
			);
	}

	function checkMembers(): void {
		const { addMembers, queryMembers, removeMembers, listMembers } = operations;
		if (removeMembers && !('unsupported' in removeMembers)) needsGroup('removeMembers', removeMembers);
		if (listMembers && !('unsupported' in listMembers)) needsGroup('listMembers', listMembers);
		if (!('unsupported' in queryMembers)) needsGroup('queryMembers', queryMembers);
		if ('unsupported' in addMembers) return;
		needsGroup('addMembers', addMembers);
		if (addMembers.lookUpFirst && 'unsupported' in queryMembers)
			say(['operations', 'addMembers', 'lookUpFirst'], 'false, for queryMembers is unsupported');
	}

	function checkCreate(name: 'createUsers' | 'createGroups', query: typeof operations.queryUsers): void {
		const operation = operations[name];
		if ('unsupported' in operation || operation.conflict.by !== 'lookUp' || !('unsupported' in query)) return;
		say(
			['operations', name, 'conflict', 'by'],
			`body or refusal, for ${name === 'createUsers' ? 'queryUsers' : 'queryGroups'} is unsupported`,
		);
	}

	function needsGroup(
		name: string,
		operation: { readonly path: string; readonly query: object; readonly body: object },
	): void {
		const text = JSON.stringify([operation.path, operation.query, operation.body]);
		if (!text.includes('{groupId}'))
			say(
				['operations', name, 'path'],
				'{groupId} in the path, the query, the constants or the json: nothing says which group is meant',
			);
	}
}

/** Whether each request is about one entry. */
export function isAlone(operation: Pick<WriteRule, 'path' | 'body' | 'query'>, idName?: string): boolean {
	if (operation.body.container === 'single' || operation.body.container === 'none') return true;
	if (idName === undefined) return false;
	return [operation.path, ...Object.values(operation.query)].some((text) => text.includes(`{${idName}}`));
}
