// The endpoints of a service as the engine calls them. What they are called and how they answer stands in the profile.

import type { Call } from '../engine/call';
import type { ListCall } from '../engine/list';
import type { Limits } from '../engine/wire';
import { defaultLimitsOf } from './answer/plan';
import { compileIdForms, type Kind } from './fields/ids';
import { CHANGES, createFrame, QUERIES } from './frames';
import type { Profile } from './profile/profile';
import { tellsAccounts } from './profile/answers';
import type { EndpointName } from './profile/refusals';
import { compileList, planCall } from './reads';
import { compileEndpoint, type Conflict } from './request/endpoint';
import { ruleOf, whyUnsupported, type Unsupported } from './unsupported';

export type { Conflict } from './request/endpoint';
export type { Kind } from './fields/ids';
export { Unsupported } from './unsupported';

export interface Protocol {
	/** The profile's name, for people. */
	readonly name: string;
	/** The limits that hold where the service names none; each read gives a fresh copy. */
	readonly defaultLimits: Limits;
	/** How long the query endpoints may lag a write. */
	readonly readLagMs: number;
	/** The form in which ids are compared. */
	fold(kind: Kind, id: string): string;
	/**
	 * The plan: its reading is `complete` with `plan`, or refused; `absent` where the service names no limits.
	 * `undefined` where it has no endpoint for them.
	 */
	limits(): Call | undefined;
	/** Why the service cannot do this; nothing where it can. */
	unsupported(operation: EndpointName): Unsupported | undefined;
	/** @throws Unsupported, as every operation that the profile says that the service does not have */
	createUsers(conflict: Conflict): Call;
	queryUsers(): Call;
	deleteUsers(): Call;
	/**
	 * Keeps users from signing in. Done is `suspended`, `unchanged` or `absent`. Where the call is `onlyIfFound`, it must be
	 * carried out with {@link userLookUp}; without one nothing is sent.
	 */
	suspendUsers(): Call;
	/** As {@link suspendUsers}; done is `reactivated`, `unchanged` or `absent`. */
	reactivateUsers(): Call;
	/** Everybody, page by page (`engine/delivery/listAll.ts`). */
	listUsers(): ListCall;
	/** Under `update` by the profile's `updateGroups`, where it names one: then only groups that exist are changed. */
	createGroups(conflict: Conflict): Call;
	/** Entries are members, their `id` a user's. `groupId` must have passed validation. */
	addMembers(groupId: string): Call;
	/** As {@link addMembers}; done is `removed` or `absent`. */
	removeMembers(groupId: string): Call;
	/** Done is `deleted` or `absent`. */
	deleteGroups(): Call;
	listGroups(): ListCall;
	/** As {@link addMembers}. */
	listMembers(groupId: string): ListCall;
	queryGroups(): Call;
	/** As {@link addMembers}. */
	queryMembers(groupId: string): Call;
	/** By what members are looked up before they are added; `undefined` where adding one again changes nothing. */
	memberLookUp(groupId: string): Call | undefined;
	/** By what users are looked up whose creation is open; `undefined` where the service has nothing for it. */
	userLookUp(): Call | undefined;
	/**
	 * By what it is told whether a user is still the account that was created; `undefined` where the service gives no id
	 * that proves it (`imId.isAccount` of the profile).
	 */
	accountLookUp(): Call | undefined;
	/** {@link queryMembers}; `undefined` where the service has nothing for it. */
	memberQuery(groupId: string): Call | undefined;
	/** The same for groups; `undefined` also where the service makes their ids. */
	groupLookUp(): Call | undefined;
	/** Cuts rows that add members into chunks of groups; never sent. @throws Unsupported where members cannot be added */
	groupsToFill(): Call;
	/** The same for rows that take members out. @throws Unsupported */
	groupsToEmpty(): Call;
	/** Whether a request that creates a group adds its members to one that existed. */
	readonly existingGroupsTakeMembers: boolean;
	/** Whether groups are changed by a request of their own, which creates none. */
	readonly changesGroupsApart: boolean;
	/** The id by which members are added to a group that was just created. */
	groupAddress(groupId: string, imId: string | undefined): string;
}

export interface ProtocolOptions {
	/** Reads tokens and the like that answers hand out (`returns`); they must not reach an output unasked. */
	readonly readsSecrets?: boolean;
}

/** Compiles a profile. The calls that it hands out hold no state and may be used by many requests at once. */
export function createProtocol(profile: Profile, { readsSecrets = false }: ProtocolOptions = {}): Protocol {
	const { operations } = profile;
	const ids = compileIdForms(profile);
	const endpoint = compileEndpoint(profile, ids, readsSecrets);
	const plan = planCall(profile);

	const calls = {
		deleteUsers: changing('deleteUsers'),
		suspendUsers: later(() => ofFound('suspendUsers')),
		reactivateUsers: later(() => ofFound('reactivateUsers')),
		removeMembers: changing('removeMembers'),
		deleteGroups: changing('deleteGroups'),
		addMembers: later(() =>
			endpoint('addMembers', ruleOf(profile, 'addMembers'), { ...CHANGES.addMembers, looksUpFirst: looksMembersUp() }),
		),
		queryUsers: querying('queryUsers'),
		queryGroups: querying('queryGroups'),
		queryMembers: querying('queryMembers'),
		listUsers: later(() => compileList(profile, ids, 'listUsers')),
		listGroups: later(() => compileList(profile, ids, 'listGroups')),
		listMembers: later(() => compileList(profile, ids, 'listMembers')),
	};

	return {
		name: profile.name,
		get defaultLimits() {
			return defaultLimitsOf(profile);
		},
		readLagMs: profile.readLagMs,
		fold: (kind, id) => ids.fold(kind, id),
		limits: () => plan,
		unsupported: (name) => whyUnsupported(profile, name),
		createUsers: (conflict) => create('user', conflict)(),
		queryUsers: () => calls.queryUsers()(),
		deleteUsers: () => calls.deleteUsers()(),
		suspendUsers: () => calls.suspendUsers()(),
		reactivateUsers: () => calls.reactivateUsers()(),
		listUsers: () => calls.listUsers()(),
		createGroups: (conflict) => create('group', conflict)(),
		addMembers: (groupId) => calls.addMembers()(groupId),
		removeMembers: (groupId) => calls.removeMembers()(groupId),
		queryGroups: () => calls.queryGroups()(),
		queryMembers: (groupId) => calls.queryMembers()(groupId),
		deleteGroups: () => calls.deleteGroups()(),
		listGroups: () => calls.listGroups()(),
		listMembers: (groupId) => calls.listMembers()(groupId),
		memberLookUp: (groupId) => (looksMembersUp() ? calls.queryMembers()(groupId) : undefined),
		userLookUp: () => ('unsupported' in operations.queryUsers ? undefined : calls.queryUsers()()),
		accountLookUp: () =>
			'unsupported' in operations.queryUsers || !tellsAccounts(operations.queryUsers.answer)
				? undefined
				: calls.queryUsers()(),
		memberQuery: (groupId) => ('unsupported' in operations.queryMembers ? undefined : calls.queryMembers()(groupId)),
		groupLookUp: () => ('unsupported' in operations.queryGroups || makesGroupIds() ? undefined : calls.queryGroups()()),
		groupsToFill: () => ofGroups(calls.addMembers()('-')),
		groupsToEmpty: () => ofGroups(calls.removeMembers()('-')),
		existingGroupsTakeMembers:
			!('unsupported' in operations.createGroups) && operations.createGroups.conflict.by === 'body',
		changesGroupsApart: operations.updateGroups !== undefined,
		groupAddress: (groupId, imId) => (makesGroupIds() && imId !== undefined ? imId : groupId),
	};

	function ofGroups(call: Call): Call {
		return {
			...call,
			limitNames: { entries: 'idsPerQuery' },
			most: undefined,
			fold: (id) => ids.fold('group', id),
			encode: ({ id }) => JSON.stringify(id),
		};
	}

	function looksMembersUp(): boolean {
		const { addMembers } = operations;
		return !('unsupported' in addMembers) && addMembers.lookUpFirst;
	}

	function makesGroupIds(): boolean {
		const { createGroups } = operations;
		return !('unsupported' in createGroups) && createGroups.idFromService;
	}

	function create(kind: Kind, conflict: Conflict): () => Call {
		const [name, update] =
			kind === 'user' ? (['createUsers', 'updateUsers'] as const) : (['createGroups', 'updateGroups'] as const);
		const rule = ruleOf(profile, name);
		if (conflict === 'update' && operations[update] !== undefined)
			return endpoint(update, ruleOf(profile, update), CHANGES[update]);
		return endpoint(name, rule, createFrame(profile.name, kind, conflict, rule));
	}

	function ofFound(name: 'suspendUsers' | 'reactivateUsers') {
		const rule = ruleOf(profile, name);
		return endpoint(name, rule, { ...CHANGES[name], ...(rule.onlyIfFound ? { onlyIfFound: true } : {}) });
	}

	function changing(name: 'deleteUsers' | 'removeMembers' | 'deleteGroups') {
		return later(() => endpoint(name, ruleOf(profile, name), CHANGES[name]));
	}

	function querying(name: keyof typeof QUERIES) {
		return later(() => endpoint(name, ruleOf(profile, name), QUERIES[name]));
	}
}

/** Compiled at its first use: not every run needs every endpoint, and a profile may lack some. */
function later<Made>(make: () => Made): () => Made {
	let made: { readonly value: Made } | undefined;
	return () => (made ??= { value: make() }).value;
}
