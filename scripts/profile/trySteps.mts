// What is tried on a live service: two people and a group, twice harmless, looked up, and deleted where that can be done.

import type { Verdict } from '../../nodes/TokenIm/engine/types';
import type { DoneStatus } from '../../nodes/TokenIm/engine/wire';
import { rowFields } from '../../nodes/TokenIm/operations/rowFields';
import type { Profile } from '../../nodes/TokenIm/protocol/profile/profile';
import { leastRow } from './samples.mts';

export interface Step {
	readonly what: string;
	/** What the editor would say. */
	readonly parameters: Readonly<Record<string, unknown>>;
	readonly rows: ReadonlyArray<Readonly<Record<string, unknown>>>;
	/** For each row the verdicts that are right. */
	readonly expected: ReadonlyArray<ReadonlyArray<Verdict['status']>>;
	/** What else must hold. */
	readonly isFine: (verdict: Verdict) => boolean;
}

/** @param mark with which every id begins */
export function stepsOf(profile: Profile, mark: string): readonly Step[] {
	const { createUsers, queryUsers } = profile.operations;
	const overwrites = !('unsupported' in createUsers) && createUsers.conflict.by === 'overwriting';
	const proves = 'unsupported' in queryUsers ? 'both' : queryUsers.answer.proves;
	const [a, b, nobody] = [`${mark}a`, `${mark}b`, `${mark}c`];
	const people = [a, b].map((userId) => leastRow(profile, 'user', { userId, username: `Try ${userId.slice(-1)}` }));
	const group = leastRow(profile, 'group', { groupId: `${mark}g`, name: 'Try', ownerId: a, memberIds: [b] });
	const takesMembers = !rowFields(profile, 'group', 'create').leavesOut.includes('memberIds');
	const create = { resource: 'user', operation: 'batchCreate', ifUserExists: 'keep' };
	const all = (status: DoneStatus) => people.map(() => [status]);
	const always = (): boolean => true;
	return [
		{
			what: `create the users ${a} and ${b}`,
			parameters: create,
			rows: people,
			expected: all(overwrites ? 'updated' : 'created'),
			isFine: always,
		},
		{
			what: 'create them again, which must change nothing',
			parameters: create,
			rows: people,
			expected: all(overwrites ? 'updated' : 'exists'),
			isFine: always,
		},
		{
			what: `look them up, and ${nobody}, who does not exist`,
			parameters: { resource: 'user', operation: 'verify' },
			rows: [...people, { userId: nobody }],
			expected: [
				...people.map(() => [proves === 'absence' ? 'unknown' : 'found'] as const),
				[proves === 'existence' ? 'unknown' : 'missing'],
			],
			isFine: always,
		},
		{
			what: `create the group ${mark}g with the member ${b}`,
			parameters: { resource: 'group', operation: 'create' },
			rows: [group],
			expected: [['created']],
			isFine: (verdict) => !takesMembers || (verdict.status === 'created' && verdict.members?.added === 1),
		},
		{
			what: 'delete the two users',
			parameters: { resource: 'user', operation: 'batchDelete', deleteWhich: 'every' },
			rows: people,
			expected: all('deleted'),
			isFine: always,
		},
	];
}
