// The endpoints of a service as the engine calls them. What they are called and how they answer stands in the profile.

import type { Call, DoneStatus, Limits, WireRequest } from '../engine/types';
import { compileBody, type BodyShape } from './body';
import { compileLookup } from './lookups';
import { compilePlan, defaultLimitsOf } from './plan';
import type { Profile } from './profile';
import { compileReading, readPlan } from './reading';
import { compileRefusals } from './refusals';
import { compileResults, type ResultsReader } from './results';
import { fill, pathPart } from './template';

/** What happens to an entry whose id is taken. */
export type Conflict = 'keep' | 'fail' | 'update';

export type Kind = 'user' | 'group';

export interface Protocol {
	/** The profile's name, for people. */
	readonly name: string;
	/** The limits that hold where the service names none; each read gives a fresh copy. */
	readonly defaultLimits: Limits;
	/** How long the query endpoints may lag a write. */
	readonly readLagMs: number;
	/** The form in which ids are compared. */
	fold(kind: Kind, id: string): string;
	/** The plan: its reading is `complete` with `plan`, or refused; `absent` where the service names no limits. */
	limits(): Call;
	createUsers(conflict: Conflict): Call;
	queryUsers(): Call;
	deleteUsers(): Call;
	createGroups(conflict: Conflict): Call;
	/** Entries are members, their `id` a user's. `groupId` must have passed validation. */
	addMembers(groupId: string): Call;
	queryGroups(): Call;
	/** As {@link addMembers}. */
	queryMembers(groupId: string): Call;
}

const JSON_TYPE = 'application/json';

const MADE: Readonly<Record<Conflict, readonly DoneStatus[]>> = {
	keep: ['created', 'exists'],
	fail: ['created'],
	update: ['created', 'updated'],
};

/** Compiles a profile. The calls that it hands out hold no state and may be used by many requests at once. */
export function createProtocol(profile: Profile): Protocol {
	const { operations, fields } = profile;
	const refusals = compileRefusals(profile);
	const fieldOf = compileFieldNames(profile);

	/** A call but for the group that its path may name. */
	function endpoint(operation: Endpoint, frame: Frame): (groupId?: string) => Call {
		const { body, overheadBytes, encode } = compileBody(operation.body, fields[frame.of], frame.extra);
		const call = {
			name: frame.name,
			writes: frame.writes,
			keyHeader: operation.keyed === true ? profile.idempotency?.header : undefined,
			settlement: frame.settlement,
			limitNames: operation.limits,
			overheadBytes,
			absentMeans: frame.writes ? 'failed' : 'missing',
			encode,
			jobRequest,
			...compileReading(profile, refusals, frame.results, frame.writes),
			fold: (id: string) => fold(frame.of, id),
		} as const;
		return (groupId) => {
			const path = pathOf(operation.path, 'groupId', groupId);
			return { ...call, request: (_entries, parts) => withBody(operation.method, path, body(parts)) };
		};
	}

	function jobRequest(jobId: string): WireRequest {
		const { jobs } = profile;
		if (jobs === undefined) throw new TypeError('This profile knows no jobs');
		return bare(jobs.method, pathOf(jobs.path, 'jobId', jobId));
	}

	function fold(kind: Kind, id: string): string {
		const field = kind === 'user' ? fields.user.userId : fields.group.groupId;
		return field.caseSensitive ? id : id.toLowerCase();
	}

	function create(kind: Kind, conflict: Conflict): () => Call {
		const operation = kind === 'user' ? operations.createUsers : operations.createGroups;
		return endpoint(operation, {
			name: conflict === 'update' ? `create or update ${kind}s` : `create ${kind}s`,
			of: kind,
			writes: true,
			settlement: conflict === 'update' ? 'again' : 'lookUp',
			extra: { [operation.conflict.key]: operation.conflict[conflict] },
			results: compileResults(operation.answer, new Set(MADE[conflict]), fieldOf[kind]),
		});
	}

	function change(
		operation: Operations['deleteUsers'],
		name: string,
		sensible: readonly DoneStatus[],
	): (groupId?: string) => Call {
		const results = compileResults(operation.answer, new Set(sensible), fieldOf.user);
		return endpoint(operation, { name, of: 'user', writes: true, settlement: 'again', results });
	}

	function query(operation: Operations['queryUsers'], name: string, of: Kind): (groupId?: string) => Call {
		const results = compileLookup(operation.answer, fields[of]);
		return endpoint(operation, { name, of, writes: false, settlement: 'again', results });
	}

	const deleteUsers = change(operations.deleteUsers, 'delete users', ['deleted', 'absent']);
	const addMembers = change(operations.addMembers, 'add members', ['added', 'exists']);
	const queryUsers = query(operations.queryUsers, 'look users up', 'user');
	const queryGroups = query(operations.queryGroups, 'look groups up', 'group');
	const queryMembers = query(operations.queryMembers, 'look members up', 'user');
	const { discovery } = profile.limits;
	const limits: Call = {
		...queryUsers(),
		name: 'read the limits of the plan',
		overheadBytes: 0,
		encode: () => '',
		request: () => bare(discovery.method, discovery.path),
		read: readPlan(profile, refusals, compilePlan(profile)),
	};

	return {
		name: profile.name,
		get defaultLimits() {
			return defaultLimitsOf(profile);
		},
		readLagMs: profile.readLagMs,
		fold,
		limits: () => limits,
		createUsers: (conflict) => create('user', conflict)(),
		queryUsers,
		deleteUsers,
		createGroups: (conflict) => create('group', conflict)(),
		addMembers,
		queryGroups,
		queryMembers,
	};
}

type Operations = Profile['operations'];

interface Endpoint {
	readonly method: string;
	readonly path: string;
	readonly keyed?: boolean;
	readonly limits: Call['limitNames'];
	readonly body: BodyShape;
}

interface Frame extends Pick<Call, 'name' | 'writes' | 'settlement'> {
	/** What its entries are. */
	readonly of: Kind;
	/** Constants of the body that the operation adds. */
	readonly extra?: Readonly<Record<string, string>>;
	readonly results: ResultsReader;
}

function bare(method: string, path: string): WireRequest {
	return { method, path, headers: { Accept: JSON_TYPE }, body: undefined };
}

function withBody(method: string, path: string, body: string): WireRequest {
	return { method, path, headers: { Accept: JSON_TYPE, 'Content-Type': JSON_TYPE }, body };
}

/** Fills the one name that a path may hold. */
function pathOf(template: string, name: string, id: string | undefined): string {
	if (id === undefined) return template;
	const part = pathPart(id);
	if (part === undefined) throw new TypeError(`${name} cannot be a part of a path`);
	return fill(template, { [name]: part });
}

/** From the name that a field has on the wire to ours; a name that is not known stays as it is. */
function compileFieldNames({ fields }: Profile): Readonly<Record<Kind, (wire: string) => string>> {
	const namesOf = (known: Profile['fields'][Kind]) => {
		const names = new Map(
			Object.entries(known).flatMap(([name, field]) => (field === undefined ? [] : [[field.wire, name]])),
		);
		return (wire: string) => names.get(wire) ?? wire;
	};
	return { user: namesOf(fields.user), group: namesOf(fields.group) };
}
