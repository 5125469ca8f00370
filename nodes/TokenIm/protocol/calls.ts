// The endpoints of a service as the engine calls them. What they are called and how they answer stands in the profile.

import type { Call } from '../engine/call';
import type { DoneStatus, EntryAnswer, Limits } from '../engine/wire';
import { compileEndpoint, type Conflict } from './request/endpoint';
import { tellsAccounts } from './profile/answers';
import type { EndpointName } from './profile/refusals';
import { compileIdForms, type Kind } from './fields/ids';
import { compilePlan, defaultLimitsOf } from './answer/plan';
import type { Profile } from './profile/profile';
import { readPlan } from './answer/reading';
import { compileRefusals } from './answer/refusals';
import { bareRequest } from './request/request';
import { fillPath } from './language/template';
import { Unsupported } from './unsupported';

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
	createGroups(conflict: Conflict): Call;
	/** Entries are members, their `id` a user's. `groupId` must have passed validation. */
	addMembers(groupId: string): Call;
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
	/** Whether a request that creates a group adds its members to one that existed. */
	readonly existingGroupsTakeMembers: boolean;
	/** The id by which members are added to a group that was just created. */
	groupAddress(groupId: string, imId: string | undefined): string;
}

export interface ProtocolOptions {
	/** Reads tokens and the like that answers hand out (`returns`); they must not reach an output unasked. */
	readonly readsSecrets?: boolean;
}

const MADE: Readonly<Record<Conflict, readonly DoneStatus[]>> = {
	keep: ['created', 'exists'],
	fail: ['created'],
	update: ['created', 'updated'],
};

/** Compiles a profile. The calls that it hands out hold no state and may be used by many requests at once. */
export function createProtocol(profile: Profile, { readsSecrets = false }: ProtocolOptions = {}): Protocol {
	const { operations, given = {} } = profile;
	const ids = compileIdForms(profile);
	const endpoint = compileEndpoint(profile, ids, readsSecrets);
	const { discovery } = profile.limits;
	const plan = planCall();

	const changed = {
		deleteUsers: later(() => change('deleteUsers', 'delete users', 'deleted', ['deleted', 'absent'])),
		addMembers: later(() => change('addMembers', 'add members', 'added', ['added', 'exists'])),
		queryUsers: later(() => query('queryUsers', 'look users up', 'user')),
		queryGroups: later(() => query('queryGroups', 'look groups up', 'group')),
		queryMembers: later(() => query('queryMembers', 'look members up', 'user')),
	};

	return {
		name: profile.name,
		get defaultLimits() {
			return defaultLimitsOf(profile);
		},
		readLagMs: profile.readLagMs,
		fold: (kind, id) => ids.fold(kind, id),
		limits: () => plan,
		unsupported,
		createUsers: (conflict) => create('user', conflict)(),
		queryUsers: () => changed.queryUsers()(),
		deleteUsers: () => changed.deleteUsers()(),
		createGroups: (conflict) => create('group', conflict)(),
		addMembers: (groupId) => changed.addMembers()(groupId),
		queryGroups: () => changed.queryGroups()(),
		queryMembers: (groupId) => changed.queryMembers()(groupId),
		memberLookUp: (groupId) => (looksMembersUp() ? changed.queryMembers()(groupId) : undefined),
		userLookUp: () => ('unsupported' in operations.queryUsers ? undefined : changed.queryUsers()()),
		accountLookUp: () =>
			'unsupported' in operations.queryUsers || !tellsAccounts(operations.queryUsers.answer)
				? undefined
				: changed.queryUsers()(),
		memberQuery: (groupId) => ('unsupported' in operations.queryMembers ? undefined : changed.queryMembers()(groupId)),
		groupLookUp: () =>
			'unsupported' in operations.queryGroups || makesGroupIds() ? undefined : changed.queryGroups()(),
		groupsToFill,
		existingGroupsTakeMembers:
			!('unsupported' in operations.createGroups) && operations.createGroups.conflict.by === 'body',
		groupAddress: (groupId, imId) => (makesGroupIds() && imId !== undefined ? imId : groupId),
	};

	function groupsToFill(): Call {
		const call = changed.addMembers()('-');
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
		const name = kind === 'user' ? 'createUsers' : 'createGroups';
		const operation = supported(name, operations[name]);
		const isUpdate = conflict === 'update';
		const call = isUpdate ? `create or update ${kind}s` : `create ${kind}s`;
		if (isUpdate && kind === 'user' && operations.updateUsers !== undefined) {
			const update = supported('updateUsers', operations.updateUsers);
			return endpoint('updateUsers', update, {
				name: call,
				of: kind,
				writes: true,
				settlement: 'again',
				done: 'updated',
				sensible: MADE.update,
			});
		}
		const { conflict: rule } = operation;
		if (isUpdate && rule.by === 'refusal')
			throw new Unsupported('updateUsers', 'it names no operation that changes what exists.', profile.name);
		if (conflict === 'fail' && rule.by === 'overwriting')
			throw new Unsupported(
				name,
				'it overwrites what exists and does not tell.',
				profile.name,
				'Set If User Exists to Keep.',
				`tell which ${kind}s exist`,
			);
		const overwrites = rule.by === 'overwriting' || (isUpdate && rule.by === 'lookUp');
		const takenAs: EntryAnswer = conflict === 'keep' ? { status: 'exists' } : TAKEN[kind];
		return endpoint(name, operation, {
			name: call,
			of: kind,
			writes: true,
			settlement: isUpdate || overwrites ? 'again' : 'lookUp',
			extra: rule.by === 'body' ? { [rule.key]: rule[conflict] } : {},
			done: overwrites ? 'updated' : 'created',
			sensible: overwrites ? MADE.update : MADE[conflict],
			takenAs,
			takenMeans: rule.by === 'refusal' && conflict === 'keep' ? 'exists' : 'failed',
			looksUpFirst: rule.by === 'lookUp' && !isUpdate,
		});
	}

	function change(name: 'deleteUsers' | 'addMembers', call: string, done: DoneStatus, sensible: readonly DoneStatus[]) {
		const operation = supported(name, operations[name]);
		const other = sensible.find((status) => status !== done);
		const isDeletion = name === 'deleteUsers';
		return endpoint(name, operation, {
			name: call,
			of: 'user',
			writes: true,
			settlement: 'again',
			done,
			sensible,
			takenMeans: isDeletion ? 'failed' : 'exists',
			looksUpFirst: !isDeletion && looksMembersUp(),
			...(isDeletion ? { absentAs: { status: other ?? done } } : { takenAs: { status: other ?? done } }),
		});
	}

	function query(name: 'queryUsers' | 'queryGroups' | 'queryMembers', call: string, of: Kind) {
		const operation = supported(name, operations[name]);
		return endpoint(name, operation, {
			name: call,
			of,
			writes: false,
			settlement: 'again',
			done: 'exists',
			sensible: [],
		});
	}

	function supported<Rule extends object>(name: EndpointName, operation: Rule): Supported<Rule> {
		if (isSupported(operation)) return operation;
		throw unsupported(name) ?? new TypeError(`${name} is supported`);
	}

	function unsupported(name: EndpointName): Unsupported | undefined {
		const operation = operations[name];
		return operation !== undefined && 'unsupported' in operation
			? new Unsupported(name, operation.unsupported, profile.name)
			: undefined;
	}

	function planCall(): Call | undefined {
		if (discovery === undefined) return undefined;
		const request = bareRequest(discovery.method, fillPath(discovery.path, given));
		const read = readPlan(profile, compileRefusals(profile), compilePlan(discovery));
		return {
			name: 'read the limits of the plan',
			writes: false,
			keyHeader: undefined,
			settlement: 'again',
			limitNames: { entries: 'idsPerQuery' },
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
}

const TAKEN: Readonly<Record<Kind, EntryAnswer>> = {
	user: {
		status: 'failed',
		code: 'user_exists',
		message: 'A user with this id exists.',
		retryable: false,
		taken: true,
	},
	group: {
		status: 'failed',
		code: 'group_exists',
		message: 'A group with this id exists.',
		retryable: false,
		taken: true,
	},
};

type Supported<Rule> = Exclude<Rule, { unsupported: string }>;

function isSupported<Rule extends object>(operation: Rule): operation is Supported<Rule> {
	return !('unsupported' in operation);
}

/** Compiled at its first use: not every run needs every endpoint, and a profile may lack some. */
function later<Made>(make: () => Made): () => Made {
	let made: { readonly value: Made } | undefined;
	return () => (made ??= { value: make() }).value;
}
