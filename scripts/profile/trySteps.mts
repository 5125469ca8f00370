// What is tried on a live service: throw-away people and a group, each step with the verdicts that are right.

import type { Verdict } from '../../nodes/TokenIm/engine/types';
import { parseCharacterSet } from '../../nodes/TokenIm/protocol/language/characters';
import type { Field } from '../../nodes/TokenIm/protocol/profile/fields';
import type { Profile } from '../../nodes/TokenIm/protocol/profile/profile';
import { rowFields } from '../../nodes/TokenIm/operations/rowFields';
import { leastRow } from './samples.mts';

type Status = Verdict['status'];

export interface TriedRow {
	readonly columns: Readonly<Record<string, unknown>>;
	/** The verdicts that are right. */
	readonly expected: readonly Status[];
}

/** What earlier steps left on the service, as far as verdicts tell. */
export interface Left {
	readonly users: Set<string>;
	/** The id by which the group is addressed. */
	group?: string;
}

export interface Step {
	readonly what: string;
	/** What the editor would say. */
	readonly parameters: Readonly<Record<string, unknown>>;
	/** None where an earlier step did not leave what it needs. */
	rows(left: Left): readonly TriedRow[];
	/** What else must hold. */
	isFine?(verdict: Verdict): boolean;
	/** The rows go past the profile's rules of ids: the service is to judge. */
	readonly isLoose?: true;
	/** What a look-up is asked afterwards. */
	readonly compares?: 'users' | 'members';
}

/** The group that is made. */
export const groupOf = (mark: string): string => `${mark}g`;
/** Who is in no step created. */
export const nobodyOf = (mark: string): string => `${mark}z`;

/** @param mark with which every id begins */
export function stepsOf(profile: Profile, mark: string): readonly Step[] {
	const { createUsers, queryUsers } = profile.operations;
	const overwrites = !('unsupported' in createUsers) && createUsers.conflict.by === 'overwriting';
	const known: readonly Status[] = [overwrites ? 'updated' : 'exists'];
	const fresh: readonly Status[] = [overwrites ? 'updated' : 'created'];
	const proves = 'unsupported' in queryUsers ? 'both' : queryUsers.answer.proves;
	const [a, b, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map((letter) => `${mark}${letter}`);
	const nobody = nobodyOf(mark);
	const bad = badIdOf(profile.fields.user.userId, mark);
	const create = { resource: 'user', operation: 'batchCreate', ifUserExists: 'keep' };
	const takesMembers = !rowFields(profile, 'group', 'create').leavesOut.includes('memberIds');
	const person = (userId = '', expected: readonly Status[] = fresh, name = 'Try'): TriedRow => ({
		columns: leastRow(profile, 'user', { userId, username: `${name} ${userId.slice(-1)}` }),
		expected,
	});
	return [
		{
			what: `create the users ${a} and ${b}`,
			parameters: create,
			rows: () => [person(a), person(b)],
			compares: 'users',
		},
		{
			what: `create them again, which must change nothing, and ${c} with them`,
			parameters: create,
			rows: () => [person(a, known), person(b, known), person(c)],
			compares: 'users',
		},
		{
			what: `create or update ${a} under another name, and ${d}, who is new, with it`,
			parameters: { resource: 'user', operation: 'batchUpsert', emptyCells: 'leave' },
			rows: () => [person(a, ['updated'], 'Tried'), person(d, ['created', 'updated'])],
			compares: 'users',
		},
		...(bad === undefined
			? []
			: [
					{
						what: `create ${e}, and with it an id that the profile does not allow, ${JSON.stringify(bad)}`,
						parameters: create,
						rows: () => [person(e), person(bad, ['failed', ...fresh])],
						isLoose: true,
						compares: 'users',
					} as const,
				]),
		{
			what: `look ${a} and ${b} up, and ${nobody}, who does not exist`,
			parameters: { resource: 'user', operation: 'verify' },
			rows: () => [
				...[a, b].map((userId) => ({
					columns: { userId },
					expected: [proves === 'absence' ? 'unknown' : 'found'] as const,
				})),
				{ columns: { userId: nobody }, expected: [proves === 'existence' ? 'unknown' : 'missing'] },
			],
		},
		{
			what: `create the group ${groupOf(mark)} with the member ${b}`,
			parameters: { resource: 'group', operation: 'create' },
			rows: () => [
				{
					columns: leastRow(profile, 'group', { groupId: groupOf(mark), name: 'Try', ownerId: a, memberIds: [b] }),
					expected: ['created'],
				},
			],
			isFine: (verdict) => !takesMembers || (verdict.status === 'created' && verdict.members?.added === 1),
		},
		{
			what: `add ${c} to that group, and ${nobody}, who does not exist`,
			parameters: { resource: 'group', operation: 'addMembers' },
			rows: ({ group: groupId }) =>
				groupId === undefined ? [] : [{ columns: { groupId, memberIds: [c, nobody] }, expected: ['added'] }],
			compares: 'members',
		},
		{
			what: 'delete the users',
			parameters: { resource: 'user', operation: 'deleteEvery' },
			rows: ({ users }) => [...users].map((userId) => ({ columns: { userId }, expected: ['deleted'] })),
			isLoose: true,
			compares: 'users',
		},
	];
}

/** An id that breaks the rules of the profile; `undefined` where it has none that could be broken. */
function badIdOf({ characterSet, characters, bytes }: Field, mark: string): string | undefined {
	const set = characterSet === undefined ? undefined : parseCharacterSet(characterSet);
	const outside = ['!', '#', ' ', '~', '\u4e2d'].find((one) => set?.firstOutside(one) !== undefined);
	if (outside !== undefined) return `${mark}${outside}bad`;
	const max = characters?.max ?? bytes?.max;
	return max === undefined || max > 2_000 ? undefined : `${mark}bad`.padEnd(max + 1, '0');
}

/** The profile without the rules of its user ids. */
export function loosened(profile: Profile): Profile {
	const { fields } = profile;
	const userId: Field = {
		...fields.user.userId,
		characterSet: undefined,
		characters: undefined,
		bytes: undefined,
		not: [],
		notStartingWith: [],
	};
	return { ...profile, fields: { ...fields, user: { ...fields.user, userId } } };
}
