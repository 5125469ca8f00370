// A service that answers HTTP 200 with code 0 and a list of errors where only a part was done, and profiles of it: an
// honest one, and some that lie.

import type { Service } from './world.mts';

export const SECRET = 'the heron secret';

interface Person {
	readonly id: string;
	readonly name?: string;
}

export interface Heron {
	readonly people: Map<string, Person>;
	readonly rooms: Map<string, Set<string>>;
	readonly service: Service;
}

/** @param keepsBad whether it keeps people with bad ids although it names them as errors */
export function createHeron(keepsBad = false): Heron {
	const people = new Map<string, Person>();
	const rooms = new Map<string, Set<string>>();
	const ok = (more: object = {}) => ({ body: { code: 0, ...more } });
	const service: Service = ({ path, headers, text }) => {
		if (headers['x-secret'] !== SECRET) return { body: { code: 1, hint: 'who are you?' } };
		const asked: { people?: Person[]; ids?: string[]; room?: string } = JSON.parse(text);
		const { people: given = [], ids = [], room = '' } = asked;
		switch (path) {
			case '/people/import': {
				const whyNot = ({ id }: Person): string | undefined =>
					people.has(id) ? 'exists' : /^[a-z0-9]+$/.test(id) ? undefined : 'badId';
				const errors = given.flatMap((one) => {
					const why = whyNot(one);
					return why === undefined ? [] : [{ id: one.id, why }];
				});
				for (const one of given) {
					const why = whyNot(one);
					if (why === undefined || (why === 'badId' && keepsBad)) people.set(one.id, one);
				}
				return ok({ errors });
			}
			case '/people/find':
				return ok({ people: ids.flatMap((id) => people.get(id) ?? []) });
			case '/people/remove':
				for (const id of ids) people.delete(id);
				return ok();
			case '/rooms':
				if (rooms.has(room)) return { body: { code: 7 } };
				rooms.set(room, new Set());
				return ok();
			case '/rooms/find':
				return ok({ rooms: ids.filter((id) => rooms.has(id)) });
			case '/rooms/who':
				return ok({ people: ids.filter((id) => rooms.get(room)?.has(id)) });
			case '/rooms/add': {
				for (const id of ids) if (people.has(id)) rooms.get(room)?.add(id);
				return ok({ errors: ids.filter((id) => !people.has(id)).map((id) => ({ id, why: 'nobody' })) });
			}
		}
		return { status: 404, body: { code: 404 } };
	};
	return { people, rooms, service };
}

const limits = {
	usersPerRequest: 50,
	groupsPerRequest: 1,
	idsPerQuery: 50,
	membersPerRequest: 50,
	maxBodyBytes: 65_536,
	concurrentRequests: 2,
};

const failures = {
	kind: 'lists',
	failed: { at: 'errors', id: 'id', optional: true },
	rest: 'done',
	error: { code: 'why' },
	takenCodes: ['exists'],
};

export const HONEST = {
	format: 1,
	name: 'Heron',
	source: 'test/profiles/heron.mts',
	asOf: '2026-11-30',
	readLagMs: 0,
	authentication: { headers: { 'X-Secret': '{apiSecret}' } },
	fields: {
		user: {
			userId: { wire: 'id', type: 'id', required: 'always', characterSet: 'a-z0-9' },
			username: { wire: 'name', type: 'text' },
		},
		group: {
			groupId: { wire: 'room', type: 'id', required: 'always', characterSet: 'a-z0-9' },
			memberIds: { wire: 'ids', type: 'userIds', unsent: true },
		},
	},
	limits: { defaults: limits, source: 'made up', asOf: '2026-11-30' },
	credentialTest: { userId: 'nobody' },
	success: { at: 'code', equals: [0] },
	operations: {
		createUsers: {
			method: 'POST',
			path: '/people/import',
			body: { container: 'objects', key: 'people' },
			conflict: { by: 'refusal' },
			answer: failures,
		},
		queryUsers: {
			method: 'POST',
			path: '/people/find',
			body: { container: 'ids', key: 'ids' },
			answer: { kind: 'lookup', found: 'people', id: 'id' },
		},
		deleteUsers: {
			method: 'POST',
			path: '/people/remove',
			body: { container: 'ids', key: 'ids' },
			answer: { kind: 'all' },
		},
		createGroups: {
			method: 'POST',
			path: '/rooms',
			body: { container: 'single' },
			conflict: { by: 'refusal' },
			answer: { kind: 'all' },
		},
		addMembers: {
			method: 'POST',
			path: '/rooms/add',
			body: { container: 'ids', key: 'ids', constants: { room: '{groupId}' } },
			answer: failures,
		},
		queryGroups: { unsupported: 'None.' },
		queryMembers: { unsupported: 'None.' },
	},
	refusals: {
		code: 'code',
		table: [
			{ code: 1, class: 'stop', say: 'The secret is wrong.' },
			{ code: 7, class: 'taken', say: 'The room exists.' },
		],
	},
};

const { operations, refusals } = HONEST;

/** Reads a partial import as one that was done whole; keeping what exists is left to a look-up, which hides that. */
export const LIES_OF_USERS = {
	...HONEST,
	operations: {
		...operations,
		createUsers: { ...operations.createUsers, conflict: { by: 'lookUp' }, answer: { kind: 'all' } },
	},
};

/** Reads a list of members that could not be added as if all had been. */
export const LIES_OF_MEMBERS = {
	...HONEST,
	operations: { ...operations, addMembers: { ...operations.addMembers, answer: { kind: 'all' } } },
};

/** Sends deletions where nothing is deleted, and believes them. */
export const LIES_OF_DELETIONS = {
	...HONEST,
	operations: { ...operations, deleteUsers: { ...operations.deleteUsers, path: '/people/find' } },
};

/** Calls a wrong secret something that passes. */
export const LIES_OF_SECRETS = {
	...HONEST,
	refusals: { ...refusals, table: [{ code: 1, class: 'absent', say: 'There is no such user.' }] },
};

/** The same lie where the service would tell who is in a room, and knows ids of nobody too. */
export const LIES_OF_MEMBERS_SEEN = {
	...LIES_OF_MEMBERS,
	operations: {
		...LIES_OF_MEMBERS.operations,
		queryUsers: { ...operations.queryUsers, answer: { ...operations.queryUsers.answer, proves: 'existence' } },
		queryGroups: {
			method: 'POST',
			path: '/rooms/find',
			body: { container: 'ids', key: 'ids' },
			answer: { kind: 'lookup', found: 'rooms' },
		},
		queryMembers: {
			method: 'POST',
			path: '/rooms/who',
			body: { container: 'ids', key: 'ids', constants: { room: '{groupId}' } },
			answer: { kind: 'lookup', found: 'people' },
		},
	},
};
