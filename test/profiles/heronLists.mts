// The same service where it also lists, takes out, suspends and deletes, and profiles of it: an honest one, and some that
// lie about these.

import { createHeron, HONEST, type Heron } from './heron.mts';
import type { Service } from './world.mts';

/** So many on one page, whatever is asked for. */
const PAGE = 2;

export function createHeronWithLists(): Heron {
	const heron = createHeron();
	const { people, rooms } = heron;
	const asleep = new Set<string>();
	const ok = (more: object = {}) => ({ body: { code: 0, ...more } });
	const pageOf = (ids: Iterable<string>, after = '') => {
		const rest = [...ids].sort().filter((id) => id > after);
		const shown = rest.slice(0, PAGE);
		return { shown, next: rest.length > PAGE ? shown.at(-1) : undefined };
	};
	const service: Service = (seen) => {
		const known = heron.service(seen);
		if (known.status !== 404) return known;
		const asked: { ids?: string[]; room?: string; after?: string } = JSON.parse(seen.text);
		const { ids = [], room = '', after } = asked;
		switch (seen.path) {
			case '/people/list': {
				const { shown, next } = pageOf(people.keys(), after);
				return ok({ people: shown.map((id) => ({ id, asleep: asleep.has(id) })), next, self: after ?? 'first' });
			}
			case '/people/sleep':
				for (const id of ids) if (people.has(id)) asleep.add(id);
				return ok();
			case '/people/wake':
				for (const id of ids) asleep.delete(id);
				return ok();
			case '/people/look':
				return ok({
					people: ids.flatMap((id) => (people.has(id) ? [{ ...people.get(id), asleep: asleep.has(id) }] : [])),
				});
			case '/rooms/list':
				return ok(pageOf(rooms.keys(), after));
			case '/rooms/members':
				return ok(pageOf(rooms.get(room) ?? [], after));
			case '/rooms/leave':
				for (const id of ids) rooms.get(room)?.delete(id);
				return ok();
			case '/rooms/close':
				for (const id of ids) rooms.delete(id);
				return ok();
		}
		return known;
	};
	return { people, rooms, service };
}

const listing = (path: string, json: object, answer: object) => ({
	method: 'POST',
	path,
	body: { container: 'single', json: { after: '{cursor}', ...json } },
	pages: { by: 'cursor', next: 'next' },
	answer,
});
const taking = (path: string, constants: object = {}) => ({
	method: 'POST',
	path,
	body: { container: 'ids', key: 'ids', constants },
	answer: { kind: 'all' },
});
const active = { at: 'asleep', words: { true: false, false: true } };
const inRoom = { room: '{groupId}' };

const operations = {
	...HONEST.operations,
	queryUsers: {
		...HONEST.operations.queryUsers,
		path: '/people/look',
		answer: { ...HONEST.operations.queryUsers.answer, active },
	},
	queryGroups: { ...taking('/rooms/find'), answer: { kind: 'lookup', found: 'rooms' } },
	listUsers: listing('/people/list', {}, { at: 'people', id: 'id', active }),
	listGroups: listing('/rooms/list', {}, { at: 'shown' }),
	listMembers: listing('/rooms/members', inRoom, { at: 'shown' }),
	suspendUsers: taking('/people/sleep'),
	reactivateUsers: taking('/people/wake'),
	removeMembers: taking('/rooms/leave', inRoom),
	deleteGroups: taking('/rooms/close'),
};

/** All that the service does, as it does it. */
export const HONEST_OF_LISTS = { ...HONEST, operations };

const lying = (name: keyof typeof operations, rule: object) => ({
	...HONEST,
	operations: { ...operations, [name]: { ...operations[name], ...rule } },
});

/** Looks for the next cursor where none ever stands, and so takes the first page for all of the list. */
export const LIES_OF_PAGES = lying('listUsers', { pages: { by: 'cursor', next: 'upcoming' } });
/** Takes the cursor of a page for that of the next one. */
export const LIES_OF_CURSORS = lying('listUsers', { pages: { by: 'cursor', next: 'self' } });
/** Each sends what takes somebody away, or back, where nothing is done, and believes the answer. */
export const LIES_OF_REMOVALS = lying('removeMembers', { path: '/rooms/find' });
export const LIES_OF_SUSPENDING = lying('suspendUsers', { path: '/people/look' });
export const LIES_OF_REACTIVATING = lying('reactivateUsers', { path: '/people/look' });
export const LIES_OF_GROUPS = lying('deleteGroups', { path: '/rooms/find' });

/** The same where only lists tell: no look-up says who can sign in, or who is in a group. */
export const LIES_OF_SUSPENDING_IN_LISTS = {
	...LIES_OF_SUSPENDING,
	operations: { ...LIES_OF_SUSPENDING.operations, queryUsers: HONEST.operations.queryUsers },
};
