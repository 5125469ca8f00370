// What each operation is for, as far as it is the same with every service: what its answers can mean, how it is settled.

import type { DoneStatus, EntryAnswer } from '../engine/wire';
import type { Kind } from './fields/ids';
import type { Profile } from './profile/profile';
import type { Conflict, Frame } from './request/endpoint';
import { Unsupported, type Supported } from './unsupported';

type Operations = Profile['operations'];
type CreateRule = Supported<Operations['createUsers'] | Operations['createGroups']>;

const MADE: Readonly<Record<Conflict, readonly DoneStatus[]>> = {
	keep: ['created', 'exists'],
	fail: ['created'],
	update: ['created', 'updated'],
};

/** Changes of what exists: they go again, for doing them twice changes nothing. */
type ChangeName =
	| 'deleteUsers'
	| 'suspendUsers'
	| 'reactivateUsers'
	| 'addMembers'
	| 'removeMembers'
	| 'deleteGroups'
	| 'updateUsers'
	| 'updateGroups';

/** A change that is `done`, or was so before (`already`), or is about somebody who is not there (`absent`). */
function change(
	name: string,
	of: Kind,
	done: DoneStatus,
	{ already, absent, isAboutExisting }: { already?: DoneStatus; absent?: DoneStatus; isAboutExisting?: true },
): Frame {
	const others = [already, absent].filter((status) => status !== undefined);
	return {
		name,
		of,
		writes: true,
		settlement: 'again',
		done,
		sensible: [...new Set([done, ...others])],
		takenMeans: already ?? 'failed',
		...(already === undefined ? {} : { takenAs: { status: already } }),
		...(absent === undefined ? {} : { absentAs: { status: absent } }),
		...(isAboutExisting === undefined ? {} : { isAboutExisting }),
	};
}

/** What {@link Frame} each change has. */
export const CHANGES: Readonly<Record<ChangeName, Frame>> = {
	deleteUsers: change('delete users', 'user', 'deleted', { absent: 'absent', isAboutExisting: true }),
	suspendUsers: change('suspend users', 'user', 'suspended', {
		already: 'unchanged',
		absent: 'absent',
		isAboutExisting: true,
	}),
	reactivateUsers: change('reactivate users', 'user', 'reactivated', {
		already: 'unchanged',
		absent: 'absent',
		isAboutExisting: true,
	}),
	addMembers: change('add members', 'user', 'added', { already: 'exists' }),
	// `absent` of a whole request is the group, as with adding: the fault of its entries.
	removeMembers: change('remove members', 'user', 'removed', { already: 'absent', isAboutExisting: true }),
	deleteGroups: change('delete groups', 'group', 'deleted', { absent: 'absent', isAboutExisting: true }),
	updateUsers: { ...change('create or update users', 'user', 'updated', {}), sensible: MADE.update },
	updateGroups: { ...change('create or update groups', 'group', 'updated', {}), sensible: MADE.update },
};

/** Look-ups. */
export const QUERIES: Readonly<Record<'queryUsers' | 'queryGroups' | 'queryMembers', Frame>> = {
	queryUsers: query('look users up', 'user'),
	queryGroups: query('look groups up', 'group'),
	queryMembers: query('look members up', 'user'),
};

function query(name: string, of: Kind): Frame {
	return { name, of, writes: false, settlement: 'again', done: 'exists', sensible: [] };
}

/**
 * What creating means, by what the service does with ids that exist.
 *
 * @throws Unsupported where it cannot do with them what is asked for
 */
export function createFrame(service: string, kind: Kind, conflict: Conflict, { conflict: rule }: CreateRule): Frame {
	const name = kind === 'user' ? 'createUsers' : 'createGroups';
	const isUpdate = conflict === 'update';
	if (isUpdate && rule.by === 'refusal')
		throw new Unsupported(
			kind === 'user' ? 'updateUsers' : 'updateGroups',
			'it names no operation that changes what exists.',
			service,
		);
	if (conflict === 'fail' && rule.by === 'overwriting')
		throw new Unsupported(
			name,
			'it overwrites what exists and does not tell.',
			service,
			'Set If User Exists to Keep.',
			`tell which ${kind}s exist`,
		);
	const overwrites = rule.by === 'overwriting' || (isUpdate && rule.by === 'lookUp');
	return {
		name: isUpdate ? `create or update ${kind}s` : `create ${kind}s`,
		of: kind,
		writes: true,
		settlement: isUpdate || overwrites ? 'again' : 'lookUp',
		extra: rule.by === 'body' ? { [rule.key]: rule[conflict] } : {},
		done: overwrites ? 'updated' : 'created',
		sensible: overwrites ? MADE.update : MADE[conflict],
		takenAs: conflict === 'keep' ? { status: 'exists' } : TAKEN[kind],
		takenMeans: rule.by === 'refusal' && conflict === 'keep' ? 'exists' : 'failed',
		looksUpFirst: rule.by === 'lookUp' && !isUpdate,
	};
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
